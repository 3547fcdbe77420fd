import { KalamosError } from '../../shared/errors.ts'
import { drawStrokes, type InkStroke, type WordImage } from '../simulator/ink.ts'
import { randomStream } from '../random/named.ts'
import { ByteCache } from './cache.ts'
import { drawRenderingStyle } from './rendering-style.ts'
import { onPaper } from './paper.ts'
import { renderWord, type RenderOptions } from './render.ts'

/** Lines of a picture unless told otherwise. */
const HEIGHT = 32

/** Where pictures of words come from. The same text and seed give the same picture. */
export interface WordImageSource {
  /** Lines of each picture. */
  readonly height: number
  image(text: string, seed: number): WordImage
}

/** Pictures written in handwriting fonts, any number a word; `keepBytes` of them are kept (64 MB by default). */
export function renderedImages(options: RenderOptions = {}, keepBytes = 64e6): WordImageSource {
  const cache = new ByteCache<WordImage>(keepBytes)
  return {
    height: options.height ?? 32,
    image: (text, seed) => cache.get(`${seed} ${text}`, () => renderWord(text, seed, options)),
  }
}

/** The strokes with which a text was written, each time it was; none where it was not. */
export type StrokesOf = (text: string) => readonly (readonly InkStroke[])[]

/**
 * Pictures of words that were written with strokes: the offline twins of virtual recordings. The seed chooses among
 * the strokes of a text, and the ink and the paper. A text without any comes from `otherwise`, if given.
 */
export function strokeImages(strokesOf: StrokesOf, otherwise?: WordImageSource, keepBytes = 64e6): WordImageSource {
  const cache = new ByteCache<WordImage>(keepBytes)
  return {
    height: HEIGHT,
    image(text, seed) {
      const own = strokesOf(text.normalize('NFC'))
      if (own.length === 0) return instead(text, seed, otherwise)
      return cache.get(`${seed} ${text}`, () => strokeImage(own[seed % own.length]!, seed))
    },
  }
}

/** One picture of strokes, with ink and paper drawn from the seed. */
export function strokeImage(strokes: readonly InkStroke[], seed: number, height = HEIGHT, maxWidth = 600): WordImage {
  const random = randomStream('stroke image', seed)
  const { width, pixels } = drawStrokes(strokes, { height, maxWidth, nib: random.between(0.3, 0.6) })
  return onPaper(
    pixels.map((grey) => 255 - grey),
    width,
    height,
    drawRenderingStyle(random),
    random,
  )
}

/**
 * A user's own pictures: the seed chooses among those of a text; a text without any comes from `otherwise`, if given.
 */
export function pictureImages(
  pictures: readonly { label: string; image: WordImage }[],
  otherwise?: WordImageSource,
): WordImageSource {
  const byLabel = Map.groupBy(pictures, ({ label }) => label)
  return {
    height: pictures[0]?.image.height ?? HEIGHT,
    image(text, seed) {
      const own = byLabel.get(text.normalize('NFC'))
      return own ? own[seed % own.length]!.image : instead(text, seed, otherwise)
    },
  }
}

function instead(text: string, seed: number, otherwise: WordImageSource | undefined): WordImage {
  if (otherwise) return otherwise.image(text, seed)
  throw new KalamosError('not-found', `There is no picture of “${text}”.`, 'Add one, or let missing words be rendered.')
}
