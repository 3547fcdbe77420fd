import { join } from 'node:path'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { simulateWord } from '../../src/main/virtual/simulate.ts'
import { StoreSink } from '../../src/main/virtual/store-sink.ts'
import type { VirtualWriter } from '../../src/main/virtual/writer.ts'
import { folderFor } from '../ml/small-store.ts'

/** Real words that show much of a hand. */
export const WRITTEN = ['Garten', 'Wolke', 'schnell', 'Berg', 'quer', 'Zebra', 'Hund', 'fliegen', 'Mappe', 'Tinte', 'klar', 'Vogel', 'jung', 'Pferd', 'Licht', 'Ofen']

/** A store with words of a virtual writer. */
export function virtualStore(writer: VirtualWriter, words = WRITTEN): Store {
  const store = openStore(join(folderFor('virtual'), 'pens.sqlite'))
  const sink = new StoreSink(store)
  words.forEach((word, index) => sink.add({ writer, index, recording: simulateWord(writer, word) }))
  sink.commit()
  return store
}
