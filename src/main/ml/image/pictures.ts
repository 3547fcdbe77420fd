import type { WordImage } from '../../simulator/ink.ts'
import type { Batch, ExtraArray } from '../../compute/engine/types.ts'

/** Pictures as a batch of columns: `[rows, width, height]`, ink 1 and paper 0, zero behind each picture. */
export function columnsOf(images: readonly WordImage[]): {
  values: Float32Array
  widths: Int32Array
  width: number
  height: number
} {
  const widths = Int32Array.from(images, (image) => image.width)
  const width = widths.reduce((widest, w) => Math.max(widest, w), 0)
  const height = images[0]?.height ?? 0
  const values = new Float32Array(images.length * width * height)
  images.forEach(({ pixels, width: own }, row) => {
    for (let x = 0; x < own; x++)
      for (let y = 0; y < height; y++) values[(row * width + x) * height + y] = 1 - pixels[y * own + x]! / 255
  })
  return { values, widths, width, height }
}

/** Pictures with their labels, as a batch for the image network alone. */
export function pictureBatch(images: readonly WordImage[], labels: readonly (readonly number[])[]): Batch {
  const { values, widths, width, height } = columnsOf(images)
  return { rows: images.length, time: width, channels: height, x: values, lengths: widths, labels }
}

/** Pictures as further inputs of a batch of recordings. */
export function pictureExtras(name: string, images: readonly WordImage[]): Record<string, ExtraArray> {
  const { values, widths, width, height } = columnsOf(images)
  return {
    [name]: { shape: [images.length, width, height], values },
    [`${name}Lengths`]: { shape: [images.length], values: widths },
  }
}
