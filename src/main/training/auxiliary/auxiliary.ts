import { KalamosError } from '../../../shared/errors.ts'
import type { Recipe } from '../../../shared/api/recipe.ts'
import type { ImageTraining } from '../../../shared/api/training.ts'
import { FROM_FONTS, openPictures } from '../../words/origin.ts'
import { renderedImages, type WordImageSource } from '../../words/images.ts'
import { strokesBehind } from '../../words/virtual-strokes.ts'
import { checkRecipe } from '../../ml/cross/check.ts'
import { prepareAuxiliary, type AuxiliaryNetwork } from './network.ts'
import { chooseWords } from '../../ml/embedding/choose.ts'
import { EmbeddingSurvey } from './survey.ts'
import { ImageNetworkStorage, type ImageScore } from '../../ml/image/checkpoint.ts'
import { LossCurve } from '../../ml/image/loss-curve.ts'
import type { Material } from '../types.ts'
import type { TrainingCallbacks, TrainingJob } from '../types.ts'

/** What stands beside the pen's network, and who looks at how the two sides come together. */
export interface AuxiliaryTraining {
  auxiliary: AuxiliaryNetwork
  /** Null where no recording is held out to look at. */
  survey: EmbeddingSurvey | null
}

/**
 * What a training's recipe puts beside the pen's network; null for the task alone. The image network lies in the run's
 * folder as soon as it is trained, so a training that goes on finds it there.
 * Throws `cancelled` once the signal is aborted, and what `checkRecipe`, `openPictures` and `prepareAuxiliary` throw.
 */
export async function auxiliaryTrainingOf(
  job: TrainingJob,
  { selection, train, heldOut, checkpoint }: Material,
  callbacks: TrainingCallbacks = {},
  signal?: AbortSignal,
): Promise<AuxiliaryTraining | null> {
  const { config, folder, openEngine } = job
  const { recipe } = config
  if (!recipe || recipe.kind === 'plain') return null
  const { signature, model: pen } = selection
  const labels = train.map(({ label }) => label.normalize('NFC'))
  checkRecipe(recipe, { signature, pen, labels, epochs: config.epochs, batchSize: config.batchSize })
  const source = await sourceOf(recipe, labels, job, readable(selection.train, train))
  const words = chooseWords(heldOut, (text) => recipe.kind === 'contrastive' || canBeDrawn(source, text))
  const curve = new LossCurve()
  const auxiliary = await prepareAuxiliary(recipe, {
    pen,
    signature,
    labels,
    source,
    shown: words.map(({ text }) => text),
    openEngine,
    seed: config.seed,
    keeper: new ImageNetworkStorage(folder),
    progress({ step, steps, loss }) {
      if (signal?.aborted)
        throw new KalamosError(
          'cancelled',
          'The training was cancelled while its image network was learning.',
          'It can be resumed; the image network then begins anew.',
        )
      curve.push(loss)
      callbacks.image?.({ step: step + 1, steps, every: curve.every, losses: [...curve.points], score: null })
    },
  })
  if (auxiliary.image) callbacks.image?.(learned(auxiliary.image))
  if (words.length === 0) return { auxiliary, survey: null }
  const distance = recipe.kind === 'contrastive' || recipe.loss === 'in-batch' ? 'cosine' : recipe.distance
  const from = checkpoint?.progress.epoch ?? 0
  return {
    auxiliary,
    survey: new EmbeddingSurvey({
      folder,
      words,
      trained: new Set(labels),
      auxiliary,
      signature,
      distance,
      epochs: config.epochs,
      from,
    }),
  }
}

/** An image network that has learned, with all of its losses thinned as while it learned. */
function learned({ losses, cer, accuracy, pictures }: ImageScore): ImageTraining {
  const curve = new LossCurve()
  for (const loss of losses) curve.push(loss)
  return {
    step: losses.length,
    steps: losses.length,
    every: curve.every,
    losses: curve.points,
    score: { cer, accuracy, pictures },
  }
}

async function sourceOf(
  recipe: Recipe,
  labels: readonly string[],
  { source, sessionProfile }: TrainingJob,
  recordings: Material['selection']['train'],
): Promise<WordImageSource> {
  if (recipe.kind !== 'cross-modal') return renderedImages()
  const strokes = sessionProfile
    ? strokesBehind(recordings, { signal: (id) => source.signal(id), profile: sessionProfile })
    : null
  return openPictures(recipe.pictures ?? FROM_FONTS, labels, strokes)
}

/** Of the selected recordings those that could be read. */
function readable(selected: Material['selection']['train'], read: Material['train']): Material['selection']['train'] {
  const ids = new Set(read.map(({ id }) => id))
  return selected.filter(({ id }) => ids.has(id))
}

function canBeDrawn(source: WordImageSource, text: string): boolean {
  try {
    source.image(text, 0)
    return true
  } catch (error) {
    if (error instanceof KalamosError) return false
    throw error
  }
}
