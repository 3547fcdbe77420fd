import { endianness } from 'node:os'
import { KalamosError } from '../../shared/errors.ts'
import type { FrameBlock, Gap, Signal } from '../../shared/signal.ts'
import { runningTimes } from '../signal/times.ts'

/**
 * The binary block that holds a stretch of frames, as docs/store.md specifies it. Everything is little-endian:
 *
 *     0   4  ASCII "KLM1"
 *     4   4  u32 frames F
 *     8   4  u32 channels C
 *    12   4  u32 gaps G in the lower 31 bits; top bit: device times are present
 *    16      f64[F]     host times, ms since 1970
 *            f64[F]     device times, µs of the pen's clock (only if present)
 *            u32[G][2]  gaps: frame index, frames lost before it
 *            f32[F][C]  values, frame by frame, in the channels' units
 *
 * Every part is aligned to its own size. There is no compression: noise fills the low bits of the floats, and a
 * general compressor saves a fifth of the room for several times the work.
 */
export type Stretch = Pick<Signal, 'frames' | 'values' | 'deviceMicros' | 'hostMillis' | 'gaps'>

const MAGIC = 0x314d4c4b
const HEADER = 16
const HAS_DEVICE_TIMES = 0x80000000
/** SQLite keeps no larger value, and some room is needed for the row (https://www.sqlite.org/limits.html, 1). */
const LARGEST = 999_000_000

if (endianness() !== 'LE')
  throw new Error('Kalamos stores samples little-endian and runs on little-endian machines only.')

export function encodeBlock(stretch: Stretch, channels: number): Uint8Array {
  const { frames, gaps } = stretch
  const timed = stretch.deviceMicros.subarray(0, frames).some((time) => !Number.isNaN(time))
  const size = HEADER + frames * 8 * (timed ? 2 : 1) + gaps.length * 8 + frames * channels * 4
  if (size > LARGEST)
    throw new KalamosError(
      'invalid-input',
      `${frames} frames of ${channels} channels are too long for one recording.`,
      'Cut them into several recordings.',
    )
  const bytes = new Uint8Array(size)
  const words = new Uint32Array(bytes.buffer, 0, 4)
  words.set([MAGIC, frames, channels, gaps.length + (timed ? HAS_DEVICE_TIMES : 0)])
  let at = HEADER
  new Float64Array(bytes.buffer, at, frames).set(stretch.hostMillis.subarray(0, frames))
  at += frames * 8
  if (timed) {
    new Float64Array(bytes.buffer, at, frames).set(stretch.deviceMicros.subarray(0, frames))
    at += frames * 8
  }
  new Uint32Array(bytes.buffer, at, gaps.length * 2).set(gaps.flatMap((gap) => [gap.at, gap.lost]))
  at += gaps.length * 8
  new Float32Array(bytes.buffer, at, frames * channels).set(stretch.values.subarray(0, frames * channels))
  return bytes
}

/** Throws `database-damaged` where the block does not add up; `owner` is named in the message. */
export function decodeBlock(stored: Uint8Array, channels: number, owner: string): Stretch {
  const bytes = stored.slice()
  const [magic, frames, width, last] = bytes.length < HEADER ? [] : new Uint32Array(bytes.buffer, 0, 4)
  const timed = last !== undefined && last >= HAS_DEVICE_TIMES
  const gapCount = (last ?? 0) % HAS_DEVICE_TIMES
  const expected = HEADER + (frames ?? 0) * 8 * (timed ? 2 : 1) + gapCount * 8 + (frames ?? 0) * (width ?? 0) * 4
  if (magic !== MAGIC || frames === undefined || width !== channels || bytes.length !== expected) {
    throw damagedSamples(owner)
  }
  let at = HEADER
  const hostMillis = new Float64Array(bytes.buffer, at, frames)
  at += frames * 8
  const deviceMicros = timed ? new Float64Array(bytes.buffer, at, frames) : new Float64Array(frames).fill(NaN)
  if (timed) at += frames * 8
  const pairs = new Uint32Array(bytes.buffer, at, gapCount * 2)
  const gaps: Gap[] = []
  for (let i = 0; i < gapCount; i++) gaps.push({ at: pairs[2 * i]!, lost: pairs[2 * i + 1]! })
  at += gapCount * 8
  return { frames, hostMillis, deviceMicros, gaps, values: new Float32Array(bytes.buffer, at, frames * channels) }
}

export function damagedSamples(owner: string): KalamosError {
  return new KalamosError(
    'database-damaged',
    `The samples of ${owner} are damaged.`,
    'Delete that recording, or restore the database from a backup.',
  )
}

/** Stretches one after the other, as one. */
export function joinStretches(stretches: readonly Stretch[], channels: number): Stretch {
  const frames = stretches.reduce((sum, stretch) => sum + stretch.frames, 0)
  const joined = {
    frames,
    values: new Float32Array(frames * channels),
    deviceMicros: new Float64Array(frames),
    hostMillis: new Float64Array(frames),
    gaps: [] as Gap[],
  }
  let at = 0
  for (const stretch of stretches) {
    joined.values.set(stretch.values.subarray(0, stretch.frames * channels), at * channels)
    joined.deviceMicros.set(stretch.deviceMicros.subarray(0, stretch.frames), at)
    joined.hostMillis.set(stretch.hostMillis.subarray(0, stretch.frames), at)
    for (const gap of stretch.gaps) joined.gaps.push({ at: gap.at + at, lost: gap.lost })
    at += stretch.frames
  }
  return joined
}

/** The first `frames` frames of a stretch, or all where it has fewer. */
export function firstFrames(stretch: Stretch, frames: number, channels: number): Stretch {
  if (frames >= stretch.frames) return stretch
  return {
    frames,
    values: stretch.values.subarray(0, frames * channels),
    deviceMicros: stretch.deviceMicros.subarray(0, frames),
    hostMillis: stretch.hostMillis.subarray(0, frames),
    gaps: stretch.gaps.filter((gap) => gap.at < frames),
  }
}

/** A copy of a block as it came from a pen. */
export function stretchOf(block: FrameBlock): Stretch {
  const gaps: Gap[] = []
  for (let i = 0; i < block.count; i++) {
    const lost = block.lostBefore[i]!
    if (lost > 0) gaps.push({ at: i, lost })
  }
  return {
    frames: block.count,
    values: block.values.slice(0, block.count * block.channels.length),
    deviceMicros: block.deviceMicros.slice(0, block.count),
    hostMillis: block.hostMillis.slice(0, block.count),
    gaps,
  }
}

/**
 * Figures of a stretch that lists show. The duration is the device's where it has a clock that runs, else what the rate
 * makes of the frames.
 */
export function measure(
  stretch: Stretch,
  rateHz: number,
): { startedAt: number; durationMs: number; lostFrames: number } {
  const { frames, deviceMicros, hostMillis } = stretch
  const lostFrames = stretch.gaps.reduce((sum, gap) => sum + gap.lost, 0)
  const period = 1000 / rateHz
  const times = runningTimes(deviceMicros.subarray(0, frames))?.times ?? []
  const byClock = (times[frames - 1]! - times[0]!) / 1000 + period
  return {
    startedAt: hostMillis[0] ?? NaN,
    durationMs: byClock >= period ? byClock : (frames + lostFrames) * period,
    lostFrames,
  }
}
