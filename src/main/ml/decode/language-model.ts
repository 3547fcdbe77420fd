import { symbols } from '../../../shared/text.ts'

/** Marks the start and the end of a word in the model's contexts; a control character, so no label can hold it. */
export const WORD_EDGE = '\u0002'

/** A model of which letter follows which: natural log probabilities of the next symbol, given what stands before. */
export interface LanguageModel {
  readonly order: number
  /** log P(symbol | prefix of the word so far). */
  next(prefix: string, symbol: string): number
  /** log P(the word ends here | prefix). */
  end(prefix: string): number
}

/** The counts of a trained model, as they are stored. */
export interface LanguageCounts {
  order: number
  /** How often each symbol followed each context of 0 to order - 1 symbols. */
  counts: Record<string, Record<string, number>>
}

/**
 * Counts the letters of a text, word by word, with contexts of up to `order - 1` symbols.
 * White space parts words; digits and signs are letters of theirs.
 */
export function countLetters(text: string, order = 5): LanguageCounts {
  const counts: Record<string, Record<string, number>> = Object.create(null)
  for (const word of text.normalize('NFC').match(/\S+/g) ?? []) {
    const letters = [WORD_EDGE, ...symbols(word), WORD_EDGE]
    for (let i = 1; i < letters.length; i++) {
      for (let length = 0; length < order && length <= i; length++) {
        const context = letters.slice(i - length, i).join('')
        const following = (counts[context] ??= Object.create(null) as Record<string, number>)
        following[letters[i]!] = (following[letters[i]!] ?? 0) + 1
      }
    }
  }
  return { order, counts }
}

/**
 * An interpolated n-gram model with Witten-Bell smoothing (Witten & Bell, 1991): a context that was followed by many
 * different letters trusts the shorter context more. Unseen letters keep a share of the uniform distribution over
 * `alphabet`, so that no word is impossible.
 */
export function languageModel({ order, counts }: LanguageCounts, alphabet: string): LanguageModel {
  const uniform = 1 / (symbols(alphabet).length + 1)
  const totals = new Map(
    Object.entries(counts).map(([context, following]) => {
      const values = Object.values(following)
      return [context, { following, total: values.reduce((a, b) => a + b, 0), distinct: values.length }]
    }),
  )
  const probability = (context: string[], symbol: string): number => {
    let p = uniform
    for (let length = 0; length <= context.length; length++) {
      const seen = totals.get(context.slice(context.length - length).join(''))
      if (seen === undefined) break
      p = ((seen.following[symbol] ?? 0) + seen.distinct * p) / (seen.total + seen.distinct)
    }
    return p
  }
  const cache = new Map<string, number>()
  const logProbability = (prefix: string, symbol: string): number => {
    const context = [WORD_EDGE, ...symbols(prefix)].slice(1 - order)
    const key = context.join('') + '\u0000' + symbol
    let log = cache.get(key)
    if (log === undefined) {
      log = Math.log(probability(order === 1 ? [] : context, symbol))
      // Contexts repeat all the time within a text; a bound keeps a long day of writing from filling the memory.
      if (cache.size > 200_000) cache.clear()
      cache.set(key, log)
    }
    return log
  }
  return {
    order,
    next: logProbability,
    end: (prefix) => logProbability(prefix, WORD_EDGE),
  }
}
