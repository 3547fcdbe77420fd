import type { Recording, RecordingFilter } from '../../shared/api/recordings.ts'
import type { Handedness } from '../../shared/api/writers.ts'
import type { Store } from '../store/index.ts'
import { ownId } from './import-session.ts'
import type { ExchangeRecording, ExchangeSession } from './recording.ts'

/** Which recordings are meant: those of the filter, and of these only the listed ones where a list is given. */
export interface Chosen {
  filter: RecordingFilter
  ids?: readonly number[] | undefined
}

/** The store's recordings as files know them, one after the other. */
export class StoredRecordings {
  readonly #store: Store
  readonly #writers: Map<number, { name: string; handedness: Handedness; virtual: boolean; reenacted?: boolean }>
  readonly #sessions = new Map<number, ExchangeSession>()

  constructor(store: Store) {
    this.#store = store
    this.#writers = new Map(store.writers.list().map((writer) => [writer.id, writer]))
  }

  /**
   * Recordings that match, oldest first, without samples. What is still being written and what a person excluded is not
   * among them.
   */
  *list(chosen: Chosen): Iterable<Recording> {
    for (const recording of this.#closed(chosen)) if (recording.excluded === null) yield recording
  }

  /** How many of those that match a person excluded, by the reasons given. */
  excluded(chosen: Chosen): Map<string, number> {
    const reasons = new Map<string, number>()
    if (chosen.filter.excluded === false) return reasons
    for (const { excluded } of this.#closed({ ...chosen, filter: { ...chosen.filter, excluded: true } })) {
      if (excluded !== null) reasons.set(excluded, (reasons.get(excluded) ?? 0) + 1)
    }
    return reasons
  }

  *#closed({ filter, ids }: Chosen): Iterable<Recording> {
    const wanted = ids === undefined ? null : new Set(ids)
    for (const recording of this.#store.recordings.each(filter)) {
      if (recording.state !== 'open' && (wanted?.has(recording.id) ?? true)) yield recording
    }
  }

  /** Null where the samples are damaged. */
  load(recording: Recording): ExchangeRecording | null {
    const { id, writerId, writerName, sessionId, label, state, startedAt, virtual, reenacted } = recording
    const signal = this.#store.recordings.soundSignal(id)
    if (signal === null) return null
    const key = this.#store.recordings.key(id)
    const provenance = this.#store.provenance.word(id)
    return {
      id: key === null ? '' : ownId(key),
      writer: writerName,
      handedness: this.#writers.get(writerId)?.handedness ?? 'unknown',
      virtual: virtual || (this.#writers.get(writerId)?.virtual ?? false),
      ...(reenacted === true ? { reenacted } : {}),
      session: this.session(sessionId),
      label,
      state: state === 'interrupted' ? 'interrupted' : 'finished',
      startedAt: recording.untimed === true ? null : startedAt,
      ...(provenance === null ? {} : { provenance }),
      signal,
    }
  }

  session(id: number): ExchangeSession {
    const known = this.#sessions.get(id)
    if (known !== undefined) return known
    const { deviceName, startedAt, endedAt, origin } = this.#store.sessions.get(id)
    const provenance = this.#store.provenance.session(id)
    const session = {
      key: `session ${id}`,
      device: deviceName,
      startedAt,
      endedAt,
      origin,
      profile: this.#store.sessions.profile(id),
      ...(provenance === null ? {} : { provenance }),
    }
    this.#sessions.set(id, session)
    return session
  }
}
