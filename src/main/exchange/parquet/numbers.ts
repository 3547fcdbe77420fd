/** A list that holds something else than numbers. */
export const NOT_NUMBERS = 'not numbers'

/** The list of one row in little memory; null where the row has none. */
export type Numbers = Float32Array | Float64Array | typeof NOT_NUMBERS | null

/**
 * A list as it comes out of a table, as numbers; what is missing is NaN. Doubles keep all their bits until they are
 * scaled.
 */
export function numbersOf(list: unknown, double: boolean): Numbers {
  if (list == null) return null
  if (!Array.isArray(list) && !ArrayBuffer.isView(list)) return NOT_NUMBERS
  const values = list as ArrayLike<unknown>
  const numbers = double ? new Float64Array(values.length) : new Float32Array(values.length)
  for (let at = 0; at < numbers.length; at++) {
    const value = values[at] === null ? NaN : plain(values[at])
    if (typeof value !== 'number') return NOT_NUMBERS
    numbers[at] = value
  }
  return numbers
}

/** Whole numbers of 64 bits and instants as numbers: tables of others use them for rates and times. */
export function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value instanceof Date ? value.getTime() : value
}
