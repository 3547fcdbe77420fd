import type { LexiconScores } from '../../../shared/api/training.ts'
import { errorRates, type Reading } from '../../../shared/text.ts'
import { lexiconWords } from '../../words/lists.ts'
import type { Example, Interface } from '../data/types.ts'
import { buildTrie, holdsWord } from '../decode/trie.ts'
import type { Engine } from '../engine/types.ts'
import { readExamples } from './evaluate.ts'
import { FEWEST_WORDS, searching, wordsToSearch } from './search.ts'

const BATCH_SIZE = 64

/**
 * How some of the held-out words are read in the lexicon that ships, and how without it. The lexicon is taken as it is: to
 * add the words that were held out would tell the search the answers. Null for single labels and where fewer than 30
 * words were held out.
 */
export async function lexiconScores(engine: Pick<Engine, 'predict' | 'evaluate'>, face: Interface, heldOut: readonly Example[]): Promise<LexiconScores | null> {
  if (face.task !== 'ctc' || heldOut.length < FEWEST_WORDS) return null
  const trie = buildTrie(lexiconWords(), face.classes.join(''))
  if (trie.words === 0) return null
  const { readings } = await readExamples(engine, face, wordsToSearch(heldOut), { batchSize: BATCH_SIZE, decode: searching(face, 'lexicon', trie) })
  return {
    ...ratesOf(readings.map(({ reference, decoded }) => ({ reference, hypothesis: decoded!.text }))),
    recordings: readings.length,
    words: trie.words,
    unknown: readings.filter(({ reference }) => !holdsWord(trie, reference, face.classes)).length,
    without: ratesOf(readings),
  }
}

function ratesOf(readings: readonly Reading[]): LexiconScores['without'] {
  const { cer, wer, exact } = errorRates(readings)
  return { cer, wer, accuracy: exact }
}
