import { randomStream, shuffled } from '../../virtual/random.ts'
import { simulateWord } from '../../virtual/simulate.ts'
import { drawWriter, type VirtualWriter } from '../../virtual/writer.ts'
import { trainingWriter } from '../base/corpus.ts'
import { BASE_RECIPE, baseWords } from '../base/recipe.ts'
import { encode, foreignTo } from '../data/classes.ts'
import { pieceOf } from '../data/pieces.ts'
import { tooShort } from '../data/select.ts'
import type { Example, Interface } from '../data/types.ts'

/** Virtual writers on whom forgetting is measured: neither the base model's nor those it was measured on. */
const MEASURED_SEEDS = 950_000
/** Without a divisor in common with the number of training writers: no writer comes twice before all have come. */
const STRIDE = 7
/** Ids that no recording has. */
const FIRST_ID = 2 ** 31

/** Words of others to rehearse with: so many that hardly one is seen twice in an adaptation. */
export const REPLAY_WORDS = 600

type Face = Interface & { reduction: number }

/**
 * Virtual words as the base model learned from, simulated anew: one by each of so many of its writers, real and invented
 * words that it knows. The same every time.
 */
export function virtualReplay(words: number, face: Face): Example[] {
  const known = shuffled(baseWords({ ...BASE_RECIPE, inventedWords: words }).train, randomStream('replay', 'words'))
  return Array.from({ length: words }, (_, at) => {
    // Far apart in the row of writers, so that the left-handed among them have their share.
    const writer = trainingWriter((at * STRIDE) % BASE_RECIPE.writers, BASE_RECIPE)
    return exampleOf(FIRST_ID + at, writer, known[at % known.length]!, face)
  }).filter((example) => example !== null)
}

/** Words that the base model never saw, by virtual writers that it never saw. The same every time. */
export function virtualMeasured({ writers, perWriter }: { writers: number; perWriter: number }, face: Face): Example[] {
  const unseen = shuffled(baseWords({ ...BASE_RECIPE, inventedWords: 0 }).unseen, randomStream('measured', 'words'))
  return Array.from({ length: writers * perWriter }, (_, at) => exampleOf(FIRST_ID + 100_000 + at, drawWriter(MEASURED_SEEDS + Math.floor(at / perWriter)), unseen[at % unseen.length]!, face)).filter((example) => example !== null)
}

/** Null where the model cannot say the word, or its frames are too few. */
function exampleOf(id: number, writer: VirtualWriter, text: string, face: Face): Example | null {
  if (foreignTo(face, text) !== null) return null
  const { signal, label } = simulateWord(writer, text)
  const values = pieceOf(signal, face)
  const frames = values.length / face.channels.length
  const target = encode(face, label)
  return tooShort(target, frames, face) === null ? { id, writerId: FIRST_ID + writer.seed, writerName: writer.name, label, target, frames, values } : null
}
