import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { english } from '../../../shared/messages/index.ts'
import { PEN_CHANNELS } from '../../../shared/signal.ts'
import { sessionProvenanceOf, sessionProvenanceFields, recordingProvenanceOf } from '../provenance-fields.ts'
import { readForeign } from '../../files/foreign-file.ts'
import { CUT } from '../bounded-lines.ts'
import { Frames } from '../frames.ts'
import { exists, kindOf, namesIn } from '../places.ts'
import { decodeText } from '../../files/text/decode.ts'
import type { ReadOptions } from '../format-codec.ts'
import type { Entry, ExchangeRecording } from '../recording.ts'
import { checkWanted } from '../one-at-a-time.ts'
import { ABOUT, About, VIRTUAL_MARK, VirtualMark } from './about.ts'
import { NO_CALIBRATION, parseCalibration, type Calibration } from './calibration.ts'
import { ASSUMED, conversions } from './counts.ts'
import { CALIBRATION, LABELS, SENSOR_DATA } from './folder.ts'
import { Counter, readFrames, readLabels, type LabelRow } from './tables.ts'

const COUNTER_MICROS = 10_000
/**
 * Times of arrival that run back this far (ms) are those of a clock that was set: nobody knows what lies before and
 * behind.
 */
const CLOCK_SET_MS = 100
/** Arrival times below this (March 1973) are no times of the day, but of a clock that began with the session. */
const CLOCK_OF_DAY = 1e11
const DEPTH = 3
/** Nobody writes more words at the same time; every one of them would hold the same frames. */
const AT_ONCE_MAX = 100
const CALIBRATION_BYTES_MAX = 1 << 20
/** What Kalamos writes of a hundred thousand words is smaller. */
const ABOUT_BYTES_MAX = 64 << 20

/** Session folders below a path, or the path itself. Throws `cancelled`. */
export async function sessionFolders(path: string, signal?: AbortSignal, depth = DEPTH): Promise<string[]> {
  checkWanted(path, signal)
  if (await exists(join(path, SENSOR_DATA))) return [path]
  if (depth === 0) return []
  const found: string[] = []
  for (const name of await namesIn(path)) {
    const inside = join(path, name)
    if ((await kindOf(inside)) === 'folder') found.push(...(await sessionFolders(inside, signal, depth - 1)))
  }
  return found
}

/**
 * Reads the words of all sessions below a folder. Throws `not-found`, and `invalid-input` where there is none, or a
 * table is of another kind.
 */
export async function* readDigipen(
  path: string,
  { encoding }: Pick<ReadOptions, 'encoding'> = {},
): AsyncGenerator<Entry> {
  const folders = (await kindOf(path)) === 'folder' ? await sessionFolders(path) : []
  if (folders.length === 0) {
    throw new KalamosError(
      'invalid-input',
      `${path} holds no recordings of a DigiPen: there is no ${SENSOR_DATA} in it or below.`,
      `Name the folder of a session, with ${SENSOR_DATA} and ${LABELS}, or one that holds such folders.`,
    )
  }
  for (const [index, folder] of folders.entries()) {
    for await (const entry of readSession(folder, encoding))
      yield {
        ...entry,
        where: `${folders.length > 1 ? `${basename(folder)}/` : ''}${english(entry.where)}`,
        share: (index + entry.share) / folders.length,
      }
  }
}

