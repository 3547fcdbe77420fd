import * as v from 'valibot'
import { Problem, Said } from '../messages/message.ts'
import { command, count, done, event, id, instant, name, nothing, query } from './contract.ts'
import { ERROR_CODES } from '../errors.ts'
import { EmbeddingAnswer } from './embedding.ts'
import { EvaluatedOn, Evaluation } from './evaluation.ts'
import { Recipe } from './recipe.ts'
import { IdRanges, RecordingFilter } from './recordings.ts'
import { SimulatedAmong } from './simulated.ts'

export const ModelSize = v.picklist(['small', 'ott', 'rewi-s', 'rewi'])
export type ModelSize = v.InferOutput<typeof ModelSize>

/** How recordings are held back for measuring: whole writers, whole words, or single recordings. */
export const Split = v.strictObject({
  by: v.picklist(['writer', 'word', 'recording']),
  /** Share that is held back, 0 to 0.9. */
  heldOut: v.pipe(v.number(), v.minValue(0), v.maxValue(0.9)),
})

/** Ways to vary a recording while training on it. */
export const Augmentation = v.picklist(['rotate', 'tempo', 'scale', 'noise', 'speckle', 'drift', 'blackout', 'warp'])
export type Augmentation = v.InferOutput<typeof Augmentation>
/** Those that are used where none are named. */
export const USUAL_AUGMENTATIONS: readonly Augmentation[] = ['rotate', 'tempo', 'scale', 'noise']

/**
 * Which weights an adaptation changes: `all` at a low rate; the `last` layers only; or a small `adapter`, few weights
 * in all.
 */
export const AdaptationRecipe = v.picklist(['all', 'last', 'adapter'])
export type AdaptationRecipe = v.InferOutput<typeof AdaptationRecipe>

/** What makes a training an adaptation: whom it fits the model to, and recordings that it must not touch. */
export const WriterFit = v.strictObject({
  writerId: id,
  recipe: AdaptationRecipe,
  leaveOut: v.array(id),
  /** Whether synthetic writers of the writer’s style are practised on; where they can be if nothing is said. */
  synthetic: v.exactOptional(v.boolean()),
})
export type WriterFit = v.InferOutput<typeof WriterFit>

const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal digits'))

/**
 * What makes a training repeat an earlier one, however the store has grown since; the filter is not looked at again.
 */
export const Reproduction = v.strictObject({
  /** The run that is repeated; null where only the card of its model is known. */
  runId: v.nullable(id),
  train: IdRanges,
  heldOut: IdRanges,
  /** Letters or labels, in the order of the network's outputs. */
  classes: v.pipe(v.array(v.string()), v.minLength(1)),
  /** Fingerprint of the recordings as they went in; null for a run that did not take it. */
  recordings: v.nullable(Sha256),
  /** Fingerprint of the weights that came out; null for a run that did not finish. */
  weights: v.nullable(Sha256),
})
export type Reproduction = v.InferOutput<typeof Reproduction>

/** Sensors `as held`, or `roll-normalised`: turned about the pen's long axis until gravity has no part in y. */
export const Pose = v.picklist(['as held', 'roll-normalised'])
export type Pose = v.InferOutput<typeof Pose>

/**
 * Why the mean of an accelerometer may not be gravity, or tell no roll: too little time for movement to average out,
 * too much movement, a length far from 1 g, a pen that stands so upright that its roll hardly turns gravity, a tip that
 * points up.
 */
export const RollDoubt = v.picklist(['short', 'fast', 'no gravity', 'upright', 'upside down'])
export type RollDoubt = v.InferOutput<typeof RollDoubt>

/** Roll-normalised recordings of which the roll is doubtful: how many for each reason, and the first of them. */
export const DoubtfulRolls = v.array(v.strictObject({ why: RollDoubt, recordings: count, first: v.array(id) }))
export type DoubtfulRolls = v.InferOutput<typeof DoubtfulRolls>

/** Everything a training needs to be repeated. */
export const TrainingConfig = v.strictObject({
  name,
  model: ModelSize,
  /** `ctc` reads sequences; `classes` reads one label out of a closed set. */
  task: v.picklist(['ctc', 'classes']),
  filter: RecordingFilter,
  /** Only recordings with all these channels are used; empty means those that all selected recordings share. */
  channels: v.array(v.string()),
  rateHz: v.nullable(v.pipe(v.number(), v.minValue(1), v.maxValue(1000))),
  split: Split,
  epochs: v.pipe(count, v.minValue(1), v.maxValue(10_000)),
  batchSize: v.pipe(count, v.minValue(1), v.maxValue(4096)),
  learningRate: v.pipe(v.number(), v.minValue(1e-7), v.maxValue(1)),
  weightDecay: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  warmupEpochs: count,
  augment: v.boolean(),
  /** Which augmentations; by default the usual ones. */
  augmentations: v.optional(v.array(Augmentation)),
  /** Scale inputs by each recording, or by the whole training set; by default the latter where all is one writer's. */
  normalise: v.optional(v.picklist(['recording', 'training set'])),
  /**
   * How the pen's roll is dealt with; by default roll-normalised where all recordings have an accelerometer of three
   * axes. A model to start from keeps what its card says.
   */
  pose: v.optional(Pose),
  /** The task alone, or a cross-modal or contrastive loss beside it; the task alone by default. */
  recipe: v.optional(Recipe),
  seed: count,
  /** A model to start from: fine-tuning. */
  startFrom: v.nullable(id),
  /**
   * Fits the model to start from to one writer, with a rehearsal buffer and cross-validation; ordered by `adapt.start`.
   */
  adapt: v.exactOptional(WriterFit),
  /** The very recordings of an earlier run, instead of those that the filter finds; ordered by `train.reproduce`. */
  reproduces: v.exactOptional(Reproduction),
  backend: v.picklist(['auto', 'wasm', 'webgpu', 'cuda', 'cpu']),
  threads: v.nullable(v.pipe(count, v.minValue(1), v.maxValue(64))),
})
export type TrainingConfig = v.InferOutput<typeof TrainingConfig>

