import { batchOf, orderedBatches } from '../batches/batches.ts'
import type { Example, ModelSignature } from '../data/types.ts'
import type { Engine } from '../../compute/engine/types.ts'
import { wordFeaturesOf, LAYER, type WordFeatures } from './features.ts'

const BATCH_SIZE = 50

/** What words show of the hands that wrote them, in their order, seen with a recogniser's engine. */
export async function extractFeatures(
  engine: Pick<Engine, 'predict'>,
  signature: ModelSignature,
  examples: readonly Example[],
): Promise<WordFeatures[]> {
  const seen = new Map<Example, WordFeatures>()
  for (const group of orderedBatches(examples, BATCH_SIZE)) {
    const { outputs, lengths } = await engine.predict(batchOf(group, signature), { layers: [LAYER] })
    group.forEach(({ values, target }, row) => {
      seen.set(
        group[row]!,
        wordFeaturesOf(
          { values, target, classes: signature.classes.length + 1 },
          signature.channels.length,
          outputs[LAYER]!,
          {
            row,
            frames: lengths![row]!,
          },
        ),
      )
    })
  }
  return examples.map((example) => seen.get(example)!)
}
