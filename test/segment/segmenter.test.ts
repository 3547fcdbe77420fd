import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TextRandom } from '../../src/main/random/text.ts'
import { createSegmenter, type SegmentEvent } from '../../src/main/segment/index.ts'
import type { Segmentation } from '../../src/shared/api/devices.ts'
import type { Channel, FrameBlock } from '../../src/shared/signal.ts'
import { blockOf, slice } from './streams.ts'

const force: Channel[] = [{ name: 'force', unit: 'N' }]
const settings: Segmentation = { by: 'force', threshold: 1, pauseMs: 300, minimumMs: 50 }
const RATE = 100

/** Alternating stretches of tip force, each so many frames long. */
function forces(...stretches: [force: number, frames: number][]): FrameBlock {
  return blockOf(
    force,
    stretches.flatMap(([value, frames]) => Array.from({ length: frames }, () => [value])),
  )
}

function words(block: FrameBlock, change: Partial<Segmentation> = {}): [number, number][] {
  const segmenter = createSegmenter({ ...settings, ...change }, block.channels, RATE)
  return ends([...segmenter.push(block), ...segmenter.flush()])
}

function ends(events: SegmentEvent[]): [number, number][] {
  return events.flatMap((event): [number, number][] => (event.type === 'end' ? [[event.first, event.last]] : []))
}

describe('words by tip force', () => {
  it('finds a word from pen-down to pen-up, with a tenth of a second on both sides', () => {
    expect(words(forces([0, 50], [2, 40], [0, 60]))).toEqual([[40, 99]])
  })

  it('counts strokes within the pause to the same word', () => {
    expect(words(forces([0, 50], [2, 40], [0, 29], [2, 5], [0, 60]))).toEqual([[40, 133]])
  })

  it('parts words that are a pause or more apart', () => {
    expect(words(forces([0, 50], [2, 40], [0, 50], [2, 40], [0, 60]))).toEqual([
      [40, 99],
      [130, 189],
    ])
  })

  it('takes a bump shorter than the minimum for no word', () => {
    expect(words(forces([0, 50], [2, 4], [0, 60]))).toEqual([])
    expect(words(forces([0, 50], [2, 5], [0, 60]))).toHaveLength(1)
  })

  it('does not part a stroke whose force trembles around the threshold', () => {
    const trembling = Array.from({ length: 80 }, (_, i): [number, number] => [i % 2 ? 1.1 : 0.9, 1])
    expect(words(forces([0, 50], [2, 5], ...trembling, [0, 60]), { pauseMs: 50 })).toEqual([[40, 139]])
  })

  it('never gives a frame to two words', () => {
    const [a, b] = words(forces([0, 50], [2, 40], [0, 6], [2, 40], [0, 60]), { pauseMs: 50 })
    expect(b![0]).toBeGreaterThan(a![1])
  })

  it('tells the start as soon as the minimum is reached, before the word is over', () => {
    const segmenter = createSegmenter(settings, force, RATE)
    expect(segmenter.push(forces([0, 50], [2, 5]))).toEqual([{ type: 'start', frame: 40 }])
  })

  it('ends a word at once when flushed, and counts on from there', () => {
    const segmenter = createSegmenter(settings, force, RATE)
    segmenter.push(forces([0, 20], [2, 30]))
    expect(segmenter.flush()).toEqual([{ type: 'end', first: 10, last: 49 }])
    expect(segmenter.flush()).toEqual([])
    expect(segmenter.push(forces([2, 10]))).toEqual([{ type: 'start', frame: 50 }])
  })

  it('goes on over every pause where only a flush ends words, but still forgets bumps', () => {
    const block = forces([0, 50], [2, 4], [0, 50], [2, 40], [0, 5000], [2, 10], [0, 100])
    const segmenter = createSegmenter(settings, force, RATE, { endsBy: 'flush' })
    expect(ends(segmenter.push(block))).toEqual([])
    expect(segmenter.flush()).toEqual([{ type: 'end', first: 94, last: 5163 }])
  })

  it('measures the pause by the clock of the pen, lost frames included', () => {
    const block = forces([0, 50], [2, 40], [0, 10], [2, 10], [0, 60])
    block.lostBefore[100] = 40
    expect(words(block)).toHaveLength(1)
    block.lostBefore[100] = 0
    block.lostBefore[95] = 40
    expect(words(block)).toHaveLength(2)
    const timed = {
      ...block,
      lostBefore: new Uint32Array(block.count),
      deviceMicros: Float64Array.from({ length: block.count }, (_, i) => i * 10_000 + (i >= 95 ? 400_000 : 0)),
    }
    expect(words(timed)).toHaveLength(2)
  })

  it('parts what is written at a gap that nobody can fill', () => {
    const block = forces([0, 50], [2, 80], [0, 50])
    block.lostBefore[90] = 100_000
    expect(words(block)).toEqual([
      [40, 89],
      [90, 139],
    ])
    const lifted = forces([0, 50], [2, 40], [0, 50], [2, 40], [0, 50])
    lifted.lostBefore[95] = 100_000
    expect(words(lifted)).toEqual([
      [40, 94],
      [130, 189],
    ])
  })

  it('refuses a device without force, and says the way out', () => {
    expect(() => createSegmenter(settings, [{ name: 'acc1_x', unit: 'g' }], RATE)).toThrow(
      expect.objectContaining({ code: 'device-unsuitable', hint: expect.stringContaining('motion') }),
    )
  })
})

