import { basename } from 'node:path'
import { kindOf, type SimulatedPart } from '../../shared/api/simulated.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Said } from '../../shared/messages/index.ts'
import type { Store } from '../store/index.ts'
import type { Entry, ExchangeRecording, Note, Refusal } from './recording.ts'

export interface ImportResult {
  imported: number
  duplicates: number
  /** What was not taken, and why; of very many only the first. */
  refused: Refusal[]
  refusedCount: number
  /** What a person should know of what was taken; of very many only the first. */
  notes?: Note[]
}

const REFUSED_LISTED = 1000
/** More than this nobody reads; it bounds what a report takes of the memory. */
const REFUSED_KEPT = 200_000
const NO_SAMPLES = 'has no samples'
const OWN_ID = /^kalamos-([0-9a-f]{32})$/

/** Whether Kalamos gave a recording this name. */
export function isOwnId(id: string): boolean {
  return OWN_ID.test(id)
}

/** How a recording with this key is called in files. */
export function ownId(key: Uint8Array): string {
  return `kalamos-${Buffer.from(key).toString('hex')}`
}

/**
 * Recordings of Kalamos carry their key; of others the id, the label and the samples make it. Throws `invalid-input`
 * for a label that is none.
 */
function keyOf(store: Store, { id, label, signal }: ExchangeRecording): Uint8Array {
  const own = OWN_ID.exec(id)?.[1]
  const made = store.recordings.keyOf({ label, signal, sourceId: id })
  return own === undefined ? made : Buffer.from(own, 'hex')
}

/** Whether a recording would come in, is there already, or would be refused, without changing anything. */
export function foresee(
  store: Store,
  prefix: string,
  recording: ExchangeRecording,
): 'new' | 'known' | { reason: Said } {
  try {
    if (store.recordings.hasKey(keyOf(store, recording))) return 'known'
    if (recording.signal.frames === 0) return { reason: NO_SAMPLES }
    refuseOtherKind(store.writers.find(prefix + recording.writer), recording)
    return 'new'
  } catch (error) {
    if (!(error instanceof KalamosError)) throw error
    return { reason: error.said }
  }
}

/** Whether the writer of that name has or had this very recording here, and so is the same person. */
export function isTheirs(store: Store, prefix: string, recording: ExchangeRecording): boolean {
  const writer = store.writers.find(prefix + recording.writer)
  if (writer === undefined) return false
  try {
    return store.recordings.writerOfKey(keyOf(store, recording)) === writer.id
  } catch (error) {
    if (error instanceof KalamosError) return false
    throw error
  }
}

/** Two people may have one name. Nobody said that they are one, and nothing of the file was there already. */
class NamesakeConflict extends KalamosError {
  constructor(name: string, recordings: number) {
    super(
      'conflict',
      `A writer called ${name} is here already, with ${recordings} recordings, and could be somebody else than ` +
        'the one in the file. Nothing was imported.',
      'Say that they are the same people, or put something before the names of the file. In the terminal: ' +
        '--same-writers or --prefix.',
    )
  }
}

/** What is virtual, re-enacted or real never comes to a writer of the same name who is another of the three. */
export function refuseOtherKind(known: (SimulatedPart & { name: string }) | undefined, coming: SimulatedPart): void {
  if (known === undefined) return
  const [here, there] = [known, coming].map(kindOf)
  if (here === there) return
  throw new KalamosError(
    'conflict',
    `the writer ${known.name} is ${here} here and ${there} in the file; give the file's writers a prefix`,
  )
}

/** Takes entries into the store and keeps count; can take all of it back. */
export class Intake {
  readonly result: ImportResult = { imported: 0, duplicates: 0, refused: [], refusedCount: 0 }
  /** What was not taken, for a report: far more than anybody is shown. */
  readonly refusals: Refusal[] = []
  readonly #store: Store
  readonly #source: string
  readonly #prefix: string
  readonly #sessions = new Map<string, { id: number; endedAt: number | null }>()
  readonly #newWriters: number[] = []
  readonly #sameWriters: boolean
  /** Names of writers of whom the file holds something that is here already: they are the same people. */
  readonly #same = new Set<string>()

  /**
   * `prefix` is put before every writer's name: pseudonyms such as w01 are somebody else in another file.
   * `sameWriters`: those of a name that is here are the same people.
   */
  constructor(store: Store, path: string, { prefix, sameWriters }: { prefix: string; sameWriters: boolean }) {
    this.#store = store
    this.#source = basename(path)
    this.#prefix = prefix
    this.#sameWriters = sameWriters
  }

