import { randomStream, type NamedRandom } from '../../random/named.ts'
import { FONT_NAMES, FONT_ROLES, withTraits } from '../../simulator/traits.ts'
import type { FontName } from '../../simulator/shapes.ts'
import { drawWriter, type VirtualWriter } from '../../simulator/writer.ts'
import { BASE_RECIPE, baseWords } from '../base/recipe.ts'
import { VIRTUAL_IDS, virtualExample, type Face } from '../../ml/data/virtual-example.ts'
import type { Example } from '../../ml/data/types.ts'
import type { Hand } from '../../ml/style/reader.ts'

/** Twins of a hand: all that the words left open of it is drawn anew for each. */
const TWINS = 20
/** Seeds of twins; no other virtual writer has them. */
const TWIN_SEEDS = 2_000_000
/** Ids that no recording has, nor any other virtual word. */
const FIRST_ID = VIRTUAL_IDS + 2_000_000

/** Virtual writers whose hand may be this one. The same hand and seed give the same twins. */
export function drawTwins(hand: Hand, seed: number): VirtualWriter[] {
  return Array.from({ length: TWINS }, (_, at) => {
    const random = randomStream('twin', seed, at)
    const chance = hand.mean.map(() => random.normal())
    const traits = Array.from(hand.mean, (mean, row) =>
      chance.reduce((sum, draw, column) => (column > row ? sum : sum + hand.factor[row]![column]! * draw), mean),
    )
    const [small, capital, other] = FONT_ROLES.map((_, role) => FONT_NAMES[drawnFrom(hand.fonts[role]!, random)]!) as [
      FontName,
      FontName,
      FontName,
    ]
    return withTraits(drawWriter(TWIN_SEEDS + (seed % 1000) * TWINS + at), traits, { small, capital, other })
  })
}

/** What twins write: real words and invented ones that the base model learned with. Always the same. */
export function twinTexts(count: number): string[] {
  const { train } = baseWords({ ...BASE_RECIPE, inventedWords: count })
  return randomStream('twin', 'words').shuffled(train).slice(0, count)
}

/** Words that the twins of a hand write, as many of each. */
export function twinWords(hand: Hand, count: number, seed: number, face: Face): Example[] {
  const twins = drawTwins(hand, seed)
  return twinTexts(count).flatMap(
    (text, at) => virtualExample(FIRST_ID + at, twins[at % twins.length]!, text, face) ?? [],
  )
}

function drawnFrom(shares: readonly number[], random: NamedRandom): number {
  let left = random.uniform()
  const found = shares.findIndex((share) => (left -= share) < 0)
  return found < 0 ? shares.length - 1 : found
}
