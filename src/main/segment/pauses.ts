import { median, medianDeviation, quantileOfSorted } from '../statistics/quantile.ts'

/**
 * How long this writer lifts the pen: within words, and between them. The gaps that the segmenter reports fall into two
 * heaps; the pause that ends a word lies between the heaps.
 */
export interface PauseSource {
  /** How long the pen must be still for a word to be over, in ms. */
  readonly pauseMs: number
  /** Takes a gap between two strokes, in ms of the pen's clock, once the second one has begun. */
  lifted(gapMs: number): void
}

/** What was learned so far, as it is stored: the latest gaps in ms, oldest first. */
export interface LearnedGaps {
  gaps: number[]
}

/** Only so many gaps are kept: a hand that changes its pace is followed, and a long day needs no more memory. */
const KEPT = 240
/** Shorter gaps are a trembling tip, longer ones somebody who thinks: neither says how words are parted. */
const TELLING_MS = [40, 8000] as const
/** Both heaps must be this well known before they are trusted. */
const LEAST = { within: 12, between: 6 }
/** The heaps' middles must be apart by this factor. */
const APART = 2
/** The learned pause stays within these multiples of the profile's. */
const SHORTEST_PAUSE = 0.6
export const LONGEST_PAUSE = 2
/**
 * One odd gap on either side of the pause is let pass: these quantiles stand for the slowest lift and the quickest gap
 * between words.
 */
const QUICKEST = 0.05
const SLOWEST = 0.98
/** No hand is as even as a few gaps may look (natural logarithm). */
const LEAST_SPREAD = 0.12
/**
 * Lifts have a long tail: somebody stops within a word to think. Of 20 people (`pen-computer`) the slowest lift of 19
 * lies up to 4.3 spreads above their middle one.
 */
const PATIENCE_SPREADS = 4.5
/** Patience ends this far before the quickest gap between words, for those that are still quicker. */
const BEFORE_QUICKEST = 0.85
const STEPS = 200
/** Nothing shorter ends a word, whatever was learned. */
const SHORTEST_MS = 150

/**
 * A running estimate of the pause that parts a writer's words, starting from the profile's.
 * The two heaps are found on the logarithm of the gaps, since a slow hand is slow in proportion. Stays with the
 * profile's pause until both heaps are known and lie apart.
 */
export class PauseEstimate implements PauseSource {
  readonly #profileMs: number
  readonly #learns: boolean
  readonly #gaps: number[]
  #learnedMs: number | null

  /**
   * With `learns` false the pause stays the profile's: for hands that hesitate as long within words as between them.
   */
  constructor(profileMs: number, learned: LearnedGaps = { gaps: [] }, { learns = true } = {}) {
    this.#profileMs = profileMs
    this.#learns = learns
    this.#gaps = learned.gaps.filter(isTelling).slice(-KEPT)
    this.#learnedMs = pauseBetween(this.#gaps, profileMs)
  }

