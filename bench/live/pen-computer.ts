import { randomOf, shuffled } from '../../src/main/protocol/random.ts'
import { createSegmenter, PauseEstimate } from '../../src/main/segment/index.ts'
import type { Channel } from '../../src/shared/signal.ts'
import { blockOf, hasRealRecordings, realRecordings, type RealRecording } from '../../test/segment/streams.ts'

const CHANNELS: Channel[] = [
  ...['acc1_x', 'acc1_y', 'acc1_z'].map((name): Channel => ({ name, unit: 'g' })),
  { name: 'force', unit: 'count' },
  ...['gyro_x', 'gyro_y'].map((name): Channel => ({ name, unit: 'deg/s' })),
]
const SETTINGS = { by: 'force', threshold: 350, pauseMs: 2000, minimumMs: 30 } as const
const LIFTED = [0, 0, 1, 20, 0, 0]
/** Rests between words: always 2.5 s, or drawn from 2.15 s to 6 s, short ones more often. */
const REST_FRAMES = 250
const DRAWN_REST = { least: 215, more: 385 }

/**
 * Real words played back to back, writer by writer: how many come out whole and alone. Null where the recordings are not at hand.
 * With `orders`, so many times in an order and with rests that chance draws, instead of once as they are stored.
 */
export function wholeWords(learns: boolean, orders = 0): { words: number; whole: number } | null {
  if (!hasRealRecordings('pen-computer')) return null
  const writers = [...Map.groupBy(realRecordings('pen-computer'), ({ writer }) => writer).values()]
  const plays = writers.flatMap((recordings) => (orders === 0 ? [inARow(recordings)] : Array.from({ length: orders }, (_, order) => inARow(recordings, randomOf(`order ${order}`)))))
  const results = plays.map((play) => cutWhole(play, new PauseEstimate(SETTINGS.pauseMs, undefined, { learns })))
  return { words: sum(results.map(({ words }) => words)), whole: sum(results.map(({ whole }) => whole)) }
}

type Play = ReturnType<typeof inARow>

function inARow(recordings: readonly RealRecording[], random?: () => number) {
  const rest = (): number[][] => Array.from({ length: random ? DRAWN_REST.least + Math.round(random() * random() * DRAWN_REST.more) : REST_FRAMES }, () => LIFTED)
  const rows: number[][] = rest()
  const words = (random ? shuffled(recordings, random) : recordings).map(({ samples }) => {
    const first = rows.length
    rows.push(...samples, ...rest())
    return { first, last: first + samples.length - 1 }
  })
  return { rows, words }
}

function cutWhole({ rows, words }: Play, pauses: PauseEstimate): { words: number; whole: number } {
  const segmenter = createSegmenter(SETTINGS, CHANNELS, 100, { late: true, pauses })
  const found: { first: number; last: number }[] = []
  for (const event of [...segmenter.push(blockOf(CHANNELS, rows)), ...segmenter.flush()]) {
    if (event.type === 'end') found.push(event)
    else if (event.type === 'late') found.at(-1)!.last = event.last
  }
  const whole = words.filter(({ first, last }) => {
    const touching = found.filter((segment) => segment.first <= last && segment.last >= first)
    return touching.length === 1 && touching[0]!.first <= first && touching[0]!.last >= last
  })
  return { words: words.length, whole: whole.length }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
