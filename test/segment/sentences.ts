import { simulateText } from '../../src/main/virtual/simulate.ts'
import { drawWriter } from '../../src/main/virtual/writer.ts'
import { wordList } from '../../src/main/words/lists.ts'
import { createSegmenter, type PauseSource } from '../../src/main/segment/index.ts'
import type { Segmentation } from '../../src/shared/api/devices.ts'
import type { FrameBlock } from '../../src/shared/signal.ts'

/** The segmentation of the 13-channel pen, as it comes with the app. */
export const PEN: Segmentation = { by: 'force', threshold: 0.15, pauseMs: 500, minimumMs: 100 }

/** Words that one virtual writer wrote one after another, as frames with the place of every word. */
export function sentence(writer: number, words: number, take = 0): { block: FrameBlock; spans: { start: number; stop: number }[] } {
  const list = wordList('virtual-500')
  const from = (writer * 37 + take * 101) % (list.length - words)
  const { signal, words: spans } = simulateText(drawWriter(writer), list.slice(from, from + words), { take })
  const block: FrameBlock = { channels: signal.channels, count: signal.frames, values: signal.values, deviceMicros: signal.deviceMicros, hostMillis: signal.hostMillis, lostBefore: new Uint32Array(signal.frames) }
  return { block, spans: [...spans] }
}

export interface Found {
  right: number
  found: number
  wanted: number
}

/** Words found whole and alone, with both ends within 150 ms of where they are (100 ms is the margin that is kept on purpose). */
export function findWords({ block, spans }: ReturnType<typeof sentence>, pauses?: PauseSource, settings = PEN): Found {
  const segmenter = createSegmenter(settings, block.channels, 100, { late: true, ...(pauses ? { pauses } : {}) })
  const segments: { first: number; last: number }[] = []
  for (const event of [...segmenter.push(block), ...segmenter.flush()]) {
    if (event.type === 'end') segments.push(event)
    else if (event.type === 'late') segments.at(-1)!.last = event.last
  }
  const right = spans.filter(({ start, stop }) => segments.some(({ first, last }) => Math.abs(first - start) <= 15 && Math.abs(last - stop) <= 15)).length
  return { right, found: segments.length, wanted: spans.length }
}

/** Harmonic mean of precision and recall of the words found. */
export function f1(results: readonly Found[]): number {
  const sum = (of: (result: Found) => number): number => results.reduce((total, result) => total + of(result), 0)
  return (2 * sum(({ right }) => right)) / (sum(({ found }) => found) + sum(({ wanted }) => wanted))
}
