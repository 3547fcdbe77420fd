import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Format, FormatName } from '../../shared/api/exchange.ts'
import { alphabetOf } from '../../shared/text.ts'
import type { Staging } from '../files/staging.ts'
import type { ExchangeRecording, ExchangeSession } from './recording.ts'

interface WriterFacts {
  name: string
  handedness: string
  virtual: boolean
  reenacted: boolean
  recordings: number
  frames: number
}

interface SessionFacts extends ExchangeSession {
  writer: string
  virtual: boolean
  reenacted: boolean
  recordings: number
  /** How many of its recordings bear each tag and each verdict. */
  tags: Map<string, number>
  verdicts: Map<string, number>
}

interface SheetAbout {
  format: FormatName
  licence: string | null
  notes: string | null
  /** ms since 1970. */
  madeAt: number
}

/** What goes along with every export: who, how many, made with what, and what may be done with it. */
export class DataSheet {
  readonly #about: SheetAbout
  readonly #writers = new Map<string, WriterFacts>()
  readonly #sessions = new Map<string, SessionFacts>()
  readonly #labels = new Map<string, number>()
  readonly #kinds = new Map<
    string,
    { rateHz: number; channels: ExchangeRecording['signal']['channels']; recordings: number }
  >()
  #recordings = 0
  #frames = 0
  #lostFrames = 0
  #excluded: ReadonlyMap<string, number> = new Map()
  #unlabelled = 0
  #virtual = 0
  #reenacted = 0

  constructor(about: SheetAbout) {
    this.#about = about
  }

