import type { NamedArrays, Snapshot } from '../../compute/engine/types.ts'

/** What a network reads with: weights, and the state beside them. */
export type Weights = Pick<Snapshot, 'weights' | 'state'>

/**
 * Weights a share of the way from some to others; those that only one side has are the tuned ones. Weights between two
 * networks of one training path often read better than either (Wortsman et al. 2022).
 */
export function blended(from: Weights, tuned: Weights, strength: number): Weights {
  return each(tuned, (array, group, name) => {
    const start = from[group][name]
    return start ? array.map((value, at) => start.values[at]! + strength * (value - start.values[at]!)) : array
  })
}

/**
 * The mean of `count` weights and one more. Rounded at every step, so that a mean that was stored goes on as one that
 * was not.
 */
export function joined(mean: Weights | null, count: number, next: Weights): Weights {
  if (mean === null) return next
  return each(next, (array, group, name) =>
    array.map((value, at) => mean[group][name]!.values[at]! + (value - mean[group][name]!.values[at]!) / (count + 1)),
  )
}

function each(
  { weights, state }: Weights,
  change: (values: Float32Array, group: keyof Weights, name: string) => Float32Array,
): Weights {
  const of = (group: keyof Weights, arrays: NamedArrays): NamedArrays =>
    Object.fromEntries(
      Object.entries(arrays).map(([name, array]) => [name, { ...array, values: change(array.values, group, name) }]),
    )
  return { weights: of('weights', weights), state: of('state', state) }
}
