import type { CrossModalRecipe, ContrastiveRecipe } from '../../../shared/api/recipe.ts'
import type { WordImageSource } from '../../words/images.ts'
import type { Example, Interface } from '../data/types.ts'
import type { ExtraArray, NamedArrays, ProgramDescription } from '../engine/types.ts'
import { imageConfig, type ImageConfig } from '../image/config.ts'
import { embedPictures, type PictureEmbeddings } from '../image/embed.ts'
import { imageRecogniser } from '../image/program.ts'
import { trainImageNetwork } from '../image/train.ts'
import type { ModelConfig } from '../models/index.ts'
import { outputsOf } from '../data/classes.ts'
import type { OpenEngine } from '../train/types.ts'
import { softConfusion } from './confusion.ts'
import { pictureSide, textSide, type Moment } from './pairing.ts'
import { crossModal, type CrossModalConfig } from './program.ts'
import { textContrastive, type TextContrastiveConfig } from './text-program.ts'

/** What stands beside the pen's network while it is trained with a cross-modal recipe. */
export interface Companion {
  program: ProgramDescription
  /** Weights that the program needs beside the pen's own. */
  weights: NamedArrays
  /** Further inputs of a batch: pictures, negatives, margins, texts. The same for the same examples and moment. */
  extras(examples: readonly Example[], at: Moment): Record<string, ExtraArray>
  /** How well the image network reads pictures it was not trained on, where there is one. */
  image: { cer: number; accuracy: number; pictures: number; losses: number[] } | null
}

export interface CompanionMaterial {
  pen: ModelConfig
  face: Interface
  /** Labels of the recordings to train on. No other label is drawn or compared with. */
  labels: readonly string[]
  source: WordImageSource
  openEngine: OpenEngine
  seed: number
  /** Keeps trained image networks for further trainings with the same pictures, such as other losses of a comparison. */
  shelf?: ImageShelf
  progress?: (at: { step: number; steps: number; loss: number }) => void
}

/** Trained image networks by all that they depend on, for one source of pictures. */
export type ImageShelf = Map<string, TrainedImages>

interface TrainedImages {
  weights: NamedArrays
  embeddings: PictureEmbeddings | null
  confusion: number[][] | null
  score: Companion['image']
}

/**
 * Gets a recipe's other side ready: trains the image network on pictures of the labels and, if it is to stay frozen,
 * embeds them. Sizes are checked first. Throws what `crossModal` and `textContrastive` throw.
 */
export async function prepareCompanion(recipe: CrossModalRecipe | ContrastiveRecipe, material: CompanionMaterial): Promise<Companion> {
  return recipe.kind === 'contrastive' ? textCompanion(recipe, material) : imageCompanion(recipe, material)
}

/** The pen's own part of a program's weights: what reading needs. */
export function penWeights(weights: NamedArrays): NamedArrays {
  return Object.fromEntries(Object.entries(weights).filter(([name]) => !name.startsWith('cross.') && !name.startsWith('image.')))
}

function textCompanion({ penLayer, size, letter, errors, ...recipe }: ContrastiveRecipe, { pen, face, labels, seed }: CompanionMaterial): Companion {
  const config: TextContrastiveConfig = { pen, penLayer, size, letter, errors: recipe.spoilt === 0 ? 0 : errors }
  const { weights } = textContrastive(config).initial(seed)
  return { program: { name: 'text-contrastive', config }, weights: beside(weights), extras: textSide({ ...recipe, errors: config.errors }, face, labels, seed), image: null }
}

async function imageCompanion(recipe: CrossModalRecipe, material: CompanionMaterial): Promise<Companion> {
  const { pen, face, labels, source, seed } = material
  const distinct = [...new Set(labels)].sort()
  const image = imageConfig(recipe.image.size, { classes: outputsOf(face), head: face.task === 'ctc' ? 'ctc' : 'class', height: source.height })
  const config: CrossModalConfig = { pen, penLayer: recipe.penLayer, image, imageLayer: recipe.imageLayer, imageNetwork: recipe.image.network, projection: recipe.projection, loss: recipe.loss, distance: recipe.distance }
  const { weights } = crossModal(config).initial(seed)
  const key = JSON.stringify([recipe.image, recipe.imageLayer, image, distinct, seed])
  const trained = material.shelf?.get(key) ?? (await trainedImages(recipe, image, distinct, material))
  material.shelf?.set(key, trained)
  return {
    program: { name: 'cross-modal', config },
    weights: recipe.image.network === 'frozen' ? beside(weights) : { ...beside(weights), ...prefixed(trained.weights) },
    extras: pictureSide(recipe, face, { labels: distinct, source, embeddings: trained.embeddings, confusion: trained.confusion, seed }),
    image: trained.score,
  }
}

async function trainedImages(
  { image: { steps, batchSize, learningRate, network, variants }, imageLayer }: CrossModalRecipe,
  model: ImageConfig,
  labels: readonly string[],
  { face, source, openEngine, seed, progress }: CompanionMaterial,
): Promise<TrainedImages> {
  const { engine } = await openEngine({ name: 'image-recogniser', config: { model } }, imageRecogniser({ model }).initial(seed))
  try {
    const report = progress && ((at: { step: number; loss: number }): void => progress({ ...at, steps }))
    const { weights, ...score } = await trainImageNetwork({ engine, face, labels, source, steps, batchSize, learningRate, seed, ...(report ? { progress: report } : {}) })
    const embeddings = network === 'frozen' ? await embedPictures(engine, { labels, source, variants, layer: imageLayer, batchSize }) : null
    const confusion = face.task === 'classes' ? await softConfusion(engine, face.classes, source) : null
    return { weights, embeddings, confusion, score }
  } finally {
    await engine.dispose()
  }
}

function beside(weights: NamedArrays): NamedArrays {
  return Object.fromEntries(Object.entries(weights).filter(([name]) => name.startsWith('cross.') || name.startsWith('image.')))
}

function prefixed(weights: NamedArrays): NamedArrays {
  return Object.fromEntries(Object.entries(weights).map(([name, array]) => [`image.${name}`, array]))
}
