import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrameRing } from '../../src/renderer/plot/ring.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'

const channels = PEN_CHANNELS.slice(0, 2)

describe('the last seconds of a stream', () => {
  it('keeps what is young and forgets what is old', () => {
    const ring = new FrameRing(channels, 100)
    ring.push([0, 50, 100], [1, 2, 3, 4, 5, 6], 0)
    ring.push([150], [7, 8], 0)
    expect(ring.length).toBe(3)
    expect([ring.timeAt(0), ring.valueAt(0, 0), ring.valueAt(2, 1)]).toEqual([50, 3, 8])
  })

  it('holds a fast stream whole: bursts of any size come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 12 }), (bursts) => {
        const ring = new FrameRing(channels, 1_000)
        let frame = 0
        for (const burst of bursts) {
          const frames = Array.from({ length: burst }, () => frame++)
          ring.push(
            frames.map((f) => f * 0.5),
            frames.flatMap((f) => [f, -f]),
            0,
          )
        }
        const kept = Math.min(frame, 2_001)
        expect(ring.length).toBe(kept)
        expect(ring.valueAt(0, 0)).toBe(frame - kept)
        expect(ring.valueAt(ring.length - 1, 1)).toBe(-(frame - 1))
      }),
      { numRuns: 40 },
    )
  })

  it('tells a stream that began anew, or has other channels, from one that goes on', () => {
    const ring = new FrameRing(channels, 100)
    ring.push([10, 20], [0, 0, 0, 0], 0)
    expect(ring.fits(channels, 30)).toBe(true)
    expect(ring.fits(channels, 5)).toBe(false)
    expect(ring.fits(PEN_CHANNELS, 30)).toBe(false)
  })
})