  /**
   * All entries of a batch in one transaction. Throws what the store refuses as a whole, such as `disk-full`, and
   * `conflict` where a writer of a name that is here could be somebody else.
   */
  take(batch: readonly Entry[]): void {
    this.#store.transaction(() => {
      for (const entry of batch) if ('recording' in entry) this.#heedKnown(entry.recording)
      for (const entry of batch) {
        if ('reason' in entry) this.#refuse(entry.where, entry.reason)
        else if ('note' in entry) this.#note(entry)
        else this.#takeOne(entry.where, entry.recording)
      }
    })
  }

  /** Ends the sessions: what was taken stays. */
  finish(): ImportResult {
    const { refused, refusedCount } = this.result
    if (refusedCount > refused.length)
      refused.push({ where: '', reason: `${refusedCount - refused.length} more were refused` })
    for (const { id, endedAt } of this.#sessions.values()) this.#store.sessions.end(id, endedAt ?? Date.now())
    return this.result
  }

  /** Leaves the store as if nothing had been imported. */
  takeBack(): void {
    this.#store.sessions.takeBack(
      [...this.#sessions.values()].map(({ id }) => id),
      this.#newWriters,
    )
  }

  #heedKnown(recording: ExchangeRecording): void {
    const name = this.#prefix + recording.writer
    if (!this.#same.has(name) && isTheirs(this.#store, this.#prefix, recording)) this.#same.add(name)
  }

  #takeOne(where: Said, recording: ExchangeRecording): void {
    const { label, signal, state, startedAt, provenance } = recording
    if (signal.frames === 0) return this.#refuse(where, NO_SAMPLES)
    try {
      const sourceKey = keyOf(this.#store, recording)
      if (this.#store.recordings.hasKey(sourceKey)) {
        this.result.duplicates++
        return
      }
      const sessionId = this.#sessionOf(recording)
      const id = this.#store.recordings.insert({
        label,
        signal,
        state,
        sourceKey,
        sessionId,
        ...(startedAt === null ? {} : { startedAt }),
      })
      if (provenance !== undefined && id !== 'duplicate') this.#store.provenance.keepWord(id, sessionId, provenance)
      this.result.imported++
    } catch (error) {
      if (error instanceof NamesakeConflict) throw error
      if (!(
        error instanceof KalamosError &&
        (error.code === 'invalid-input' || error.code === 'empty-recording' || error.code === 'conflict')
      ))
        throw error
      this.#refuse(where, error.said)
    }
  }

  #refuse(where: Said, reason: Said): void {
    this.result.refusedCount++
    if (this.result.refused.length < REFUSED_LISTED) this.result.refused.push({ where, reason })
    if (this.refusals.length < REFUSED_KEPT) this.refusals.push({ where, reason })
  }

  #note({ where, note }: Note): void {
    const notes = (this.result.notes ??= [])
    if (notes.length < REFUSED_LISTED) notes.push({ where, note })
  }

  #sessionOf({
    writer,
    handedness,
    virtual,
    reenacted = false,
    session,
    startedAt,
    signal,
  }: ExchangeRecording): number {
    const name = this.#prefix + writer
    const key = JSON.stringify([name, session.device, session.key, virtual, reenacted])
    const known = this.#sessions.get(key)
    if (known !== undefined) return known.id
    const profile = session.profile ?? {
      id: session.device,
      source: this.#source,
      rateHz: signal.rateHz,
      channels: signal.channels,
    }
    // What has no time of its own gets that of its import, and is told by this from what has.
    const untimed = startedAt === null && !Number.isFinite(signal.hostMillis[0])
    const { id } = this.#store.sessions.create({
      writerId: this.#writerOf(name, { handedness, virtual, reenacted }),
      deviceName: session.device,
      origin: session.origin === 'simulated' ? 'simulated' : 'imported',
      virtual,
      reenacted,
      profile: untimed && isObject(profile) ? { ...profile, importedAt: Date.now() } : profile,
      ...(session.startedAt === null ? {} : { startedAt: session.startedAt }),
    })
    this.#store.provenance.keepSession(id, this.#source, session.provenance)
    this.#sessions.set(key, { id, endedAt: session.endedAt })
    return id
  }

  #writerOf(name: string, about: Pick<ExchangeRecording, 'handedness' | 'virtual' | 'reenacted'>): number {
    const { writers } = this.#store
    const known = writers.find(name)
    if (known === undefined) {
      const made = writers.create({ name, ...about })
      this.#newWriters.push(made.id)
      return made.id
    }
    refuseOtherKind(known, about)
    if (!this.#sameWriters && !this.#same.has(name) && !this.#newWriters.includes(known.id))
      throw new NamesakeConflict(name, known.recordings)
    return known.id
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
