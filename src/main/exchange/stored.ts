import type { Recording, RecordingFilter } from '../../shared/api/recordings.ts'
import type { Handedness } from '../../shared/api/writers.ts'
import type { Store } from '../store/index.ts'
import { ownId } from './intake.ts'
import type { ExchangeRecording, ExchangeSession } from './recording.ts'

/** The store's recordings as files know them, one after the other. */
export class StoredRecordings {
  readonly #store: Store
  readonly #writers: Map<number, { name: string; handedness: Handedness; virtual: boolean }>
  readonly #sessions = new Map<number, ExchangeSession>()

  constructor(store: Store) {
    this.#store = store
    this.#writers = new Map(store.writers.list().map((writer) => [writer.id, writer]))
  }

  /** Recordings that match, oldest first, without samples. What is still being written is not among them. */
  *list(filter: RecordingFilter): Iterable<Recording> {
    for (const recording of this.#store.recordings.each(filter)) if (recording.state !== 'open') yield recording
  }

  /** Throws `database-damaged` where the samples are. */
  load(recording: Recording): ExchangeRecording {
    const { id, writerId, writerName, sessionId, label, state, startedAt, virtual } = recording
    const key = this.#store.recordings.key(id)
    return {
      id: key === null ? '' : ownId(key),
      writer: writerName,
      handedness: this.#writers.get(writerId)?.handedness ?? 'unknown',
      virtual: virtual || (this.#writers.get(writerId)?.virtual ?? false),
      session: this.session(sessionId),
      label,
      state: state === 'interrupted' ? 'interrupted' : 'finished',
      startedAt,
      signal: this.#store.recordings.signal(id),
    }
  }

  session(id: number): ExchangeSession {
    const known = this.#sessions.get(id)
    if (known !== undefined) return known
    const { deviceName, startedAt, endedAt, origin } = this.#store.sessions.get(id)
    const session = { key: `session ${id}`, device: deviceName, startedAt, endedAt, origin, profile: this.#store.sessions.profile(id) }
    this.#sessions.set(id, session)
    return session
  }
}
