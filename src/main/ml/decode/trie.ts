import { symbols } from '../../../shared/text.ts'

/** The root of every trie. */
export const ROOT = 0
export const NONE = -1

/**
 * A lexicon as a prefix tree over the classes of a model (class k + 1 is the k-th symbol of the alphabet; 0 is the
 * blank). Nodes are rows of typed arrays, so that 100,000 words take a few megabytes and no garbage.
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
  /** Weight of the word that ends at `node`: 0 where none does. */
  weight(node: number): number
  /** Sum of the weights of all words that begin with what leads to `node`. */
  mass(node: number): number
}

/**
 * Builds the trie of a word list, each word with the weight 1. With `capitals`, every word may also begin with a
 * capital, as at the start of a sentence. Words are taken in NFC; empty and doubled ones count once or not at all.
 */
export function buildTrie(words: Iterable<string>, alphabet: string, { capitals = true } = {}): Trie {
  const builder = new TrieBuilder(alphabet)
  const known = new Set<string>()
  for (const word of words) {
    for (const form of capitals ? new Set([word, capitalised(word)]) : [word]) {
      if (known.has(form)) continue
      known.add(form)
      builder.add(form, 1, form === word)
    }
  }
  return builder.finish()
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

/** Puts a trie together word by word, so that a long list can be taken in pieces. */
export class TrieBuilder {
  readonly #classes: ReadonlyMap<string, number>
  #symbol = new Uint16Array(1024)
  #firstChild = new Int32Array(1024).fill(NONE)
  #sibling = new Int32Array(1024)
  #parent = new Int32Array(1024)
  #weight = new Float64Array(1024)
  #size = 1
  #words = 0
  #leftOut = 0

  constructor(alphabet: string) {
    this.#classes = new Map(symbols(alphabet).map((symbol, index) => [symbol, index + 1]))
  }

  /**
   * Adds a word; its weight is added to what it has. Gives back its classes, or null where the alphabet lacks a symbol,
   * which `counts` as left out.
   */
  add(word: string, weight: number, counts = true): number[] | null {
    const codes: number[] = []
    for (const symbol of symbols(word)) {
      const code = this.#classes.get(symbol)
      if (code === undefined) {
        if (counts) this.#leftOut++
        return null
      }
      codes.push(code)
    }
    if (codes.length === 0) return null
    let node = ROOT
    for (const code of codes) node = this.#find(node, code) ?? this.#append(node, code)
    if (this.#weight[node] === 0) this.#words++
    this.#weight[node]! += weight
    return codes
  }

  finish(): Trie {
    const [symbol, firstChild, sibling, weight] = [this.#symbol, this.#firstChild, this.#sibling, this.#weight]
    const mass = weight.slice(0, this.#size)
    // Nodes come after their parents: from the last to the first, each sum is whole before it is passed on.
    for (let node = this.#size - 1; node > ROOT; node--) mass[this.#parent[node]!]! += mass[node]!
    return {
      words: this.#words,
      leftOut: this.#leftOut,
      child: (node, symbolClass) => this.#find(node, symbolClass) ?? NONE,
      next(node) {
        const classes: number[] = []
        for (let at = firstChild[node]!; at !== NONE; at = sibling[at]!) classes.push(symbol[at]!)
        return classes
      },
      ends: (node) => weight[node]! > 0,
      weight: (node) => weight[node]!,
      mass: (node) => mass[node]!,
    }
  }

  #find(node: number, code: number): number | undefined {
    let at = this.#firstChild[node]!
    while (at !== NONE && this.#symbol[at] !== code) at = this.#sibling[at]!
    return at === NONE ? undefined : at
  }

  #append(parent: number, code: number): number {
    const node = this.#size++
    if (node === this.#symbol.length) this.#grow()
    this.#symbol[node] = code
    this.#parent[node] = parent
    this.#firstChild[node] = NONE
    this.#sibling[node] = this.#firstChild[parent]!
    this.#firstChild[parent] = node
    return node
  }

  #grow(): void {
    const length = this.#symbol.length * 2
    const longer = <T extends { set(from: T): void }>(made: T, from: T): T => (made.set(from), made)
    this.#symbol = longer(new Uint16Array(length), this.#symbol)
    this.#firstChild = longer(new Int32Array(length), this.#firstChild)
    this.#sibling = longer(new Int32Array(length), this.#sibling)
    this.#parent = longer(new Int32Array(length), this.#parent)
    this.#weight = longer(new Float64Array(length), this.#weight)
  }
}
