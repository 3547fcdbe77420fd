import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { between, NARROWEST_MS, panned, showing, zoomed, type View } from '../../src/renderer/plot/view.ts'

const all: View = { from: 0, to: 1000 }

describe('the stretch of a recording that is shown', () => {
  it('is narrowed about a time that stays where it is on the screen', () => {
    expect(zoomed(all, all, 0.5, 250)).toEqual({ from: 125, to: 625 })
    expect(zoomed({ from: 125, to: 625 }, all, 2, 250)).toEqual(all)
  })

  it('moves along only as far as the recording goes', () => {
    expect(panned({ from: 100, to: 300 }, all, -500)).toEqual({ from: 0, to: 200 })
    expect(panned({ from: 100, to: 300 }, all, 5000)).toEqual({ from: 800, to: 1000 })
  })

  it('follows a time out of sight, and stays where it is for one that is seen', () => {
    const view = { from: 100, to: 300 }
    expect(showing(view, all, 250)).toBe(view)
    expect(showing(view, all, 500)).toEqual({ from: 320, to: 520 })
    expect(showing(view, all, 1000)).toEqual({ from: 800, to: 1000 })
  })

  it('is what is dragged over, in either direction, unless that was hardly a drag', () => {
    expect(between(400, 200, all)).toEqual({ from: 200, to: 400 })
    expect(between(200, 200 + NARROWEST_MS / 2, all)).toBeNull()
  })

  it('never leaves the recording, whatever is done to it', () => {
    const steps = fc.array(
      fc.tuple(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.double({ min: -5000, max: 5000, noNaN: true })),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(steps, (moves) => {
        let view = all
        for (const [factor, by] of moves) {
          view = panned(zoomed(view, all, factor, (view.from + view.to) / 2), all, by)
          expect(view.from).toBeGreaterThanOrEqual(all.from - 1e-6)
          expect(view.to).toBeLessThanOrEqual(all.to + 1e-6)
          expect(view.to - view.from).toBeGreaterThanOrEqual(NARROWEST_MS - 1e-6)
        }
      }),
    )
  })
})
