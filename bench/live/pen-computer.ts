import { TextRandom } from '../../src/main/random/text.ts'
import { createActivity } from '../../src/main/segment/activity.ts'
import { createSegmenter, PauseEstimate } from '../../src/main/segment/index.ts'
import type { Segmentation } from '../../src/shared/api/devices.ts'
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
 * Real words played back to back, writer by writer: how many come out whole and alone. Null where the recordings are
 * not at hand. With `orders`, so many times in an order and with rests that chance draws, instead of once as they are
 * stored.
 */
export function wholeWords(learns: boolean, orders = 0): { words: number; whole: number } | null {
  if (!hasRealRecordings('pen-computer')) return null
  const writers = [...Map.groupBy(realRecordings('pen-computer'), ({ writer }) => writer).values()]
  const plays = writers.flatMap((recordings) =>
    orders === 0
      ? [inARow(recordings)]
      : Array.from({ length: orders }, (_, order) => inARow(recordings, new TextRandom(`order ${order}`))),
  )
  const results = plays.map((play) => cutWhole(play, new PauseEstimate(SETTINGS.pauseMs, undefined, { learns })))
  return { words: sum(results.map(({ words }) => words)), whole: sum(results.map(({ whole }) => whole)) }
}

type Play = ReturnType<typeof inARow>

function inARow(recordings: readonly RealRecording[], random?: TextRandom) {
  const rest = (): number[][] =>
    Array.from(
      {
        length: random
          ? DRAWN_REST.least + Math.round(random.uniform() * random.uniform() * DRAWN_REST.more)
          : REST_FRAMES,
      },
      () => LIFTED,
    )
  const rows: number[][] = rest()
  const words = (random ? random.shuffled(recordings) : recordings).map(({ samples }) => {
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

/**
 * How well an activity tells a tip that is down from one that is lifted within a word, without looking at the force:
 * the chance that it is greater in a frame of the one than of the other (0.5 is guessing), the median of the writers.
 * Null where the recordings are not at hand.
 */
export function tellsContact(by: Segmentation['by']): number | null {
  if (!hasRealRecordings('pen-computer')) return null
  const writers = [...Map.groupBy(realRecordings('pen-computer'), ({ writer }) => writer).values()]
  const chances = writers
    .map((recordings) => chanceOfGreater(recordings, by))
    .filter((chance) => chance !== null)
    .sort((a, b) => a - b)
  return chances[Math.floor(chances.length / 2)]!
}

/** Vibration tells of a frame this many frames later. */
const DELAY = { force: 0, vibration: 4, motion: 0 }
const SETTLED = 12
const LEAST_FRAMES = 30

function chanceOfGreater(recordings: readonly RealRecording[], by: Segmentation['by']): number | null {
  const [down, lifted]: [number[], number[]] = [[], []]
  for (const { samples } of recordings) {
    const activity = createActivity(by, CHANNELS, 100)
    const levels = samples.map((frame) => activity(Float32Array.from(frame), 0))
    for (let i = SETTLED; i + DELAY[by] < samples.length; i++)
      (samples[i]![3]! > SETTINGS.threshold ? down : lifted).push(levels[i + DELAY[by]]!)
  }
  if (lifted.length <= LEAST_FRAMES) return null
  lifted.sort((a, b) => a - b)
  return sum(down.map((level) => countBelow(lifted, level))) / down.length / lifted.length
}

function countBelow(sorted: readonly number[], level: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < level) low = middle + 1
    else high = middle
  }
  return low
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