/** One point of the curves. Rates are on held-out recordings and null where none are held out. */
export const EpochScore = v.object({
  epoch: count,
  trainLoss: v.number(),
  heldOutLoss: v.nullable(v.number()),
  cer: v.nullable(v.number()),
  wer: v.nullable(v.number()),
  accuracy: v.nullable(v.number()),
  learningRate: v.number(),
  seconds: v.number(),
  /**
   * Means over the training recordings: the cross-modal loss, and how far pen and picture (or text) of the same and of
   * another label are apart; the task loss of the pen's network alone, and of the image network where it learns along.
   */
  cross: v.optional(
    v.object({
      loss: v.number(),
      positive: v.number(),
      negative: v.number(),
      task: v.optional(v.number()),
      image: v.optional(v.number()),
    }),
  ),
  /**
   * In the first epoch only: how the image network learned before it, and how well it reads pictures that it had not
   * seen.
   */
  image: v.optional(v.object({ losses: v.array(v.number()), cer: v.number(), accuracy: v.number(), pictures: count })),
})
export type EpochScore = v.InferOutput<typeof EpochScore>

export const RunState = v.picklist(['queued', 'preparing', 'running', 'finished', 'cancelled', 'failed', 'interrupted'])
export type RunState = v.InferOutput<typeof RunState>

/**
 * How an image network learns alone before the pen's begins: steps done, and the mean loss of each `every` steps so
 * far. `score` is how it reads pictures that it had not seen, once it has learned.
 */
export const ImageTraining = v.object({
  step: count,
  steps: count,
  every: count,
  losses: v.array(v.number()),
  score: v.nullable(v.object({ cer: v.number(), accuracy: v.number(), pictures: count })),
})
export type ImageTraining = v.InferOutput<typeof ImageTraining>

/** One training, from its order to its model. */
export const Run = v.object({
  id,
  config: TrainingConfig,
  state: RunState,
  startedAt: instant,
  endedAt: v.nullable(instant),
  epoch: count,
  /** Share of the current epoch that is done, 0 to 1. */
  epochProgress: v.number(),
  scores: v.array(EpochScore),
  /** While a training towards pictures is under way, until its first epoch tells it. */
  imageTraining: v.exactOptional(ImageTraining),
  trainRecordings: count,
  heldOutRecordings: count,
  ...SimulatedAmong,
  backend: v.nullable(v.string()),
  backendReason: v.nullable(Said),
  modelId: v.nullable(id),
  problem: v.nullable(Problem),
  /** Whether a finished repeat came to the same weights, bit for bit; absent for any other run. */
  same: v.exactOptional(v.boolean()),
})
export type Run = v.InferOutput<typeof Run>

/** Words in ten bins by their confidence: how many, how sure the model was of them, and what share was right. */
const ReliabilityBins = v.array(
  v.object({
    from: v.number(),
    to: v.number(),
    words: count,
    confidence: v.nullable(v.number()),
    right: v.nullable(v.number()),
  }),
)

/**
 * Whether a model's confidence can be taken at its word, on held-out words: as the network claims (`raw`) and as the
 * app shows it (`shown`, each half of the words by the map fitted to the other half). `error` is the expected
 * calibration error.
 */
export const Reliability = v.object({
  words: count,
  raw: v.object({ error: v.number(), bins: ReliabilityBins }),
  shown: v.object({ error: v.number(), bins: ReliabilityBins }),
})
export type Reliability = v.InferOutput<typeof Reliability>

/** How a model did on recordings that were written for measuring alone, and whose they are. */
export const Measured = v.strictObject({
  on: Said,
  cer: v.number(),
  wer: v.number(),
  recordings: count,
  byGroup: v.array(v.strictObject({ group: v.string(), cer: v.number(), wer: v.number(), recordings: count })),
})
export type Measured = v.InferOutput<typeof Measured>

const rates = { cer: v.number(), wer: v.number(), accuracy: v.number() }

/**
 * Held-out words read with the lexicon that ships, and the same words without. Words that were held out were not added
 * to
 * it: `unknown` of them are not in it.
 */