  get pauseMs(): number {
    if (!this.isLearned || this.#learnedMs === null) return this.#profileMs
    const least = Math.max(SHORTEST_PAUSE * this.#profileMs, SHORTEST_MS)
    return Math.min(LONGEST_PAUSE * this.#profileMs, Math.max(least, this.#learnedMs))
  }

  /** Whether the pause comes from the writer instead of the profile. */
  get isLearned(): boolean {
    return this.#learns && this.#learnedMs !== null
  }

  get learned(): LearnedGaps {
    return { gaps: [...this.#gaps] }
  }

  lifted(gapMs: number): void {
    if (!isTelling(gapMs)) return
    this.#gaps.push(Math.round(gapMs))
    if (this.#gaps.length > KEPT) this.#gaps.shift()
    this.#learnedMs = pauseBetween(this.#gaps, this.#profileMs)
  }
}

function isTelling(gapMs: number): boolean {
  return gapMs >= TELLING_MS[0] && gapMs <= TELLING_MS[1]
}

/**
 * The pause between the two heaps of gaps in ms, or null where there are not two. A word that is cut is worse than one
 * that comes a moment later: for an uneven hand it lies as late as its gaps between words and the profile's pause
 * allow.
 */
function pauseBetween(gaps: readonly number[], profileMs: number): number | null {
  const logs = gaps.map(Math.log).sort((a, b) => a - b)
  const heaps = heapsOf(logs)
  if (!heaps) return null
  const { within, between, boundary } = heaps
  if (median(between, 'nearest') - median(within, 'nearest') < Math.log(APART)) return null
  const quickest = quantileOfSorted(between, QUICKEST, 'nearest')
  const halfWay = (quantileOfSorted(within, SLOWEST, 'nearest') + quickest) / 2
  const patience = Math.min(
    median(within, 'nearest') + PATIENCE_SPREADS * spreadAbove(within),
    quickest + Math.log(BEFORE_QUICKEST),
    Math.log(profileMs),
  )
  return Math.exp(Math.min(quickest, Math.max(halfWay, boundary, patience)))
}

/**
 * The two heaps of sorted logarithms and the boundary that they are parted by, or null where one would be too small.
 */
function heapsOf(
  sorted: readonly number[],
): { within: readonly number[]; between: readonly number[]; boundary: number } | null {
  const cut = bestCut(sorted)
  if (!largeEnough(sorted, cut)) return null
  const boundary = boundaryOf(sorted.slice(0, cut), sorted.slice(cut))
  const parted = sorted.filter((value) => value <= boundary).length
  return largeEnough(sorted, parted)
    ? { within: sorted.slice(0, parted), between: sorted.slice(parted), boundary }
    : null
}

function largeEnough(sorted: readonly number[], cut: number): boolean {
  return cut >= LEAST.within && sorted.length - cut >= LEAST.between
}

/**
 * Where a gap is as likely to be of the one heap as of the other, both taken as normal distributions of the logarithm.
 * A writer who hesitates within words but parts them evenly is so waited for longer than half-way. Median and median
 * deviation stand for the heaps, since the tails of both may lie on the wrong side of the cut.
 */
function boundaryOf(within: readonly number[], between: readonly number[]): number {
  const [a, b] = [within, between].map((heap) => ({
    middle: median(heap, 'nearest'),
    spread: spreadOf(heap),
    share: heap.length,
  })) as [Heap, Heap]
  let at = a.middle
  const step = (b.middle - a.middle) / STEPS
  while (at < b.middle && logLikelihood(a, at) > logLikelihood(b, at)) at += step
  return at
}

interface Heap {
  middle: number
  spread: number
  share: number
}

function logLikelihood({ middle, spread, share }: Heap, value: number): number {
  return Math.log(share / spread) - ((value - middle) / spread) ** 2 / 2
}

function spreadOf(sorted: readonly number[]): number {
  return Math.max(LEAST_SPREAD, medianDeviation(sorted, 'nearest'))
}

/** How far the slow lifts of a hand scatter; its quick ones say nothing about its pauses. */
function spreadAbove(sorted: readonly number[]): number {
  return Math.max(spreadOf(sorted), (quantileOfSorted(sorted, 0.9, 'nearest') - median(sorted, 'nearest')) / 1.2816)
}

/**
 * Where a sorted list falls into two heaps: the index of the second heap's first value. Both are taken as normal
 * distributions of their own spread, and the cut is the one that mistakes the fewest (Kittler and Illingworth, 1986):
 * lifts within words scatter widely beside even gaps between them.
 */
function bestCut(sorted: readonly number[]): number {
  const sums = [0]
  const squares = [0]
  for (const value of sorted) {
    sums.push(sums.at(-1)! + value)
    squares.push(squares.at(-1)! + value * value)
  }
  const cost = (from: number, to: number): number => {
    const count = to - from
    const mean = (sums[to]! - sums[from]!) / count
    const variance = Math.max(LEAST_SPREAD ** 2, (squares[to]! - squares[from]!) / count - mean * mean)
    return count * (Math.log(variance) / 2 - Math.log(count))
  }
  let best = { cut: 0, cost: Infinity }
  for (let cut = 1; cut < sorted.length; cut++) {
    const both = cost(0, cut) + cost(cut, sorted.length)
    if (both < best.cost) best = { cut, cost: both }
  }
  return best.cut
}
