import { resolve } from 'node:path'
import * as v from 'valibot'
import type { EventName, Handlers, Input, Output, Payload, RequestName } from '../../shared/api.ts'
import { validInput } from '../../shared/api.ts'
import { DeviceProfile } from '../../shared/api/devices.ts'
import type { Finding } from '../../shared/api/system.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Signal } from '../../shared/signal.ts'
import { Adapting, adaptationHandlers } from '../adaptation/index.ts'
import { openBackups } from '../backup/handlers.ts'
import { finishRestore } from '../backup/restore.ts'
import { heedProblems } from '../process/background.ts'
import { Events } from '../process/events.ts'
import { openExchange, type ChoosePath } from '../exchange/handlers.ts'
import { licenceHandlers } from './licences.ts'
import { logHandlers } from '../log/handlers.ts'
import { log } from '../log/index.ts'
import { addBase, welcomeWithBase } from '../training/base/install.ts'
import { signatureOf, loadModel, type StoredModel } from '../ml/checkpoint/model.ts'
import type { Engine } from '../compute/engine/types.ts'
import { Evaluator } from '../training/evaluation/evaluator.ts'
import { forkChild, type Fork } from '../process/fork.ts'
import { trainingHandlers } from '../training/queue/handlers.ts'
import { interruptionHandlers } from '../training/queue/interruptions.ts'
import { TrainingQueue } from '../training/queue/queue.ts'
import { dropUnusedPictures } from '../training/queue/sent-pictures.ts'
import { version } from '../files/paths.ts'
import { preferenceHandlers } from './preferences.ts'
import { problemReporter } from './problems.ts'
import { ProtocolLibrary, protocolHandlers } from '../protocol/index.ts'
import {
  SensorCalibration,
  sensorCalibrationHandlers,
  restoreSensorCalibrations,
} from '../pen/sensor-calibration/index.ts'
import { DeviceHub, penHandlers, ProfileBook, scanWhileHeard, streamLiveSamples } from '../pen/index.ts'
import { labelCheckBy, type LabelChecker } from '../quality/index.ts'
import { recogniseHandlers } from '../recognise/handlers.ts'
import { LiveRecognition } from '../recognise/live.ts'
import { loadRecogniser } from '../ml/inference/recogniser.ts'
import { Recorder, recordHandlers } from '../record/index.ts'
import { replayFrom } from '../replay/source.ts'
import { openReview } from '../review/handlers.ts'
import { storeHandlers } from '../store/handlers.ts'
import { openStore, type Store } from '../store/index.ts'
import { beforeEnding } from '../process/uncaught.ts'
import { wordHandlers } from '../words/handlers.ts'
import { writerDataHandlers } from '../writers/handlers.ts'

/** A request that takes longer is worth an entry in the log. */
const SLOW_REQUEST_MS = 1000

export interface AppOptions {
  databasePath: string
  entryPoint: 'window' | 'browser' | 'terminal'
  /**
   * Starts the processes beside it, which train and read files of others; a Node child process unless the shell has a
   * way of its own.
   */
  fork?: Fork
  /** Whether the shell can replace itself by a newer version. */
  updatesItself?: boolean
  /** Looks over the machine for `system.doctor`. */
  examine?: (app: { store: Store; hub: DeviceHub }) => Promise<Finding[]>
  /** Shows a file in the system's file manager, where the entry point has one. */
  showFile?: (path: string) => void
  /** Lets a person choose a path in a dialog of the system, where the entry point has such. */
  choosePath?: ChoosePath
  /** Starts the app again, where the entry point can. */
  restart?: () => void
}

/** The app behind every entry point: what the contract names can be asked of it, and heard from it. */
export interface App {
  readonly store: Store
  readonly events: Events
  request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>>
  request(name: RequestName, input: unknown): Promise<unknown>
  listen<E extends EventName>(event: E, listener: (payload: Payload<E>) => void): () => void
  listen(event: EventName, listener: (payload: unknown) => void): () => void
  /** Ends what is running, keeps what was acknowledged, and lets go of pens and database. May be called twice. */
  close(): Promise<void>
}

