import type { LexiconScores } from '../../../shared/api/training.ts'
import { errorRates, type Reading } from '../../../shared/text.ts'
import { lexiconWords } from '../../words/lists.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'
import type { LexiconPrior } from '../../ml/decode/lexicon-prior.ts'
import { buildTrie, holdsWord, type Trie } from '../../ml/decode/trie.ts'
import type { Engine } from '../../compute/engine/types.ts'
import { readExamples } from './evaluate.ts'
import { FEWEST_WORDS, searching, wordsToSearch } from './search.ts'

const BATCH_SIZE = 64

/** A lexicon to measure with. */
export interface MeasuredLexicon {
  prior: LexiconPrior | Trie
  words: number
  /** Whether it is of help to the model; see `Lexicon`. */
  helps: boolean
  holds(word: string): boolean
}

/**
 * How some of the held-out words are read with a lexicon, and how without it. The lexicon is taken as it is:
 * to add the words that were held out would tell the search the answers. Null for single labels, where fewer than 30
 * words were held out, and where the lexicon is of no help to the model's alphabet.
 */
export async function lexiconScores(
  engine: Pick<Engine, 'predict' | 'evaluate'>,
  signature: ModelSignature,
  heldOut: readonly Example[],
  lexiconFor: (classes: readonly string[]) => MeasuredLexicon | Promise<MeasuredLexicon>,
): Promise<LexiconScores | null> {
  if (signature.task !== 'ctc' || heldOut.length < FEWEST_WORDS) return null
  const { prior, words, helps, holds } = await lexiconFor(signature.classes)
  if (!helps) return null
  const { readings } = await readExamples(engine, signature, wordsToSearch(heldOut), {
    batchSize: BATCH_SIZE,
    decode: searching(signature, 'lexicon', prior),
  })
  return {
    ...ratesOf(readings.map(({ reference, decoded }) => ({ reference, hypothesis: decoded!.text }))),
    recordings: readings.length,
    words,
    unknown: readings.filter(({ reference }) => !holds(reference)).length,
    without: ratesOf(readings),
  }
}

function ratesOf(readings: readonly Reading[]): LexiconScores['without'] {
  const { cer, wer, exact } = errorRates(readings)
  return { cer, wer, accuracy: exact }
}

/** The lists of prompts that ship as the only words there are: for those who write nothing else. */
export function promptsAlone(classes: readonly string[]): MeasuredLexicon {
  const trie = buildTrie(lexiconWords(), classes.join(''))
  return { prior: trie, words: trie.words, helps: trie.words > 0, holds: (word) => holdsWord(trie, word, classes) }
}
