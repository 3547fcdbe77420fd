import type { PictureOrigin } from '../../shared/api/recipe.ts'
import { KalamosError } from '../../shared/errors.ts'
import { symbols } from '../../shared/text.ts'
import { listImageFolder, refuseChanged, refuseParts, wholeImageFolder } from './folder.ts'
import { fontsFor } from './fonts.ts'
import { pictureImages, renderedImages, strokeImages, type WordImageSource } from './images.ts'
import type { VirtualStrokes } from './virtual-strokes.ts'

export const FROM_FONTS: PictureOrigin = { from: 'fonts' }

/** Labels whose strokes are tried before a training begins; trying all would simulate a whole corpus. */
const TRIED = 3

/** How many labels there are, and how many of them have pictures of their own; the others are written in fonts. */
export interface PictureCount {
  labels: number
  own: number
}

/**
 * Looks, without opening a picture, whether a recipe's pictures can show a set of labels. `strokes` are those behind
 * the virtual recordings at hand, null where there are none. Throws `not-found`, `decode-failed` and `label-unfit`
 * naming the folder, the file or the letters, and `conflict` for a folder that is not as its fingerprint says.
 */
export function countPictures(
  origin: PictureOrigin,
  labels: readonly string[],
  strokes: VirtualStrokes | null,
): PictureCount {
  const distinct = distinctOf(labels)
  const known = labelsShown(origin, strokes)
  const own = distinct.filter((label) => known.has(label)).length
  if (origin.from === 'strokes' && own === 0) throw strokesUnknown()
  if (origin.from === 'folder' && own === 0) {
    throw new KalamosError(
      'label-unfit',
      `None of the pictures in ${origin.folder} shows a label of these recordings: the pictures show ` +
        `“${[...known].slice(0, 3).join(', ')}”, the labels are “${distinct.slice(0, 3).join(', ')}”.`,
      'Labels must be spelled alike, capitals too.',
    )
  }
  distinct.filter((label) => !known.has(label)).forEach(fontsFor)
  return { labels: distinct.length, own }
}

/**
 * Opens the pictures that a recipe asks for. Labels without a picture are written in fonts; where every label is a
 * single letter, those are all of one size. Throws what `countPictures` throws, and `decode-failed` for a file that is
 * no readable picture.
 */
export async function openPictures(
  origin: PictureOrigin,
  labels: readonly string[],
  strokes: VirtualStrokes | null,
): Promise<WordImageSource> {
  countPictures(origin, labels, strokes)
  const distinct = distinctOf(labels)
  const rendered = renderedImages(distinct.every((label) => symbols(label).length === 1) ? { width: 32 } : {})
  switch (origin.from) {
    case 'fonts':
      return rendered
    case 'strokes': {
      const known = distinct.filter((label) => strokes?.labels.has(label))
      if (!strokes || !known.slice(0, TRIED).some((label) => strokes.of(label).length > 0)) throw strokesUnknown()
      return strokeImages(strokes.of, rendered)
    }
    case 'folder':
      return pictureImages(await wholeImageFolder(origin.folder, origin.encoding), rendered)
  }
}

function labelsShown(origin: PictureOrigin, strokes: VirtualStrokes | null): ReadonlySet<string> {
  if (origin.from === 'strokes') return strokes?.labels ?? new Set()
  if (origin.from === 'fonts') return new Set()
  if (origin.fingerprint) refuseChanged(origin.folder, origin.fingerprint, origin.encoding)
  const { labelled, refused } = listImageFolder(origin.folder, origin.encoding)
  refuseParts(origin.folder, refused)
  return new Set(labelled.map(({ label }) => label))
}

function strokesUnknown(): KalamosError {
  return new KalamosError(
    'not-found',
    'The strokes of none of these recordings are known.',
    'They are known of virtual corpora (“kalamos simulate”) and of words that a virtual pen wrote alone. Choose ' +
      'pictures in handwriting fonts, or train on such recordings.',
  )
}

function distinctOf(labels: readonly string[]): string[] {
  return [...new Set(labels.map((label) => label.normalize('NFC')))]
}
