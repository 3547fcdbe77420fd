import { KalamosError } from '../../../shared/errors.ts'
import type { FormatCodec } from '../format-codec.ts'
import { partsOf } from './layout.ts'
import { readOnhw } from './read.ts'

/** The public data sets of OnHW. */
export const onhw: FormatCodec = {
  about: {
    name: 'onhw',
    title: 'OnHW',
    about: 'The data sets OnHW-words500, -chars, -symbols and -equations, as they are published (.pkl and .npy).',
    place: 'folder',
    endings: [],
    imports: true,
    exports: false,
    loses: [],
  },
  read: (path) => readOnhw(path),
  looksLike: async (path) => {
    try {
      return (await partsOf(path)).length > 0
    } catch (error) {
      if (error instanceof KalamosError) return false
      throw error
    }
  },
}
