import { createContext } from 'svelte'
import { createApi, type Transport } from '../../shared/api.ts'
import type { FileLine } from '../transport/file-line.ts'
import type { Connection } from './connection.svelte.ts'
import { Adaptations } from './adaptation.svelte.ts'
import { Backups } from './backups.svelte.ts'
import { SensorCalibration } from './sensor-calibration.svelte.ts'
import { Exchange } from './exchange.svelte.ts'
import { Devices } from './devices.svelte.ts'
import { Edits } from './edits.svelte.ts'
import { Help } from './help.svelte.ts'
import { Interruptions } from './interruptions.svelte.ts'
import { LiveSignals } from './live.ts'
import { LogView } from './log.svelte.ts'
import { Models } from './models.svelte.ts'
import { Notices } from './notices.svelte.ts'
import { Overview } from './overview.svelte.ts'
import { Preferences } from './preferences.svelte.ts'
import { Protocols } from './protocols.svelte.ts'
import { Reader } from './reader.svelte.ts'
import { Recorder } from './recorder.svelte.ts'
import { Recordings } from './recordings.svelte.ts'
import { Review } from './review.svelte.ts'
import { Route } from './route.svelte.ts'
import { RunEnds } from './run-ends.svelte.ts'
import { Runs } from './runs.svelte.ts'
import { TrainingDraft } from './training-draft.svelte.ts'
import { System } from './system.svelte.ts'
import { t } from '../text/index.ts'
import { together, type Topic } from './topic.ts'
import { Transfers } from './transfers.svelte.ts'
import { Writers } from './writers.svelte.ts'

/** Everything the window knows, a class a topic. Components reach it with `useApp()`. */
export class App {
  readonly connection: Connection
  readonly transfers: Transfers
  readonly route = new Route()
  readonly help = new Help()
  readonly notices: Notices
  readonly system: System
  readonly backups: Backups
  readonly log: LogView
  readonly preferences: Preferences
  readonly devices: Devices
  readonly live: LiveSignals
  readonly writers: Writers
  readonly recorder: Recorder
  readonly protocols: Protocols
  readonly calibration: SensorCalibration
  readonly recordings: Recordings
  readonly exchange: Exchange
  readonly edits: Edits
  readonly review: Review
  readonly overview: Overview
  readonly runs: Runs
  readonly runEnds: RunEnds
  readonly trainingDraft: TrainingDraft
  readonly interruptions: Interruptions
  readonly models: Models
  readonly reader: Reader
  readonly adaptations: Adaptations
  readonly #topics: Topic[]

  constructor(transport: Transport, connection: Connection, files: FileLine | null) {
    const api = createApi(transport)
    this.connection = connection
    this.transfers = new Transfers(files)
    this.notices = new Notices(api)
    this.system = new System(api)
    this.backups = new Backups(api)
    this.log = new LogView(api, this.notices)
    this.preferences = new Preferences(api)
    this.devices = new Devices(api)
    this.live = new LiveSignals(api)
    this.writers = new Writers(api)
    this.recorder = new Recorder(api)
    this.protocols = new Protocols(api)
    this.calibration = new SensorCalibration(api)
    this.recordings = new Recordings(api)
    this.exchange = new Exchange(api)
    this.edits = new Edits(api)
    this.review = new Review(api, this.recordings)
    this.overview = new Overview(api)
    this.runs = new Runs(api)
    this.runEnds = new RunEnds(this.runs, this.notices, this.route)
    this.trainingDraft = new TrainingDraft(this.runs)
    this.interruptions = new Interruptions(api)
    this.models = new Models(api)
    this.reader = new Reader(api)
    this.adaptations = new Adaptations(api)
    this.#topics = [
      this.notices,
      this.log,
      this.preferences,
      this.system,
      this.backups,
      this.devices,
      this.writers,
      this.recorder,
      this.protocols,
      this.calibration,
      this.recordings,
      this.exchange,
      this.edits,
      this.review,
      this.runs,
      this.runEnds,
      this.interruptions,
      this.models,
      this.reader,
      this.adaptations,
    ]
    connection.onReopened(() => void this.#comeBack())
  }

  /** Listens to the host and loads what every page needs. Gives back how to stop. */
  start(): () => void {
    const stop = together(this.route.listen(), ...this.#topics.map((topic) => topic.listen()))
    void this.#refreshAll()
    return stop
  }

  /** Learns what is so now that the host answers again, and says what became of a session. */
  async #comeBack(): Promise<void> {
    const before = this.recorder.brokenOff
    await this.#refreshAll()
    const { brokenOff, running } = this.recorder
    if (brokenOff === null || brokenOff === before)
      this.notices.add('info', () => (running ? t.connection.backInSession : t.connection.back))
    else
      this.notices.add('warning', () => t.studio.brokenOff, {
        action: { label: () => t.interrupted.show, run: () => this.route.go('record') },
      })
  }

  async #refreshAll(): Promise<void> {
    await Promise.all(this.#topics.map((topic) => this.notices.attempt(() => topic.refresh())))
  }
}

export const [useApp, provideApp] = createContext<App>()
