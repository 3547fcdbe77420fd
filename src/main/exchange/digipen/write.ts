import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { PEN_CHANNELS } from '../../../shared/signal.ts'
import { recordingProvenanceFields, sessionProvenanceFields } from '../provenance-fields.ts'
import { writeProblem } from '../output-file.ts'
import type { ExchangeRecording, ExchangeSession, RecordingSink, WriteContext } from '../recording.ts'
import { ABOUT, type About } from './about.ts'
import { calibrationOf, calibrationText, NO_CALIBRATION, type Calibration } from './calibration.ts'
import { conversions, toCounts, type Conversion } from './counts.ts'
import { DigipenFolder } from './folder.ts'

const COUNTER_MICROS = 10_000
/** Between words whose times have to be made up, in ms. */
const PAUSE = 1000

/** Why a recording cannot be a DigiPen's; null where it can. */
export function unfitForDigipen({
  channels,
  rateHz,
  label,
}: {
  channels: readonly { name: string }[]
  rateHz: number
  label: string | null
}): string | null {
  const missing = PEN_CHANNELS.filter(({ name }) => !channels.some((channel) => channel.name === name))
  if (missing.length > 0) return `has no ${missing.map(({ name }) => name).join(', ')}, which a DigiPen has`
  if (rateHz !== 100) return `has ${rateHz} frames a second where a DigiPen has 100`
  return label !== null && label.includes(';') ? 'has a label with a semicolon, which labels.csv cannot hold' : null
}

/** Folders like those of the DigiPen's own app, one for each session of a writer. */
export function writeDigipen({ path, refuse }: WriteContext): Promise<RecordingSink> {
  try {
    mkdirSync(path)
  } catch (error) {
    throw writeProblem(path, error)
  }
  const sessions = new Map<string, SessionFolder>()
  return Promise.resolve({
    write: (recording) => {
      const odd = recording.signal.channels.find(({ name, unit }) =>
        PEN_CHANNELS.some((channel) => channel.name === name && channel.unit !== unit),
      )
      if (odd !== undefined)
        return refuse({
          where: recording.id,
          reason: `has ${odd.name} in ${odd.unit}, not in the unit of a calibrated pen`,
        })
      const key = JSON.stringify([recording.writer, recording.session.key])
      let session = sessions.get(key)
      if (session === undefined) {
        session = new SessionFolder(join(path, folderName(recording.writer, sessions.size + 1)), recording)
        sessions.set(key, session)
      }
      session.add(recording)
    },
    close: () => sessions.forEach((session) => session.close()),
    abort: () => undefined,
  })
}

class SessionFolder {
  readonly #folder: DigipenFolder
  readonly #conversion: readonly Conversion[]
  readonly #about: About
  #millis = 0
  #time = -1

  constructor(folder: string, { writer, handedness, virtual, reenacted = false, session }: ExchangeRecording) {
    const calibration = calibrationFrom(session.profile)
    this.#folder = new DigipenFolder(folder, calibrationText(calibration))
    this.#conversion = conversions(calibration)
    this.#about = { writer, handedness, virtual, reenacted, session: aboutSession(session), recordings: [] }
  }

  add({ id, label, state, startedAt, provenance, signal }: ExchangeRecording): void {
    const { frames, values, channels, hostMillis, deviceMicros } = signal
    const columns = PEN_CHANNELS.map(({ name }) => channels.findIndex((channel) => channel.name === name))
    const counts = Float64Array.from({ length: frames * columns.length }, (_, at) => {
      const column = at % columns.length
      return toCounts(
        values[Math.floor(at / columns.length) * channels.length + columns[column]!]!,
        this.#conversion[column]!,
      )
    })
    // The counter runs on through lost frames; a jump within a word is a gap.
    const lost = new Map(signal.gaps.map((gap) => [gap.at, gap.lost]))
    const steps = new Float64Array(frames)
    for (let frame = 1; frame < frames; frame++) steps[frame] = steps[frame - 1]! + 1 + (lost.get(frame) ?? 0)
    const deviceTimes =
      this.#time * COUNTER_MICROS < deviceMicros[0]! &&
      steps.every(
        (step, frame) =>
          deviceMicros[frame] === deviceMicros[0]! + step * COUNTER_MICROS &&
          deviceMicros[frame]! % COUNTER_MICROS === 0,
      )
    const hostTimes =
      hostMillis[0]! >= this.#millis &&
      hostMillis.every((millis, frame) => Number.isFinite(millis) && (frame === 0 || millis >= hostMillis[frame - 1]!))
    const [first, from] = [deviceTimes ? deviceMicros[0]! / COUNTER_MICROS : this.#time + 1, this.#millis + PAUSE]
    const millis = (frame: number): number => (hostTimes ? hostMillis[frame]! : from + steps[frame]! * 10)
    const time = (frame: number): number => first + steps[frame]!
    this.#folder.frames({ frames, millis, counts, time })
    this.#millis = millis(frames - 1) + 1
    this.#time = time(frames - 1)
    this.#folder.label(label ?? '', millis(0), this.#millis)
    this.#about.recordings.push({
      id,
      state,
      started_at: startedAt,
      host_times: hostTimes,
      device_times: deviceTimes,
      lost_before: lost.get(0) ?? 0,
      ...recordingProvenanceFields(provenance),
    })
  }

  close(): void {
    this.#folder.beside(ABOUT, `${JSON.stringify(this.#about, null, 1)}\n`)
  }
}

function aboutSession({
  key,
  device,
  startedAt,
  endedAt,
  origin,
  profile,
  provenance,
}: ExchangeSession): About['session'] {
  return {
    key,
    device,
    started_at: startedAt,
    ended_at: endedAt,
    origin,
    profile,
    ...sessionProvenanceFields(provenance),
  }
}

/**
 * The calibration that an import of a DigiPen left in the profile; none for other pens, whose values are calibrated
 * already.
 */
function calibrationFrom(profile: unknown): Calibration {
  const result = v.safeParse(v.object({ calibration: v.array(v.tuple([v.string(), v.string()])) }), profile)
  return result.success ? calibrationOf(result.output.calibration) : NO_CALIBRATION
}

function folderName(writer: string, number: number): string {
  const safe = writer
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .slice(0, 60)
  return `${String(number).padStart(3, '0')}-${safe}`
}
