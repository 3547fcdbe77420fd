import type { FormatCodec } from '../format-codec.ts'
import { hasEnding } from '../places.ts'
import { readNdjsonEntries } from './read.ts'
import { writeNdjson } from './write.ts'

/** One recording a line, as JSON: easy to read in any language, large. */
export const ndjson: FormatCodec = {
  about: {
    name: 'ndjson',
    title: 'NDJSON',
    about: 'One recording a line, as JSON; gzipped where the name ends in .gz.',
    place: 'file',
    endings: ['.ndjson.gz', '.ndjson', '.jsonl', '.jsonl.gz'],
    imports: true,
    exports: true,
    loses: [],
  },
  read: (path, options) => readNdjsonEntries(path, options),
  write: (context, { finalPath }) => writeNdjson(context, finalPath),
  looksLike: async (path) => hasEnding(path, ndjson.about.endings),
}
