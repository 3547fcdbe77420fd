import * as v from 'valibot'

const positive = v.pipe(v.number(), v.minValue(0))
const whole = v.pipe(v.number(), v.integer(), v.minValue(0))

/** When and how much the cross-modal loss counts beside the task loss. */
const Weighting = {
  weight: v.optional(positive, 1),
  /** The first epoch in which it counts, from 0. */
  from: v.optional(whole, 0),
  /** Epochs over which it rises to its weight. */
  warmup: v.optional(whole, 0),
}

/** The pictures of a folder, their labels and every byte of them. */
export const FolderFingerprint = v.strictObject({ pictures: whole, sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })
export type FolderFingerprint = v.InferOutput<typeof FolderFingerprint>

/** Where pictures of words come from. Words that a source has no picture of are written in handwriting fonts. */
export const PictureOrigin = v.variant('from', [
  v.strictObject({ from: v.literal('fonts') }),
  /** Drawn from the strokes of the virtual recordings that are trained on. */
  v.strictObject({ from: v.literal('strokes') }),
  /** A user's own folder of word images, on the machine where Kalamos runs: file names or a `labels.csv` give the labels. */
  v.strictObject({
    from: v.literal('folder'),
    folder: v.pipe(v.string(), v.trim(), v.nonEmpty('must name a folder')),
    /** What was in it when the training was ordered: a folder that is another one by then is refused. Filled in at the start. */
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
      /** Times the edit distance for words; times the difference of the classes for single labels. Null: the scale of the distance. */
      v.strictObject({ kind: v.literal('dynamic'), scale: v.optional(v.nullable(positive), null), classes: v.optional(v.picklist(['ordinal', 'confusion']), 'confusion') }),
    ]),
    { kind: 'dynamic' },
  ),
  /** `scheduled`: words by edit distance, far ones first, and single labels from ever fewer, likest classes; `any`: any other label. */
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

/** How a recogniser is trained: by its task alone, or with a cross-modal loss beside it. Defaults fill in what is left out. */
export const Recipe = v.variant('kind', [v.strictObject({ kind: v.literal('plain') }), CrossModalRecipe, ContrastiveRecipe])
export type Recipe = v.InferOutput<typeof Recipe>
export type RecipeInput = v.InferInput<typeof Recipe>

/** Where a default comes from: a paper's abstract or a published re-implementation; assumed where the full text was not at hand; or ours. */
export type Provenance = 'published' | 'assumed' | 'ours'

export const PROVENANCE = {
  'cross-modal.loss': { from: 'published', why: 'contrastive and triplet losses across modalities are the paper’s; in-batch is ECHWR’s, here against pictures' },
  'cross-modal.distance': { from: 'assumed', why: 'the four distances are the paper’s, which of them is the best default is not known here' },
  'cross-modal.margin': { from: 'published', why: 'a dynamic margin for single labels and for sequences is the paper’s' },
  'cross-modal.margin.scale': { from: 'assumed', why: '0.001 for MSE, 0.1 for cosine and Pearson, 1 for KL' },
  'cross-modal.margin.classes': { from: 'assumed', why: 'differences of indices for ordered classes, else one minus the confusion of the image network' },
  'cross-modal.negatives': { from: 'assumed', why: 'lower bound 1 + floor((E - e - 1) / (E / 5)) edits, upper bound twice that plus one; for single labels ours: from all classes down to the two likest' },
  'cross-modal.negativesEach': { from: 'ours', why: 'one, as in a triplet; several pull less at random' },
  'cross-modal.weight': { from: 'ours', why: 'equal weight with the task loss' },
  'cross-modal.from': { from: 'ours', why: 'from the first epoch' },
  'cross-modal.warmup': { from: 'ours', why: 'none' },
  'cross-modal.penLayer': { from: 'ours', why: 'the last layer before the dense ones: everything in front of it is trained towards the pictures' },
  'cross-modal.imageLayer': { from: 'ours', why: 'the last layer before the classes' },
  'cross-modal.projection': { from: 'ours', why: 'lets layers of any sizes meet' },
  'cross-modal.pictures': { from: 'ours', why: 'the authors made theirs with a generative network; two dozen open handwriting fonts stand in for it' },
  'cross-modal.image.size': { from: 'ours', why: 'small members of the published family, to fit two cores' },
  'cross-modal.image.network': { from: 'ours', why: 'frozen pictures are embedded once, which makes the training nearly as fast as a plain one' },
  'cross-modal.image.steps': { from: 'ours', why: 'enough to read rendered words' },
  'cross-modal.image.batchSize': { from: 'ours', why: 'fits small memories' },
  'cross-modal.image.learningRate': { from: 'ours', why: 'trains quickly with AdamW and a cosine' },
  'cross-modal.image.variants': { from: 'ours', why: 'several hands for each word' },
  'contrastive.weight': { from: 'assumed', why: 'equal weight with the task loss' },
  'contrastive.from': { from: 'ours', why: 'from the first epoch' },
  'contrastive.warmup': { from: 'ours', why: 'none' },
  'contrastive.penLayer': { from: 'assumed', why: 'the last layer before the classes' },
  'contrastive.size': { from: 'published', why: '512 in ECHWR' },
  'contrastive.letter': { from: 'ours', why: 'ECHWR’s text network is not known here' },
  'contrastive.errors': { from: 'assumed', why: 'equal weight with the in-batch loss' },
  'contrastive.spoilt': { from: 'published', why: 'six corrupted texts in ECHWR' },
} as const satisfies Readonly<Record<string, { from: Provenance; why: string }>>

/** A field of a recipe, as `PROVENANCE` names it. */
export type RecipeField = keyof typeof PROVENANCE

/** A recipe with its defaults filled in. Throws valibot's error for what does not fit. */
export function recipeOf(input: RecipeInput): Recipe {
  return v.parse(Recipe, input)
}
