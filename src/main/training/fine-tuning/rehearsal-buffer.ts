import { randomStream } from '../../random/named.ts'
import type { VirtualWriter } from '../../simulator/writer.ts'
import { trainingWriter } from '../base/corpus.ts'
import { BASE_RECIPE, baseWords } from '../base/recipe.ts'
import { VIRTUAL_IDS, virtualExample, type ModelSignatureWithReduction } from '../../ml/data/virtual-example.ts'
import type { Example } from '../../ml/data/types.ts'

/** Words to rehearse: so many that hardly one is seen twice in an adaptation. */
export const REHEARSAL_WORDS = 900

/** Without a divisor in common with the number of training writers: no writer comes twice before all have come. */
const STRIDE = 7

/**
 * Words of `count` virtual writers of all kinds to rehearse while adapting, simulated anew from the base model's own
 * training writers and words. The same every time.
 */
export function virtualRehearsalBuffer(signature: ModelSignatureWithReduction, count = REHEARSAL_WORDS): Example[] {
  const words = randomStream('replay', 'words').shuffled(baseWords({ ...BASE_RECIPE, inventedWords: count }).train)
  return Array.from({ length: count }, (_, at) =>
    virtualExample(VIRTUAL_IDS + at, writer(at), words[at % words.length]!, signature),
  ).filter((example) => example !== null)
}

/** Far apart in the row of writers, so that the left-handed among them have their share. */
function writer(at: number): VirtualWriter {
  return trainingWriter((at * STRIDE) % BASE_RECIPE.writers, BASE_RECIPE)
}
