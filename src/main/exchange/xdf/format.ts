import type { FormatCodec } from '../format-codec.ts'
import { hasEnding } from '../places.ts'
import { readXdf } from './read.ts'
import { writeXdf } from './write.ts'

/** The files of Lab Streaming Layer. */
export const xdf: FormatCodec = {
  about: {
    name: 'xdf',
    title: 'XDF',
    about: 'The format of Lab Streaming Layer: for each session a stream of samples, and its words as markers.',
    place: 'file',
    endings: ['.xdf'],
    imports: true,
    exports: true,
    loses: [],
  },
  read: (path, { allStreams }) => readXdf(path, allStreams),
  write: (context) => writeXdf(context),
  looksLike: async (path) => hasEnding(path, xdf.about.endings),
}
