import type { RecordingSignal } from '../../shared/api/recordings.ts'
import type { Signal } from '../../shared/signal.ts'
import { timesOf } from '../signal/times.ts'

/** A quarter of an hour of 13 channels at 100 Hz: more than a screen shows, and as text some 20 MB. */
const VALUES_MAX = 1_000_000
const GAPS_MAX = 1000

/**
 * A signal for the eye, in an answer that stays small whatever was recorded: of a very long one, every so many frames.
 */
export function shownSignal(signal: Signal): Omit<RecordingSignal, 'recording'> {
  const { frames, values, gaps, channels } = signal
  const width = channels.length
  const every = Math.max(1, Math.ceil((frames * width) / VALUES_MAX))
  const rows = Math.ceil(frames / every)
  const times = timesOf(signal)
  return {
    every,
    timesMs: Array.from({ length: rows }, (_, row) => times[row * every]! * 1000),
    values:
      every === 1
        ? Array.from(values)
        : Array.from(
            { length: rows * width },
            (_, at) => values[Math.floor(at / width) * every * width + (at % width)]!,
          ),
    gaps: gaps.slice(0, GAPS_MAX),
    allGaps: { gaps: gaps.length, lost: gaps.reduce((sum, { lost }) => sum + lost, 0) },
  }
}
