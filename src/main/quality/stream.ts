import type { Reason } from '../../shared/api/quality.ts'
import type { Signal } from '../../shared/signal.ts'
import { say } from '../../shared/messages/index.ts'
import { runningTimes } from '../signal/times.ts'
import { deviation, mean } from '../statistics/mean.ts'
import { beyond, type Check } from './evidence.ts'

/** What the stream itself tells: frames that are missing, and when the others were taken. */

export const lostFrames: Check = ({ signal }, { lostShare }) => {
  const lost = signal.gaps.reduce((sum, gap) => sum + gap.lost, 0)
  const level = beyond(lost / (signal.frames + lost), lostShare)
  return (
    level && {
      code: 'lost-frames',
      level,
      message: say('quality.frames-lost', {
        lost,
        frames: signal.frames + lost,
        percent: 100 * (lost / (signal.frames + lost)),
      }),
    }
  )
}

export const longestGap: Check = ({ signal }, { gapMs }) => {
  const longest = (1000 / signal.rateHz) * signal.gaps.reduce((most, gap) => Math.max(most, gap.lost), 0)
  const level = beyond(longest, gapMs)
  return level && { code: 'gap', level, message: say('quality.gap-ms', { ms: longest }) }
}

/** Arrival comes in bursts: only over this long does it tell a rate. */
const ARRIVAL_MS = 2000
const FEWEST_FRAMES = 10

export const wrongRate: Check = ({ signal, live = false }, { rateOff }) => {
  const measured = rateOf(signal, live)
  if (measured === null) return null
  const off = Math.abs(measured / signal.rateHz - 1)
  const level = beyond(off, rateOff)
  return (
    level && {
      code: 'rate',
      level,
      message: say('quality.frames-come-hz-instead', { measured, nominal: signal.rateHz }),
    }
  )
}

export const jitter: Check = ({ signal }, thresholds) => {
  const steps = stepsOf(signal)
  if (steps === null) return null
  const [usual, varies] = [mean(steps), deviation(steps)]
  const level = beyond(varies / usual, thresholds.jitter)
  if (level === null) return outOfLine(signal)
  return {
    code: 'jitter',
    level,
    message: say('quality.time-between-frames-varies', { varies, usual }),
  }
}

/** Frames whose time was out of line are used with the times of their neighbours, and somebody should know. */
function outOfLine({ deviceMicros, frames }: Signal): Reason | null {
  const jumps = runningTimes(deviceMicros.subarray(0, frames))?.jumps.length ?? 0
  return jumps === 0
    ? null
    : {
        code: 'jitter',
        level: 'check',
        message: say('quality.pen-clock-out-line', { jumps, frames }),
      }
}

/** Frames a second by the pen's clock, else by their arrival; null where neither tells. */
function rateOf(signal: Signal, live: boolean): number | null {
  const steps = stepsOf(signal)
  if (steps !== null) return (1000 * steps.length) / steps.reduce((sum, step) => sum + step, 0)
  const { hostMillis, frames, gaps } = signal
  const span = hostMillis[frames - 1]! - hostMillis[0]!
  if (!live || !(span >= ARRIVAL_MS)) return null
  const lost = gaps.reduce((sum, gap) => sum + (gap.at > 0 ? gap.lost : 0), 0)
  return (1000 * (frames - 1 + lost)) / span
}

/**
 * Milliseconds from frame to frame by the pen's clock, lost frames taken into account; null where it has no clock that
 * runs.
 */
function stepsOf({ deviceMicros, frames, gaps }: Signal): number[] | null {
  if (frames < FEWEST_FRAMES) return null
  const times = runningTimes(deviceMicros.subarray(0, frames))?.times
  if (times === undefined) return null
  const lost = new Map(gaps.map((gap) => [gap.at, gap.lost]))
  return Array.from({ length: frames - 1 }, (_, i) => (times[i + 1]! - times[i]!) / 1000 / (1 + (lost.get(i + 1) ?? 0)))
}
