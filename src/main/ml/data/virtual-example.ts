import { simulateWord } from '../../simulator/simulate.ts'
import type { VirtualWriter } from '../../simulator/writer.ts'
import { encode, foreignTo } from './classes.ts'
import { pieceOf } from './pieces.ts'
import { tooShort } from './select.ts'
import type { Example, ModelSignature } from './types.ts'

export type ModelSignatureWithReduction = ModelSignature & { reduction: number }

/** Ids that no recording has, nor a writer of recordings; virtual words and writers are counted from here. */
export const VIRTUAL_IDS = 2 ** 31

/** A simulated word. Null where the model cannot say it, or its frames are too few. */
export function virtualExample(
  id: number,
  writer: VirtualWriter,
  text: string,
  signature: ModelSignatureWithReduction,
): Example | null {
  if (foreignTo(signature, text) !== null) return null
  const { signal, label } = simulateWord(writer, text)
  const values = pieceOf(signal, signature)
  const frames = values.length / signature.channels.length
  const target = encode(signature, label)
  return tooShort(target, frames, signature) === null
    ? { id, writerId: VIRTUAL_IDS + writer.seed, writerName: writer.name, label, target, frames, values }
    : null
}
