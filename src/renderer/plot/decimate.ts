import type { Channel } from '../../shared/signal.ts'

/** Frames in time order, wherever they are kept. */
export interface FrameSource {
  readonly channels: readonly Channel[]
  readonly length: number
  timeAt(frame: number): number
  valueAt(frame: number, channel: number): number
}

/** Points to draw: one time axis for all channels; null is a hole in a line. */
export interface Points {
  times: number[]
  lines: (number | null)[][]
}

/** The frames of a stored recording as a source. `values` is `[frames, channels]`, row by row. */
export function storedFrames(
  channels: readonly Channel[],
  timesMs: ArrayLike<number>,
  values: ArrayLike<number>,
): FrameSource {
  return {
    channels,
    length: timesMs.length,
    timeAt: (frame) => timesMs[frame]!,
    valueAt: (frame, channel) => values[frame * channels.length + channel]!,
  }
}

/** The first frame at or after a time, by bisection. */
export function frameAt(source: FrameSource, timeMs: number): number {
  let [low, high] = [0, source.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (source.timeAt(middle) < timeMs) low = middle + 1
    else high = middle
  }
  return low
}

/** More than this many usual frame distances between two frames is a hole. */
const HOLE_DISTANCES = 3.5

/**
 * What a person can see of the frames from `fromMs` to `toMs` on a plot of `columns` pixels: all of them while they are
 * few, else the least and the greatest value a pixel. Columns stand at fixed times, so that a scrolling line does not
 * flicker. `into` is filled and given back: a live plot draws sixty times a second and should not leave arrays behind.
 */
export function decimate(
  source: FrameSource,
  fromMs: number,
  toMs: number,
  columns: number,
  into: Points = { times: [], lines: [] },
): Points {
  const width = source.channels.length
  into.times.length = 0
  while (into.lines.length < width) into.lines.push([])
  into.lines.length = width
  for (const line of into.lines) line.length = 0
  const first = Math.max(0, frameAt(source, fromMs) - 1)
  const last = Math.min(source.length, frameAt(source, toMs) + 1)
  if (last <= first) return into
  const hole = holeMs(source, first, last)
  if (last - first <= columns * 2) copyFrames(source, first, last, hole, into)
  else copyExtremes(source, first, last, (toMs - fromMs) / columns, hole, into)
  return into
}

/** How far apart two frames may be before the line between them would be an invention, ms. */
function holeMs(source: FrameSource, first: number, last: number): number {
  const step = Math.max(1, Math.floor((last - first) / 64))
  const distances: number[] = []
  for (let frame = first + 1; frame < last; frame += step)
    distances.push(source.timeAt(frame) - source.timeAt(frame - 1))
  distances.sort((a, b) => a - b)
  return Math.max(1, (distances[distances.length >> 1] ?? 0) * HOLE_DISTANCES)
}

function copyFrames(source: FrameSource, first: number, last: number, hole: number, into: Points): void {
  for (let frame = first; frame < last; frame++) {
    const time = source.timeAt(frame)
    if (frame > first && time - source.timeAt(frame - 1) > hole) breakLines(into, (time + source.timeAt(frame - 1)) / 2)
    into.times.push(time)
    for (let c = 0; c < into.lines.length; c++) into.lines[c]!.push(source.valueAt(frame, c))
  }
}

function copyExtremes(
  source: FrameSource,
  first: number,
  last: number,
  columnMs: number,
  hole: number,
  into: Points,
): void {
  let frame = first
  while (frame < last) {
    if (frame > first && source.timeAt(frame) - source.timeAt(frame - 1) > hole) {
      breakLines(into, (source.timeAt(frame) + source.timeAt(frame - 1)) / 2)
    }
    const column = Math.floor(source.timeAt(frame) / columnMs)
    let end = frame + 1
    while (
      end < last &&
      source.timeAt(end) < (column + 1) * columnMs &&
      source.timeAt(end) - source.timeAt(end - 1) <= hole
    )
      end++
    into.times.push(source.timeAt(frame), source.timeAt(end - 1))
    for (let c = 0; c < into.lines.length; c++) pushExtremes(source, c, frame, end, into.lines[c]!)
    frame = end
  }
}

/** The least and the greatest value, in the order in which they came. */
function pushExtremes(
  source: FrameSource,
  channel: number,
  first: number,
  last: number,
  line: (number | null)[],
): void {
  let [low, high] = [first, first]
  for (let frame = first + 1; frame < last; frame++) {
    if (source.valueAt(frame, channel) < source.valueAt(low, channel)) low = frame
    if (source.valueAt(frame, channel) > source.valueAt(high, channel)) high = frame
  }
  line.push(source.valueAt(Math.min(low, high), channel), source.valueAt(Math.max(low, high), channel))
}

function breakLines(into: Points, time: number): void {
  into.times.push(time)
  for (const line of into.lines) line.push(null)
}
