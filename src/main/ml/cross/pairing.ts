import type { ContrastiveRecipe, CrossModalRecipe } from '../../../shared/api/recipe.ts'
import type { WordImageSource } from '../../words/images.ts'
import { encode } from '../data/classes.ts'
import { KeyedRandom, textKey } from '../../random/keyed.ts'
import type { Random } from '../../random/random.ts'
import type { Example, ModelSignature } from '../data/types.ts'
import type { ExtraArray } from '../../compute/engine/types.ts'
import { embeddingExtras, type PictureEmbeddings } from '../image/embed.ts'
import { pictureExtras } from '../image/pictures.ts'
import { corruptedTexts } from './corrupt.ts'
import {
  classMargins,
  confusionDifference,
  MARGIN_SCALES,
  ordinalDifference,
  wordMargin,
  type ClassDifference,
} from './margin.ts'
import { editSchedule, nearestClasses, NegativeClasses, NegativeWords } from './negatives.ts'
import { crossWeight } from './weight.ts'

/** When a batch is used; epochs count from 0. */
export interface Moment {
  epoch: number
  epochs: number
}

export interface PictureMaterial {
  labels: readonly string[]
  source: WordImageSource
  /** Null: batches bring the pictures themselves. */
  embeddings: PictureEmbeddings | null
  confusion: readonly (readonly number[])[] | null
  seed: number
}

type Side = (examples: readonly Example[], at: Moment) => Record<string, ExtraArray>

const PAIRS = textKey('pairs')

/** Gives each example of a batch its positive and its negative pictures, their margins and its weight. */
export function pictureSide(recipe: CrossModalRecipe, signature: ModelSignature, material: PictureMaterial): Side {
  const { seed } = material
  const negativeOf = negativesOf(recipe, signature, material)
  const {
    image: { variants },
    negativesEach: each,
  } = recipe

  return (examples, at) => {
    const pairs = examples.map(({ id, label }) => {
      const random = new KeyedRandom(seed, PAIRS, at.epoch, id)
      const anchor = label.normalize('NFC')
      const first = negativeOf(anchor, at, random)
      const positive = { label: anchor, variant: random.below(variants) }
      const negatives = Array.from({ length: each }, (_, place) => ({
        label: place === 0 ? first : negativeOf(anchor, at, random),
        variant: random.below(variants),
      }))
      return { positive, negatives }
    })
    const shared = {
      ...pictureInputs(
        'positive',
        pairs.map(({ positive }) => positive),
        material,
      ),
      weight: constant(crossWeight(at.epoch, recipe), examples.length),
    }
    if (recipe.loss === 'in-batch') return { ...shared, group: groups(examples) }
    const negatives = pictureInputs(
      'negative',
      pairs.flatMap((pair) => pair.negatives),
      material,
    )
    const compared = pairs.flatMap((pair) =>
      pair.negatives.map(({ label }) => ({ anchor: pair.positive.label, negative: label })),
    )
    return {
      ...shared,
      ...Object.fromEntries(
        Object.entries(negatives).map(([name, { shape, values }]) => [
          name,
          { shape: [examples.length, each, ...shape.slice(1)], values },
        ]),
      ),
      margin: { shape: [examples.length, each], values: margins(recipe, signature, compared, material) },
    }
  }
}

/** Pictures of labels as inputs of a batch: their embeddings where the image network is frozen, else themselves. */
export function pictureInputs(
  name: string,
  wanted: readonly { label: string; variant: number }[],
  { embeddings, source }: Pick<PictureMaterial, 'embeddings' | 'source'>,
): Record<string, ExtraArray> {
  if (embeddings)
    return embeddingExtras(
      name,
      wanted.map(({ label, variant }) => embeddings.get(label)![variant]!),
    )
  return pictureExtras(
    name,
    wanted.map(({ label, variant }) => source.image(label, variant)),
  )
}

