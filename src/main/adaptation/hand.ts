import { HAND_TRAITS, type Hand } from '../../shared/api/adaptation.ts'
import { degrees } from '../signal/arithmetic.ts'
import { FONT_NAMES, FONT_ROLES, TRAIT_NAMES } from '../simulator/traits.ts'
import type { InkStroke } from '../simulator/ink.ts'
import { simulateWord } from '../simulator/simulate.ts'
import { interfaceOf, type StoredModel } from '../ml/checkpoint/model.ts'
import { loadExamples } from '../ml/data/load.ts'
import type { Labelled, RecordingSource } from '../ml/data/types.ts'
import type { Engine } from '../compute/engine/types.ts'
import { timeReduction } from '../ml/models/index.ts'
import { drawTwins } from '../training/fine-tuning/synthetic-writers.ts'
import { lookAt } from '../ml/style/look.ts'
import { handOf, type Hand as ToldHand, type HandReader } from '../ml/style/reader.ts'

/** Words that are looked at: more tell hardly more. */
const MOST_WORDS = 100
/** Twins whose writing is shown. */
const SHOWN = 3
const SEED = 1
/** Deviations of a normal distribution within which 95 of 100 lie. */
const DEVIATIONS = 1.96
/** Every so many-th point of the ink is shown: 100 a second. */
const STRIDE = 2

/** From the number that is told to the unit that is shown. */
const SHOWN_AS: Record<(typeof HAND_TRAITS)[number], (told: number) => number> = {
  'x-height': Math.exp,
  slant: degrees,
  joining: (share) => Math.min(1, Math.max(0, share)),
  force: Math.exp,
  lift: Math.exp,
  altitude: degrees,
}

/** What words of one writer tell of the hand. Null where none of them can be read. */
export async function handOfWords(
  words: readonly Labelled[],
  source: Pick<RecordingSource, 'signal'>,
  { reader, model, engine }: { reader: HandReader; model: StoredModel; engine: Pick<Engine, 'predict'> },
): Promise<Hand | null> {
  const face = { ...interfaceOf(model.card), reduction: timeReduction(model.card.network) }
  const { examples } = loadExamples(source, words.slice(-MOST_WORDS), face)
  if (examples.length === 0) return null
  const hand = handOf(reader, await lookAt(engine, face, examples))
  const text = examples[0]!.label
  return {
    words: examples.length,
    traits: HAND_TRAITS.map((name) => shown(name, hand)),
    fonts: (['small', 'capital'] as const).map((role) => likeliest(role, hand)),
    text,
    twins: drawTwins(hand, SEED)
      .slice(0, SHOWN)
      .map((twin) => simulateWord(twin, text).strokes.map(pointsOf)),
  }
}

function shown(name: (typeof HAND_TRAITS)[number], { mean, factor }: ToldHand): Hand['traits'][number] {
  const at = TRAIT_NAMES.indexOf(name)
  const deviation = Math.sqrt(factor[at]!.reduce((sum, value) => sum + value * value, 0))
  const [value, low, high] = [0, -DEVIATIONS, DEVIATIONS].map((deviations) =>
    SHOWN_AS[name](mean[at]! + deviations * deviation),
  ) as [number, number, number]
  return { name, value, low, high }
}

function likeliest(role: 'small' | 'capital', { fonts }: ToldHand): Hand['fonts'][number] {
  const shares = fonts[FONT_ROLES.indexOf(role)]!
  const share = Math.max(...shares)
  return { role, font: FONT_NAMES[shares.indexOf(share)]!, share }
}

/** Points of a stroke, its last one among them. */
function pointsOf({ x, y }: InkStroke): number[] {
  const rounded = (value: number): number => Math.round(value * 100) / 100
  return [...x.keys()]
    .filter((at) => at % STRIDE === 0 || at === x.length - 1)
    .flatMap((at) => [rounded(x[at]!), rounded(y[at]!)])
}
