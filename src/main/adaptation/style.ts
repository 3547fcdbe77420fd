import { STYLE_TRAITS, type StyleEstimate } from '../../shared/api/adaptation.ts'
import { degrees } from '../signal/arithmetic.ts'
import { FONT_NAMES, FONT_ROLES, TRAIT_NAMES } from '../simulator/traits.ts'
import type { InkStroke } from '../simulator/ink.ts'
import { simulateWord } from '../simulator/simulate.ts'
import { signatureOf, type StoredModel } from '../ml/checkpoint/model.ts'
import { loadExamples } from '../ml/data/load.ts'
import type { Labelled, RecordingSource } from '../ml/data/types.ts'
import type { Engine } from '../compute/engine/types.ts'
import { timeReduction } from '../ml/models/index.ts'
import { drawSyntheticWriters } from '../training/fine-tuning/synthetic-writers.ts'
import { extractFeatures } from '../ml/style/extract.ts'
import { styleOf, type StyleDistribution, type StyleEstimator } from '../ml/style/estimate.ts'

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
const SHOWN_AS: Record<(typeof STYLE_TRAITS)[number], (told: number) => number> = {
  'x-height': Math.exp,
  slant: degrees,
  joining: (share) => Math.min(1, Math.max(0, share)),
  force: Math.exp,
  lift: Math.exp,
  altitude: degrees,
}

/** What words of one writer tell of the hand. Null where none of them can be read. */
export async function estimateStyle(
  words: readonly Labelled[],
  source: Pick<RecordingSource, 'signal'>,
  { reader, model, engine }: { reader: StyleEstimator; model: StoredModel; engine: Pick<Engine, 'predict'> },
): Promise<StyleEstimate | null> {
  const signature = { ...signatureOf(model.card), reduction: timeReduction(model.card.network) }
  const { examples } = loadExamples(source, words.slice(-MOST_WORDS), signature)
  if (examples.length === 0) return null
  const style = styleOf(reader, await extractFeatures(engine, signature, examples))
  const text = examples[0]!.label
  return {
    words: examples.length,
    traits: STYLE_TRAITS.map((name) => shown(name, style)),
    fonts: (['small', 'capital'] as const).map((role) => likeliest(role, style)),
    text,
    synthetic: drawSyntheticWriters(style, SEED)
      .slice(0, SHOWN)
      .map((writer) => simulateWord(writer, text).strokes.map(pointsOf)),
  }
}

function shown(
  name: (typeof STYLE_TRAITS)[number],
  { mean, factor }: StyleDistribution,
): StyleEstimate['traits'][number] {
  const at = TRAIT_NAMES.indexOf(name)
  const deviation = Math.sqrt(factor[at]!.reduce((sum, value) => sum + value * value, 0))
  const [value, low, high] = [0, -DEVIATIONS, DEVIATIONS].map((deviations) =>
    SHOWN_AS[name](mean[at]! + deviations * deviation),
  ) as [number, number, number]
  return { name, value, low, high }
}

function likeliest(role: 'small' | 'capital', { fonts }: StyleDistribution): StyleEstimate['fonts'][number] {
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
