import type { AdaptationRecipe, Augmentation } from '../../../shared/api/training.ts'
import type { NamedArrays } from '../../compute/engine/types.ts'
import { initialWeights, type ModelConfig } from '../../ml/models/index.ts'

/** How a recipe is trained. */
export interface Tuning {
  learningRate: number
  /** How often every word is seen where there are few; with many words, less often. */
  epochs: number
  /** Words of others for each word of the writer. */
  rehearsal: number
}

export const TUNINGS: Record<AdaptationRecipe, Tuning> = {
  all: { learningRate: 1e-3, epochs: 24, rehearsal: 1 },
  last: { learningRate: 1.5e-3, epochs: 24, rehearsal: 1 },
  adapter: { learningRate: 1e-2, epochs: 24, rehearsal: 1 },
}

/** A writer's few words are varied more than those of a training: without it, they are soon known by heart. */
export const ADAPTATION_AUGMENTATIONS: readonly Augmentation[] = ['rotate', 'tempo', 'warp', 'scale', 'noise']

/** So many presentations of a writer's words are enough: with more words, each is seen less often. */
const PRESENTATIONS = 24 * 20
const FEWEST_EPOCHS = 4

/** Epochs for so many words: about the same time whatever their number. */
export function epochsFor(recipe: AdaptationRecipe, words: number): number {
  const { epochs } = TUNINGS[recipe]
  return Math.max(FEWEST_EPOCHS, Math.min(epochs, Math.round(PRESENTATIONS / words)))
}

/** Where an adaptation starts, and which weights it leaves as they are. */
export interface Start {
  network: ModelConfig
  weights: NamedArrays
  state: NamedArrays
  frozen: string[]
  trained: number
}

/**
 * `all`: every weight. `last`: the last LSTM layer and what comes after it. `adapter`: the scale and shift of every
 * norm and the biases of the classes, after speaker adaptation by scaling hidden units (Swietojanski et al. 2016). A
 * network whose norms have no scale gets one of 1, so that it reads as before.
 */
export function startOf(
  recipe: AdaptationRecipe,
  { network: given, weights: stored, state }: { network: ModelConfig; weights: NamedArrays; state: NamedArrays },
): Start {
  const network: ModelConfig = recipe === 'adapter' && given.kind === 'rewi' ? { ...given, affine: true } : given
  const weights = { ...withNorms(network), ...stored }
  const isTrained = trainedBy(recipe, network)
  const names = Object.keys(weights)
  return {
    network,
    weights,
    state,
    frozen: names.filter((name) => !isTrained(name)),
    trained: names.filter(isTrained).reduce((sum, name) => sum + weights[name]!.values.length, 0),
  }
}

function trainedBy(recipe: AdaptationRecipe, { layers }: ModelConfig): (name: string) => boolean {
  switch (recipe) {
    case 'all':
      return () => true
    case 'last':
      return (name) => [`lstm${layers - 1}.`, 'dense.', 'classes.'].some((part) => name.startsWith(part))
    case 'adapter':
      return (name) => name.endsWith('.gamma') || name.endsWith('.beta') || name === 'classes.bias'
  }
}

/** Norms that change nothing, for a network that is to get them. */
function withNorms(network: ModelConfig): NamedArrays {
  const fresh = Object.entries(initialWeights(network, 0))
  return Object.fromEntries(fresh.filter(([name]) => name.endsWith('.gamma') || name.endsWith('.beta')))
}
