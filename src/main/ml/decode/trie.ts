import { symbols } from '../../../shared/text.ts'

/** The root of every trie. */
export const ROOT = 0
const NONE = -1

/**
 * A lexicon as a prefix tree over the classes of a model (class k + 1 is the k-th symbol of the alphabet; 0 is the blank).
 * Nodes are rows of typed arrays, so that 100,000 words take a few megabytes and no garbage.
 */
export interface Trie {
  readonly words: number
  /** Words that were left out because the alphabet lacks one of their symbols. */
  readonly leftOut: number
  /** The node reached from `node` by `symbolClass`, or -1. */
  child(node: number, symbolClass: number): number
  /** The classes that may follow `node`. */
  next(node: number): number[]
  /** Whether a word ends at `node`. */
  ends(node: number): boolean
}

/**
 * Builds the trie of a word list. With `capitals`, every word may also begin with a capital, as at the start of a
 * sentence. Words are taken in NFC; empty and doubled ones count once or not at all.
 */
export function buildTrie(words: Iterable<string>, alphabet: string, { capitals = true } = {}): Trie {
  const classes = new Map(symbols(alphabet).map((symbol, index) => [symbol, index + 1]))
  const encoded = new Map<string, number[]>()
  let leftOut = 0
  for (const word of words) {
    for (const form of capitals ? new Set([word, capitalised(word)]) : [word]) {
      const letters = symbols(form)
      const codes = letters.flatMap((symbol) => classes.get(symbol) ?? [])
      if (letters.length === 0) continue
      if (codes.length < letters.length) leftOut += form === word ? 1 : 0
      else encoded.set(form, codes)
    }
  }
  return layOut([...encoded.values()], leftOut)
}

/** Whether a word is in a trie over these classes. */
export function holdsWord(trie: Trie, word: string, classes: readonly string[]): boolean {
  let node = ROOT
  for (const symbol of symbols(word)) {
    node = trie.child(node, classes.indexOf(symbol) + 1)
    if (node === NONE) return false
  }
  return trie.ends(node)
}

function capitalised(word: string): string {
  const [first = '', ...rest] = symbols(word)
  const upper = first.toLocaleUpperCase('und')
  // Some letters have no capital of one symbol (ß becomes SS): such a word keeps its form.
  return symbols(upper).length === 1 ? upper + rest.join('') : word
}

function layOut(words: number[][], leftOut: number): Trie {
  const capacity = 1 + words.reduce((sum, word) => sum + word.length, 0)
  const symbol = new Int32Array(capacity)
  const firstChild = new Int32Array(capacity).fill(NONE)
  const sibling = new Int32Array(capacity).fill(NONE)
  const terminal = new Uint8Array(capacity)
  let size = 1

  const find = (node: number, symbolClass: number): number => {
    let at = firstChild[node]!
    while (at !== NONE && symbol[at] !== symbolClass) at = sibling[at]!
    return at
  }
  for (const word of words) {
    let node = ROOT
    for (const symbolClass of word) {
      let at = find(node, symbolClass)
      if (at === NONE) {
        at = size++
        symbol[at] = symbolClass
        sibling[at] = firstChild[node]!
        firstChild[node] = at
      }
      node = at
    }
    terminal[node] = 1
  }

  return {
    words: words.length,
    leftOut,
    child: find,
    next(node) {
      const classes: number[] = []
      for (let at = firstChild[node]!; at !== NONE; at = sibling[at]!) classes.push(symbol[at]!)
      return classes
    },
    ends: (node) => terminal[node] === 1,
  }
}
