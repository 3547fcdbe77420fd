import { USUAL_AUGMENTATIONS } from '../../ml/augment/augment.ts'
import { recipeOf } from '../../../shared/api/recipe.ts'
import { KeyedRandom, textKey } from '../../random/keyed.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'
import { namedConfig, timeReduction, type ModelConfig } from '../../ml/models/index.ts'
import { renderedImages } from '../../words/images.ts'
import { fit } from '../fit.ts'
import type { ExperimentContext } from '../experiment.ts'
import { writerFold } from '../letters/folds.ts'
import { AIR_LETTERS, readLetters } from '../letters/recordings.ts'
import type { Subject } from './subject.ts'

const FOLDS = 5
const SHARED = textKey('air-letters adaptation')
const REHEARSAL_WORDS = 200
const OTHERS = 100
const POOL_OF_EACH = 2

/**
 * Real people who write letters in the air, each read by a model that learned from the writers of the other four folds.
 * A model is trained when the first writer of its fold is asked for.
 */
export async function letterSubjects(
  context: ExperimentContext,
  quick: boolean,
): Promise<(writer: number) => Promise<Subject>> {
  const { signature, examples } = await readLetters(context.data, AIR_LETTERS)
  const writers = [...new Set(examples.map(({ writerId }) => writerId))].sort((a, b) => a - b)
  const models = new Map<number, ReturnType<typeof trainFold>>()
  return async (place) => {
    const writer = writers[place]!
    const fold = Array.from({ length: FOLDS }, (_, at) => at).find((at) =>
      folded(examples, at).heldOut.some(({ writerId }) => writerId === writer),
    )!
    const trained = models.get(fold) ?? trainFold(context, signature, examples, fold, quick)
    models.set(fold, trained)
    const { model, train, heldOut } = await trained
    const own = new KeyedRandom(SHARED, writer).shuffled(heldOut.filter(({ writerId }) => writerId === writer))
    const pool = [...Map.groupBy(own, ({ label }) => label).values()].flatMap((group) => group.slice(0, POOL_OF_EACH))
    const chosen = new Set(pool)
    const rehearsalBuffer = new KeyedRandom(SHARED, fold).shuffled(train).slice(0, REHEARSAL_WORDS)
    return {
      model,
      leftHanded: false,
      pool,
      test: own.filter((example) => !chosen.has(example)),
      rehearsalBuffer,
      others: new KeyedRandom(SHARED, fold)
        .shuffled(heldOut.filter(({ writerId }) => writerId !== writer))
        .slice(0, OTHERS),
    }
  }
}

function folded(examples: readonly Example[], fold: number): { train: Example[]; heldOut: Example[] } {
  return writerFold(examples, fold, { folds: FOLDS, writers: 20, samples: 10, seed: 1 })
}

async function trainFold(
  context: ExperimentContext,
  signature: ModelSignature,
  examples: readonly Example[],
  fold: number,
  quick: boolean,
): Promise<{ model: Subject['model']; train: Example[]; heldOut: Example[] }> {
  const { train, heldOut } = folded(examples, fold)
  const small = namedConfig('small', {
    channels: signature.channels.length,
    classes: signature.classes.length,
    head: 'class',
  })
  const network = { ...small, filters: 32, hidden: 32, dense: 32 } as ModelConfig
  context.progress(`air-letters: training on ${train.length} recordings for the writers of fold ${fold + 1}`)
  const config = {
    model: network,
    recipe: recipeOf({ kind: 'plain' }),
    epochs: quick ? 4 : 20,
    batchSize: 25,
    learningRate: 0.004,
    weightDecay: 0.01,
    warmupEpochs: 1,
    augmentations: USUAL_AUGMENTATIONS,
    seed: 1,
  }
  const { weights, state } = await fit(config, {
    signature,
    train,
    heldOut: heldOut.slice(0, 1),
    source: renderedImages({ width: 32 }),
    openEngine: context.openEngine,
    ...(context.signal ? { signal: context.signal } : {}),
  })
  return {
    model: {
      signature: { ...signature, reduction: timeReduction(network) },
      network,
      weights,
      state,
      styleEstimator: null,
    },
    train,
    heldOut,
  }
}
