import { simulatedAmong } from '../../shared/api/simulated.ts'
import type { EpochScore, LexiconScores } from '../../shared/api/training.ts'
import { KalamosError } from '../../shared/errors.ts'
import { USUAL_AUGMENTATIONS } from '../ml/augment/augment.ts'
import { batchOf, fillBatches } from '../ml/batches/batches.ts'
import { penWeights } from './auxiliary/network.ts'
import type { ConfidenceCalibrations, Progress, Recipe } from '../ml/checkpoint/card.ts'
import { saveCheckpoint } from '../ml/checkpoint/checkpoint.ts'
import { KeyedRandom, textKey } from '../random/keyed.ts'
import { shippedLexicon, type Lexicon } from '../ml/decode/lexicon.ts'
import type { Engine, Snapshot, StepResult } from '../compute/engine/types.ts'
import { calibrateConfidence } from './evaluation/confidence-calibration.ts'
import { evaluation, readExamples } from './evaluation/evaluate.ts'
import { lexiconScores } from './evaluation/lexicon-scores.ts'
import { timeReduction } from '../ml/models/index.ts'
import { auxiliaryTrainingOf, type AuxiliaryTraining } from './auxiliary/auxiliary.ts'
import { prepare } from './prepare.ts'
import type { Material } from './types.ts'
import { learningRateAt } from '../ml/models/schedule.ts'
import type { Guide, Trained, TrainingCallbacks, TrainingJob } from './types.ts'

const DROPOUT = textKey('dropout')

/** Longer gradients are scaled down to this norm: one odd batch must not throw an LSTM off. */
const CLIP_NORM = 5

const FIRST: Progress = { epoch: 0, batch: 0, step: 0, lossSum: 0, rows: 0, seconds: 0, scores: [] }

/**
 * Trains a recogniser: AdamW with warm-up and cosine, for as many epochs as the config says, measured on the held-out
 * recordings after each. Writes a checkpoint into `job.folder` after every epoch and at least every
 * `job.checkpointMillis`, and goes on from one that is there. The outcome depends on the config, the recordings,
 * the backend and the number of threads, and not on interruptions.
 *
 * Throws `cancelled` once `signal` is aborted, with a checkpoint of that moment; `training-failed` when the loss is no
 * number any more, with the last sound checkpoint kept; and what `prepare` and the engine throw.
 */
export async function train(
  job: TrainingJob,
  callbacks: TrainingCallbacks = {},
  signal?: AbortSignal,
): Promise<Trained> {
  const material = prepare(job)
  const auxiliaryTraining = await auxiliaryTrainingOf(job, material, callbacks, signal)
  const auxiliary = auxiliaryTraining?.auxiliary
  const guide = auxiliaryTraining ? undefined : job.guide?.(material)
  const program = auxiliary?.program ??
    guide?.program ?? { name: 'recogniser', config: { model: material.selection.model } }
  const { engine, reason } = await job.openEngine(program, {
    ...material.start,
    weights: { ...auxiliary?.weights, ...material.start.weights },
  })
  try {
    const { backend, threads } = engine
    if (material.checkpoint) await engine.restore(material.checkpoint.snapshot)
    const recipe = { ...material.recipe, backend, threads }
    const training = new Training(job, material, auxiliaryTraining, guide, recipe, engine, callbacks, signal)
    callbacks.prepared?.({
      trainRecordings: material.train.length,
      heldOutRecordings: material.heldOut.length,
      leftOut: material.leftOut,
      ...simulatedAmong([recipe.trainedOn]),
      parameters: recipe.parameters,
      backend,
      threads,
      backendReason: reason,
      epoch: training.progress.epoch,
    })
    return await training.run()
  } finally {
    await engine.dispose()
  }
}

class Training {
  progress: Progress
  readonly #job: TrainingJob
  readonly #material: Material
  readonly #auxiliaryTraining: AuxiliaryTraining | null
  readonly #guide: Guide | undefined
  readonly #recipe: Recipe
  readonly #engine: Engine
  readonly #callbacks: TrainingCallbacks
  readonly #signal: AbortSignal | undefined
  #savedAt = performance.now()
  #resumedAt = performance.now()

