// @ts-check
// German words with their shares of running text, nouns and names with their capitals.
import { byRank, cased, mixed, shares } from './frequencies.mjs'

const WORD = /^[a-zß-öø-ÿœ]+(?:-[a-zß-öø-ÿœ]+)*$/i
const ARTEFACTS = new Set(['doc', 'id', 'title', 'url', 'curid', 'https', 'http', 'www', 'org'])
/** Weights of the sources (assumed). */
const WEIGHTS = { spoken: 0.5, encyclopaedia: 0.49, names: 0.01 }
/** Share of capitals of a verb or adjective that is a noun, too (assumed): "das Essen". */
const NOUN_TOO = 0.15
/** Of these the tables of nouns and names hold a rare noun or name of the same letters. */
const NO_NOUNS = new Set(
  `aber abends acht al all am anders andere anderen bisschen einer eins entweder ersten extra falls fast gegenüber hallo halt heim
  ich im ja mal miteinander mitten morgens my namens nein neun ob pro rechts rum sechs später späteren trotz tu voraus weg wegen weil weitere
  weiteren zehn zurück zwölf`.split(/\s+/),
)

/** @param {{ read: (pack: 'german' | 'nouns' | 'verbs' | 'adjectives', path: string) => Buffer }} packs */
export function german({ read }) {
  /** @param {'german' | 'nouns' | 'verbs' | 'adjectives'} pack @param {string} path */
  const parsed = (pack, path) => JSON.parse(read(pack, path).toString('utf8'))
  /** @param {string} name @returns {string[]} */
  const list = (name) => parsed('german', `src/${name}.json`).filter(isWord)
  const nouns = forms(parsed('nouns', 'dist/words.json'))
  const verbs = forms(parsed('verbs', 'dist/verbs.json'))
  const adjectives = forms(parsed('adjectives', 'dist/adjectives.json'))
  const small = new Set([...verbs, ...adjectives])
  const nounsSmall = new Set([...nouns].map((noun) => noun.toLowerCase()))
  const names = [...list('firstnames'), ...list('lastnames')]
  const ranked = mixed([
    { of: byRank(list('commonWords')), weight: WEIGHTS.spoken },
    { of: byRank(list('wikipedia').filter((word) => !ARTEFACTS.has(word))), weight: WEIGHTS.encyclopaedia },
    { of: byRank(names), weight: WEIGHTS.names },
  ])
  const named = new Set(names)
  // What people say and no table of nouns, verbs and adjectives holds is mostly an adverb or a pronoun; what only an
  // encyclopaedia has, often a name.
  const spoken = new Set(list('commonWords'))
  const spelled = cased(ranked, (word) => {
    if (NO_NOUNS.has(word)) return NOUN_TOO
    if (small.has(word)) return nounsSmall.has(word) || named.has(word) ? NOUN_TOO : 0
    return nounsSmall.has(word) || named.has(word) ? 1 : spoken.has(word) ? NOUN_TOO : 0.5
  })
  // Nouns and verbs that no list ranks go on where those end; "die Gegangenste" is grammar, not usage.
  const tail = [...nouns]
    .filter((noun) => !spelled.has(noun) && !small.has(noun.toLowerCase()))
    .concat([...verbs].filter((verb) => !spelled.has(verb)))
  return mixed([
    { of: spelled, weight: tailStart(spelled.size, tail.length) },
    { of: shares(new Map(tail.map((word) => [word, 1]))), weight: 1 - tailStart(spelled.size, tail.length) },
  ])
}

/** By Zipf's law: the share of the first `ranked` of all words. @param {number} ranked @param {number} more */
function tailStart(ranked, more) {
  return Math.log(ranked) / Math.log(ranked + more)
}

/**
 * All forms in a table of inflections; what a key of a single capital letter holds is a gender.
 * @param {Record<string, unknown>} table
 */
function forms(table) {
  /** @type {Set<string>} */
  const found = new Set()
  /** @param {unknown} value @param {string} key */
  const walk = (value, key) => {
    if (typeof value === 'string') void (key !== 'G' && isWord(value) && found.add(value))
    else if (Array.isArray(value)) walk(value[0], key)
    else if (typeof value === 'object' && value !== null)
      for (const [inner, one] of Object.entries(value)) walk(one, inner)
  }
  for (const [word, inflected] of Object.entries(table)) {
    walk(word, '')
    walk(inflected, '')
  }
  return found
}

/** @param {string} word */
function isWord(word) {
  return word.length > 1 && WORD.test(word)
}
