import type { ModelSignature } from '../../ml/data/types.ts'
import { createDecoder, type Decoder, type Method } from '../../ml/decode/decoder.ts'
import type { LexiconPrior } from '../../ml/decode/lexicon-prior.ts'
import type { Trie } from '../../ml/decode/trie.ts'

/** With fewer words a share of right ones says nothing. */
export const FEWEST_WORDS = 30
/** Beam searches are judged on so many words at most: more would hold up the end of a training. */
const MOST_SEARCHED = 400

/** The search that held-out words are judged by. */
export function searching(signature: ModelSignature, method: Method, lexicon?: LexiconPrior | Trie): Decoder {
  return createDecoder(signature, { method, beamWidth: 32, languageWeight: 0, readings: 5 }, lexicon ? { lexicon } : {})
}

/** As many of the words as can be searched for, evenly out of all. */
export function wordsToSearch<T>(words: readonly T[]): T[] {
  const step = Math.max(1, Math.ceil(words.length / MOST_SEARCHED))
  return words.filter((_, at) => at % step === 0)
}
