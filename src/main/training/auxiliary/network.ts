import type { CrossModalRecipe, ContrastiveRecipe } from '../../../shared/api/recipe.ts'
import type { WordImageSource } from '../../words/images.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'
import type { ExtraArray, NamedArrays, ProgramDescription } from '../../compute/engine/types.ts'
import type { ImageConfig } from '../../ml/image/config.ts'
import { embedPictures, type PictureEmbeddings } from '../../ml/image/embed.ts'
import { fittingImages } from '../../ml/image/fitting.ts'
import type { ImageNetworkStorage, ImageScore } from '../../ml/image/checkpoint.ts'
import { imageRecogniser } from '../../ml/image/program.ts'
import { trainImageNetwork, type ImageTraining } from './image-network.ts'
import type { ModelConfig } from '../../ml/models/index.ts'
import { encode } from '../../ml/data/classes.ts'
import type { OpenEngine } from '../types.ts'
import { imageConfigOf } from '../../ml/cross/check.ts'
import { softConfusion } from './confusion.ts'
import { pictureInputs, pictureSide, textExtras, textSide, type Moment } from '../../ml/cross/pairing.ts'
import { crossModal, type CrossModalConfig } from '../../ml/cross/program.ts'
import { textContrastive, type TextContrastiveConfig } from '../../ml/cross/text-program.ts'

/**
 * Names of the image network's files in a run's folder: trained alone, and after it was trained along with the pen's
 * network.
 */
const [ALONE, ALONG] = ['image-network', 'image-network-along']

/** What stands beside the pen's network while it is trained with a cross-modal recipe. */
export interface AuxiliaryNetwork {
  program: ProgramDescription
  /** Weights that the program needs beside the pen's own. */
  weights: NamedArrays
  /** Further inputs of a batch: pictures, negatives, margins, texts. The same for the same examples and moment. */
  extras(examples: readonly Example[], at: Moment): Record<string, ExtraArray>
  /**
   * The other side of some labels, for the program to embed: a text for each, or up to `most` pictures. `labels` says
   * whose each row is.
   */
  others(
    labels: readonly string[],
    most: number,
  ): { kind: 'image' | 'text'; labels: string[]; extra: Record<string, ExtraArray> }
  /** How well the image network reads pictures it was not trained on, where there is one. */
  image: ImageScore | null
  /** Puts the image network of a program's weights beside the checkpoint, where it is trained along. */
  keepImage?(weights: NamedArrays): void
}

export interface AuxiliaryMaterial {
  pen: ModelConfig
  signature: ModelSignature
  /** Labels of the recordings to train on. No other label is drawn or compared with. */
  labels: readonly string[]
  source: WordImageSource
  openEngine: OpenEngine
  seed: number
  /** Labels that are not trained on but are to be embedded too. */
  shown?: readonly string[]
  /**
   * What the image network learns from, where that is not pictures of the recordings' labels: one network can then
   * serve many trainings.
   */
  drawn?: { labels: readonly string[]; seed: number }
  /** Where the image network is kept, so that it is not trained again when the training goes on. */
  keeper?: ImageNetworkStorage
  /**
   * Keeps trained image networks for further trainings with the same pictures, such as other losses of a comparison.
   */
  imageCache?: ImageNetworkCache
  progress?: (at: { step: number; steps: number; loss: number }) => void
}

/** Trained image networks by all that they depend on, for one source of pictures. */
export type ImageNetworkCache = Map<string, TrainedImages>

interface TrainedImages {
  weights: NamedArrays
  embeddings: PictureEmbeddings | null
  confusion: number[][] | null
  score: ImageScore | null
}

/**
 * Gets a recipe's other side ready: trains the image network on pictures of the labels and, if it is to stay frozen,
 * embeds them. Sizes are checked first. Throws what `crossModal` and `textContrastive` throw.
 */
export async function prepareAuxiliary(
  recipe: CrossModalRecipe | ContrastiveRecipe,
  material: AuxiliaryMaterial,
): Promise<AuxiliaryNetwork> {
  return recipe.kind === 'contrastive' ? textCompanion(recipe, material) : imageAuxiliary(recipe, material)
}

/** The pen's own part of a program's weights: what reading needs. */
export function penWeights(weights: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(weights).filter(([name]) => !name.startsWith('cross.') && !name.startsWith('image.')),
  )
}

function textCompanion(
  { penLayer, size, letter, errors, ...recipe }: ContrastiveRecipe,
  { pen, signature, labels, seed }: AuxiliaryMaterial,
): AuxiliaryNetwork {
  const config: TextContrastiveConfig = { pen, penLayer, size, letter, errors: recipe.spoilt === 0 ? 0 : errors }
  const { weights } = textContrastive(config).initial(seed)
  return {
    program: { name: 'text-contrastive', config },
    weights: auxiliaryWeights(weights),
    extras: textSide({ ...recipe, errors: config.errors }, signature, labels, seed),
    others: (shown) => ({
      kind: 'text',
      labels: [...shown],
      extra: textExtras(
        'text',
        shown.map((label) => [encode(signature, label)]),
        [],
      ),
    }),
    image: null,
  }
}

