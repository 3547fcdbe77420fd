import { mkdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import * as v from 'valibot'
import type { ImageTraining, Run, TrainingConfig } from '../../../shared/api/training.ts'
import { errorShape, KalamosError, type ErrorShape } from '../../../shared/errors.ts'
import type { Events } from '../../events.ts'
import { entry } from '../../paths.ts'
import type { RunChange, Store } from '../../store/index.ts'
import { ModelCard } from '../checkpoint/card.ts'
import { hasCheckpoint } from '../checkpoint/checkpoint.ts'
import { modelOf } from '../checkpoint/model.ts'
import { readCard } from '../checkpoint/weights.ts'
import { sameAsRepeated } from './again.ts'
import type { ChildProcess, Fork } from './fork.ts'
import { FromTrainer, type Order } from './messages.ts'

export interface QueueOptions {
  store: Store
  events: Events
  fork: Fork
  codeVersion: string
  /** How long a training may take to stop when asked, before its process is ended; 20 s by default. */
  patienceMillis?: number
}

/** The training under way. */
interface Current {
  runId: number
  child: ChildProcess
  /** What to call the run when its process ends without having said why. */
  wanted: 'cancelled' | 'interrupted' | null
  settled: boolean
  /** How far its image network is, until the first epoch tells it. */
  image: ImageTraining | null
}

/**
 * Trains one run at a time in a process of its own; others wait. The only one that writes runs and adds models.
 * Whatever happens to the process, its run ends as `finished`, `cancelled`, `failed` or `interrupted`, and all but the
 * first can be resumed.
 */
export class TrainingQueue {
  readonly #options: QueueOptions
  readonly #waiting: number[] = []
  #current: Current | null = null
  #closed = false
  /** Of repeats that have finished. */
  readonly #same = new Map<number, boolean | null>()
  #idle: (() => void)[] = []

  constructor(options: QueueOptions) {
    this.#options = options
  }

  /** Queues a training. Throws `not-found` for a model to start from that does not exist. */
  start(config: TrainingConfig): Run {
    const { store } = this.#options
    if (config.startFrom !== null) store.models.get(config.startFrom)
    return this.#enqueue(store.runs.create(config).id)
  }

  /** Queues a run again, from its last checkpoint where it has one. Throws `not-found`, or `conflict` for one that is not at rest. */
  resume(runId: number): Run {
    const { store } = this.#options
    const { state } = store.runs.get(runId)
    if (state !== 'cancelled' && state !== 'failed' && state !== 'interrupted') {
      throw new KalamosError('conflict', `Run ${runId} is ${state}: there is nothing to resume.`, state === 'finished' ? 'Start a new training from its model.' : 'Wait for it to end.')
    }
    if (!hasCheckpoint(this.folder(runId))) store.runs.dropScoresAfter(runId, -1)
    store.runs.update(runId, { state: 'queued', endedAt: null, problem: null, epochProgress: 0 })
    return this.#enqueue(runId)
  }

  /** Stops a run; its last checkpoint stays. Throws `not-found`, or `conflict` for one that has ended. */
  cancel(runId: number): Run {
    const { store } = this.#options
    const place = this.#waiting.indexOf(runId)
    if (place >= 0) {
      this.#waiting.splice(place, 1)
      return this.#change(runId, { state: 'cancelled', endedAt: Date.now() })
    }
    if (this.#current?.runId === runId) {
      this.#ask(this.#current, 'cancelled')
      return store.runs.get(runId)
    }
    throw new KalamosError('conflict', `Run ${runId} is ${store.runs.get(runId).state}: there is nothing to cancel.`)
  }

  /** Deletes a run that is at rest, with its checkpoints. Its model stays. */
  delete(runId: number): void {
    const { store } = this.#options
    store.runs.get(runId)
    if (this.#waiting.includes(runId) || this.#current?.runId === runId) throw new KalamosError('conflict', `Run ${runId} is still under way.`, 'Cancel it first.')
    store.runs.delete(runId)
    this.#same.delete(runId)
    rmSync(this.folder(runId), { recursive: true, force: true })
  }

  /** All runs, newest first; the one under way with what is not stored of it. */
  list(): Run[] {
    return this.#options.store.runs.list().map((run) => this.#told(run))
  }

  /** Where the checkpoints of a run are, and what lies beside them. */
  folder(runId: number): string {
    return join(this.#options.store.files, 'runs', String(runId))
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.#current === null && this.#waiting.length === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve))
  }

  /** Stops what is under way, leaving a checkpoint; such runs become `interrupted`. */
  async close(): Promise<void> {
    this.#closed = true
    for (const runId of this.#waiting.splice(0)) this.#change(runId, { state: 'interrupted', endedAt: Date.now() })
    if (this.#current) this.#ask(this.#current, 'interrupted')
    await this.idle()
  }

  #enqueue(runId: number): Run {
    if (this.#closed) throw new KalamosError('unavailable', 'The app is closing.')
    this.#waiting.push(runId)
    this.#next()
    const run = this.#options.store.runs.get(runId)
    this.#options.events.emit('runs.changed', run)
    return run
  }

  #next(): void {
    if (this.#current) return
    const runId = this.#waiting.shift()
    if (runId === undefined) {
      for (const resolve of this.#idle.splice(0)) resolve()
      return
    }
    const { fork, store } = this.#options
    const order = this.#orderOf(runId)
    store.runs.update(runId, { state: 'preparing', startedAt: Date.now(), endedAt: null })
    const child = fork(entry('trainer'))
    const current: Current = { runId, child, wanted: null, settled: false, image: null }
    this.#current = current
    child.onMessage((message) => {
      if (current.settled) return
      try {
        this.#hear(current, v.parse(FromTrainer, message), order)
      } catch (error) {
        current.settled = true
        this.#failed(current, errorShape(error))
        child.kill()
      }
    })
    child.onExit((reason) => this.#ended(current, reason))
  }

  #orderOf(runId: number): Order {
    const { store, codeVersion } = this.#options
    const { config } = store.runs.get(runId)
    const folder = this.folder(runId)
    mkdirSync(folder, { recursive: true })
    return {
      type: 'train',
      runId,
      config,
      databasePath: store.path,
      folder,
      modelFolder: join(store.files, 'models'),
      modelBase: `run-${runId}`,
      basePath: config.startFrom === null ? null : (store.models.paths(config.startFrom)[1] ?? null),
      codeVersion,
    }
  }

  #hear(current: Current, message: FromTrainer, order: Order): void {
    const { runId } = current
    const { runs } = this.#options.store
    switch (message.type) {
      case 'ready':
        return current.child.send(order)
      case 'prepared': {
        const { trainRecordings, heldOutRecordings, virtual, epoch, backend, threads, backendReason } = message
        runs.dropScoresAfter(runId, epoch - 1)
        const name = `${backend}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`
        this.#change(runId, { state: 'running', trainRecordings, heldOutRecordings, virtual, epoch, epochProgress: 0, backend: name, backendReason })
        return
      }
      case 'progress':
        this.#change(runId, { epoch: message.epoch, epochProgress: message.epochProgress })
        return
      case 'image':
        current.image = message.at
        this.#tell(runs.get(runId))
        return
      case 'epoch':
        current.image = null
        runs.addScore(runId, message.score)
        this.#change(runId, { epoch: message.score.epoch + 1, epochProgress: 0 })
        return
      case 'finished':
        this.#finished(runId, message)
        current.settled = true
        return
      case 'failed':
        this.#failed(current, message.error)
        current.settled = true
        return
    }
  }

  #finished(runId: number, { cardPath, weightsPath, report }: Pick<Extract<FromTrainer, { type: 'finished' }>, 'cardPath' | 'weightsPath' | 'report'>): void {
    const { store, events } = this.#options
    const card = readCard(cardPath, ModelCard)
    const files = [weightsPath, cardPath].map((path) => relative(store.files, path))
    const model = store.transaction(() => {
      const adaptation = store.adaptations.ofRun(runId)
      const version = adaptation && report ? { name: `${card.name}, version ${adaptation.version}` } : {}
      const created = store.models.create({ ...modelOf(card, runId), ...version, files })
      if (adaptation && report) store.adaptations.settle(adaptation.id, created.id, report)
      return created
    })
    this.#change(runId, { state: 'finished', endedAt: Date.now(), modelId: model.id, epoch: store.runs.get(runId).config.epochs, epochProgress: 0 })
    events.emit('models.changed', store.models.list())
  }

  #failed({ runId, wanted }: Current, { code, message, hint }: ErrorShape): void {
    const stopped = code === 'cancelled'
    this.#change(runId, {
      state: stopped ? (wanted ?? 'interrupted') : 'failed',
      endedAt: Date.now(),
      problem: stopped ? null : { message, hint: hint ?? 'Change the configuration and train again.' },
    })
  }

  /** The process is gone. If it had not said how its run ended, this says it. */
  #ended(current: Current, reason: string): void {
    if (!current.settled) {
      current.settled = true
      const { runId, wanted } = current
      const resumable = hasCheckpoint(this.folder(runId))
      this.#change(runId, {
        state: wanted ?? 'failed',
        endedAt: Date.now(),
        problem: wanted ? null : { message: `The training process ended (${reason}).`, hint: resumable ? 'Resume it: it goes on from its last checkpoint.' : 'Start it again.' },
      })
    }
    this.#current = null
    this.#next()
  }

  #ask(current: Current, wanted: 'cancelled' | 'interrupted'): void {
    current.wanted = wanted
    current.child.send({ type: 'cancel' })
    const timer = setTimeout(() => current.child.kill(), this.#options.patienceMillis ?? 20_000)
    current.child.onExit(() => clearTimeout(timer))
  }

  #change(runId: number, change: RunChange): Run {
    return this.#tell(this.#options.store.runs.update(runId, change))
  }

  #tell(run: Run): Run {
    const told = this.#told(run)
    this.#options.events.emit('runs.changed', told)
    return told
  }

  #told(run: Run): Run {
    if (run.config.again && run.state === 'finished') return this.#compared(run)
    const image = this.#current?.runId === run.id && isUnderWay(run) ? this.#current.image : null
    return image ? { ...run, imageTraining: image } : run
  }

  #compared(run: Run): Run {
    const known = this.#same.get(run.id) ?? sameAsRepeated(this.#options.store, run)
    this.#same.set(run.id, known)
    return known === null ? run : { ...run, same: known }
  }
}

function isUnderWay({ state }: Run): boolean {
  return state === 'preparing' || state === 'running'
}
