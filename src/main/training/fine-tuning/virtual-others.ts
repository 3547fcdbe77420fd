import { randomStream } from '../../random/named.ts'
import { drawWriter } from '../../simulator/writer.ts'
import { BASE_RECIPE, baseWords } from '../base/recipe.ts'
import { VIRTUAL_IDS, virtualExample, type ModelSignatureWithReduction } from '../../ml/data/virtual-example.ts'
import type { Example } from '../../ml/data/types.ts'

/** Virtual writers on whom forgetting is measured: neither the base model's nor those it was measured on. */
const MEASURED_SEEDS = 950_000
/** Ids that no recording has, and no word that is rehearsed. */
const FIRST_ID = VIRTUAL_IDS + 1_000_000

/** Words that the base model never saw, by virtual writers that it never saw. The same every time. */
export function virtualMeasured(
  { writers, perWriter }: { writers: number; perWriter: number },
  signature: ModelSignatureWithReduction,
): Example[] {
  const unseen = randomStream('measured', 'words').shuffled(baseWords({ ...BASE_RECIPE, inventedWords: 0 }).unseen)
  return Array.from({ length: writers * perWriter }, (_, at) =>
    virtualExample(
      FIRST_ID + at,
      drawWriter(MEASURED_SEEDS + Math.floor(at / perWriter)),
      unseen[at % unseen.length]!,
      signature,
    ),
  ).filter((example) => example !== null)
}
