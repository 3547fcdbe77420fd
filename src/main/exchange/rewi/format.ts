import type { FormatCodec } from '../format-codec.ts'
import { kindOf } from '../places.ts'
import { readRewi, setsIn } from './read.ts'
import { unfitForRewi, writeRewi } from './write.ts'

/** Sets for training with REWI and its relatives: lists of annotations, folds, and a table a recording. */
export const rewi: FormatCodec = {
  about: {
    name: 'rewi',
    title: 'REWI layout',
    about:
      'Annotations in train.json and val.json, a table a recording; five folds that stay as they were drawn, by ' +
      'writers and by words, and a holdout of writers.',
    place: 'folder',
    endings: [],
    imports: true,
    exports: true,
    loses: ['times and gaps', 'recordings without a label or without the 13 channels of a DigiPen in its units'],
  },
  unfit: unfitForRewi,
  read: (path, { encoding }) => readRewi(path, encoding),
  write: (context, options) => writeRewi(context, options),
  looksLike: async (path) => (await kindOf(path)) === 'folder' && (await setsIn(path)).length > 0,
}
