import { describe, expect, it } from 'vitest'
import { channelFigures } from '../../src/renderer/pages/recordings/review/figures.ts'
import { halvesOf, joined } from '../../src/renderer/pages/recordings/review/halves.ts'

describe('labels to begin with', () => {
  it('of a split part the words where its time is parted, and leave a single word with the first part', () => {
    expect(halvesOf('am Ufer des Flusses', 0.5)).toEqual(['am Ufer', 'des Flusses'])
    expect(halvesOf('am Ufer des Flusses', 0.01)).toEqual(['am', 'Ufer des Flusses'])
    expect(halvesOf('am Ufer des Flusses', 0.99)).toEqual(['am Ufer des', 'Flusses'])
    expect(halvesOf('Tinte', 0.5)).toEqual(['Tinte', ''])
    expect(halvesOf(null, 0.5)).toEqual(['', ''])
  })

  it('of a merge are both words, or the one that both have', () => {
    expect(joined('am', 'Ufer')).toBe('am Ufer')
    expect(joined('Ufer', null)).toBe('Ufer')
    expect(joined('Ufer', 'Ufer')).toBe('Ufer')
    expect(joined(null, null)).toBe('')
  })
})

it('a signal is told in figures to those who do not see its plot', () => {
  const recording = {
    id: 1,
    sessionId: 1,
    writerId: 1,
    writerName: 'w01',
    virtual: false,
    label: 'a',
    state: 'finished' as const,
    startedAt: 0,
    durationMs: 30,
    frames: 4,
    lostFrames: 0,
    rateHz: 100,
    channels: [
      { name: 'acc1_x', unit: 'g' as const },
      { name: 'force', unit: 'N' as const },
    ],
    tag: null,
    verdict: null,
    excluded: null,
    cut: false,
    locked: false,
  }
  const [acc, force] = channelFigures({
    recording,
    timesMs: [0, 10, 20, 30],
    values: [1, 0, -1, 2, 1, 4, -1, 2],
    gaps: [],
    every: 1,
    allGaps: { gaps: 0, lost: 0 },
  })
  expect(acc).toEqual({ name: 'acc1_x', unit: 'g', least: -1, mean: 0, greatest: 1, deviation: 1 })
  expect(force).toEqual({ name: 'force', unit: 'N', least: 0, mean: 2, greatest: 4, deviation: Math.SQRT2 })
})
