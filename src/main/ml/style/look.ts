import { batchOf, orderedBatches } from '../batches/batches.ts'
import type { Example, Interface } from '../data/types.ts'
import type { Engine } from '../../compute/engine/types.ts'
import { impressionOf, LAYER, type Impression } from './impression.ts'

const BATCH_SIZE = 50

/** What words show of the hands that wrote them, in their order, seen with a recogniser's engine. */
export async function lookAt(
  engine: Pick<Engine, 'predict'>,
  face: Interface,
  examples: readonly Example[],
): Promise<Impression[]> {
  const seen = new Map<Example, Impression>()
  for (const group of orderedBatches(examples, BATCH_SIZE)) {
    const { outputs, lengths } = await engine.predict(batchOf(group, face), { layers: [LAYER] })
    group.forEach(({ values, target }, row) => {
      seen.set(
        group[row]!,
        impressionOf({ values, target, classes: face.classes.length + 1 }, face.channels.length, outputs[LAYER]!, {
          row,
          frames: lengths![row]!,
        }),
      )
    })
  }
  return examples.map((example) => seen.get(example)!)
}
