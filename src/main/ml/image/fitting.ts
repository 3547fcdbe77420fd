import type { WordImage } from '../../simulator/ink.ts'
import type { WordImageSource } from '../../words/images.ts'
import { ctcFrames } from '../../compute/ops/ctc.ts'
import { columnReduction, type ImageConfig } from './config.ts'

/**
 * The same pictures, on wider paper where a network with the `ctc` head could not spell their label in them: “ill” in a
 * narrow hand has fewer columns than CTC needs frames. `encode` gives the class indices of a label.
 */
export function fittingImages(
  source: WordImageSource,
  config: ImageConfig,
  encode: (label: string) => readonly number[],
): WordImageSource {
  const reduction = columnReduction(config)
  const least = (label: string): number =>
    reduction * (config.head === 'ctc' ? Math.max(1, ctcFrames(encode(label))) : 1)
  return { height: source.height, image: (text, seed) => onWiderPaper(source.image(text, seed), least(text)) }
}

/** A picture at least so wide: its outermost columns, which are paper, go on to both sides. */
export function onWiderPaper(image: WordImage, least: number): WordImage {
  if (image.width >= least) return image
  const before = Math.floor((least - image.width) / 2)
  const pixels = new Uint8Array(least * image.height)
  for (let y = 0; y < image.height; y++) {
    const row = image.pixels.subarray(y * image.width, (y + 1) * image.width)
    const wide = pixels.subarray(y * least, (y + 1) * least)
    wide.fill(row[0]!, 0, before)
    wide.set(row, before)
    wide.fill(row[image.width - 1]!, before + image.width)
  }
  return { width: least, height: image.height, pixels }
}
