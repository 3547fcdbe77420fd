import { editDistance, symbols } from '../../../shared/text.ts'
import type { NamedArrays } from '../engine/types.ts'

/**
 * How far a version may go from the model it starts from towards what its writer's words made of it; 0 leaves the model
 * as it is. Weights between two networks of one training path often read better than either (Wortsman et al. 2022).
 */
export const STRENGTHS = [0, 0.5, 1] as const

/** Weights a share of the way from some to others; those that only one side has are the tuned ones. */
export function blended(from: NamedArrays, tuned: NamedArrays, strength: number): NamedArrays {
  return Object.fromEntries(
    Object.entries(tuned).map(([name, array]) => {
      const start = from[name]
      if (!start || strength === 1) return [name, array]
      return [name, { ...array, values: array.values.map((value, at) => start.values[at]! + strength * (value - start.values[at]!)) }]
    }),
  )
}

/** Letters that are wrong in what was read, over some words. */
export function edits(words: readonly { label: string; read: string }[]): number {
  return words.reduce((sum, { label, read }) => sum + editDistance(symbols(label), symbols(read)), 0)
}

/**
 * Chooses a strength, given the edits of each fold at each strength: for the version by all folds, and for each fold by the
 * others alone, so that what is told of a fold was not chosen by it. Of equal strengths the greatest, since few words hardly
 * tell them apart; but where the model makes no error as it is, there is nothing to gain. Places in `STRENGTHS`.
 */
export function chooseStrengths(folds: readonly (readonly number[])[]): { version: number; folds: number[] } {
  return { version: best(folds), folds: folds.map((_, left) => best(folds.filter((_, at) => at !== left))) }
}

function best(folds: readonly (readonly number[])[]): number {
  const sums = STRENGTHS.map((_, at) => folds.reduce((sum, edits) => sum + edits[at]!, 0))
  return sums[0] === 0 ? 0 : sums.lastIndexOf(Math.min(...sums))
}