async function imageAuxiliary(recipe: CrossModalRecipe, given: AuxiliaryMaterial): Promise<AuxiliaryNetwork> {
  const { pen, signature, labels, seed, shown = [], drawn, keeper } = given
  const distinct = [...new Set(labels)].sort()
  const image = imageConfigOf(recipe, signature, given.source.height)
  const material = { ...given, source: fittingImages(given.source, image, (label) => encode(signature, label)) }
  const config: CrossModalConfig = {
    pen,
    penLayer: recipe.penLayer,
    image,
    imageLayer: recipe.imageLayer,
    imageNetwork: recipe.image.network,
    projection: recipe.projection,
    loss: recipe.loss,
    distance: recipe.distance,
  }
  const { weights } = crossModal(config).initial(seed)
  const key = JSON.stringify([
    recipe.image,
    recipe.imageLayer,
    image,
    distinct,
    seed,
    ...(shown.length > 0 || drawn ? [shown] : []),
    ...(drawn ? [drawn] : []),
  ])
  const trained = material.imageCache?.get(key) ?? (await trainedImages(recipe, image, distinct, material))
  material.imageCache?.set(key, trained)
  const { embeddings, confusion, score } = trained
  const side = { labels: distinct, source: material.source, embeddings, confusion, seed }
  return {
    program: { name: 'cross-modal', config },
    weights:
      recipe.image.network === 'frozen'
        ? auxiliaryWeights(weights)
        : { ...auxiliaryWeights(weights), ...prefixed(trained.weights) },
    extras: pictureSide(recipe, signature, side),
    others(wanted, most) {
      const pictures = wanted.flatMap((label) =>
        Array.from({ length: Math.min(most, recipe.image.variants) }, (_, variant) => ({ label, variant })),
      )
      return {
        kind: 'image',
        labels: pictures.map(({ label }) => label),
        extra: pictureInputs('positive', pictures, side),
      }
    },
    image: score,
    ...(recipe.image.network === 'along' && keeper
      ? {
          keepImage: (all) =>
            keeper.save(ALONG, key, {
              config: image,
              classes: signature.classes,
              weights: withoutPrefix(all),
              score: null,
            }),
        }
      : {}),
  }
}

async function trainedImages(
  recipe: CrossModalRecipe,
  model: ImageConfig,
  labels: readonly string[],
  { signature, source, openEngine, progress, shown = [], keeper, ...given }: AuxiliaryMaterial,
): Promise<TrainedImages> {
  const { steps, batchSize, learningRate, network, variants } = recipe.image
  const { labels: learned, seed } = given.drawn ?? { labels, seed: given.seed }
  const key = JSON.stringify([
    steps,
    batchSize,
    learningRate,
    recipe.pictures ?? null,
    model,
    signature.classes,
    learned,
    seed,
  ])
  const kept = keeper?.load(ALONE, key)
  const start = kept ? { weights: kept.weights, state: {} } : imageRecogniser({ model }).initial(seed)
  const { engine } = await openEngine({ name: 'image-recogniser', config: { model } }, start)
  try {
    const report = progress && ((at: { step: number; loss: number }): void => progress({ ...at, steps }))
    const { weights, score } =
      kept ??
      (await trainedAlone({
        engine,
        signature,
        labels: learned,
        source,
        steps,
        batchSize,
        learningRate,
        seed,
        ...(report ? { progress: report } : {}),
      }))
    if (!kept) keeper?.save(ALONE, key, { config: model, classes: signature.classes, weights, score })
    const embeddings =
      network === 'frozen'
        ? await embedPictures(engine, { labels, also: shown, source, variants, layer: recipe.imageLayer, batchSize })
        : null
    const confusion = signature.task === 'classes' ? await softConfusion(engine, signature.classes, source) : null
    return { weights, embeddings, confusion, score }
  } finally {
    await engine.dispose()
  }
}

async function trainedAlone(training: ImageTraining): Promise<{ weights: NamedArrays; score: ImageScore }> {
  const { weights, ...score } = await trainImageNetwork(training)
  return { weights, score }
}

function auxiliaryWeights(weights: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(weights).filter(([name]) => name.startsWith('cross.') || name.startsWith('image.')),
  )
}

function withoutPrefix(weights: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(weights).flatMap(([name, array]) =>
      name.startsWith('image.') ? [[name.slice('image.'.length), array]] : [],
    ),
  )
}

function prefixed(weights: NamedArrays): NamedArrays {
  return Object.fromEntries(Object.entries(weights).map(([name, array]) => [`image.${name}`, array]))
}