async function* readSession(folder: string, encoding: SaidEncoding | undefined): AsyncGenerator<Entry> {
  if (!(await exists(join(folder, LABELS))))
    throw new KalamosError(
      'not-found',
      `${folder} has ${SENSOR_DATA} but no ${LABELS}: nobody knows what was written when.`,
      'Copy the folder again, with all its files.',
    )
  const { labels, refused } = await readLabels(join(folder, LABELS), encoding)
  yield* refused
  const calibration = (await exists(join(folder, CALIBRATION)))
    ? parseCalibration(
        decodeText(join(folder, CALIBRATION), readForeign(join(folder, CALIBRATION), CALIBRATION_BYTES_MAX), encoding),
      )
    : NO_CALIBRATION
  const about = await readAbout(folder)
  const conversion = conversions(calibration)
  const waiting = labels.sort((a, b) => a.start - b.start)
  let [active, next]: [{ label: LabelRow; frames: Frames; last: number }[], number] = [[], 0]
  let [share, lastMillis] = [0, -Infinity]
  const counter = new Counter()
  const finish = ({ label, frames }: (typeof active)[number]): Entry => {
    const place = { where: `${LABELS} row ${label.row} (${label.label || 'no label'})`, share }
    if (frames.fault !== null || frames.count === 0)
      return { ...place, reason: frames.fault ?? 'has no frames in its time' }
    return { ...place, recording: recordingOf(label, frames, about, calibration) }
  }

  for await (const frame of readFrames(join(folder, SENSOR_DATA))) {
    if ('cut' in frame) {
      yield { where: `${SENSOR_DATA} line ${frame.cut}`, share: 1, note: CUT }
      break
    }
    const { line, millis, counts, read } = frame
    share = read
    const isWhole = typeof counts !== 'string'
    if (isWhole && millis < lastMillis - CLOCK_SET_MS)
      for (const each of active)
        each.frames.refuse(`the clock was set back from ${lastMillis} to ${millis} ms in ${SENSOR_DATA} line ${line}`)
    if (isWhole) lastMillis = millis
    for (; next < waiting.length && waiting[next]!.start <= millis; next++) {
      const label = waiting[next]!
      if (active.length < AT_ONCE_MAX) active.push({ label, frames: new Frames(PEN_CHANNELS.length), last: NaN })
      else
        yield {
          where: `${LABELS} row ${label.row} (${label.label || 'no label'})`,
          share,
          reason: `lies over ${AT_ONCE_MAX} other labels`,
        }
    }
    const ended = active.filter(({ label }) => label.stop <= millis)
    active = active.filter(({ label }) => label.stop > millis)
    for (const each of ended) yield finish(each)
    if (!isWhole) {
      for (const each of active) each.frames.refuse(`${SENSOR_DATA} line ${line} ${counts}`)
      continue
    }
    const time = counter.goesOnWith(frame.time)
    for (const each of active) {
      const lost = time > each.last + 1 ? time - each.last - 1 : 0
      each.frames.add(
        counts.map((count, channel) => (count - conversion[channel]!.bias) * conversion[channel]!.step),
        {
          deviceMicros: time * COUNTER_MICROS,
          hostMillis: millis >= CLOCK_OF_DAY || about.recordings.length > 0 ? millis : NaN,
          lost,
        },
      )
      each.last = time
    }
  }
  for (const each of active) yield finish(each)
  for (const label of waiting.slice(next))
    yield {
      where: `${LABELS} row ${label.row} (${label.label || 'no label'})`,
      share: 1,
      reason: 'begins after the last frame',
    }
}

type Known = Omit<About, 'recordings'> & { recordings: readonly About['recordings'][number][] }

/** Who wrote here: as Kalamos or a virtual corpus says, or else the folder's name. */
async function readAbout(folder: string): Promise<Known> {
  const own = v.safeParse(About, await json(join(folder, ABOUT)))
  const marks = [await json(join(folder, VIRTUAL_MARK)), await json(join(dirname(folder), VIRTUAL_MARK))].map((mark) =>
    v.safeParse(VirtualMark, mark),
  )
  const mark = marks.find(({ success }) => success)
  if (own.success) return { ...own.output, virtual: own.output.virtual || own.output.reenacted || mark !== undefined }
  const writer =
    mark?.success === true ? mark.output.writers.find((each) => each.folder === basename(folder)) : undefined
  return {
    writer: writer?.name ?? basename(folder),
    handedness: writer?.handedness ?? 'unknown',
    virtual: mark !== undefined,
    reenacted: mark?.success === true && mark.output.reenacted,
    session: {
      key: basename(folder),
      device: mark === undefined ? 'DigiPen' : 'Virtual pen',
      started_at: null,
      ended_at: null,
      origin: mark === undefined ? 'imported' : 'simulated',
      profile: null,
      ...sessionProvenanceFields(undefined),
    },
    recordings: [],
  }
}

async function json(path: string): Promise<unknown> {
  try {
    return JSON.parse(decodeText(path, readForeign(path, ABOUT_BYTES_MAX))) as unknown
  } catch {
    return null
  }
}

function recordingOf(label: LabelRow, frames: Frames, about: Known, calibration: Calibration): ExchangeRecording {
  const known = about.recordings[label.row - 1]
  const plain = frames.signal(PEN_CHANNELS, 100)
  const signal =
    known !== undefined && known.lost_before > 0
      ? { ...plain, gaps: [{ at: 0, lost: known.lost_before }, ...plain.gaps] }
      : plain
  if (known?.host_times === false) signal.hostMillis.fill(NaN)
  if (known?.device_times === false) signal.deviceMicros.fill(NaN)
  const { key, device, started_at: startedAt, ended_at: endedAt, origin, profile } = about.session
  const provenance = known === undefined ? null : recordingProvenanceOf(known)
  const sessionProvenance = sessionProvenanceOf(about.session)
  return {
    id: known?.id ?? `${about.writer} ${key} ${label.row}`,
    writer: about.writer,
    handedness: about.handedness,
    virtual: about.virtual,
    ...(about.reenacted ? { reenacted: true } : {}),
    label: label.label === '' ? null : label.label,
    state: known?.state ?? 'finished',
    startedAt: known?.started_at ?? null,
    session: {
      key,
      device,
      startedAt,
      endedAt,
      origin,
      profile: profile ?? { source: 'DigiPen', calibration: calibration.entries, assumed: ASSUMED },
      ...(sessionProvenance === null ? {} : { provenance: sessionProvenance }),
    },
    ...(provenance === null ? {} : { provenance }),
    signal,
  }
}
