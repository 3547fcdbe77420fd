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
/** One odd gap on either side of the pause is let pass: these quantiles stand for the slowest lift and the quickest gap between words. */
const QUICKEST = 0.05
const SLOWEST = 0.98
/** No hand is as even as a few gaps may look (natural logarithm). */
const LEAST_SPREAD = 0.12
const STEPS = 200
/** Nothing shorter ends a word, whatever was learned. */
const SHORTEST_MS = 150

/**
 * A running estimate of the pause that parts a writer's words, starting from the profile's.
 * The two heaps are found on the logarithm of the gaps (Otsu, 1979: the cut with the least variance inside the heaps),
 * since a slow hand is slow in proportion. Stays with the profile's pause until both heaps are known and lie apart.
 */
export class PauseEstimate implements PauseSource {
  readonly #profileMs: number
  readonly #learns: boolean
  readonly #gaps: number[]
  #learnedMs: number | null

  /** With `learns` false the pause stays the profile's: for hands that hesitate as long within words as between them. */
  constructor(profileMs: number, learned: LearnedGaps = { gaps: [] }, { learns = true } = {}) {
    this.#profileMs = profileMs
    this.#learns = learns
    this.#gaps = learned.gaps.filter(isTelling).slice(-KEPT)
    this.#learnedMs = pauseBetween(this.#gaps)
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
    this.#learnedMs = pauseBetween(this.#gaps)
  }
}

function isTelling(gapMs: number): boolean {
  return gapMs >= TELLING_MS[0] && gapMs <= TELLING_MS[1]
}

/** The pause between the two heaps of gaps in ms, or null where there are not two. */
export function pauseBetween(gaps: readonly number[]): number | null {
  if (gaps.length < LEAST.within + LEAST.between) return null
  const logs = gaps.map(Math.log).sort((a, b) => a - b)
  const cut = bestCut(logs)
  const [within, between] = [logs.slice(0, cut), logs.slice(cut)]
  if (within.length < LEAST.within || between.length < LEAST.between) return null
  if (median(between) - median(within) < Math.log(APART)) return null
  const quickest = quantile(between, QUICKEST)
  const halfWay = (quantile(within, SLOWEST) + quickest) / 2
  return Math.exp(Math.min(quickest, Math.max(halfWay, boundary(within, between))))
}

/**
 * Where a gap is as likely to be of the one heap as of the other, both taken as normal distributions of the logarithm.
 * A writer who hesitates within words but parts them evenly is so waited for longer than half-way. Median and median
 * deviation stand for the heaps, since the tails of both lie on the wrong side of the cut.
 */
function boundary(within: readonly number[], between: readonly number[]): number {
  const [a, b] = [within, between].map((heap) => ({ middle: median(heap), spread: spreadOf(heap), share: heap.length })) as [Heap, Heap]
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
  const middle = median(sorted)
  return Math.max(LEAST_SPREAD, 1.4826 * median(sorted.map((value) => Math.abs(value - middle)).sort((x, y) => x - y)))
}

/** Where a sorted list falls into two heaps: the index of the second heap's first value. */
function bestCut(sorted: readonly number[]): number {
  const total = sorted.reduce((sum, value) => sum + value, 0)
  let best = { cut: 0, between: -Infinity }
  let sum = 0
  for (let cut = 1; cut < sorted.length; cut++) {
    sum += sorted[cut - 1]!
    const apart = (total - sum) / (sorted.length - cut) - sum / cut
    const between = cut * (sorted.length - cut) * apart ** 2
    if (between > best.between) best = { cut, between }
  }
  return best.cut
}

function median(sorted: readonly number[]): number {
  return quantile(sorted, 0.5)
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))]!
}
