import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSegmenter, PauseEstimate, type SegmentEvent } from '../../src/main/segment/index.ts'
import type { Channel } from '../../src/shared/signal.ts'
import { f1, findWords, PEN, sentence } from './sentences.ts'
import { blockOf } from './streams.ts'

describe('the pause that ends a word', () => {
  it('is the profile’s until lifts within words and gaps between them are known', () => {
    const pauses = new PauseEstimate(500)
    for (let i = 0; i < 11; i++) pauses.lifted(120)
    for (let i = 0; i < 5; i++) pauses.lifted(700)
    expect(pauses).toMatchObject({ pauseMs: 500, isLearned: false })
    pauses.lifted(120)
    pauses.lifted(700)
    expect(pauses.isLearned).toBe(true)
    expect(pauses.pauseMs).toBeGreaterThan(240)
    expect(pauses.pauseMs).toBeLessThan(500)
  })

  it('is not learned from one heap of gaps, however many', () => {
    const pauses = new PauseEstimate(500)
    for (let i = 0; i < 200; i++) pauses.lifted(200 + (i % 20) * 5)
    expect(pauses).toMatchObject({ pauseMs: 500, isLearned: false })
  })

  it('follows a writer who becomes slower, and goes on where it stopped', () => {
    const pauses = new PauseEstimate(500)
    const write = (within: number, between: number, words: number): void => {
      for (let i = 0; i < words; i++) for (const gap of [within, within, within, between]) pauses.lifted(gap)
    }
    write(100, 500, 40)
    const quick = pauses.pauseMs
    write(250, 1400, 60)
    expect(pauses.pauseMs).toBeGreaterThan(1.8 * quick)
    expect(new PauseEstimate(500, pauses.learned).pauseMs).toBe(pauses.pauseMs)
  })

  it('is long for a hand that lifts unevenly within words, and short for an even one that parts its words as late', () => {
    const learn = (lifts: number[]): number => {
      const pauses = new PauseEstimate(500)
      for (let i = 0; i < 20; i++) for (const gap of [...lifts, 900 + 20 * (i % 3)]) pauses.lifted(gap)
      expect(pauses.isLearned).toBe(true)
      return pauses.pauseMs
    }
    const even = learn([110, 120, 120, 130, 140])
    const uneven = learn([70, 90, 120, 170, 240])
    expect(even).toBeLessThan(400)
    expect(uneven).toBeGreaterThanOrEqual(500)
  })

  it('finds widely scattered lifts beside a few even gaps between words', () => {
    const pauses = new PauseEstimate(2000)
    for (const gap of [60, 150, 240, 330, 380, 420, 480, 560, 590, 620, 640, 740, 900, 1160, 1390, 1400])
      pauses.lifted(gap)
    for (let i = 0; i < 7; i++) pauses.lifted(2510)
    expect(pauses.isLearned).toBe(true)
    expect(pauses.pauseMs).toBeGreaterThan(1600)
  })

  it('stays the profile’s where it is not to be learned', () => {
    const pauses = new PauseEstimate(
      500,
      { gaps: [...Array<number>(40).fill(120), ...Array<number>(20).fill(600)] },
      { learns: false },
    )
    expect(pauses).toMatchObject({ pauseMs: 500, isLearned: false })
  })

  it('stays within bounds and memory, whatever gaps come', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e9 }), { maxLength: 600 }), (gaps) => {
        const pauses = new PauseEstimate(500)
        for (const gap of gaps) pauses.lifted(gap)
        expect(pauses.pauseMs).toBeGreaterThanOrEqual(300)
        expect(pauses.pauseMs).toBeLessThanOrEqual(1000)
        expect(pauses.learned.gaps.length).toBeLessThanOrEqual(240)
      }),
    )
  })
})

describe('virtual sentences with known word boundaries', () => {
  const writers = [1, 4, 6, 8, 10, 13]

  it('are cut with an F1 of 0.98 or more once a sentence by the writer was seen', () => {
    const results = writers.map((writer) => {
      const pauses = new PauseEstimate(PEN.pauseMs)
      findWords(sentence(writer, 20), pauses)
      return findWords(sentence(writer, 30, { take: 1 }), pauses)
    })
    expect(f1(results)).toBeGreaterThanOrEqual(0.98)
  })

  it('are cut better with the learned pause than with the profile’s', () => {
    const quick = [1, 6, 10]
    const withProfile = f1(quick.map((writer) => findWords(sentence(writer, 30, { take: 1 }))))
    const learned = f1(
      quick.map((writer) => findWords(sentence(writer, 30, { take: 1 }), new PauseEstimate(PEN.pauseMs))),
    )
    expect(learned).toBeGreaterThan(withProfile)
  })
})

describe('a stroke that comes late', () => {
  const force: Channel[] = [{ name: 'force', unit: 'N' }]
  const events = (stretches: [force: number, frames: number][], late = true): SegmentEvent[] => {
    const segmenter = createSegmenter({ by: 'force', threshold: 1, pauseMs: 300, minimumMs: 100 }, force, 100, { late })
    return segmenter.push(
      blockOf(
        force,
        stretches.flatMap(([value, frames]) => Array.from({ length: frames }, () => [value])),
      ),
    )
  }
  const word: [number, number][] = [
    [0, 50],
    [2, 60],
  ]

  it('belongs to its word, be it a dot or a bar', () => {
    const dot = events([...word, [0, 60], [2, 6], [0, 60]])
    expect(dot.at(-1)).toEqual({ type: 'late', first: 160, last: 185 })
    const bar = events([...word, [0, 60], [2, 14], [0, 60]])
    expect(bar.map(({ type }) => type)).toEqual(['start', 'end', 'start', 'late'])
  })

  it('may be two dots with a lift between', () => {
    expect(events([...word, [0, 60], [2, 5], [0, 10], [2, 5], [0, 60]]).at(-1)).toEqual({
      type: 'late',
      first: 160,
      last: 199,
    })
  })

  it('is a word of its own when it is long, comes much later, or is followed by more', () => {
    for (const stretches of [
      [
        [0, 60],
        [2, 40],
        [0, 60],
      ],
      [
        [0, 300],
        [2, 12],
        [0, 60],
      ],
      [
        [0, 60],
        [2, 6],
        [0, 10],
        [2, 40],
        [0, 60],
      ],
    ] as [number, number][][]) {
      expect(events([...word, ...stretches]).map(({ type }) => type)).toEqual(['start', 'end', 'start', 'end'])
    }
  })

  it('is no late stroke when it is a word of short strokes', () => {
    const strokes = Array.from({ length: 4 }, (): [number, number][] => [
      [2, 8],
      [0, 8],
    ]).flat()
    expect(events([...word, [0, 60], ...strokes, [0, 60]]).at(-1)!.type).toBe('end')
  })

  it('is never told to who did not ask for it', () => {
    expect(events([...word, [0, 60], [2, 6], [0, 60]], false).map(({ type }) => type)).toEqual(['start', 'end'])
  })
})
