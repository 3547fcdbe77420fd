import type { AdaptationReport } from '../../../shared/api/adaptation.ts'
import type { TrainingConfig } from '../../../shared/api/training.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { errorRates } from '../../../shared/text.ts'
import type { StoredModel } from '../checkpoint/model.ts'
import { penWeights } from '../cross/companion.ts'
import type { Example } from '../data/types.ts'
import type { Engine, Snapshot } from '../engine/types.ts'
import { readExamples } from '../evaluate/evaluate.ts'
import type { Trained, TrainingCallbacks, TrainingJob } from '../train/types.ts'
import { Bench } from './bench.ts'
import { cardOf } from './card.ts'
import { materialOf, type AdaptationMaterial } from './material.ts'
import { dropParts, loadParts, saveParts, type Parts, type Readings } from './parts.ts'
import { startOf, TUNINGS, type Start } from './recipes.ts'
import { judgedOf, reportOf } from './report.ts'
import { blended, chooseStrengths, edits, STRENGTHS } from './strength.ts'
import { tune } from './tune.ts'

/** An adaptation: a training whose config says whom to fit the base to. */
export interface AdaptationJob extends TrainingJob {
  config: TrainingConfig & { adapt: NonNullable<TrainingConfig['adapt']> }
  base: StoredModel
}

/** A version for one writer, and what it is worth. */
export interface Adapted extends Trained {
  report: AdaptationReport
}

const BATCH_SIZE = 32

/**
 * Fits a model to one writer. With few words, each part of them is left out in turn and read by weights tuned with the
 * others, and the version itself learns from all; how far it goes from the base is chosen by what these parts gained. With
 * many words, a share is held out. Before and after are measured on the same
 * words, and on words of others. What is finished of it is kept in `job.folder`: called again, it goes on from there.
 *
 * Throws `cancelled` once `signal` is aborted, `training-failed`, and what `materialOf` and the engine throw.
 */
export async function adapt(job: AdaptationJob, callbacks: TrainingCallbacks = {}, signal?: AbortSignal): Promise<Adapted> {
  const material = materialOf(job)
  const start = startOf(job.config.adapt.recipe, { ...job.base, network: job.base.card.network })
  const bench = await Bench.open(job, start, material, signal)
  try {
    const { own, heldOut, leftOut, selection } = material
    const { backend, threads } = bench
    callbacks.prepared?.({ trainRecordings: own.length, heldOutRecordings: heldOut.length, leftOut, virtual: selection.virtual, parameters: start.trained, backend, threads, backendReason: bench.reason, epoch: 0 })
    return await new Adaptation(job, material, start, bench, callbacks, signal).run()
  } catch (error) {
    if (signal?.aborted) throw new KalamosError('cancelled', 'The adaptation was cancelled.', 'It can be resumed.', { cause: error })
    throw error
  } finally {
    await bench.dispose()
  }
}

class Adaptation {
  readonly #job: AdaptationJob
  readonly #material: AdaptationMaterial
  readonly #start: Start
  readonly #bench: Bench
  readonly #callbacks: TrainingCallbacks
  readonly #signal: AbortSignal | undefined
  #parts: Parts
  #resumedAt = performance.now()

  constructor(job: AdaptationJob, material: AdaptationMaterial, start: Start, bench: Bench, callbacks: TrainingCallbacks, signal: AbortSignal | undefined) {
    this.#job = job
    this.#material = material
    this.#start = start
    this.#bench = bench
    this.#callbacks = callbacks
    this.#signal = signal
    const { config, base } = job
    this.#parts = loadParts(job.folder, JSON.stringify([config, base.card.weights.sha256, material.own.map(({ id, label }) => [id, label]), material.heldOut.map(({ id, label }) => [id, label])]))
  }

