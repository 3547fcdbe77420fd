import { recipeOf } from '../../../shared/api/recipe.ts'
import { USUAL_AUGMENTATIONS } from '../../ml/augment/augment.ts'
import { virtualRehearsalBuffer } from '../../training/fine-tuning/rehearsal-buffer.ts'
import { penWeights } from '../../training/auxiliary/network.ts'
import { renderedImages } from '../../words/images.ts'
import type { ExperimentContext } from '../experiment.ts'
import { fit, type FitConfig } from '../fit.ts'
import { cachedNetwork } from '../model-cache.ts'
import type { KnownModel } from './subject.ts'
import { cardPath, fingerprint } from './virtual.ts'

/** Virtual words that a model is trained on with, from the writers and words that the base model learned with. */
const WORDS = 3000
const EPOCHS = 4

/** Trains a model on for a while; what is compared differs in the loss alone. */
export async function trainedOn(
  model: KnownModel,
  kind: 'plain' | 'cross-modal',
  context: ExperimentContext,
): Promise<KnownModel> {
  const config: FitConfig = {
    model: model.network,
    recipe: kind === 'plain' ? recipeOf({ kind }) : recipeOf({ kind, image: { variants: 1 } }),
    epochs: EPOCHS,
    batchSize: 32,
    learningRate: 5e-4,
    weightDecay: 0.01,
    warmupEpochs: 0.2,
    augmentations: USUAL_AUGMENTATIONS,
    seed: 1,
    measureEvery: EPOCHS,
  }
  const { weights, state } = await cachedNetwork(
    context,
    `trained-on-${kind}`,
    { words: WORDS, from: fingerprint(cardPath(context)), config },
    async () => {
      const train = virtualRehearsalBuffer(model.signature, WORDS)
      context.progress(`Training the base model on with ${train.length} virtual words, ${kind}`)
      const fitted = await fit(config, {
        signature: model.signature,
        train,
        heldOut: train.slice(0, 1),
        source: renderedImages(),
        openEngine: context.openEngine,
        start: model,
        progress: (text) => context.progress(text),
        ...(context.signal ? { signal: context.signal } : {}),
      })
      return { weights: penWeights(fitted.weights), state: fitted.state }
    },
  )
  // Hands are told by the network as it ships; these two are compared without.
  return { ...model, weights, state, styleEstimator: null }
}