  add({ writer, handedness, virtual, reenacted = false, session, label, provenance, signal }: ExchangeRecording): void {
    const facts = this.#writers.get(writer) ?? {
      name: writer,
      handedness,
      virtual,
      reenacted,
      recordings: 0,
      frames: 0,
    }
    this.#writers.set(writer, { ...facts, recordings: facts.recordings + 1, frames: facts.frames + signal.frames })
    const known = this.#sessions.get(session.key) ?? {
      ...session,
      writer,
      virtual,
      reenacted,
      recordings: 0,
      tags: new Map<string, number>(),
      verdicts: new Map<string, number>(),
    }
    this.#sessions.set(session.key, { ...known, recordings: known.recordings + 1 })
    if (provenance?.tag != null) countOne(known.tags, provenance.tag)
    if (provenance?.verdict != null) countOne(known.verdicts, provenance.verdict.level)
    if (label === null) this.#unlabelled++
    else countOne(this.#labels, label)
    const kind = JSON.stringify([signal.rateHz, signal.channels])
    const alike = this.#kinds.get(kind) ?? { rateHz: signal.rateHz, channels: signal.channels, recordings: 0 }
    this.#kinds.set(kind, { ...alike, recordings: alike.recordings + 1 })
    this.#recordings++
    this.#frames += signal.frames
    this.#lostFrames += signal.gaps.reduce((sum, { lost }) => sum + lost, 0)
    if (reenacted) this.#reenacted++
    else if (virtual) this.#virtual++
  }

  /** What was chosen but left out by a person, by the reasons given. */
  leaveOut(excluded: ReadonlyMap<string, number>): void {
    this.#excluded = excluded
  }

  /** As data, for programs. */
  toJson(): object {
    return {
      made_by: 'Kalamos',
      made_at: new Date(this.#about.madeAt).toISOString(),
      format: this.#about.format,
      licence: this.#about.licence,
      notes: this.#about.notes,
      recordings: this.#recordings,
      virtual_recordings: this.#virtual,
      reenacted_recordings: this.#reenacted,
      frames: this.#frames,
      lost_frames: this.#lostFrames,
      unlabelled: this.#unlabelled,
      excluded: [...this.#excluded].map(([reason, recordings]) => ({ reason, recordings })),
      distinct_labels: this.#labels.size,
      alphabet: alphabetOf(this.#labels.keys()),
      writers: [...this.#writers.values()],
      signals: [...this.#kinds.values()].map(({ rateHz, channels, recordings }) => ({
        rate_hz: rateHz,
        channels,
        recordings,
      })),
      sessions: [...this.#sessions.values()].map(
        ({
          key,
          writer,
          virtual,
          reenacted,
          device,
          origin,
          startedAt,
          endedAt,
          recordings,
          tags,
          verdicts,
          profile,
          provenance,
        }) => ({
          session: key,
          writer,
          virtual,
          reenacted,
          device,
          origin,
          started_at: startedAt,
          ended_at: endedAt,
          recordings,
          tags: Object.fromEntries(tags),
          verdicts: Object.fromEntries(verdicts),
          protocol: provenance?.protocol ?? null,
          pen_name: provenance?.pen.name ?? null,
          pen_serial: provenance?.pen.serial ?? null,
          pen_firmware: provenance?.pen.firmware ?? null,
          surface: provenance?.surface ?? null,
          answers: provenance?.answers ?? null,
          notes: provenance?.notes ?? [],
          consents: (provenance?.consents ?? []).map(({ version, givenAt }) => ({ version, given_at: givenAt })),
          profile,
        }),
      ),
      consent_texts: this.#consentTexts(),
    }
  }

  /** Every text that somebody agreed to, once. */
  #consentTexts(): { version: string; text: string }[] {
    const all = [...this.#sessions.values()].flatMap(({ provenance }) => provenance?.consents ?? [])
    return [...new Map(all.map(({ version, text }) => [JSON.stringify([version, text]), { version, text }])).values()]
  }

  /** As text, for people. */
  toText(): string {
    const writers = [...this.#writers.values()]
    const hands = (['right', 'left', 'unknown'] as const).map(
      (hand) => `${writers.filter(({ handedness }) => handedness === hand).length} ${hand}`,
    )
    const lines = [
      'Data sheet',
      '',
      `Recordings       ${this.#recordings}${this.#madeBy()}`,
      `Writers          ${writers.length} (handedness: ${hands.join(', ')})`,
      `Labels           ${this.#labels.size} different, ${this.#unlabelled} recordings without`,
      ...(this.#excluded.size === 0
        ? []
        : [
            'Excluded         ' +
              `${[...this.#excluded].map(([reason, recordings]) => `${recordings}: ${reason}`).join('; ')}`,
          ]),
      `Alphabet         ${alphabetOf(this.#labels.keys())}`,
      `Frames           ${this.#frames}, ${this.#lostFrames} known to be lost`,
      `Format           ${this.#about.format}, written by Kalamos on ${new Date(this.#about.madeAt).toISOString()}`,
      `Licence          ${this.#about.licence ?? 'not stated: ask whoever collected the data before using it'}`,
      ...(this.#about.notes === null ? [] : ['', 'Notes', ...this.#about.notes.split('\n').map((line) => `  ${line}`)]),
      '',
      'Signals',
      ...[...this.#kinds.values()].map(
        ({ rateHz, channels, recordings }) =>
          `  ${recordings} x ${rateHz} Hz: ${channels.map(({ name, unit }) => `${name} [${unit}]`).join(', ')}`,
      ),
      '',
      'Sessions (profile and calibration of each are in the JSON beside)',
      ...[...this.#sessions.values()].map(
        ({ writer, device, origin, startedAt, recordings, virtual, reenacted, provenance }) =>
          `  ${writer}${reenacted ? ' (re-enacted)' : virtual ? ' (virtual)' : ''}, ${device}, ${origin}, ` +
          `${protocolIn(provenance)}` +
          (startedAt === null ? 'date not known' : new Date(startedAt).toISOString()) +
          `: ${recordings} recordings`,
      ),
    ]
    return `${lines.join('\n')}\n`
  }

  #madeBy(): string {
    const parts = [
      ...(this.#virtual > 0 ? [`${this.#virtual} are virtual: a simulation, nobody wrote them`] : []),
      ...(this.#reenacted > 0 ? [`${this.#reenacted} are re-enacted: a person's pen path with simulated sensors`] : []),
    ]
    return parts.length === 0 ? ', all by real people' : `, of which ${parts.join('; ')}`
  }
}

function protocolIn(provenance: ExchangeSession['provenance']): string {
  return provenance?.protocol == null ? '' : `${provenance.protocol.name}, version ${provenance.protocol.version}, `
}

function countOne(counts: Map<string, number>, of: string): void {
  counts.set(of, (counts.get(of) ?? 0) + 1)
}

/** The endings of the sheet's files, where they lie beside a file. */
export const SHEETS = ['.datasheet.json', '.datasheet.txt'] as const

/** Writes the sheet into an export that is a folder, or beside one that is a file. */
export async function writeSheet(sheet: DataSheet, staging: Staging, place: Format['place']): Promise<void> {
  const contents = [`${JSON.stringify(sheet.toJson(), null, 2)}\n`, sheet.toText()]
  for (const [at, ending] of SHEETS.entries()) {
    await writeFile(place === 'folder' ? join(staging.path, ending.slice(1)) : staging.beside(ending), contents[at]!)
  }
}
