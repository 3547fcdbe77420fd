import { simulatedAmong } from '../../../shared/api/simulated.ts'
import type { AdaptationReport } from '../../../shared/api/adaptation.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { errorRates } from '../../../shared/text.ts'
import { penWeights } from '../auxiliary/network.ts'
import type { Example } from '../../ml/data/types.ts'
import { readExamples } from '../evaluation/evaluate.ts'
import type { Trained, TrainingCallbacks } from '../types.ts'
import type { StyleEstimator } from '../../ml/style/estimate.ts'
import { FineTuneEngine } from './fine-tune-engine.ts'
import { joined, type Weights } from './blend.ts'
import { cardOf } from './card.ts'
import { materialOf, type AdaptationMaterial } from './material.ts'
import { dropParts, loadParts, saveParts, type Parts, type Readings } from './parts.ts'
import { practise, mixedRehearsalBuffer } from './pre-train.ts'
import { startOf, TUNINGS, type Start } from './recipes.ts'
import { judgedOf, reportOf } from './report.ts'
import { tune } from './tune.ts'
import { makePart, versionOf, type Practised, type Workshop } from './version.ts'
import type { AdaptationJob } from './types.ts'

/** A version for one writer, and what it is worth. */
export interface Adapted extends Trained {
  report: AdaptationReport
}

const BATCH_SIZE = 32
/** Share of a tuning's time that its image network takes, where it has one. */
const LEARNING_PICTURES = 0.8

/**
 * Fits a model to one writer. The version is the mean of four parts, each tuned to all of the writer's words but a
 * fold, which it then reads. With few words, before and after are measured on what the parts read of their folds; with
 * many, on a share that is held out from all of them. Words of others are read by the version itself. What is finished
 * of it is kept in `job.folder`: called again, it goes on from there.
 *
 * Throws `cancelled` once `signal` is aborted, `training-failed`, and what `materialOf` and the engine throw.
 */
export async function adapt(
  job: AdaptationJob,
  callbacks: TrainingCallbacks = {},
  signal?: AbortSignal,
): Promise<Adapted> {
  const material = materialOf(job)
  const start = startOf(job.config.adapt.recipe, { ...job.base, network: job.base.card.network })
  const bench = await FineTuneEngine.open(job, start, material, signal)
  try {
    const { own, heldOut, leftOut, selection } = material
    const { backend, threads } = bench
    callbacks.prepared?.({
      trainRecordings: own.length,
      heldOutRecordings: heldOut.length,
      leftOut,
      ...simulatedAmong([selection]),
      parameters: start.trained,
      backend,
      threads,
      backendReason: bench.reason,
      epoch: 0,
    })
    return await new Adaptation(job, material, start, bench, callbacks, signal).run()
  } catch (error) {
    if (signal?.aborted)
      throw new KalamosError('cancelled', 'The adaptation was cancelled.', 'It can be resumed.', { cause: error })
    throw error
  } finally {
    await bench.dispose()
  }
}

class Adaptation {
  readonly #job: AdaptationJob
  readonly #material: AdaptationMaterial
  readonly #start: Start
  readonly #bench: FineTuneEngine
  readonly #callbacks: TrainingCallbacks
  readonly #signal: AbortSignal | undefined
  #parts: Parts
  #resumedAt = performance.now()

