/** Ids in ascending order as text, neighbours put together: `1-24 30`. */
export function rangesOf(ids: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const id of [...ids].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && id <= last[1] + 1) last[1] = id
    else ranges.push([id, id])
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(' ')
}

/**
 * Ids that were written as ranges, without ever being laid out one by one: a text of few letters may claim billions.
 */
export class IdRanges {
  readonly #ranges: [number, number][]

  constructor(text: string) {
    this.#ranges = text
      .split(' ')
      .filter(Boolean)
      .map((range) => {
        const [first, last = first] = range.split('-').map(Number)
        return [first!, last!]
      })
  }

  get count(): number {
    return this.#ranges.reduce((sum, [first, last]) => sum + Math.max(0, last - first + 1), 0)
  }

  /** One by one: only where `count` is bounded. */
  all(): number[] {
    return this.#ranges.flatMap(([first, last]) =>
      Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at),
    )
  }

  has(id: number): boolean {
    let [low, high] = [0, this.#ranges.length - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const [first, last] = this.#ranges[middle]!
      if (id < first) high = middle - 1
      else if (id > last) low = middle + 1
      else return true
    }
    return false
  }
}