describe('words by motion', () => {
  const gyro: Channel[] = ['gyro_x', 'gyro_y', 'gyro_z'].map((name) => ({ name, unit: 'deg/s' }))
  const acc: Channel[] = ['acc1_x', 'acc1_y', 'acc1_z'].map((name) => ({ name, unit: 'g' }))
  const still = (frames: number, row: number[]) => Array.from({ length: frames }, () => row)

  it('takes the length of the turning rate where there is a gyroscope', () => {
    const rows = [...still(100, [1, 1, 1]), ...still(40, [15, 15, 15]), ...still(100, [1, 1, 1])]
    expect(words(blockOf(gyro, rows), { by: 'motion', threshold: 20 })).toEqual([[75, 164]])
  })

  it('takes the acceleration without gravity where there is none, however the pen is held', () => {
    const tilted = [0.6, 0, 0.8]
    const shaken = Array.from({ length: 40 }, (_, i) => (i % 2 ? [0.6, 0.5, 0.8] : [0.6, -0.5, 0.8]))
    const rows = [...still(200, tilted), ...shaken, ...still(200, tilted)]
    expect(words(blockOf(acc, rows), { by: 'motion', threshold: 0.2 })).toEqual([[175, 264]])
  })

  it('refuses a device without either', () => {
    expect(() => createSegmenter({ ...settings, by: 'motion' }, force, RATE)).toThrow(
      expect.objectContaining({ code: 'device-unsuitable' }),
    )
  })
})