  async run(): Promise<Adapted> {
    const { own, heldOut, folds, measured } = this.#material
    const judged = judgedOf(this.#material)
    if (this.#parts.before === null) this.#keep({ before: await this.#readPlain([...judged, ...measured]) })
    for (const [at, fold] of folds.entries()) {
      if (at < this.#parts.folds.length) continue
      const left = new Set(fold)
      const { engine, tuned } = await this.#tune(own.filter((example) => !left.has(example)), at)
      const readings = []
      for (const strength of STRENGTHS) readings.push(await this.#readAt(engine, tuned, strength, fold))
      this.#keep({ folds: [...this.#parts.folds, readings] })
    }
    const chosen = chooseStrengths(folds.map((fold, at) => this.#parts.folds[at]!.map((readings) => editsOf(fold, readings))))
    // Words that are held out measure the version, so they must not choose how far it goes.
    const strength = folds.length > 0 ? STRENGTHS[chosen.version]! : 1
    const { engine, tuned } = await this.#tune(own, folds.length)
    const after = await this.#readAt(engine, tuned, strength, folds.length > 0 ? measured : [...heldOut, ...measured])
    const crossed = this.#parts.folds.flatMap((readings, at) => readings[chosen.folds[at]!]!)
    const { weights, state } = this.#blend(tuned, strength)
    return this.#finished({ weights: penWeights(weights), state }, new Map([...crossed, ...after]), strength)
  }

  #finished({ weights, state }: Pick<Snapshot, 'weights' | 'state'>, after: ReadonlyMap<number, string>, strength: number): Adapted {
    const { folder } = this.#job
    const report = reportOf(this.#material, this.#start, { before: new Map(this.#parts.before), after, strength, seconds: this.#seconds() })
    const judged = judgedOf(this.#material)
    const { cer, wer, exact } = errorRates(judged.map(({ id, label }) => ({ reference: label, hypothesis: after.get(id)! })))
    const scores = { cer, wer, accuracy: exact, recordings: judged.length }
    dropParts(folder)
    return { card: cardOf(this.#job, this.#material, this.#start, scores, this.#bench), weights, state, report }
  }

  /** Tunes the start's weights to some of the writer's words. `part` counts the parts of the whole. */
  async #tune(own: readonly Example[], part: number): Promise<{ engine: Engine; tuned: Snapshot }> {
    const { config } = this.#job
    const { face, replay, folds } = this.#material
    const rehearsed = replay(own)
    const { engine, companion } = await this.#bench.ready([...own, ...rehearsed].map(({ label }) => label))
    await tune(engine, config, { face, own, replay: rehearsed, rehearsal: TUNINGS[config.adapt.recipe].rehearsal, frozen: this.#start.frozen, companion }, {
      progress: (share) => this.#tell((part + share) / (folds.length + 1)),
      ...(this.#signal ? { signal: this.#signal } : {}),
    })
    return { engine, tuned: await engine.snapshot() }
  }

  #blend({ weights, state }: Snapshot, strength: number): Pick<Snapshot, 'weights' | 'state'> {
    return { weights: blended(this.#start.weights, weights, strength), state: blended(this.#start.state, state, strength) }
  }

  async #readAt(engine: Engine, tuned: Snapshot, strength: number, examples: readonly Example[]): Promise<Readings> {
    await engine.restore({ ...tuned, ...this.#blend(tuned, strength) })
    return this.#read(engine, examples)
  }

  async #readPlain(examples: readonly Example[]): Promise<Readings> {
    const engine = await this.#bench.untuned()
    return this.#read(engine, examples)
  }

  async #read(engine: Engine, examples: readonly Example[]): Promise<Readings> {
    const { readings } = await readExamples(engine, this.#material.face, examples, { batchSize: BATCH_SIZE, ...(this.#signal ? { signal: this.#signal } : {}) })
    return readings.map(({ example, hypothesis }) => [example.id, hypothesis])
  }

  #keep(change: Partial<Parts>): void {
    this.#signal?.throwIfAborted()
    this.#parts = { ...this.#parts, ...change, seconds: this.#seconds() }
    this.#resumedAt = performance.now()
    saveParts(this.#job.folder, this.#parts)
  }

  #seconds(): number {
    return this.#parts.seconds + (performance.now() - this.#resumedAt) / 1000
  }

  /** Tells the share of the whole as epochs of the config. */
  #tell(share: number): void {
    const along = Math.min(share, 0.999) * this.#job.config.epochs
    this.#callbacks.progress?.({ epoch: Math.floor(along), epochProgress: along - Math.floor(along), loss: NaN })
  }
}

function editsOf(examples: readonly Example[], readings: Readings): number {
  const read = new Map(readings)
  return edits(examples.map(({ id, label }) => ({ label, read: read.get(id)! })))
}
