import type { ContrastiveRecipe, CrossModalRecipe, Recipe } from '../../../shared/api/recipe.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { outputsOf } from '../data/classes.ts'
import type { ModelSignature } from '../data/types.ts'
import { imageConfig, type ImageConfig } from '../image/config.ts'
import type { ModelConfig } from '../models/index.ts'
import { embeddedSizes, layerSize, penLayers } from './layers.ts'

/** What a recipe is to be used with. */
export interface Purpose {
  signature: Pick<ModelSignature, 'task' | 'classes'>
  pen: ModelConfig
  /** Of the recordings to train on. */
  labels: readonly string[]
  epochs: number
  batchSize: number
}

/** Lines of the pictures that image networks read here. */
export const PICTURE_HEIGHT = 32

/** The image network that a recipe asks for. */
export function imageConfigOf(
  { image }: CrossModalRecipe,
  signature: Purpose['signature'],
  height: number = PICTURE_HEIGHT,
): ImageConfig {
  return imageConfig(image.size, {
    classes: outputsOf(signature),
    head: signature.task === 'ctc' ? 'ctc' : 'class',
    height,
  })
}

/**
 * Throws `invalid-input` or `label-unfit`, naming the fields, for a recipe that cannot be trained like this; before
 * anything is trained.
 */
export function checkRecipe(recipe: Recipe, purpose: Purpose): void {
  if (recipe.kind === 'plain') return
  if (recipe.kind === 'contrastive') checkTexts(recipe, purpose)
  else checkPictures(recipe, purpose)
  checkLabels(recipe, purpose)
  if (recipe.from >= purpose.epochs) {
    throw new KalamosError(
      'invalid-input',
      `The loss between the two networks would count from epoch ${recipe.from + 1}, but the training ends after ` +
        `${purpose.epochs}.`,
      'Let it begin earlier, or train for more epochs.',
    )
  }
}

function checkTexts({ penLayer, errors, spoilt }: ContrastiveRecipe, { signature, pen }: Purpose): void {
  if (signature.task !== 'ctc')
    throw new KalamosError(
      'invalid-input',
      'Contrast against texts needs a network that reads words.',
      'Choose the task “Words (CTC)”, or contrast with pictures.',
    )
  layerSize(penLayers(pen), penLayer, "The pen's network")
  if (errors > 0 && spoilt > 0 && signature.classes.length < 2) {
    throw new KalamosError(
      'label-unfit',
      `Texts cannot be spoilt: “${signature.classes.join('')}” is the only letter of the labels.`,
      'Train on words with more letters, or set the weight of the error-based loss to 0.',
    )
  }
}

function checkPictures(recipe: CrossModalRecipe, { signature, pen }: Purpose): void {
  if (signature.task === 'ctc' && recipe.image.size === 'letter') {
    throw new KalamosError(
      'invalid-input',
      'The image network “letter” tells single characters apart; here words are read.',
      'Choose the image network “words”, or the task “One of a fixed set”.',
    )
  }
  embeddedSizes({
    pen,
    penLayer: recipe.penLayer,
    image: imageConfigOf(recipe, signature),
    imageLayer: recipe.imageLayer,
    projection: recipe.projection,
  })
}

function checkLabels(recipe: CrossModalRecipe | ContrastiveRecipe, { labels, batchSize }: Purpose): void {
  const distinct = new Set(labels.map((label) => label.normalize('NFC')))
  if (distinct.size < 2) {
    throw new KalamosError(
      'label-unfit',
      `All recordings to train on have the label “${[...distinct].join('')}”: there is nothing to be set apart from.`,
      'Train on more words, or with labels only.',
    )
  }
  const withinBatch = recipe.kind === 'contrastive' || recipe.loss === 'in-batch'
  if (withinBatch && batchSize < 2)
    throw new KalamosError(
      'invalid-input',
      'A batch of one recording has nothing to be contrasted with.',
      'Choose a batch size of at least 2.',
    )
}