/** Opens the database and puts the services together. Throws what `openStore` throws. */
export async function createApp({
  databasePath,
  entryPoint,
  fork = forkChild,
  updatesItself = false,
  examine = async () => [],
  showFile,
  choosePath,
  restart,
}: AppOptions): Promise<App> {
  const restored = finishRestore(resolve(databasePath))
  const store = openStore(databasePath)
  log('app').info('the app is open', {
    entryPoint,
    version: version(),
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    database: store.path,
  })
  welcomeWithBase(store)
  dropUnusedPictures(store)
  const events = new Events()
  const stopHeeding = heedProblems(problemReporter(events))
  const profiles = new ProfileBook(store.profiles)
  const hub = new DeviceHub({
    profiles,
    changed: (devices) => events.emit('devices.changed', devices),
    replay: replayFrom({ session: (sessionId) => storedSession(store, sessionId), fork }),
  })
  const library = new ProtocolLibrary(store)
  const recorder = new Recorder({ store, pens: hub, events, doubtOf: (modelId) => doubtingModel(store, modelId) })
  const calibration = new SensorCalibration({
    pens: hub,
    profiles,
    events,
    busy: (deviceId) => recorder.isBusyWith(deviceId),
  })
  const queue = new TrainingQueue({ store, events, fork, codeVersion: version() })
  const adapting: Adapting = new Adapting({
    store,
    events,
    queue,
    openEngine: openReadingEngine,
    fits: (deviceId) => live.fits(deviceId),
  })
  const live = new LiveRecognition({
    store,
    events,
    pens: hub,
    openEngine: openReadingEngine,
    modelFor: (writerId, deviceId) => adapting.modelFor(writerId, deviceId),
  })
  const exchange = openExchange({ store, events, fork, choosePath })
  const backups = openBackups({ events, database: store.path, restored, restart })
  const lexiconFor = ({ card }: StoredModel) => live.vocabulary.lexiconFor(signatureOf(card))
  const evaluator = new Evaluator({ store, events, openEngine: openReadingEngine, lexiconFor })
  const review = openReview({ store, events, openEngine: openReadingEngine })
  const stopScanning = scanWhileHeard(hub, events)
  const stopStreaming = streamLiveSamples(hub, events)
  const stopRecalling = restoreSensorCalibrations({
    pens: hub,
    profiles,
    events,
    busy: (deviceId) => recorder.isBusyWith(deviceId) || calibration.state?.deviceId === deviceId,
  })

  const handlers: Handlers = {
    'system.info': () => ({ version: version(), entryPoint, updatesItself, databasePath: store.path }),
    'system.doctor': () => examine({ store, hub }),
    ...logHandlers(store.path, showFile),
    ...licenceHandlers(),
    ...preferenceHandlers({ store, events }),
    ...storeHandlers({ store, events }),
    ...writerDataHandlers({ store, events, versions: adapting, trainings: queue }),
    ...review.handlers,
    ...exchange.handlers,
    ...backups.handlers,
    ...wordHandlers(),
    ...protocolHandlers({ library, events }),
    ...penHandlers({ hub, profiles }),
    ...recordHandlers({ recorder }),
    ...sensorCalibrationHandlers({ calibration }),
    'models.addBase': () => {
      const model = addBase(store)
      events.emit('models.changed', store.models.list())
      return model
    },
    ...trainingHandlers({ store, events, queue, evaluator }),
    ...interruptionHandlers({ store }),
    ...adaptationHandlers({ adapting }),
    ...recogniseHandlers({ live }),
  }
  const request = async (name: RequestName, input: unknown): Promise<unknown> => {
    const handle = handlers[name] as (input: unknown) => unknown
    const began = performance.now()
    try {
      return await handle(validInput(name, input))
    } catch (error) {
      if (error instanceof KalamosError) log('app').debug('a request was refused', { request: name, code: error.code })
      else log('app').error('a request has failed', { request: name, error })
      throw error
    } finally {
      const millis = Math.round(performance.now() - began)
      if (millis > SLOW_REQUEST_MS) log('app').info('a request took long', { request: name, millis })
    }
  }

  let closing: Promise<void> | undefined
  /** What is recorded comes first; whatever one of them throws, the others are closed. */
  const close = async (): Promise<void> => {
    const failures: unknown[] = []
    const steps: (() => unknown)[] = [
      () => recorder.close(),
      stopScanning,
      stopStreaming,
      stopRecalling,
      () => evaluator.cancel(),
      () => calibration.cancel(),
      () => exchange.close(),
      () => backups.close(),
      () => review.close(),
      () => live.close(),
      () => queue.close(),
      () => adapting.close(),
      () => hub.shutdown(),
      () => store.close(),
    ]
    for (const step of steps) {
      try {
        await step()
      } catch (error) {
        log('app').error('a part of the app could not be closed', error)
        failures.push(error)
      }
    }
    stopHeeding()
    forgetEnding()
    log('app').info('the app is closed')
    if (failures.length > 0) throw failures[0]
  }
  const closeOnce = (): Promise<void> => (closing ??= close())
  const forgetEnding = beforeEnding(async () => {
    events.emit('system.failing', {})
    await closeOnce()
  })
  return {
    store,
    events,
    request: request as App['request'],
    listen: (event: EventName, listener: (payload: unknown) => void) => {
      const stop = events.on(event, listener)
      // What happened before anybody could hear of it.
      const setAside = event === 'system.notice' ? noticeOfSetAside(store) : null
      if (setAside !== null) listener(setAside)
      return stop
    },
    close: closeOnce,
  }
}

/** What is to be told of recordings that could not be recovered at this start; null where there are none. */
function noticeOfSetAside({ recovered: { setAside } }: Store): Payload<'system.notice'> | null {
  if (setAside.length === 0) return null
  const message =
    `These recordings were being made when Kalamos ended, and cannot be read: ${setAside.join(', ')}. They are ` +
    'set aside, and left out of training and export.'
  return { level: 'warning', message, hint: 'Look at them on the Recordings page; "doctor --check" looks for others.' }
}

/** The recordings of a session in their order, for a replay device. Throws `not-found`. */
function storedSession(
  store: Store,
  sessionId: number,
): { name: string; profileId: string | null; signals: Signal[]; virtual: boolean } {
  const { writerName, deviceName, virtual } = store.sessions.get(sessionId)
  const profile = v.safeParse(DeviceProfile, store.sessions.profile(sessionId))
  const signals = [...store.recordings.each({ sessionId })].flatMap(({ id }) => store.recordings.soundSignal(id) ?? [])
  return {
    name: `${writerName}, ${deviceName}`,
    profileId: profile.success ? profile.output.id : null,
    signals,
    virtual,
  }
}

/** The network library is loaded only when something is read. */
async function openReadingEngine(model: StoredModel): Promise<Engine> {
  const { openEngineForModel } = await import('../ml/programs/open-engine.ts')
  return openEngineForModel(model)
}

/** A model made ready to doubt labels while a session runs. */
async function doubtingModel(store: Store, modelId: number): Promise<LabelChecker> {
  return labelCheckBy(await loadRecogniser(loadModel(store.models.paths(modelId)[1]!), openReadingEngine))
}
