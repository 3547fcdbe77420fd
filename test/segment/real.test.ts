import { describe, expect, it } from 'vitest'
import { createSegmenter, PauseEstimate, type PauseSource } from '../../src/main/segment/index.ts'
import type { Segmentation } from '../../src/shared/api/devices.ts'
import type { Channel } from '../../src/shared/signal.ts'
import { backToBack, blockOf, hasRealRecordings, realRecordings, slice, titled, type RealRecording } from './streams.ts'

/**
 * Plays a set back to back and says how many words came out as exactly one segment that holds all of one word and
 * nothing of another.
 */
function play(name: string, channels: readonly Channel[], settings: Segmentation, rateHz: number, rest: number[]) {
  return playAll(realRecordings(name), channels, settings, rateHz, rest)
}

function playAll(
  recordings: readonly RealRecording[],
  channels: readonly Channel[],
  settings: Segmentation,
  rateHz: number,
  rest: number[],
  pauses?: PauseSource,
) {
  const restFrames = Math.ceil((settings.pauseMs / 1000) * rateHz) + 60
  const { rows, words } = backToBack(recordings, rest, restFrames)
  const segmenter = createSegmenter(settings, channels, rateHz, pauses ? { pauses } : {})
  const stream = blockOf(channels, rows)
  const found: { first: number; last: number }[] = []
  for (let at = 0; at < stream.count; at += 7) {
    for (const event of segmenter.push(slice(stream, at, Math.min(stream.count, at + 7))))
      if (event.type === 'end') found.push(event)
  }
  const whole = words.filter((word) => {
    const touching = found.filter((segment) => segment.first <= word.last && segment.last >= word.first)
    return touching.length === 1 && touching[0]!.first <= word.first && touching[0]!.last >= word.last
  })
  return { recordings, words, found, whole }
}

const channel = (name: string, unit: Channel['unit']): Channel => ({ name, unit })

describe.skipIf(!hasRealRecordings('pen-computer'))(titled('the pen with tip force', 'pen-computer'), () => {
  const channels = [
    ...['acc1_x', 'acc1_y', 'acc1_z'].map((name) => channel(name, 'g')),
    channel('force', 'count'),
    ...['gyro_x', 'gyro_y'].map((name) => channel(name, 'deg/s')),
  ]
  const rest = [0, 0, 1, 20, 0, 0]

  it('gives every one of 845 words back whole; the longest lift within a word takes 1.81 s', () => {
    const { words, found, whole } = play(
      'pen-computer',
      channels,
      { by: 'force', threshold: 350, pauseMs: 2000, minimumMs: 30 },
      100,
      rest,
    )
    expect(words).toHaveLength(845)
    expect(found).toHaveLength(845)
    expect(whole).toHaveLength(845)
  })

  it('gives every one of them back whole with the pause that is learned from each writer, which gets shorter than the profile’s', () => {
    const settings: Segmentation = { by: 'force', threshold: 350, pauseMs: 2000, minimumMs: 30 }
    const writers = [...Map.groupBy(realRecordings('pen-computer'), ({ writer }) => writer).values()].map(
      (recordings) => {
        const pauses = new PauseEstimate(settings.pauseMs)
        return { pauses, ...playAll(recordings, channels, settings, 100, rest, pauses) }
      },
    )
    expect(writers.flatMap(({ whole }) => whole)).toHaveLength(845)
    expect(writers.flatMap(({ found }) => found)).toHaveLength(845)
    expect(writers.filter(({ pauses }) => pauses.pauseMs < 1500).length).toBeGreaterThanOrEqual(5)
  })

  it('leaves out three with a minimum of 150 ms: touches of 50 and 100 ms that cannot be the word on their label', () => {
    const { recordings, found } = play(
      'pen-computer',
      channels,
      { by: 'force', threshold: 350, pauseMs: 2000, minimumMs: 150 },
      100,
      rest,
    )
    expect(recordings.filter(({ samples }) => samples.length < 15)).toHaveLength(3)
    expect(found).toHaveLength(842)
  })
})

describe.skipIf(!hasRealRecordings('pen-digits'))(titled('the pen without force', 'pen-digits'), () => {
  const channels = [
    ...['acc1_x', 'acc1_y', 'acc1_z'].map((name) => channel(name, 'g')),
    ...['gyro_x', 'gyro_y', 'gyro_z'].map((name) => channel(name, 'deg/s')),
  ]

  it('tells 745 digits apart by motion, none split or joined', () => {
    const { words, found } = play(
      'pen-digits',
      channels,
      { by: 'motion', threshold: 10, pauseMs: 500, minimumMs: 100 },
      30,
      [0, 0, 1, 0, 0, 0],
    )
    expect(found).toHaveLength(words.length)
    words.forEach((word, i) => {
      expect(found[i]!.first).toBeLessThanOrEqual(word.last)
      expect(found[i]!.last).toBeGreaterThanOrEqual(word.first)
    })
  })
})
