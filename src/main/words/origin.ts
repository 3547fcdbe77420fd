import type { PictureOrigin } from '../../shared/api/recipe.ts'
import { KalamosError } from '../../shared/errors.ts'
import { symbols } from '../../shared/text.ts'
import { wholeImageFolder } from './folder.ts'
import { fontsFor } from './fonts.ts'
import { pictureImages, renderedImages, strokeImages, type WordImageSource } from './images.ts'
import type { VirtualStrokes } from './virtual-strokes.ts'

export const FROM_FONTS: PictureOrigin = { from: 'fonts' }

/** Labels whose strokes are tried before a training begins; trying all would simulate a whole corpus. */
const TRIED = 3

/** Pictures for a set of labels, and how many of the labels have pictures of their own; the others are written in fonts. */
export interface OpenedPictures {
  source: WordImageSource
  own: number
}

/**
 * Opens the pictures that a recipe asks for, so that none of the labels is without one. `strokes` are those behind the
 * virtual recordings at hand, null where there are none. Where every label is a single letter, rendered pictures are
 * all of one size. Throws `not-found`, `decode-failed` and `label-unfit` naming the folder, the file or the letters.
 */
export async function openPictures(origin: PictureOrigin, labels: readonly string[], strokes: VirtualStrokes | null): Promise<OpenedPictures> {
  const distinct = [...new Set(labels.map((label) => label.normalize('NFC')))]
  const rendered = renderedImages(distinct.every((label) => symbols(label).length === 1) ? { width: 32 } : {})
  switch (origin.from) {
    case 'fonts':
      distinct.forEach(fontsFor)
      return { source: rendered, own: 0 }
    case 'strokes': {
      const known = distinct.filter((label) => strokes?.labels.has(label))
      if (!strokes || !known.slice(0, TRIED).some((label) => strokes.of(label).length > 0)) {
        throw new KalamosError('not-found', 'The strokes of none of these recordings are known.', 'They are known of virtual corpora alone (“kalamos virtual”). Choose pictures in handwriting fonts, or train on a virtual corpus.')
      }
      distinct.filter((label) => !strokes.labels.has(label)).forEach(fontsFor)
      return { source: strokeImages(strokes.of, rendered), own: known.length }
    }
    case 'folder': {
      const pictures = await wholeImageFolder(origin.folder)
      const shown = new Set(pictures.map(({ label }) => label))
      const known = distinct.filter((label) => shown.has(label))
      if (known.length === 0) {
        throw new KalamosError('label-unfit', `None of the pictures in ${origin.folder} shows a label of these recordings; the first one shows “${pictures[0]!.label}”, the first label is “${distinct[0] ?? ''}”.`, 'Labels must be spelled alike, capitals too.')
      }
      distinct.filter((label) => !shown.has(label)).forEach(fontsFor)
      return { source: pictureImages(pictures, rendered), own: known.length }
    }
  }
}
