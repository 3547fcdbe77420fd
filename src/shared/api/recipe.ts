import * as v from 'valibot'
import { SAID_ENCODINGS } from '../encoding.ts'

const positive = v.pipe(v.number(), v.minValue(0))
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** When and how much the cross-modal loss counts beside the task loss. */
const Weighting = {
  weight: v.optional(positive, 1),
  /** The first epoch in which it counts, from 0. */
  from: v.optional(whole, 0),
  /** Epochs over which it rises to its weight. */
  warmup: v.optional(whole, 0),
}

/** The pictures of a folder, their labels and every byte of them. */
export const FolderFingerprint = v.strictObject({
  pictures: whole,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
})
export type FolderFingerprint = v.InferOutput<typeof FolderFingerprint>

/** Where pictures of words come from. Words that a source has no picture of are written in handwriting fonts. */
export const PictureOrigin = v.variant('from', [
  v.strictObject({ from: v.literal('fonts') }),
  /** Drawn from the strokes of the virtual recordings that are trained on. */
  v.strictObject({ from: v.literal('strokes') }),
  /**
   * A user's own folder of word images, on the machine where Kalamos runs: file names or a `labels.csv` give the
   * labels.
   */
  v.strictObject({
    from: v.literal('folder'),
    folder: v.pipe(v.string(), v.trim(), v.nonEmpty('must name a folder')),
    /** What its `labels.csv` is in where that has no byte order mark; UTF-8 where nobody says it. */
    encoding: v.exactOptional(v.picklist(SAID_ENCODINGS)),
    /**
     * What was in it when the training was ordered: a folder that is another one by then is refused. Filled in at the
     * start.
     */
    fingerprint: v.exactOptional(FolderFingerprint),
  }),
])
export type PictureOrigin = v.InferOutput<typeof PictureOrigin>

/** The pen's network trained towards an image network. */
export const CrossModalRecipe = v.strictObject({
  kind: v.literal('cross-modal'),
  loss: v.optional(v.picklist(['contrastive', 'triplet', 'in-batch']), 'triplet'),
  distance: v.optional(v.picklist(['mse', 'cosine', 'pearson', 'kl']), 'cosine'),
  margin: v.optional(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('fixed'), value: positive }),
      /**
       * Times the edit distance for words; times the difference of the classes for single labels. Null: the scale of
       * the distance.
       */
      v.strictObject({
        kind: v.literal('dynamic'),
        scale: v.optional(v.nullable(positive), null),
        classes: v.optional(v.picklist(['ordinal', 'confusion']), 'confusion'),
      }),
    ]),
    { kind: 'dynamic' },
  ),
  /**
   * `scheduled`: words by edit distance, far ones first, and single labels from ever fewer, likest classes; `any`: any
   * other label.
   */
  negatives: v.optional(v.picklist(['scheduled', 'any']), 'scheduled'),
  /** Negatives of each anchor; the loss is the mean over them. */
  negativesEach: v.optional(v.pipe(whole, v.minValue(1)), 1),
  ...Weighting,
  penLayer: v.optional(v.string(), 'lstm'),
  imageLayer: v.optional(v.string(), 'features'),
  /** Size of the shared embedding; null compares the layers as they are. */
  projection: v.optional(v.nullable(v.pipe(whole, v.minValue(1))), 64),
  /** Handwriting fonts where nothing is said. */
  pictures: v.exactOptional(PictureOrigin),
  image: v.optional(
    v.strictObject({
      size: v.optional(v.picklist(['words', 'letter', 'tiny']), 'words'),
      /** `frozen` after it was trained alone, or trained `along` with the pen's network. */
      network: v.optional(v.picklist(['frozen', 'along']), 'frozen'),
      /** Steps in which it is trained alone first. */
      steps: v.optional(whole, 600),
      batchSize: v.optional(v.pipe(whole, v.minValue(1)), 32),
      learningRate: v.optional(positive, 0.002),
      /** Different pictures of each label. */
      variants: v.optional(v.pipe(whole, v.minValue(1)), 8),
    }),
    {},
  ),
})
export type CrossModalRecipe = v.InferOutput<typeof CrossModalRecipe>

/** The pen's network contrasted with texts (ECHWR). */
export const ContrastiveRecipe = v.strictObject({
  kind: v.literal('contrastive'),
  ...Weighting,
  penLayer: v.optional(v.string(), 'lstm'),
  size: v.optional(v.pipe(whole, v.minValue(1)), 512),
  letter: v.optional(v.pipe(whole, v.minValue(1)), 64),
  /** Weight of the error-based loss; 0 leaves it out. */
  errors: v.optional(positive, 1),
  /** Spoilt texts beside each true one. */
  spoilt: v.optional(whole, 6),
})
export type ContrastiveRecipe = v.InferOutput<typeof ContrastiveRecipe>

/**
 * How a recogniser is trained: by its task alone, or with a cross-modal loss beside it. Defaults fill in what is left
 * out.
 */
export const Recipe = v.variant('kind', [
  v.strictObject({ kind: v.literal('plain') }),
  CrossModalRecipe,
  ContrastiveRecipe,
])
export type Recipe = v.InferOutput<typeof Recipe>
export type RecipeInput = v.InferInput<typeof Recipe>

/** A recipe with its defaults filled in. Throws valibot's error for what does not fit. */
export function recipeOf(input: RecipeInput): Recipe {
  return v.parse(Recipe, input)
}

/**
 * The same with the image network made for a task, where none is named: for single characters the one that tells them
 * apart. Anything else is left for the schema to judge.
 */
export function recipeFor(task: 'ctc' | 'classes', input: RecipeInput): Recipe {
  const named = input.kind === 'cross-modal' && input.image?.size !== undefined
  return recipeOf(
    input.kind === 'cross-modal' && task === 'classes' && !named
      ? { ...input, image: { ...input.image, size: 'letter' } }
      : input,
  )
}

/** Fixed margins to begin with, by distance: those of the experiment on synthetic data. */
export const FIXED_MARGINS: Readonly<Record<CrossModalRecipe['distance'], number>> = {
  cosine: 0.5,
  pearson: 0.5,
  mse: 1,
  kl: 1,
}
