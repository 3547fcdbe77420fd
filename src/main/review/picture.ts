import type { Output } from '../../shared/api.ts'
import { KalamosError } from '../../shared/errors.ts'
import { native } from '../native/libraries.ts'
import type { Store } from '../store/index.ts'
import { drawStrokes, type WordImage } from '../simulator/ink.ts'
import { renderWord } from '../words/render.ts'
import { strokesBehind } from '../words/virtual-strokes.ts'

const HEIGHT = 64
const MAX_WIDTH = 900

/**
 * The picture that goes with a recording: the ink of a virtual one, else its label as it may look on paper, the same
 * every time. Null without a label, or with one that no hand can write. Throws `not-found`.
 */
export function pictureOf(store: Store, id: number): Output<'review.image'> {
  const recording = store.recordings.get(id)
  const { label } = recording
  if (label === null) return null
  const raw =
    store.samples.soundness(id, recording.channels.length) === 'damaged' ? null : store.recordings.rawSignal(id)
  const [strokes] =
    raw === null
      ? []
      : (strokesBehind([{ ...recording, label, frames: raw.frames }], {
          signal: () => raw,
          profile: (sessionId) => store.sessions.profile(sessionId),
        })?.of(label.normalize('NFC')) ?? [])
  if (strokes !== undefined) return asPng(drawStrokes(strokes, { height: HEIGHT, maxWidth: MAX_WIDTH }), 'strokes')
  try {
    return asPng(renderWord(label, id, { height: HEIGHT, maxWidth: MAX_WIDTH }), 'rendered')
  } catch (error) {
    if (error instanceof KalamosError && (error.code === 'label-unfit' || error.code === 'invalid-input')) return null
    throw error
  }
}

function asPng({ width, height, pixels }: WordImage, source: 'strokes' | 'rendered'): Output<'review.image'> {
  const canvas = native('drawing').createCanvas(width, height)
  const pen = canvas.getContext('2d')
  const sheet = pen.createImageData(width, height)
  pixels.forEach((grey, i) => sheet.data.set([grey, grey, grey, 255], 4 * i))
  pen.putImageData(sheet, 0, 0)
  return { dataUrl: canvas.toDataURL('image/png'), width, height, source }
}
