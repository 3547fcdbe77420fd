import { editDistance, symbols } from '../../../shared/text.ts'
import { KalamosError } from '../../../shared/errors.ts'
import type { Random } from '../../random/random.ts'
import type { ClassDifference } from './margin.ts'

/** Edit distances from the anchor that a negative may have, both ends included. */
export interface EditRange {
  least: number
  most: number
}

/**
 * Which negatives an epoch uses: far ones first, nearer ones as training goes on.
 * `least = 1 + floor((epochs - epoch - 1) / (epochs / 5))`, `most = 2 * least + 1` (assumed). Epochs count from 0.
 */
export function editSchedule(epoch: number, epochs: number): EditRange {
  const least = 1 + Math.max(0, Math.floor((epochs - epoch - 1) / (epochs / 5)))
  return { least, most: 2 * least + 1 }
}

/** Chooses words that differ from an anchor by a number of edits. Distances between words are worked out once. */
export class NegativeWords {
  readonly #words: readonly string[]
  readonly #rings = new Map<string, Map<number, string[]>>()

  /** Throws `label-unfit` unless there are two different words. */
  constructor(words: Iterable<string>) {
    this.#words = [...new Set([...words].map((word) => word.normalize('NFC')))].sort()
    if (this.#words.length < 2)
      throw new KalamosError(
        'label-unfit',
        'Negatives need at least two different labels.',
        'Train on more words, or without a cross-modal loss.',
      )
  }

  /**
   * A word other than the anchor whose edit distance lies in the range or, where there is none, as near to it as
   * possible.
   */
  choose(anchor: string, { least, most }: EditRange, random: Random): string {
    const rings = this.#ringsAround(anchor.normalize('NFC'))
    const inside = [...rings].filter(([edits]) => edits >= least && edits <= most).flatMap(([, words]) => words)
    if (inside.length > 0) return inside[random.below(inside.length)]!
    const away = (edits: number): number => Math.max(least - edits, edits - most)
    const [, nearest] = [...rings].reduce((best, ring) => (away(ring[0]) < away(best[0]) ? ring : best))
    return nearest[random.below(nearest.length)]!
  }

  #ringsAround(anchor: string): Map<number, string[]> {
    let rings = this.#rings.get(anchor)
    if (!rings) {
      const letters = symbols(anchor)
      rings = Map.groupBy(
        this.#words.filter((word) => word !== anchor),
        (word) => editDistance(letters, symbols(word)),
      )
      this.#rings.set(anchor, rings)
    }
    return rings
  }
}

/**
 * From how many of an anchor's other classes an epoch takes negatives, the most similar ones first: from all at first,
 * from the two most similar ones at the end (ours: what `editSchedule` is for words). Epochs count from 0.
 */
export function nearestClasses(epoch: number, epochs: number, others: number): number {
  return Math.min(others, Math.max(2, Math.round(others * (1 - epoch / epochs))))
}

/** Chooses classes that are like an anchor's. How unlike two classes are is given by their places in `classes`. */
export class NegativeClasses {
  readonly #byLikeness: ReadonlyMap<string, readonly string[]>

  /** `labels` are those that may be chosen. Throws `label-unfit` unless there are two. */
  constructor(classes: readonly string[], labels: readonly string[], difference: ClassDifference) {
    if (labels.length < 2)
      throw new KalamosError(
        'label-unfit',
        'Negatives need at least two different labels.',
        'Train on more classes, or without a cross-modal loss.',
      )
    const place = new Map(classes.map((label, at) => [label, at]))
    const unlike = (a: string, b: string): number => difference(place.get(a)!, place.get(b)!)
    this.#byLikeness = new Map(
      labels.map((anchor) => [
        anchor,
        labels.filter((label) => label !== anchor).sort((a, b) => unlike(anchor, a) - unlike(anchor, b)),
      ]),
    )
  }

  /** One of the `most` classes that are most like the anchor's, never the anchor's own. */
  choose(anchor: string, most: number, random: Random): string {
    const others = this.#byLikeness.get(anchor)!
    return others[random.below(Math.min(most, others.length))]!
  }
}
