import { KeyedRandom, textKey } from '../../random/keyed.ts'
import type { Example } from '../../ml/data/types.ts'
import { blended, joined, type Weights } from './blend.ts'
import type { Readings } from './parts.ts'

/**
 * How far a version goes from the model it starts from towards the mean of its parts. On virtual writers outside every
 * study, all the way and seven or eight tenths of it gained about as much; the latter made fewer writers worse and
 * forgot less. This lies between them.
 */
export const SHARE = 0.9

/** With few words, tunings go astray the more, and take little time. */
const ROUNDS = { few: 2, many: 1 }

const PART = textKey('part of a version')

/** Share of a part's time that practising takes. */
const PRACTISING = 0.4

/** Where the tunings of a part begin. */
export interface Practised {
  weights: Weights
  /** The words of synthetic writers that were practised on. */
  synthetic: readonly Example[]
}

/** What the parts of a version are made with. */
export interface Workshop {
  start: Weights
  /**
   * Practises on synthetic writers of the writer’s style, as far as these words show the style. Null where no style can
   * be estimated.
   */
  practise: ((words: readonly Example[], seed: number, progress: (share: number) => void) => Promise<Practised>) | null
  /** Tunes weights to some of the writer's words. Another seed draws other batches. */
  tune(from: Practised, words: readonly Example[], seed: number, progress: (share: number) => void): Promise<Weights>
  read(weights: Weights, words: readonly Example[]): Promise<Readings>
}

/** A part of a version: it knows all words of the writer but those of one fold. */
export interface Part {
  weights: Weights
  /** What it reads of the fold, as far from the start as the version goes. */
  readings: Readings
}

export interface PartOptions {
  /** Which fold it leaves out, for its draws. */
  at: number
  seed: number
  words: keyof typeof ROUNDS
  progress?: (share: number) => void
}

/**
 * Makes the part of a version that leaves out a fold: the mean of some tunings to the other words. With few words every
 * tuning goes astray in a way of its own; the mean of several reads better than any of them (Wortsman et al. 2022). And
 * what a part reads of its fold tells what such weights are worth on words that they do not know; nor do the synthetic
 * writers that it practised on know anything of these.
 */
export async function makePart(
  { start, practise, tune, read }: Workshop,
  own: readonly Example[],
  fold: readonly Example[],
  { at, seed, words, progress = () => undefined }: PartOptions,
): Promise<Part> {
  const left = new Set(fold)
  const learned = own.filter((example) => !left.has(example))
  const rounds = ROUNDS[words]
  const drawn = (...key: number[]): number => new KeyedRandom(seed, PART, at, ...key).below(2 ** 30)
  const practising = practise ? PRACTISING : 0
  const begun = practise
    ? await practise(learned, drawn(), (share) => progress(practising * share))
    : { weights: start, synthetic: [] }
  let mean: Weights | null = null
  for (let round = 0; round < rounds; round++) {
    const tuned = await tune(begun, learned, drawn(round), (share) =>
      progress(practising + ((1 - practising) * (round + share)) / rounds),
    )
    mean = joined(mean, round, tuned)
  }
  return { weights: mean!, readings: await read(versionOf(start, mean!), fold) }
}

/** The version that the mean of all parts makes of a model. */
export function versionOf(start: Weights, mean: Weights): Weights {
  return blended(start, mean, SHARE)
}
