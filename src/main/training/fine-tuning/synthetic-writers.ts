import { randomStream, type NamedRandom } from '../../random/named.ts'
import { FONT_NAMES, FONT_ROLES, withTraits } from '../../simulator/traits.ts'
import type { FontName } from '../../simulator/shapes.ts'
import { drawWriter, type VirtualWriter } from '../../simulator/writer.ts'
import { BASE_RECIPE, baseWords } from '../base/recipe.ts'
import { VIRTUAL_IDS, virtualExample, type ModelSignatureWithReduction } from '../../ml/data/virtual-example.ts'
import type { Example } from '../../ml/data/types.ts'
import type { StyleDistribution } from '../../ml/style/estimate.ts'

/** Twins of a style: all that the words left open of it is drawn anew for each. */
const SYNTHETIC_WRITERS = 20
/** Seeds of synthetic writers; no other virtual writer has them. */
const SYNTHETIC_SEEDS = 2_000_000
/** Ids that no recording has, nor any other virtual word. */
const FIRST_ID = VIRTUAL_IDS + 2_000_000

/** Virtual writers whose style may be this one. The same style and seed give the same synthetic writers. */
export function drawSyntheticWriters(style: StyleDistribution, seed: number): VirtualWriter[] {
  return Array.from({ length: SYNTHETIC_WRITERS }, (_, at) => {
    const random = randomStream('twin', seed, at)
    const chance = style.mean.map(() => random.normal())
    const traits = Array.from(style.mean, (mean, row) =>
      chance.reduce((sum, draw, column) => (column > row ? sum : sum + style.factor[row]![column]! * draw), mean),
    )
    const [small, capital, other] = FONT_ROLES.map((_, role) => FONT_NAMES[drawnFrom(style.fonts[role]!, random)]!) as [
      FontName,
      FontName,
      FontName,
    ]
    return withTraits(drawWriter(SYNTHETIC_SEEDS + (seed % 1000) * SYNTHETIC_WRITERS + at), traits, {
      small,
      capital,
      other,
    })
  })
}

/** What synthetic writers write: real words and invented ones that the base model learned with. Always the same. */
export function syntheticTexts(count: number): string[] {
  const { train } = baseWords({ ...BASE_RECIPE, inventedWords: count })
  return randomStream('twin', 'words').shuffled(train).slice(0, count)
}

/** Words that the synthetic writers of a style write, as many of each. */
export function syntheticWords(
  style: StyleDistribution,
  count: number,
  seed: number,
  signature: ModelSignatureWithReduction,
): Example[] {
  const synthetic = drawSyntheticWriters(style, seed)
  return syntheticTexts(count).flatMap(
    (text, at) => virtualExample(FIRST_ID + at, synthetic[at % synthetic.length]!, text, signature) ?? [],
  )
}

function drawnFrom(shares: readonly number[], random: NamedRandom): number {
  let left = random.uniform()
  const found = shares.findIndex((share) => (left -= share) < 0)
  return found < 0 ? shares.length - 1 : found
}
