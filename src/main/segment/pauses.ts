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
const SHORTEST_PAUSE = 0.4
export const LONGEST_PAUSE = 2
/** Nothing shorter ends a word, whatever was learned. */
const SHORTEST_MS = 150

/**
 * A running estimate of the pause that parts a writer's words, starting from the profile's.
 * The two heaps are found on the logarithm of the gaps (Otsu, 1979: the cut with the least variance inside the heaps),
 * since a slow hand is slow in proportion. Stays with the profile's pause until both heaps are known and lie apart.
 */
export class PauseEstimate implements PauseSource {
  readonly #profileMs: number
  readonly #gaps: number[]
  #learnedMs: number | null

  constructor(profileMs: number, learned: LearnedGaps = { gaps: [] }) {
    this.#profileMs = profileMs
    this.#gaps = learned.gaps.filter(isTelling).slice(-KEPT)
    this.#learnedMs = pauseBetween(this.#gaps)
  }

  get pauseMs(): number {
    if (this.#learnedMs === null) return this.#profileMs
    const least = Math.max(SHORTEST_PAUSE * this.#profileMs, SHORTEST_MS)
    return Math.min(LONGEST_PAUSE * this.#profileMs, Math.max(least, this.#learnedMs))
  }

  /** Whether the pause comes from the writer instead of the profile. */
  get isLearned(): boolean {
    return this.#learnedMs !== null
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
  if (mean(between) - mean(within) < Math.log(APART)) return null
  // Half-way between the slowest lifts inside words and the quickest between them; one odd gap on either side is let pass.
  const slowest = within[Math.floor(0.98 * (within.length - 1))]!
  const quickest = between[Math.ceil(0.05 * (between.length - 1))]!
  return Math.exp((slowest + quickest) / 2)
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

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