export const LexiconScores = v.strictObject({
  ...rates,
  recordings: count,
  words: count,
  unknown: count,
  without: v.strictObject(rates),
})
export type LexiconScores = v.InferOutput<typeof LexiconScores>

/** A trained recogniser, as its card describes it. */
export const Model = v.object({
  id,
  name,
  createdAt: instant,
  kind: v.string(),
  task: v.picklist(['ctc', 'classes']),
  parameters: count,
  /** Letters of all that it can say. */
  alphabet: v.string(),
  /**
   * The labels that it tells apart; absent for a model that spells, and for models that were made before labels were
   * told.
   */
  classes: v.exactOptional(v.array(v.string())),
  channels: v.array(v.string()),
  rateHz: v.number(),
  /** Absent for models that take the sensors as held and were made before it was stored. */
  pose: v.exactOptional(Pose),
  /** Recordings of its training of which the roll is doubtful; absent where there are none. */
  doubtfulRolls: v.exactOptional(DoubtfulRolls),
  trainedOn: v.object({ recordings: count, writers: count, ...SimulatedAmong }),
  scores: v.nullable(v.object({ cer: v.number(), wer: v.number(), accuracy: v.number(), recordings: count })),
  /** Absent or null where too few words were held out, and for single labels. */
  lexicon: v.exactOptional(v.nullable(LexiconScores)),
  /** Absent or null where too few words were held out to measure it. */
  reliability: v.exactOptional(v.nullable(Reliability)),
  /** How it did on recordings written for measuring alone, where there were such. */
  measured: v.exactOptional(v.nullable(Measured)),
  trainSeconds: v.exactOptional(v.nullable(v.number())),
  runId: v.nullable(id),
})
export type Model = v.InferOutput<typeof Model>

export const BaseState = v.picklist(['there', 'earlier', 'missing', 'none ships'])
export type BaseState = v.InferOutput<typeof BaseState>

/** A layer of a network, and how many values it has. */
const Layer = v.object({ name: v.string(), size: count })

export const training = {
  /** What a configuration would train on, before it starts: counts, alphabet, and why recordings are left out. */
  'train.preview': query(
    TrainingConfig,
    v.object({
      trainRecordings: count,
      heldOutRecordings: count,
      writers: count,
      alphabet: v.string(),
      /** The labels to tell apart; absent where letters are. */
      classes: v.exactOptional(v.array(v.string())),
      channels: v.array(v.string()),
      rateHz: v.number(),
      ...SimulatedAmong,
      pose: Pose,
      leftOut: v.array(v.object({ reason: Said, recordings: count })),
      /** Layers that a recipe may bring together; of an image network only where the recipe has one. */
      layers: v.object({ pen: v.array(Layer), image: v.array(Layer) }),
      /**
       * Of how many labels the recipe has pictures of its own; null where it needs none, or where something is against
       * it.
       */
      pictures: v.nullable(v.object({ labels: count, own: count })),
      /** Why the recipe cannot be trained like this; null where it can. */
      against: v.nullable(v.object({ code: v.picklist(ERROR_CODES), ...Problem.entries })),
    }),
  ),
  'train.start': command(TrainingConfig, Run),
  /**
   * Repeats a run with its very recordings, settings, backend and threads; on the same machine and version bit for bit.
   */
  'train.reproduce': command(v.strictObject({ runId: id }), Run),
  'train.cancel': command(v.strictObject({ runId: id }), Run),
  /** Goes on from the last checkpoint of a run that was cancelled, interrupted or failed. */
  'train.resume': command(v.strictObject({ runId: id }), Run),
  'runs.list': query(nothing, v.array(Run)),
  /** The shared embedding of a run that was trained towards pictures or texts, or why there is none. */
  'runs.embedding': query(v.strictObject({ runId: id }), EmbeddingAnswer),
  'runs.delete': command(v.strictObject({ runId: id }), done),
  'models.list': query(nothing, v.array(Model)),
  /**
   * How the store stands to the model that ships: has it, has only an earlier one, has none; or this copy of the app
   * ships none.
   */
  'models.base': query(nothing, BaseState),
  /** Adds the model that ships with the app, unless it is there. */
  'models.addBase': command(nothing, Model),
  'models.rename': command(v.strictObject({ id, name }), Model),
  'models.delete': command(v.strictObject({ id }), done),
  /** Stops the measurement that is running. */
  'models.cancelEvaluation': command(nothing, done),
  /**
   * Reads stored recordings with a model and compares with their labels. What was read and how it did is kept.
   * `not-found` where nothing can be measured.
   */
  'models.evaluate': command(
    v.strictObject({ id, filter: RecordingFilter, on: v.optional(EvaluatedOn, 'unseen') }),
    Evaluation,
  ),
  /** The newest measurements of a model, the newest first. */
  'models.evaluations': query(v.strictObject({ id }), v.array(Evaluation)),
}

export const trainingEvents = {
  'runs.changed': event(Run),
  /** How far the measurement that is running has come, in recordings. */
  'models.evaluating': event(v.object({ done: count, total: count })),
  'models.changed': event(v.array(Model)),
}
