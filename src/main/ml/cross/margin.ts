import { editDistance, symbols } from '../../../shared/text.ts'
import type { Distance } from './distance.ts'

/** What a dynamic margin is multiplied with, by distance (assumed: the paper's abstract does not give the values). */
export const MARGIN_SCALES: Readonly<Record<Distance, number>> = { mse: 0.001, cosine: 0.1, pearson: 0.1, kl: 1 }

/** How different two classes are, by index; 1 by default for any two different ones. */
export type ClassDifference = (anchor: number, negative: number) => number

/** For classes in an order, such as frequencies: how many places lie between them. */
export function ordinalDifference(anchor: number, negative: number): number {
  return Math.abs(anchor - negative)
}

/**
 * For classes without an order: `1 - confusion`, where `confusion[a][b]` is the share of class a that is read as b,
 * both ways averaged. Classes that are often taken for each other are asked to keep less apart.
 */
export function confusionDifference(confusion: readonly (readonly number[])[]): ClassDifference {
  return (anchor, negative) => 1 - (confusion[anchor]![negative]! + confusion[negative]![anchor]!) / 2
}

/** Dynamic margins of single labels: `scale * difference(anchor, negative)`. */
export function classMargins(
  pairs: readonly { anchor: number; negative: number }[],
  scale: number,
  difference: ClassDifference,
): Float32Array {
  return Float32Array.from(pairs, ({ anchor, negative }) => scale * difference(anchor, negative))
}

/** Dynamic margin of words: `scale * mean edit distance` between the anchors of a batch and their negatives. */
export function wordMargin(pairs: readonly { anchor: string; negative: string }[], scale: number): number {
  const edits = pairs.reduce((sum, { anchor, negative }) => sum + editDistance(symbols(anchor), symbols(negative)), 0)
  return (scale * edits) / Math.max(1, pairs.length)
}
