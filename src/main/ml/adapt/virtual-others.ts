import { randomStream, shuffled } from '../../virtual/random.ts'
import { simulateWord } from '../../virtual/simulate.ts'
import { drawWriter, type VirtualWriter } from '../../virtual/writer.ts'
import { BASE_RECIPE, baseWords } from '../base/recipe.ts'
import { encode, foreignTo } from '../data/classes.ts'
import { pieceOf } from '../data/pieces.ts'
import { tooShort } from '../data/select.ts'
import type { Example, Interface } from '../data/types.ts'

/** Virtual writers on whom forgetting is measured: neither the base model's nor those it was measured on. */
const MEASURED_SEEDS = 950_000
/** Ids that no recording has, and no word that is rehearsed. */
const FIRST_ID = 2 ** 31 + 1_000_000

export type Face = Interface & { reduction: number }

/** Words that the base model never saw, by virtual writers that it never saw. The same every time. */
export function virtualMeasured({ writers, perWriter }: { writers: number; perWriter: number }, face: Face): Example[] {
  const unseen = shuffled(baseWords({ ...BASE_RECIPE, inventedWords: 0 }).unseen, randomStream('measured', 'words'))
  return Array.from({ length: writers * perWriter }, (_, at) => virtualExample(FIRST_ID + at, drawWriter(MEASURED_SEEDS + Math.floor(at / perWriter)), unseen[at % unseen.length]!, face)).filter((example) => example !== null)
}

/** A simulated word. Null where the model cannot say it, or its frames are too few. */
export function virtualExample(id: number, writer: VirtualWriter, text: string, face: Face): Example | null {
  if (foreignTo(face, text) !== null) return null
  const { signal, label } = simulateWord(writer, text)
  const values = pieceOf(signal, face)
  const frames = values.length / face.channels.length
  const target = encode(face, label)
  return tooShort(target, frames, face) === null ? { id, writerId: FIRST_ID + writer.seed, writerName: writer.name, label, target, frames, values } : null
}
