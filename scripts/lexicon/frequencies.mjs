// @ts-check
// Shares of running text, from counts, from ranks, and from several sources together.

/** @typedef {Map<string, number>} Shares Share of running text by word; they sum to 1. */

/**
 * Zipf's law with Mandelbrot's offset: a word's share by its rank, where a source tells no more than the order.
 * @param {readonly string[]} ranked @returns {Shares}
 */
export function byRank(ranked) {
  return shares(new Map(ranked.map((word, rank) => [word, 1 / (rank + 2.7)])))
}

/** @param {Map<string, number>} counts @returns {Shares} */
export function shares(counts) {
  const sum = [...counts.values()].reduce((a, b) => a + b, 0)
  return new Map([...counts].map(([word, count]) => [word, count / sum]))
}

/** @param {readonly { of: Shares, weight: number }[]} parts @returns {Shares} */
export function mixed(parts) {
  /** @type {Shares} */
  const sum = new Map()
  for (const { of, weight } of parts)
    for (const [word, share] of of) sum.set(word, (sum.get(word) ?? 0) + weight * share)
  return shares(sum)
}

/**
 * Gives each word its spellings: the parts in which a share is written with a capital and without.
 * @param {Shares} words @param {(word: string) => number} capitalShare @returns {Shares}
 */
export function cased(words, capitalShare) {
  /** @type {Shares} */
  const spelled = new Map()
  for (const [word, share] of words) {
    const capital = capitalShare(word)
    if (capital < 1) spelled.set(word, share * (1 - capital))
    if (capital > 0) spelled.set(capitalised(word), (spelled.get(capitalised(word)) ?? 0) + share * capital)
  }
  return spelled
}

/** @param {string} word */
export function capitalised(word) {
  const [first = '', ...rest] = word
  const upper = first.toLocaleUpperCase('und')
  return upper.length === 1 ? upper + rest.join('') : word
}

/**
 * As a file: a line for each tenth of the Zipf scale (log10 of occurrences in a billion words; van Heuven et al.,
 * 2014), with its words in alphabetical order.
 * @param {Shares} words @param {readonly string[]} remarks
 */
export function written(words, remarks) {
  /** @type {Map<string, string[]>} */
  const levels = new Map()
  for (const [word, share] of words) {
    const level = Math.max(0, Math.log10(share * 1e9)).toFixed(1)
    const known = levels.get(level)
    if (known) known.push(word)
    else levels.set(level, [word])
  }
  const lines = [...levels]
    .sort(([a], [b]) => Number(b) - Number(a))
    .map(([level, those]) => `${level} ${those.sort().join(' ')}`)
  return [...remarks.map((remark) => `# ${remark}`), ...lines, ''].join('\n')
}
