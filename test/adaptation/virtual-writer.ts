import { encode } from '../../src/main/ml/data/classes.ts'
import { pieceOf } from '../../src/main/ml/data/pieces.ts'
import type { Example, ModelSignature } from '../../src/main/ml/data/types.ts'
import type { Store } from '../../src/main/store/index.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { StoreSink } from '../../src/main/corpus/store-sink.ts'
import type { VirtualWriter } from '../../src/main/simulator/writer.ts'
import { storeFor } from '../training/small-store.ts'

/** Real words that show much of a hand. */
export const WRITTEN = [
  'Garten',
  'Wolke',
  'schnell',
  'Berg',
  'quer',
  'Zebra',
  'Hund',
  'fliegen',
  'Mappe',
  'Tinte',
  'klar',
  'Vogel',
  'jung',
  'Pferd',
  'Licht',
  'Ofen',
]

/** A word of a virtual writer as a model sees it. */
export function exampleOf(
  writer: VirtualWriter,
  text: string,
  id: number,
  signature: ModelSignature & { reduction: number },
): Example {
  const { signal, label } = simulateWord(writer, text)
  const values = pieceOf(signal, signature)
  return {
    id,
    writerId: 1,
    writerName: writer.name,
    label,
    target: encode(signature, label),
    frames: values.length / signature.channels.length,
    values,
  }
}

/** A store with words of a virtual writer. */
export function virtualStore(writer: VirtualWriter, words = WRITTEN): Store {
  const store = storeFor('virtual')
  const sink = new StoreSink(store)
  words.forEach((word, index) => sink.add({ writer, index, recording: simulateWord(writer, word) }))
  sink.commit()
  return store
}
