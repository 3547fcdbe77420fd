import { createSegmenter, PauseEstimate } from '../../src/main/segment/index.ts'
import type { Channel } from '../../src/shared/signal.ts'
import { backToBack, blockOf, hasRealRecordings, realRecordings } from '../../test/segment/streams.ts'

const CHANNELS: Channel[] = [
  ...['acc1_x', 'acc1_y', 'acc1_z'].map((name): Channel => ({ name, unit: 'g' })),
  { name: 'force', unit: 'count' },
  ...['gyro_x', 'gyro_y'].map((name): Channel => ({ name, unit: 'deg/s' })),
]
const SETTINGS = { by: 'force', threshold: 350, pauseMs: 2000, minimumMs: 30 } as const
const LIFTED = [0, 0, 1, 20, 0, 0]
const REST_FRAMES = 250

/** Real words played back to back, writer by writer: how many come out whole and alone. Null where the recordings are not at hand. */
export function wholeWords(learns: boolean): { words: number; whole: number } | null {
  if (!hasRealRecordings('pen-computer')) return null
  let [total, whole] = [0, 0]
  for (const recordings of Map.groupBy(realRecordings('pen-computer'), ({ writer }) => writer).values()) {
    const { rows, words } = backToBack(recordings, LIFTED, REST_FRAMES)
    const pauses = new PauseEstimate(SETTINGS.pauseMs, undefined, { learns })
    const segmenter = createSegmenter(SETTINGS, CHANNELS, 100, { late: true, pauses })
    const found: { first: number; last: number }[] = []
    for (const event of [...segmenter.push(blockOf(CHANNELS, rows)), ...segmenter.flush()]) {
      if (event.type === 'end') found.push(event)
      else if (event.type === 'late') found.at(-1)!.last = event.last
    }
    total += words.length
    whole += words.filter(({ first, last }) => {
      const touching = found.filter((segment) => segment.first <= last && segment.last >= first)
      return touching.length === 1 && touching[0]!.first <= first && touching[0]!.last >= last
    }).length
  }
  return { words: total, whole }
}
