import { say } from '../../shared/messages/index.ts'
import { beyond, type Check } from './evidence.ts'

/** A converter's last count is a little below its range, and a calibration moves it a little. */
const AT_THE_END = 0.998

/** Frames in which a channel is at the end of its range, as the profile tells it. */
export const clipping: Check = ({ signal, profile }, { clippedShare }) => {
  const ranges = new Map(profile?.channels.map(({ name, range }) => [name, range]))
  const limits = signal.channels.map(({ name }) => (ranges.get(name) ?? Infinity) * AT_THE_END)
  const clipped = new Map<string, number>()
  let frames = 0
  for (let frame = 0; frame < signal.frames; frame++) {
    let any = false
    signal.channels.forEach(({ name }, c) => {
      if (Math.abs(signal.values[frame * signal.channels.length + c]!) < limits[c]! || limits[c] === 0) return
      any = true
      clipped.set(name, (clipped.get(name) ?? 0) + 1)
    })
    if (any) frames++
  }
  const level = beyond(frames / signal.frames, clippedShare)
  if (level === null) return null
  const [worst] = [...clipped].sort((a, b) => b[1] - a[1])
  return {
    code: 'clipping',
    level,
    message: say('quality.end-range-frames-clip', { worst: worst![0], percent: 100 * (frames / signal.frames) }),
  }
}
