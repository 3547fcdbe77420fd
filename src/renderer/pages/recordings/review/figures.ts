import type { RecordingSignal } from '../../../../shared/api/recordings.ts'

/** What a channel does over a recording, in its unit. */
export interface ChannelFigures {
  name: string
  unit: string
  least: number
  mean: number
  greatest: number
  /** Standard deviation. */
  deviation: number
}

/** Least, mean and greatest value and standard deviation of every channel: the plot for those who do not see it. */
export function channelFigures({ recording, timesMs, values }: RecordingSignal): ChannelFigures[] {
  const [frames, width] = [timesMs.length, recording.channels.length]
  return recording.channels.map(({ name, unit }, c) => {
    let [least, greatest, sum, squares] = [Infinity, -Infinity, 0, 0]
    for (let frame = 0; frame < frames; frame++) {
      const value = values[frame * width + c]!
      if (value < least) least = value
      if (value > greatest) greatest = value
      sum += value
    }
    const mean = sum / frames
    for (let frame = 0; frame < frames; frame++) squares += (values[frame * width + c]! - mean) ** 2
    return { name, unit, least, mean, greatest, deviation: Math.sqrt(squares / frames) }
  })
}
