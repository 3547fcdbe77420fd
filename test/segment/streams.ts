import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Channel, FrameBlock } from '../../src/shared/signal.ts'

const folder = new URL('../../../shared/data/', import.meta.url)

export interface RealRecording {
  id: string
  writer: string
  label: string
  samples: number[][]
}

/** A title that says why its tests do not run, where they do not. */
export function titled(title: string, name: string): string {
  return hasRealRecordings(name) ? title : `${title} (skipped: real recordings not found)`
}

/** Whether the real recordings are at hand; their licences keep them out of the project. */
export function hasRealRecordings(name: string): boolean {
  return existsSync(new URL(`${name}.ndjson.gz`, folder))
}

export function realRecordings(name: string): RealRecording[] {
  const text = gunzipSync(readFileSync(new URL(`${name}.ndjson.gz`, folder))).toString('utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RealRecording)
}

/** Frames without device time, or with one that runs at `rateHz`. */
export function blockOf(
  channels: readonly Channel[],
  rows: readonly (readonly number[])[],
  from = 0,
  rateHz?: number,
): FrameBlock {
  return {
    channels,
    count: rows.length,
    values: Float32Array.from(rows.flat()),
    deviceMicros: Float64Array.from(rows, (_, i) => (rateHz === undefined ? NaN : ((from + i) * 1e6) / rateHz)),
    hostMillis: Float64Array.from(rows, (_, i) => 1_700_000_000_000 + from + i),
    lostBefore: new Uint32Array(rows.length),
  }
}

/** Frames `from` up to `to` (not included) of a block, as a block. */
export function slice(block: FrameBlock, from: number, to: number): FrameBlock {
  const width = block.channels.length
  return {
    channels: block.channels,
    count: to - from,
    values: block.values.slice(from * width, to * width),
    deviceMicros: block.deviceMicros.slice(from, to),
    hostMillis: block.hostMillis.slice(from, to),
    lostBefore: block.lostBefore.slice(from, to),
  }
}

/** Recordings one after the other with a rest before, between and after them. `words` are the frames where each is. */
export function backToBack(recordings: readonly RealRecording[], rest: readonly number[], restFrames: number) {
  const rows: (readonly number[])[] = []
  const words: { first: number; last: number }[] = []
  const pause = Array.from({ length: restFrames }, () => rest)
  for (const { samples } of recordings) {
    rows.push(...pause)
    words.push({ first: rows.length, last: rows.length + samples.length - 1 })
    rows.push(...samples)
  }
  rows.push(...pause)
  return { rows, words }
}
