import { mkdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import * as v from 'valibot'
import { simulatedAmong } from '../../../shared/api/simulated.ts'
import type { ImageTraining, Run, TrainingConfig } from '../../../shared/api/training.ts'
import { errorShape, KalamosError, namesGonePart, UPDATED_MEANWHILE, type ErrorShape } from '../../../shared/errors.ts'
import { after, guarded } from '../../process/background.ts'
import type { Events } from '../../process/events.ts'
import { log, takeRelayed } from '../../log/index.ts'
import { entry } from '../../files/paths.ts'
import type { RunChange, Store } from '../../store/index.ts'
import { ModelCard } from '../../ml/checkpoint/card.ts'
import { hasCheckpoint } from '../../ml/checkpoint/checkpoint.ts'
import { modelOf } from '../../ml/checkpoint/model.ts'
import { readCard } from '../../ml/checkpoint/weights.ts'
import { sameAsRepeated } from './reproduce.ts'
import type { ChildProcess, Fork } from '../../process/fork.ts'
import { FromTrainer, type Order } from './messages.ts'

export interface QueueOptions {
  store: Store
  events: Events
  fork: Fork
  codeVersion: string
  /** How long a training may take to stop when asked, before its process is ended; 20 s by default. */
  patienceMillis?: number
  /** How soon the end of a run that could not be written is written again; 2 s by default. */
  retryMillis?: number
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
  /** How runs have ended that the database does not say yet, since it took nothing. */
  readonly #unwritten = new Map<number, RunChange>()
  /** Those of them that the database has refused: it is logged once. */
  readonly #refused = new Set<number>()
  #retry: NodeJS.Timeout | undefined
  #idle: (() => void)[] = []
  /** How many have asked that nothing begins. */
  #held = 0

  constructor(options: QueueOptions) {
    this.#options = options
  }

  /** Queues a training. Throws `not-found` for a model to start from that does not exist. */
  start(config: TrainingConfig): Run {
    const { store } = this.#options
    if (config.startFrom !== null) store.models.get(config.startFrom)
    return this.#enqueue(store.runs.create(config).id)
  }

  /**
   * Queues a run again, from its last checkpoint where it has one. Throws `not-found`, or `conflict` for one that is
   * not at rest.
   */
  resume(runId: number): Run {
    const { store } = this.#options
    this.#writeEnds()
    const { state } = store.runs.get(runId)
    if (state !== 'cancelled' && state !== 'failed' && state !== 'interrupted') {
      throw new KalamosError(
        'conflict',
        `Run ${runId} is ${state}: there is nothing to resume.`,
        state === 'finished' ? 'Start a new training from its model.' : 'Wait for it to end.',
      )
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
      return this.#settle(runId, { state: 'cancelled', endedAt: Date.now() })
    }
    if (this.#current?.runId === runId) {
      this.#ask(this.#current, 'cancelled')
      return store.runs.get(runId)
    }
    throw new KalamosError('conflict', `Run ${runId} is ${store.runs.get(runId).state}: there is nothing to cancel.`)
  }

  /**
   * Does `work`, which takes recordings away, while no process learns from them: the run under way is stopped first,
   * and none begins meanwhile. Runs that are not finished and `learn` from them lose their checkpoints, so that they
   * begin anew without them; `problem` tells so. Resolves to what `work` gave, and the runs that were stopped. Throws
   * what `work` throws.
   */
  async lettingGo<T>(
    learns: (run: Run) => boolean,
    problem: NonNullable<Run['problem']>,
    work: () => T,
  ): Promise<{ value: T; stopped: Run[] }> {
    this.#held++
    try {
      const current = this.#current
      const asked = current !== null && learns(this.#options.store.runs.get(current.runId)) ? current : null
      if (asked !== null) {
        const gone = new Promise<void>((resolve) => asked.child.onExit(() => resolve()))
        this.#ask(asked, 'cancelled')
        await gone
      }
      const touched = this.list().filter((run) => run.state !== 'finished' && learns(run))
      const value = work()
      for (const { id, state } of touched) {
        rmSync(this.folder(id), { recursive: true, force: true })
        if (state !== 'queued')
          this.#settle(id, {
            state: state === 'preparing' || state === 'running' ? 'cancelled' : state,
            endedAt: Date.now(),
            problem,
          })
      }
      return { value, stopped: touched.filter(({ id }) => id === asked?.runId) }
    } finally {
      this.#held--
      this.#next()
    }
  }

  /**
   * Deletes a run that has ended, with its checkpoints. Its model stays. Throws `not-found`, or `conflict` for one that
   * is under way.
   */
  delete(runId: number): void {
    const { store } = this.#options
    store.runs.get(runId)
    const current = this.#current?.runId === runId ? this.#current : null
    if (this.#waiting.includes(runId) || current?.settled === false)
      throw new KalamosError('conflict', `Run ${runId} is still under way.`, 'Cancel it first.')
    store.runs.delete(runId)
    this.#unwritten.delete(runId)
    this.#same.delete(runId)
    // A process that has said how its run ended may take a while to leave, on a busy machine seconds, and writes no
    // more.
    current?.child.kill()
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
    return this.#current === null && this.#waiting.length === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.#idle.push(resolve))
  }

  /** Stops what is under way, leaving a checkpoint; such runs become `interrupted`. */
  async close(): Promise<void> {
    this.#closed = true
    for (const runId of this.#waiting.splice(0)) this.#settle(runId, { state: 'interrupted', endedAt: Date.now() })
    if (this.#current) this.#ask(this.#current, 'interrupted')
    await this.idle()
    this.#writeEnds()
    clearTimeout(this.#retry)
  }

  #enqueue(runId: number): Run {
    if (this.#closed) throw new KalamosError('unavailable', 'The app is closing.')
    this.#waiting.push(runId)
    this.#next()
    return this.#tell(this.#options.store.runs.get(runId))
  }

  #next(): void {
    if (this.#current || this.#held > 0) return
    const runId = this.#waiting.shift()
    if (runId === undefined) {
      for (const resolve of this.#idle.splice(0)) resolve()
      return
    }
    try {
      this.#begin(runId)
    } catch (error) {
      log('training').error('a training could not begin', { run: runId, error })
      this.#settle(runId, failedBy(errorShape(error)))
      this.#next()
    }
  }

  #begin(runId: number): void {
    const { fork, store } = this.#options
    const order = this.#orderOf(runId)
    store.runs.update(runId, { state: 'preparing', startedAt: Date.now(), endedAt: null })
    log('training').info('a training has begun', {
      run: runId,
      recipe: order.config.recipe !== undefined,
      epochs: order.config.epochs,
      task: order.config.task,
    })
    const child = fork(entry('trainer'))
    const current: Current = { runId, child, wanted: null, settled: false, image: null }
    this.#current = current
    const hear = (message: unknown): void => {
      const heard = v.parse(FromTrainer, message)
      if (heard.type === 'log') return takeRelayed(heard.entry)
      if (!current.settled) this.#hear(current, heard, order)
    }
    const giveUp = (error: unknown): void => {
      if (current.settled) return
      current.settled = true
      this.#failed(current, errorShape(error))
      child.kill()
    }
    child.onMessage(guarded('training', 'a message of the training process could not be taken', hear, giveUp))
    child.onExit(
      guarded('training', 'the end of the training process could not be taken', (reason: string) =>
        this.#ended(current, reason),
      ),
    )
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

  #hear(current: Current, message: Exclude<FromTrainer, { type: 'log' }>, order: Order): void {
    const { runId } = current
    const { runs } = this.#options.store
    switch (message.type) {
      case 'ready':
        return current.child.send(order)
      case 'prepared': {
        const { trainRecordings, heldOutRecordings, epoch, backend, threads, backendReason } = message
        runs.dropScoresAfter(runId, epoch - 1)
        const name = `${backend}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`
        this.#change(runId, {
          state: 'running',
          trainRecordings,
          heldOutRecordings,
          ...simulatedAmong([message]),
          epoch,
          epochProgress: 0,
          backend: name,
          backendReason,
        })
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
        current.settled = true
        return this.#failed(current, message.error)
    }
  }

  #finished(
    runId: number,
    {
      cardPath,
      weightsPath,
      report,
    }: Pick<Extract<FromTrainer, { type: 'finished' }>, 'cardPath' | 'weightsPath' | 'report'>,
  ): void {
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
    log('training').info('a training has finished', { run: runId, model: model.id, seconds: this.#secondsOf(runId) })
    this.#change(runId, {
      state: 'finished',
      endedAt: Date.now(),
      modelId: model.id,
      epoch: store.runs.get(runId).config.epochs,
      epochProgress: 0,
    })
    events.emit('models.changed', store.models.list())
  }

  #failed({ runId, wanted }: Current, error: ErrorShape): void {
    const stopped = error.code === 'cancelled'
    if (stopped) log('training').info('a training was stopped', { run: runId })
    else log('training').error('a training has failed', { run: runId, code: error.code })
    this.#settle(
      runId,
      stopped ? { state: wanted ?? 'interrupted', endedAt: Date.now(), problem: null } : failedBy(error),
    )
  }

  /** The process is gone. If it had not said how its run ended, this says it. */
  #ended(current: Current, reason: string): void {
    if (!current.settled) {
      current.settled = true
      const { runId, wanted } = current
      const resumable = hasCheckpoint(this.folder(runId))
      if (!wanted) log('training').error('the training process has ended by itself', { run: runId })
      this.#settle(runId, {
        state: wanted ?? 'failed',
        endedAt: Date.now(),
        problem: wanted
          ? null
          : namesGonePart(reason)
            ? { ...UPDATED_MEANWHILE }
            : {
                message: `The training process ended (${reason}).`,
                hint: resumable ? 'Resume it: it goes on from its last checkpoint.' : 'Start it again.',
              },
      })
    }
    this.#current = null
    this.#next()
  }

  #ask(current: Current, wanted: 'cancelled' | 'interrupted'): void {
    current.wanted = wanted
    current.child.send({ type: 'cancel' })
    const timer = after(
      this.#options.patienceMillis ?? 20_000,
      'training',
      'a training process could not be ended',
      () => current.child.kill(),
    )
    current.child.onExit(() => clearTimeout(timer))
  }

  /** Ends a run. Where the database takes nothing, its end is told all the same, and written as soon as it does. */
  #settle(runId: number, end: RunChange): Run {
    this.#unwritten.set(runId, end)
    this.#writeEnds()
    const run = this.#options.store.runs.get(runId)
    return this.#unwritten.has(runId) ? this.#tell(run) : this.#told(run)
  }

  #writeEnds(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    for (const [runId, end] of this.#unwritten) {
      try {
        this.#change(runId, end)
        this.#unwritten.delete(runId)
        this.#refused.delete(runId)
      } catch (error) {
        log('training')[this.#refused.has(runId) ? 'debug' : 'error']('the end of a run could not be written', {
          run: runId,
          error,
        })
        this.#refused.add(runId)
        this.#retry ??= after(
          this.#options.retryMillis ?? 2000,
          'training',
          'the ends of runs could not be written',
          () => this.#writeEnds(),
        ).unref()
      }
    }
  }

  #secondsOf(runId: number): number {
    // Its start is stored, and may lie before this process.
    // eslint-disable-next-line no-restricted-syntax
    return Math.round((Date.now() - this.#options.store.runs.get(runId).startedAt) / 1000)
  }

  #change(runId: number, change: RunChange): Run {
    return this.#tell(this.#options.store.runs.update(runId, change))
  }

  #tell(run: Run): Run {
    const told = this.#told(run)
    this.#options.events.emit('runs.changed', told)
    return told
  }

  #told(stored: Run): Run {
    const run = { ...stored, ...this.#unwritten.get(stored.id) }
    if (run.config.reproduces && run.state === 'finished') return this.#compared(run)
    const image = this.#current?.runId === run.id && isUnderWay(run) ? this.#current.image : null
    return image ? { ...run, imageTraining: image } : run
  }

  #compared(run: Run): Run {
    const known = this.#same.get(run.id) ?? sameAsRepeated(this.#options.store, run)
    this.#same.set(run.id, known)
    return known === null ? run : { ...run, same: known }
  }
}

function failedBy({ message, hint }: ErrorShape): RunChange {
  return {
    state: 'failed',
    endedAt: Date.now(),
    problem: { message, hint: hint ?? 'Change the configuration and train again.' },
  }
}

function isUnderWay({ state }: Run): boolean {
  return state === 'preparing' || state === 'running'
}
