import { recipeFor, type Recipe } from './api/recipe.ts'
import type { TrainingConfig } from './api/training.ts'

/** The recipes to choose from; the fields of each can be changed further. */
export const RECIPE_KINDS = ['plain', 'pairs', 'in-batch', 'texts'] as const
export type RecipeKind = (typeof RECIPE_KINDS)[number]

/** Which of them a recipe is. */
export function kindOf(recipe: Recipe | undefined): RecipeKind {
  if (!recipe || recipe.kind === 'plain') return 'plain'
  if (recipe.kind === 'contrastive') return 'texts'
  return recipe.loss === 'in-batch' ? 'in-batch' : 'pairs'
}

/** A recipe with its defaults; for single characters with the image network that tells them apart. */
export function defaultRecipe(kind: RecipeKind, task: TrainingConfig['task']): Recipe {
  if (kind === 'plain') return recipeFor(task, { kind: 'plain' })
  if (kind === 'texts') return recipeFor(task, { kind: 'contrastive' })
  return recipeFor(task, { kind: 'cross-modal', ...(kind === 'in-batch' ? { loss: 'in-batch' as const } : {}) })
}