  constructor(
    job: AdaptationJob,
    material: AdaptationMaterial,
    start: Start,
    bench: FineTuneEngine,
    callbacks: TrainingCallbacks,
    signal: AbortSignal | undefined,
  ) {
    this.#job = job
    this.#material = material
    this.#start = start
    this.#bench = bench
    this.#callbacks = callbacks
    this.#signal = signal
    const { config, base } = job
    this.#parts = loadParts(
      job.folder,
      JSON.stringify([
        config,
        base.card.weights.sha256,
        material.own.map(({ id, label }) => [id, label]),
        material.heldOut.map(({ id, label }) => [id, label]),
      ]),
    )
  }

  async run(): Promise<Adapted> {
    const { own, folds, crossValidated, heldOut, measured, styleEstimator } = this.#material
    const { seed } = this.#job.config
    const workshop: Workshop = {
      start: this.#start,
      practise: styleEstimator && ((words, draw, progress) => this.#practise(styleEstimator, words, draw, progress)),
      tune: (from, words, draw, progress) => this.#tune(from, words, draw, progress),
      read: (weights, words) => this.#read(weights, words),
    }
    if (this.#parts.before === null)
      this.#keep({ before: await this.#read(this.#start, [...judgedOf(this.#material), ...measured]) })
    for (const [at, fold] of folds.entries()) {
      if (at < this.#parts.folds.length) continue
      const { weights, readings } = await makePart(workshop, own, fold, {
        at,
        seed,
        words: crossValidated ? 'few' : 'many',
        progress: (share) => this.#tell((at + share) / folds.length),
      })
      this.#keep({ folds: [...this.#parts.folds, readings], mean: joined(this.#parts.mean, at, weights) })
    }
    const version = versionOf(this.#start, this.#parts.mean!)
    const crossed = crossValidated ? this.#parts.folds.flat() : []
    const after = await this.#read(version, crossValidated ? measured : [...heldOut, ...measured])
    return this.#finished(version, new Map([...crossed, ...after]))
  }

  #finished({ weights, state }: Weights, after: ReadonlyMap<number, string>): Adapted {
    const { folder } = this.#job
    const report = reportOf(this.#material, this.#start, {
      before: new Map(this.#parts.before),
      after,
      seconds: this.#seconds(),
    })
    const judged = judgedOf(this.#material)
    const { cer, wer, exact } = errorRates(
      judged.map(({ id, label }) => ({ reference: label, hypothesis: after.get(id)! })),
    )
    const scores = { cer, wer, accuracy: exact, recordings: judged.length }
    dropParts(folder)
    return { card: cardOf(this.#job, this.#material, this.#start, scores, this.#bench), weights, state, report }
  }

  async #practise(
    reader: StyleEstimator,
    own: readonly Example[],
    seed: number,
    progress: (share: number) => void,
  ): Promise<Practised> {
    const { signature, rehearsalBuffer } = this.#material
    const engine = await this.#bench.reading(this.#start)
    const synthetic = await practise(
      engine,
      own,
      { ...this.#job.config, seed },
      { signature, reader, rehearsalBuffer, frozen: this.#start.frozen },
      this.#watched(progress),
    )
    return { weights: await engine.snapshot(), synthetic }
  }

  /** Tunes weights to some of the writer's words. */
  async #tune(
    from: Practised,
    own: readonly Example[],
    seed: number,
    progress: (share: number) => void,
  ): Promise<Weights> {
    const { config } = this.#job
    const { signature, rehearsalBuffer } = this.#material
    const rehearsed = mixedRehearsalBuffer(from.synthetic, rehearsalBuffer)
    const { engine, auxiliary } = await this.#bench.ready(
      from.weights,
      [...own, ...rehearsed].map(({ label }) => label),
      (share) => progress(share * LEARNING_PICTURES),
    )
    const begun = auxiliary ? LEARNING_PICTURES : 0
    await tune(
      engine,
      { ...config, seed },
      {
        signature,
        own,
        rehearsalBuffer: rehearsed,
        rehearsal: TUNINGS[config.adapt.recipe].rehearsal,
        frozen: this.#start.frozen,
        auxiliary,
      },
      this.#watched((share) => progress(begun + share * (1 - begun))),
    )
    const { weights, state } = await engine.snapshot()
    return { weights: penWeights(weights), state }
  }

  #watched(progress: (share: number) => void): { progress: (share: number) => void; signal?: AbortSignal } {
    return { progress, ...(this.#signal ? { signal: this.#signal } : {}) }
  }

  async #read(weights: Weights, examples: readonly Example[]): Promise<Readings> {
    const engine = await this.#bench.reading(weights)
    const { readings } = await readExamples(engine, this.#material.signature, examples, {
      batchSize: BATCH_SIZE,
      ...(this.#signal ? { signal: this.#signal } : {}),
    })
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
