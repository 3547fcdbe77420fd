import { recipeOf, type CrossModalRecipe, type Recipe } from '../../../shared/api/recipe.ts'

export type ImageTraining = CrossModalRecipe['image']

/** An image network that reads words, and one that a quick study can afford for each fold. */
export const WORD_IMAGES = {
  size: 'words',
  steps: 600,
  batchSize: 32,
  variants: 8,
  learningRate: 0.002,
} as const satisfies Partial<ImageTraining>
export const QUICK_IMAGES = {
  size: 'letter',
  steps: 150,
  batchSize: 24,
  variants: 2,
  learningRate: 0.004,
} as const satisfies Partial<ImageTraining>

/**
 * Recipes that words are compared with, by the name that tables give them: CTC alone, with losses towards rendered word
 * images, and with losses towards texts (ECHWR). Margins and weights are the defaults of a recipe.
 */
export function wordVariants(
  quick: boolean,
  image: Partial<ImageTraining> = quick ? QUICK_IMAGES : WORD_IMAGES,
): Record<string, Recipe> {
  const cross = { kind: 'cross-modal', image } as const
  const all: Record<string, Recipe> = {
    plain: recipeOf({ kind: 'plain' }),
    'triplet, cosine': recipeOf({ ...cross, loss: 'triplet', distance: 'cosine' }),
    'images, in-batch': recipeOf({ ...cross, loss: 'in-batch' }),
    'texts, in-batch': recipeOf({ kind: 'contrastive', errors: 0, ...(quick ? { size: 64, letter: 16 } : {}) }),
  }
  if (quick) return all
  return {
    ...all,
    'triplet, mse': recipeOf({ ...cross, loss: 'triplet', distance: 'mse' }),
    'contrastive, cosine': recipeOf({
      ...cross,
      loss: 'contrastive',
      distance: 'cosine',
      margin: { kind: 'fixed', value: 0.5 },
    }),
    'texts, in-batch and errors': recipeOf({ kind: 'contrastive' }),
  }
}
