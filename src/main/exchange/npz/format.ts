import type { FormatCodec } from '../format-codec.ts'
import { hasEnding } from '../places.ts'
import { readNpz } from './read.ts'
import { writeNpz } from './write.ts'

/** Arrays for numpy: `numpy.load` opens them without a pickle. */
export const npz: FormatCodec = {
  about: {
    name: 'npz',
    title: 'NPZ',
    about: 'Arrays of numpy in one file: all frames one after the other, and where each recording begins.',
    place: 'file',
    endings: ['.npz'],
    imports: true,
    exports: true,
    loses: [],
  },
  read: (path, { scratch }) => readNpz(path, undefined, scratch),
  write: (context) => writeNpz(context),
  looksLike: async (path) => hasEnding(path, npz.about.endings),
}
