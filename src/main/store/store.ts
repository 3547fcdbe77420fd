import { log } from '../log/index.ts'
import { ProvenanceStore } from './provenance.ts'
import { Adaptations } from './adaptations.ts'
import { Catalogue } from './catalogue.ts'
import type { Connection } from './connection.ts'
import { Edits } from './edits.ts'
import { History } from './history.ts'
import { Evaluations } from './evaluations.ts'
import { Holdout } from './holdout.ts'
import { signOff } from './holder.ts'
import { Models } from './models.ts'
import { filesFolder } from './places.ts'
import { Profiles } from './profiles.ts'
import { Protocols } from './protocols.ts'
import { Readings } from './readings.ts'
import { Recordings } from './recordings.ts'
import { type Recovered } from './recovery.ts'
import { Runs } from './runs.ts'
import { Samples } from './samples.ts'
import { Sessions } from './sessions.ts'
import { Settings } from './settings.ts'
import { PromptedSessions } from './prompted-sessions.ts'
import type { SyncLog } from './sync-log.ts'
import { Trials } from './trials.ts'
import { WriteQueue } from './write-queue.ts'
import { Writers } from './writers.ts'

/** Everything Kalamos remembers: one SQLite file, and a folder beside it for checkpoints and models. */
export class Store {
  readonly path: string
  /** Folder for checkpoints and models; it exists where the store can be written. */
  readonly files: string
  readonly connection: Connection
  readonly writers: Writers
  readonly sessions: Sessions
  readonly recordings: Recordings
  readonly samples: Samples
  readonly edits: Edits
  readonly history: History
  readonly holdout: Holdout
  readonly readings: Readings
  readonly catalogue: Catalogue
  readonly profiles: Profiles
  readonly models: Models
  readonly runs: Runs
  readonly adaptations: Adaptations
  readonly trials: Trials
  readonly settings: Settings
  readonly evaluations: Evaluations
  readonly protocols: Protocols
  readonly promptedSessions: PromptedSessions
  readonly provenance: ProvenanceStore
  /** What became of recordings that were found open, left behind by a program that ended. */
  recovered: Recovered = { kept: 0, setAside: [] }
  readonly #queue: WriteQueue
  readonly #unlock: () => void

  constructor(connection: Connection, unlock: () => void, sync?: SyncLog) {
    this.path = connection.path
    this.files = filesFolder(connection.path)
    this.connection = connection
    this.#unlock = unlock
    this.#queue = new WriteQueue(connection, sync)
    this.writers = new Writers(connection)
    this.sessions = new Sessions(connection)
    this.samples = new Samples(connection)
    this.history = new History(connection, this.samples)
    this.holdout = new Holdout(this.files)
    this.edits = new Edits(connection, this.samples, this.history)
    this.recordings = new Recordings(connection, this.#queue, this)
    this.readings = new Readings(connection)
    this.catalogue = new Catalogue(connection, this.recordings)
    this.profiles = new Profiles(connection)
    this.models = new Models(connection, this.files)
    this.runs = new Runs(connection)
    this.adaptations = new Adaptations(connection)
    this.trials = new Trials(connection)
    this.settings = new Settings(connection)
    this.evaluations = new Evaluations(connection, this.settings)
    this.protocols = new Protocols(connection)
    this.promptedSessions = new PromptedSessions(connection)
    this.provenance = new ProvenanceStore(connection)
  }

  /** All or nothing. May be nested. */
  transaction<T>(work: () => T): T {
    return this.connection.transaction(work)
  }

  /**
   * Brings the frames of all open recordings to the disk before it returns. Throws what the database or the disk
   * refuses.
   */
  flush(): void {
    this.#queue.flush()
  }

  /** Ends open recordings as `interrupted` and lets go of the file. May be called twice. */
  close(): void {
    if (!this.connection.isOpen) return
    try {
      for (const recording of this.#queue.open) recording.interrupt()
    } finally {
      this.#signOff()
      this.#queue.close()
      this.connection.close()
      this.#unlock()
    }
  }

  /** Where that cannot be written, nothing is lost: who finds it sees that this process has ended. */
  #signOff(): void {
    if (this.connection.readOnly) return
    try {
      signOff(this.settings)
    } catch (error) {
      log('store').warn('the holder of the database could not be taken out', error)
    }
  }
}