describe('words by vibration', () => {
  const acc: Channel[] = ['acc1_x', 'acc1_y', 'acc1_z'].map((name) => ({ name, unit: 'g' }))
  /** Seconds of a pen at rest, of one that a hand swings by 1 g, or of one that paper shakes by 0.1 g. */
  const stretches = (rateHz: number, ...parts: ['rest' | 'swing' | 'shake', number][]): FrameBlock => {
    const random = new TextRandom('paper')
    const rows = parts.flatMap(([what, seconds]) =>
      Array.from({ length: seconds * rateHz }, (_, i) => {
        const share = i / (seconds * rateHz)
        const swing = what === 'swing' ? Math.sin((2 * Math.PI * 3 * i) / rateHz) * Math.sin(Math.PI * share) ** 2 : 0
        return [0, 1, 2].map(
          (axis) => [0.6, 0, 0.8][axis]! + swing + (what === 'shake' ? 0.35 * (random.uniform() - 0.5) : 0),
        )
      }),
    )
    return blockOf(acc, rows)
  }
  const byVibration = { by: 'vibration', threshold: 0.02, pauseMs: 300, minimumMs: 50 } as const

  it('are cut where the paper shakes the pen, and not where a hand swings it far', () => {
    const [word, ...others] = words(
      stretches(100, ['rest', 1], ['swing', 2], ['rest', 1], ['shake', 1], ['rest', 1]),
      byVibration,
    )
    expect(others).toEqual([])
    expect(word![0]).toBeGreaterThanOrEqual(380)
    expect(word![0]).toBeLessThanOrEqual(400)
    expect(word![1]).toBeGreaterThanOrEqual(500)
    expect(word![1]).toBeLessThanOrEqual(520)
  })

  it('are the same in time for a pen that sends four times as many frames', () => {
    const block = stretches(400, ['rest', 1], ['swing', 2], ['rest', 1], ['shake', 1], ['rest', 1])
    const segmenter = createSegmenter(byVibration, acc, 400)
    const [word, ...others] = ends([...segmenter.push(block), ...segmenter.flush()])
    expect(others).toEqual([])
    expect(word![0]).toBeGreaterThanOrEqual(4 * 380)
    expect(word![1]).toBeLessThanOrEqual(4 * 525)
  })

  it('take late dots, which shake the pen for longer than they press it', () => {
    const block = stretches(100, ['rest', 1], ['shake', 1], ['rest', 0.6], ['shake', 0.1], ['rest', 1])
    const late = createSegmenter(byVibration, acc, 100, { late: true }).push(block)
    expect(late.map(({ type }) => type)).toEqual(['start', 'end', 'start', 'late'])
  })

  it('go on after a frame that holds no numbers', () => {
    const block = stretches(100, ['rest', 1], ['shake', 1], ['rest', 1])
    block.values.fill(NaN, 3 * 20, 3 * 22)
    expect(words(block, byVibration)).toHaveLength(1)
  })

  it('are refused for a device without sensors of motion, or with too few frames', () => {
    expect(() => createSegmenter(byVibration, force, 100)).toThrow(
      expect.objectContaining({ code: 'device-unsuitable', hint: expect.stringContaining('force') }),
    )
    expect(() => createSegmenter(byVibration, acc, 30)).toThrow(
      expect.objectContaining({
        code: 'device-unsuitable',
        message: expect.stringContaining('30 frames'),
        hint: expect.stringContaining('motion'),
      }),
    )
  })
})

describe('however the frames arrive', () => {
  const stretch = fc.tuple(fc.constantFrom(0, 0.9, 1.1, 2, NaN), fc.integer({ min: 1, max: 60 }))

  it('finds the same words', () => {
    fc.assert(
      fc.property(
        fc.array(stretch, { maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }),
        (stretches, sizes) => {
          const whole = forces(...stretches)
          const segmenter = createSegmenter(settings, force, RATE)
          const events: SegmentEvent[] = []
          for (let at = 0, i = 0; at < whole.count; i++) {
            const to = Math.min(whole.count, at + sizes[i % sizes.length]!)
            events.push(...segmenter.push(slice(whole, at, to)))
            at = to
          }
          const once = createSegmenter(settings, force, RATE)
          expect([...events, ...segmenter.flush()]).toEqual([...once.push(whole), ...once.flush()])
        },
      ),
    )
  })

  it('never lets words overlap, nor end outside of what was seen, nor start further back than it promised', () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 20 }), (stretches) => {
        const whole = forces(...stretches)
        const segmenter = createSegmenter(settings, force, RATE)
        let free = 0
        for (let i = 0; i <= whole.count; i++) {
          for (const event of i < whole.count ? segmenter.push(slice(whole, i, i + 1)) : segmenter.flush()) {
            if (event.type === 'start') expect(event.frame).toBeGreaterThan(i - segmenter.reachFrames)
            else {
              expect(event.first).toBeGreaterThanOrEqual(free)
              expect(event.last).toBeLessThan(whole.count)
              free = event.last + 1
            }
          }
        }
      }),
    )
  })
})
