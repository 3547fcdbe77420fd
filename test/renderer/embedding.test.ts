import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EmbeddingPicture } from '../../src/shared/api/embedding.ts'
import { tallyOf } from '../../src/renderer/pages/train/embedding/tally.ts'
import {
  moved,
  onScreen,
  pointAt,
  wholeView,
  zoomed,
  type View,
} from '../../src/renderer/pages/train/embedding/view.ts'

const size = { width: 600, height: 380 }
const coordinate = fc.double({ min: -5, max: 5, noNaN: true })
const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 20 })

describe('the view of an embedding', () => {
  it('shows every point, whatever the points are', () => {
    fc.assert(
      fc.property(points, (all) => {
        const view = wholeView(all, size)
        for (const [x, y] of all.map((point) => onScreen(point, view, size))) {
          expect(Math.abs(x - size.width / 2)).toBeLessThanOrEqual(size.width / 2)
          expect(Math.abs(y - size.height / 2)).toBeLessThanOrEqual(size.height / 2)
        }
      }),
    )
  })

  it('keeps what is under the pointer where it is when it zooms, and zooms back', () => {
    const whole: View = wholeView(
      [
        [0, 0],
        [1, 2],
      ],
      size,
    )
    const place: [number, number] = [420, 90]
    const near = zoomed(whole, 3, place, size, whole)
    const under = (view: View): [number, number] => [
      view.x + (place[0] - 300) / view.scale,
      view.y - (place[1] - 190) / view.scale,
    ]
    under(near).forEach((value, axis) => expect(value).toBeCloseTo(under(whole)[axis]!, 9))
    const back = zoomed(near, 1 / 3, place, size, whole)
    expect([back.x, back.y, back.scale].map((value) => value.toFixed(6))).toEqual(
      [whole.x, whole.y, whole.scale].map((value) => value.toFixed(6)),
    )
  })

  it('does not zoom beyond all reason', () => {
    const whole = wholeView(
      [
        [0, 0],
        [1, 2],
      ],
      size,
    )
    expect(zoomed(whole, 1e9, [300, 190], size, whole).scale).toBe(60 * whole.scale)
    expect(zoomed(whole, 1e-9, [300, 190], size, whole).scale).toBe(0.5 * whole.scale)
  })

  it('moves with the hand that drags it', () => {
    const view: View = { x: 1, y: 1, scale: 100 }
    const [x, y] = onScreen([1, 1], moved(view, 30, -20), size)
    expect([x, y]).toEqual([330, 170])
  })

  it('finds the nearest point within reach, and none beyond', () => {
    const places: [number, number][] = [
      [10, 10],
      [20, 10],
      [300, 300],
    ]
    expect([pointAt(places, [16, 10], 14), pointAt(places, [12, 10], 14), pointAt(places, [100, 100], 14)]).toEqual([
      1,
      0,
      null,
    ])
  })
})

describe('the tally of an embedding', () => {
  it('counts for each word the recordings that lie nearest to their own pictures', () => {
    const point = (side: 'pen' | 'image', word: number) => ({
      side,
      word,
      recordingId: side === 'pen' ? 1 : null,
      writer: null,
    })
    const picture: EmbeddingPicture = {
      words: [
        { text: 'Ei', trained: true },
        { text: 'Ast', trained: true },
      ],
      points: [point('pen', 0), point('pen', 0), point('pen', 1), point('image', 0), point('image', 1)],
      frames: [
        {
          epoch: 0,
          at: [
            [0, 0],
            [0, 0],
            [0, 0],
            [0, 0],
            [0, 0],
          ],
          nearest: [3, 4, 4, null, null],
          explained: 1,
          own: 0,
          other: 0,
        },
      ],
      size: 2,
    }
    expect(tallyOf(picture, picture.frames[0]!)).toEqual([
      { recordings: 2, right: 1 },
      { recordings: 1, right: 1 },
    ])
  })
})
