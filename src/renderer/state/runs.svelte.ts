import type { Api, Output } from '../../shared/api.ts'
import type { EmbeddingAnswer } from '../../shared/api/embedding.ts'
import type { Run, TrainingConfig } from '../../shared/api/training.ts'
import type { Topic } from './topic.ts'

export type Preview = Output<'train.preview'>

/** Trainings: those that run, and those that ran. */
export class Runs implements Topic {
  readonly #api: Api
  /** Newest first. */
  all = $state.raw<Run[]>([])
  loaded = $state(false)
  #ended: ((run: Run) => void)[] = []

  readonly active = $derived(this.all.filter(isActive))

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    const runs = newestFirst(await this.#api.request('runs.list', {}))
    const before = this.all
    this.all = runs
    this.loaded = true
    for (const run of this.all) this.#tellEnd(before, run)
  }

  /**
   * Tells of each run that was seen at work and is not any more, also where it ended while the host was out of reach.
   */
  onEnded(listener: (run: Run) => void): () => void {
    this.#ended = [...this.#ended, listener]
    return () => {
      this.#ended = this.#ended.filter((one) => one !== listener)
    }
  }

  listen(): () => void {
    return this.#api.on('runs.changed', (run) => this.#put(run))
  }

  preview(config: TrainingConfig): Promise<Preview> {
    return this.#api.request('train.preview', config)
  }

  async start(config: TrainingConfig): Promise<Run> {
    return this.#put(await this.#api.request('train.start', config))
  }

  async cancel(runId: number): Promise<void> {
    this.#put(await this.#api.request('train.cancel', { runId }))
  }

  async resume(runId: number): Promise<void> {
    this.#put(await this.#api.request('train.resume', { runId }))
  }

  /** Repeats a run with its very recordings; throws where they are not as they were. */
  async reproduce(runId: number): Promise<void> {
    this.#put(await this.#api.request('train.reproduce', { runId }))
  }

  byId(id: number | null): Run | undefined {
    return this.all.find((run) => run.id === id)
  }

  embedding(runId: number): Promise<EmbeddingAnswer> {
    return this.#api.request('runs.embedding', { runId })
  }

  async delete(runId: number): Promise<void> {
    await this.#api.request('runs.delete', { runId })
    this.all = this.all.filter((run) => run.id !== runId)
  }

  #put(run: Run): Run {
    const before = this.all
    this.all = newestFirst([run, ...this.all.filter((one) => one.id !== run.id)])
    this.#tellEnd(before, run)
    return run
  }

  #tellEnd(before: readonly Run[], run: Run): void {
    const known = before.find(({ id }) => id === run.id)
    if (known !== undefined && isActive(known) && !isActive(run)) for (const tell of this.#ended) tell(run)
  }
}

export function isActive(run: Run): boolean {
  return run.state === 'queued' || run.state === 'preparing' || run.state === 'running'
}

/** Whether a run has ended before its last epoch and can go on. */
export function isResumable(run: Run): boolean {
  return run.state === 'cancelled' || run.state === 'failed' || run.state === 'interrupted'
}

/** Whether a run is at rest and can be repeated: a version of one writer is adapted anew instead. */
export function isRepeatable(run: Run): boolean {
  return !isActive(run) && run.config.adapt === undefined && run.trainRecordings > 0
}

/** Share of the whole training that is done, 0 to 1. */
export function progressOf(run: Run): number {
  if (run.state === 'finished') return 1
  return Math.min(1, (run.scores.length + run.epochProgress) / run.config.epochs)
}

/** Seconds until the end, from the mean of the last epochs; null before the first epoch is through. */
export function secondsLeft(run: Run): number | null {
  const recent = run.scores.slice(-5)
  if (recent.length === 0 || !isActive(run)) return null
  const mean = recent.reduce((sum, score) => sum + score.seconds, 0) / recent.length
  return Math.max(0, run.config.epochs - run.scores.length - run.epochProgress) * mean
}

function newestFirst(runs: Run[]): Run[] {
  return [...runs].sort((a, b) => b.startedAt - a.startedAt || b.id - a.id)
}
