import { availableParallelism } from 'node:os'
import { KalamosError } from '../../../shared/errors.ts'
import { chooseBackend, type BackendName } from '../backend.ts'
import { checkBatch } from './check.ts'
import { layoutOf, read, write, type Layout } from './layout.ts'
import { allocate, SharedNumbers } from './memory.ts'
import { staysOnDevice } from './optimiser/optimiser.ts'
import { buildProgram } from './registry.ts'
import { mergePredictions, splitBatch, type BatchPart } from './split.ts'
import type { LossSums, Task, TaskResults, ThreadSetup } from './tasks.ts'
import { planTeam, Team } from './team.ts'
import { AbandonedTask, inlineThread, workerThread, type Thread } from './threads.ts'
import type {
  Batch,
  Engine,
  EngineOptions,
  PredictedArrays,
  Program,
  Snapshot,
  StepOptions,
  StepResult,
} from './types.ts'

/** Starts an engine: its backend, its threads, and the program in each of them. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const program = buildProgram(options.program)
  const backend = options.backend ?? (await chooseBackend('auto')).name
  const threads = backend === 'kernels' ? Math.max(1, options.threads ?? availableParallelism()) : 1
  const initial =
    options.weights && options.state ? { weights: options.weights, state: options.state } : program.initial(0)
  const weights = { ...initial.weights, ...options.weights }
  const state = { ...initial.state, ...options.state }
  const setup = {
    program: options.program,
    backend,
    weights: layoutOf(weights),
    state: layoutOf(state),
    memory: allocate(layoutOf(weights).size, layoutOf(state).size, staysOnDevice(backend) ? 0 : threads),
    team: planTeam(threads),
  }
  const numbers = new SharedNumbers(setup.memory)
  write(setup.weights, weights, numbers.weights)
  write(setup.state, state, numbers.state)
  const workers = await startThreads(setup, backend, threads)
  return new ThreadedEngine(program, backend, workers, numbers, setup)
}

type SharedSetup = Omit<ThreadSetup, 'index'>
/** Tasks that threads share out between them. */
type BatchTaskKind = Exclude<Task['kind'], 'publish'>

async function startThreads(setup: SharedSetup, backend: BackendName, threads: number): Promise<Thread[]> {
  const start = backend === 'kernels' ? workerThread : inlineThread
  const started = await Promise.allSettled(Array.from({ length: threads }, (_, index) => start({ ...setup, index })))
  const failed = started.find((result) => result.status === 'rejected')
  if (!failed) return started.map((result) => (result as PromiseFulfilledResult<Thread>).value)
  for (const result of started) if (result.status === 'fulfilled') await result.value.dispose()
  throw failed.reason
}

class ThreadedEngine implements Engine {
  readonly backend: BackendName
  readonly threads: number
  readonly #program: Program
  readonly #workers: readonly Thread[]
  readonly #numbers: SharedNumbers
  readonly #layouts: { weights: Layout; state: Layout }
  readonly #team: Team
  #step = 0
  #version = 0
  #busy = false
  #disposed = false

  constructor(
    program: Program,
    backend: BackendName,
    workers: readonly Thread[],
    numbers: SharedNumbers,
    { weights, state, team }: SharedSetup,
  ) {
    this.backend = backend
    this.threads = workers.length
    this.#program = program
    this.#workers = workers
    this.#numbers = numbers
    this.#layouts = { weights, state }
    this.#team = new Team(team, 0)
  }

  async step(batch: Batch, options: StepOptions): Promise<StepResult> {
    this.#check(batch)
    const step = this.#step + 1
    const seed = options.seed ?? step
    const sums = await this.#run(batch, (part, active, version) => ({
      kind: 'step',
      part,
      active,
      version,
      options,
      seed,
      step,
    }))
    this.#step = step
    if (!staysOnDevice(this.backend)) this.#version++
    return { ...mean(sums, batch.rows), gradientNorm: sums[0]!.gradientNorm }
  }

  async evaluate(batch: Batch): Promise<{ loss: number; parts: Record<string, number> }> {
    this.#check(batch)
    return mean(
      await this.#run(batch, (part, active, version) => ({ kind: 'evaluate', part, active, version })),
      batch.rows,
    )
  }

  async predict(batch: Batch, { layers = [] }: { layers?: readonly string[] } = {}): Promise<PredictedArrays> {
    checkBatch(batch)
    return mergePredictions(
      await this.#run(batch, (part, active, version) => ({ kind: 'predict', part, active, version, layers })),
    )
  }

  async snapshot(): Promise<Snapshot> {
    if (staysOnDevice(this.backend))
      await this.#alone(() => this.#workers[0]!.run<'publish'>({ kind: 'publish', active: 1, version: this.#version }))
    const { weights, state } = this.#layouts
    return {
      weights: read(weights, this.#numbers.weights),
      state: read(state, this.#numbers.state),
      optimiser: {
        step: this.#step,
        first: read(weights, this.#numbers.first),
        second: read(weights, this.#numbers.second),
      },
    }
  }

  async restore({ weights, state, optimiser }: Snapshot): Promise<void> {
    write(this.#layouts.weights, weights, this.#numbers.weights)
    write(this.#layouts.state, state, this.#numbers.state)
    write(this.#layouts.weights, optimiser.first, this.#numbers.first)
    write(this.#layouts.weights, optimiser.second, this.#numbers.second)
    this.#step = optimiser.step
    this.#version++
  }

  async dispose(): Promise<void> {
    this.#disposed = true
    await Promise.all(this.#workers.map((worker) => worker.dispose()))
  }

  #check(batch: Batch): void {
    checkBatch(batch)
    this.#program.check?.(batch)
  }

  /** Gives each thread its part; waits for all of them, then throws the reason of the one that failed first. */
  #run<Kind extends BatchTaskKind>(
    batch: Batch,
    task: (part: BatchPart, active: number, version: number) => Extract<Task, { kind: Kind }>,
  ): Promise<TaskResults[Kind][]> {
    return this.#alone(async () => {
      const parts = splitBatch(batch, this.#workers.length, this.backend === 'kernels')
      const runs = parts.map((part, index) => this.#workers[index]!.run<Kind>(task(part, parts.length, this.#version)))
      const settled = await Promise.allSettled(runs.map((run) => run.catch((error: unknown) => this.#abandon(error))))
      const reasons = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
      if (reasons.length > 0) {
        this.#team.reset()
        throw (
          reasons.find((reason) => !(reason instanceof AbandonedTask)) ??
          new KalamosError('internal', 'all compute threads gave up')
        )
      }
      return settled.map((result) => (result as PromiseFulfilledResult<TaskResults[Kind]>).value)
    })
  }

  /** Lets nothing else begin before this has ended. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#disposed) throw new Error('the engine was disposed of')
    if (this.#busy) throw new Error('the engine is still busy: await each call')
    this.#busy = true
    try {
      return await work()
    } finally {
      this.#busy = false
    }
  }

  /** A thread that died cannot wake those that wait for it. */
  #abandon(error: unknown): never {
    this.#team.abort()
    throw error
  }
}

/** Sums of the threads' rows, in the order of the threads, over the rows of the batch. */
function mean(sums: readonly LossSums[], rows: number): { loss: number; parts: Record<string, number> } {
  const parts: Record<string, number> = {}
  let loss = 0
  for (const sum of sums) {
    loss += sum.loss
    for (const [name, value] of Object.entries(sum.parts)) parts[name] = (parts[name] ?? 0) + value
  }
  return {
    loss: loss / rows,
    parts: Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, value / rows])),
  }
}