  constructor(
    job: TrainingJob,
    material: Material,
    auxiliaryTraining: AuxiliaryTraining | null,
    guide: Guide | undefined,
    recipe: Recipe,
    engine: Engine,
    callbacks: TrainingCallbacks,
    signal: AbortSignal | undefined,
  ) {
    this.#job = job
    this.#material = material
    this.#auxiliaryTraining = auxiliaryTraining
    this.#guide = guide
    this.#recipe = recipe
    this.#engine = engine
    this.#callbacks = callbacks
    this.#signal = signal
    this.progress = material.checkpoint?.progress ?? FIRST
  }

  async run(): Promise<Trained> {
    const { epochs } = this.#job.config
    while (this.progress.epoch < epochs) {
      await this.#trainEpoch()
      const score = await this.#score()
      await this.#auxiliaryTraining?.survey?.look(this.#engine, score.epoch)
      this.progress = {
        ...FIRST,
        epoch: this.progress.epoch + 1,
        step: this.progress.step,
        scores: [...this.progress.scores, score],
      }
      this.#resumedAt = performance.now()
      await this.#save()
      this.#callbacks.epoch?.(score)
    }
    const { selection, heldOut } = this.#material
    let loaded: Promise<Lexicon> | undefined
    const shipped = (): Promise<Lexicon> => (loaded ??= shippedLexicon(selection.signature.classes))
    const calibration = await calibrateConfidence(this.#engine, selection.signature, heldOut, shipped)
    const lexicon = await lexiconScores(this.#engine, selection.signature, heldOut, shipped)
    const snapshot = await this.#engine.snapshot()
    this.#auxiliaryTraining?.auxiliary.keepImage?.(snapshot.weights)
    return this.#finished(snapshot, calibration, lexicon)
  }

  async #trainEpoch(): Promise<void> {
    const { config } = this.#job
    const { train, selection } = this.#material
    const batches = fillBatches(train, config.batchSize, config.seed, this.progress.epoch)
    const augmentations = config.augment ? (config.augmentations ?? USUAL_AUGMENTATIONS) : []
    const how = {
      augmentations,
      seed: config.seed,
      epoch: this.progress.epoch,
      reduction: timeReduction(selection.model),
    }
    for (const group of batches.slice(this.progress.batch)) {
      await this.#stopIfAsked()
      const { step } = this.progress
      const batch = batchOf(group, selection.signature, how)
      const extra = (this.#auxiliaryTraining?.auxiliary ?? this.#guide)?.extras(group, {
        epoch: this.progress.epoch,
        epochs: config.epochs,
      })
      const result = await this.#engine.step(extra ? { ...batch, extra } : batch, {
        learningRate: this.#learningRate(step, batches.length),
        weightDecay: config.weightDecay,
        clipNorm: CLIP_NORM,
        seed: new KeyedRandom(config.seed, DROPOUT, step).below(2 ** 30),
      })
      this.#checkSound(result)
      this.progress = counted(this.progress, result, group.length)
      this.#callbacks.progress?.({
        epoch: this.progress.epoch,
        epochProgress: this.progress.batch / batches.length,
        loss: result.loss,
      })
      if (performance.now() - this.#savedAt > (this.#job.checkpointMillis ?? 60_000)) await this.#save()
    }
  }

  #learningRate(step: number, batches: number): number {
    const { learningRate, warmupEpochs, epochs } = this.#job.config
    return learningRateAt(step, { peak: learningRate, warmup: warmupEpochs * batches, total: epochs * batches })
  }

  /** Measures on what was held out. */
  async #score(): Promise<EpochScore> {
    const { config } = this.#job
    const { heldOut, selection, train } = this.#material
    const { epoch, lossSum, rows, step } = this.progress
    const batches = Math.ceil(train.length / config.batchSize)
    const score = {
      epoch,
      trainLoss: lossSum / rows,
      learningRate: this.#learningRate(step - 1, batches),
      heldOutLoss: null,
      cer: null,
      wer: null,
      accuracy: null,
      ...this.#crossScore(),
    }
    if (heldOut.length === 0) return { ...score, seconds: this.#seconds() }
    await this.#stopIfAsked()
    const { readings, loss } = await readExamples(this.#engine, selection.signature, heldOut, {
      batchSize: config.batchSize,
      loss: true,
    })
    const { cer, wer, accuracy } = evaluation(readings, () => [])
    return { ...score, heldOutLoss: loss, cer, wer, accuracy, seconds: this.#seconds() }
  }

  /** What the curves show of the other side, where there is one. */
  #crossScore(): Pick<EpochScore, 'cross' | 'image'> {
    if (!this.#auxiliaryTraining) return {}
    const { epoch, rows, partSums = {} } = this.progress
    const mean = (name: string): number => (partSums[name] ?? 0) / rows
    const { image, keepImage } = this.#auxiliaryTraining.auxiliary
    const tasks = { task: mean('task'), ...(keepImage ? { image: mean('image') } : {}) }
    return {
      cross: { loss: mean('cross'), positive: mean('positive'), negative: mean('negative'), ...tasks },
      ...(epoch === 0 && image ? { image } : {}),
    }
  }

  #trainSeconds(): number {
    return this.progress.scores.reduce((sum, { seconds }) => sum + seconds, 0)
  }

  #seconds(): number {
    return this.progress.seconds + (performance.now() - this.#resumedAt) / 1000
  }

  #checkSound({ loss, gradientNorm }: StepResult): void {
    if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return
    const { epoch, step } = this.progress
    throw new KalamosError(
      'training-failed',
      `The loss is no number any more at step ${step} of epoch ${epoch + 1}.`,
      'Train again with a lower learning rate; the last checkpoint is kept.',
    )
  }

  async #stopIfAsked(): Promise<void> {
    if (!this.#signal?.aborted) return
    await this.#save()
    throw new KalamosError(
      'cancelled',
      `The training was cancelled in epoch ${this.progress.epoch + 1}.`,
      'It can be resumed.',
    )
  }

  async #save(): Promise<void> {
    const snapshot = await this.#engine.snapshot()
    checkNumbers(snapshot)
    const now = performance.now()
    saveCheckpoint(this.#job.folder, {
      recipe: this.#recipe,
      progress: { ...this.progress, seconds: this.#seconds() },
      snapshot,
    })
    this.#savedAt = now
    this.#callbacks.saved?.({ epoch: this.progress.epoch, step: this.progress.step })
  }

  #finished(
    { weights, state }: Snapshot,
    calibration: ConfidenceCalibrations | null,
    lexicon: LexiconScores | null,
  ): Trained {
    const last = this.progress.scores.at(-1)
    const scores =
      last && last.cer !== null && last.wer !== null && last.accuracy !== null
        ? { cer: last.cer, wer: last.wer, accuracy: last.accuracy, recordings: this.#material.heldOut.length }
        : null
    return {
      card: {
        format: 'kalamos-model',
        version: 1,
        ...this.#recipe,
        epochs: this.progress.epoch,
        scores,
        lexicon,
        calibration,
        trainSeconds: this.#trainSeconds(),
      },
      weights: penWeights(weights),
      state,
    }
  }
}

/** The progress after one more batch. */
function counted(progress: Progress, { loss, parts }: StepResult, rows: number): Progress {
  const partSums = { ...progress.partSums }
  for (const [name, value] of Object.entries(parts)) partSums[name] = (partSums[name] ?? 0) + value * rows
  return {
    ...progress,
    batch: progress.batch + 1,
    step: progress.step + 1,
    lossSum: progress.lossSum + loss * rows,
    rows: progress.rows + rows,
    partSums,
  }
}

/** A network that holds NaN reads nothing and must never replace a sound one. */
function checkNumbers({ weights, state }: Snapshot): void {
  for (const [name, { values }] of [...Object.entries(weights), ...Object.entries(state)]) {
    if (values.every(Number.isFinite)) continue
    throw new KalamosError(
      'training-failed',
      `The weights ${name} are no numbers any more.`,
      'Train again with a lower learning rate; the last checkpoint is kept.',
    )
  }
}
