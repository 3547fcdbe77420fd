import { createCanvas } from '@napi-rs/canvas'
import type { Output } from '../../shared/api.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { WordImage } from '../virtual/ink.ts'
import { renderWord } from '../words/render.ts'

const HEIGHT = 64
const MAX_WIDTH = 900

/** A label as it may look on paper, the same every time for the same recording; null for a text that no hand can write. */
export function pictureOf(label: string, recordingId: number): Output<'review.image'> {
  try {
    const image = renderWord(label, recordingId, { height: HEIGHT, maxWidth: MAX_WIDTH })
    return { dataUrl: pngUrl(image), width: image.width, height: image.height, source: 'rendered' }
  } catch (error) {
    if (error instanceof KalamosError && (error.code === 'label-unfit' || error.code === 'invalid-input')) return null
    throw error
  }
}

function pngUrl({ width, height, pixels }: WordImage): string {
  const canvas = createCanvas(width, height)
  const pen = canvas.getContext('2d')
  const sheet = pen.createImageData(width, height)
  pixels.forEach((grey, i) => sheet.data.set([grey, grey, grey, 255], 4 * i))
  pen.putImageData(sheet, 0, 0)
  return canvas.toDataURL('image/png')
}
