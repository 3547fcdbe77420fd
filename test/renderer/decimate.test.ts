import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimate, frameAt, storedFrames } from '../../src/renderer/plot/decimate.ts'
import type { Channel } from '../../src/shared/signal.ts'

const force: Channel[] = [{ name: 'force', unit: 'N' }]

/** `count` frames, 10 ms apart, with the values of a function of the frame. */
function everyTenMs(count: number, value: (frame: number) => number) {
  const times = Array.from({ length: count }, (_, frame) => frame * 10)
  return storedFrames(
    force,
    times,
    times.map((_, frame) => value(frame)),
  )
}

describe('what is drawn of a signal', () => {
  it('is every frame while there are no more than two a pixel', () => {
    const points = decimate(
      everyTenMs(5, (frame) => frame),
      0,
      40,
      100,
    )
    expect(points.times).toEqual([0, 10, 20, 30, 40])
    expect(points.lines).toEqual([[0, 1, 2, 3, 4]])
  })

  it('keeps a spike of a single frame among ten thousand', () => {
    const points = decimate(
      everyTenMs(10_000, (frame) => (frame === 6_789 ? 9 : 0)),
      0,
      100_000,
      300,
    )
    expect(points.lines[0]!.length).toBeLessThan(1_000)
    expect(Math.max(...points.lines[0]!.map(Number))).toBe(9)
  })

  it('shows a hole where frames are missing, few frames or many', () => {
    for (const columns of [1_000, 20]) {
      const times = [...Array(100).keys()].map((frame) => frame * 10 + (frame >= 50 ? 200 : 0))
      const points = decimate(
        storedFrames(
          force,
          times,
          times.map(() => 1),
        ),
        0,
        2_000,
        columns,
      )
      const holes = points.times.filter((_, i) => points.lines[0]![i] === null)
      expect(holes).toEqual([595])
    }
  })

  it('has the same extremes as the signal itself, in time order, whatever the width', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: 3, maxLength: 800 }),
        fc.integer({ min: 5, max: 300 }),
        (values, columns) => {
          const points = decimate(
            everyTenMs(values.length, (frame) => values[frame]!),
            0,
            values.length * 10,
            columns,
          )
          const drawn = points.lines[0]!.map(Number)
          expect(Math.min(...drawn)).toBe(Math.min(...values))
          expect(Math.max(...drawn)).toBe(Math.max(...values))
          expect(points.times).toEqual([...points.times].sort((a, b) => a - b))
        },
      ),
    )
  })

  it('leaves no arrays behind when given some to fill', () => {
    const into = { times: [1], lines: [[1], [2]] }
    const filled = decimate(
      everyTenMs(3, () => 1),
      0,
      20,
      10,
      into,
    )
    expect(filled).toBe(into)
    expect(filled.lines).toHaveLength(1)
  })

  it('is nothing for a signal without frames', () => {
    expect(
      decimate(
        everyTenMs(0, () => 0),
        0,
        100,
        10,
      ).times,
    ).toEqual([])
  })
})

it('finds the first frame at or after a time', () => {
  const source = everyTenMs(10, () => 0)
  expect([frameAt(source, -5), frameAt(source, 30), frameAt(source, 31), frameAt(source, 500)]).toEqual([0, 3, 4, 10])
})
