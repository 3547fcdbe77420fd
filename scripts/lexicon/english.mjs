// @ts-check
// English words with their shares of running text.
import { gunzipSync } from 'node:zlib'
import { byRank, cased, mixed, shares } from './frequencies.mjs'

/** What is taken for a word: Latin letters in lower case, with apostrophes and hyphens within. */
const WORD = /^[a-zß-öø-ÿœ]+(?:['-][a-zß-öø-ÿœ]+)*$/
/** What the pages of an encyclopaedia hold that is no running text. */
const ARTEFACTS = new Set(['doc', 'id', 'title', 'url', 'curid', 'https', 'http', 'www', 'org'])
/**
 * Weights of the sources (assumed): books tell exact counts, subtitles how people speak, an encyclopaedia its names.
 */
const WEIGHTS = { books: 0.5, spoken: 0.3, encyclopaedia: 0.19, names: 0.01 }
const SURNAMES = 5000

/** @param {{ read: (pack: 'spellchecker' | 'english', path: string) => Buffer }} packs */
export function english({ read }) {
  /** @param {string} name @returns {string[]} */
  const list = (name) => JSON.parse(read('english', `src/${name}.json`).toString('utf8'))
  const counted = new Map(
    gunzipSync(read('spellchecker', 'lib/frequency_dictionary_en_US_60size_1M_1gram_20090715.txt.gz'))
      .toString('utf8')
      .split('\n')
      .map((line) => line.trim().split(' '))
      .flatMap(([word = '', count]) => (isWord(word) ? [/** @type {const} */ ([word, Number(count)])] : [])),
  )
  // "didn" is what a text cutter left of "didn't".
  const whole = (/** @type {string} */ word) => isWord(word) && !ARTEFACTS.has(word) && !counted.has(`${word}'t`)
  const names = [...list('firstnames'), ...list('lastnames').slice(0, SURNAMES)].filter(isWord)
  const words = mixed([
    { of: shares(counted), weight: WEIGHTS.books },
    { of: byRank(list('commonWords').filter(whole)), weight: WEIGHTS.spoken },
    { of: byRank(list('wikipedia').filter(whole)), weight: WEIGHTS.encyclopaedia },
    { of: byRank(names), weight: WEIGHTS.names },
  ])
  const named = new Set(names)
  return cased(words, (word) => {
    if (word === 'i' || word.startsWith("i'")) return 1
    if (counted.has(word)) return named.has(word) ? 0.3 : 0
    return named.has(word) ? 1 : 0.5
  })
}

/** @param {string} word */
function isWord(word) {
  return WORD.test(word) && (word.length > 1 || word === 'a' || word === 'i')
}