/** Chooses a negative's label for an anchor: words by edits, single labels by how unlike their classes are. */
function negativesOf(
  recipe: CrossModalRecipe,
  signature: ModelSignature,
  { labels, confusion }: PictureMaterial,
): (anchor: string, at: Moment, random: Random) => string {
  const scheduled = recipe.negatives === 'scheduled'
  if (signature.task === 'ctc') {
    const words = new NegativeWords(labels)
    return (anchor, { epoch, epochs }, random) =>
      words.choose(anchor, scheduled ? editSchedule(epoch, epochs) : { least: 1, most: Infinity }, random)
  }
  const classes = new NegativeClasses(signature.classes, labels, differenceOf(recipe, confusion))
  return (anchor, { epoch, epochs }, random) =>
    classes.choose(anchor, scheduled ? nearestClasses(epoch, epochs, labels.length - 1) : Infinity, random)
}

function differenceOf({ margin }: CrossModalRecipe, confusion: PictureMaterial['confusion']): ClassDifference {
  return (margin.kind === 'dynamic' && margin.classes === 'ordinal') || !confusion
    ? ordinalDifference
    : confusionDifference(confusion)
}

function margins(
  recipe: CrossModalRecipe,
  signature: ModelSignature,
  pairs: readonly { anchor: string; negative: string }[],
  { confusion }: PictureMaterial,
): Float32Array {
  const { margin, distance } = recipe
  if (margin.kind === 'fixed') return new Float32Array(pairs.length).fill(margin.value)
  const scale = margin.scale ?? MARGIN_SCALES[distance]
  if (signature.task === 'ctc') return new Float32Array(pairs.length).fill(wordMargin(pairs, scale))
  const index = new Map(signature.classes.map((label, at) => [label, at]))
  return classMargins(
    pairs.map(({ anchor, negative }) => ({ anchor: index.get(anchor)!, negative: index.get(negative)! })),
    scale,
    differenceOf(recipe, confusion),
  )
}

/** Gives each example its text and its spoilt texts. */
export function textSide(
  recipe: Pick<ContrastiveRecipe, 'weight' | 'from' | 'warmup' | 'spoilt' | 'errors'>,
  signature: ModelSignature,
  labels: readonly string[],
  seed: number,
): Side {
  const alphabet = signature.classes
  const known = new Map([...new Set(labels)].map((label) => [label, encode(signature, label)]))
  return (examples, at) => {
    const texts = examples.map(({ target }) => [target])
    const shared = {
      ...textExtras('text', texts, []),
      weight: constant(crossWeight(at.epoch, recipe), examples.length),
      group: groups(examples),
    }
    if (recipe.errors === 0) return shared
    const spoilt = examples.map(({ id, label }) =>
      corruptedTexts(label, recipe.spoilt, alphabet, new KeyedRandom(seed, PAIRS, at.epoch, id)).map(
        (text) => known.get(text) ?? encode(signature, text),
      ),
    )
    return { ...shared, ...textExtras('spoilt', spoilt, [recipe.spoilt]) }
  }
}

/**
 * Texts as class indices, `[rows, …texts, letters]` with zeros behind each, and their lengths (1 for an empty one,
 * which reads as a blank).
 */
export function textExtras(
  name: string,
  rows: readonly (readonly (readonly number[])[])[],
  texts: readonly number[],
): Record<string, ExtraArray> {
  const all = rows.flat()
  const letters = all.reduce((longest, text) => Math.max(longest, text.length), 1)
  const values = new Int32Array(all.length * letters)
  all.forEach((text, at) => values.set(text, at * letters))
  return {
    [name]: { shape: [rows.length, ...texts, letters], values },
    [`${name}Lengths`]: {
      shape: [rows.length, ...texts],
      values: Int32Array.from(all, (text) => Math.max(1, text.length)),
    },
  }
}

/** A number for each label of a batch: equal for equal labels only. */
function groups(examples: readonly Example[]): ExtraArray {
  const numbers = new Map<string, number>()
  for (const { label } of examples) if (!numbers.has(label)) numbers.set(label, numbers.size)
  return { shape: [examples.length], values: Int32Array.from(examples, ({ label }) => numbers.get(label)!) }
}

function constant(value: number, rows: number): ExtraArray {
  return { shape: [rows], values: new Float32Array(rows).fill(value) }
}
