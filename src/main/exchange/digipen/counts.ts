import { PEN_CHANNELS } from '../../../shared/signal.ts'
import type { Calibration } from './calibration.ts'

/**
 * What a count of each sensor of the DigiPen means: `full` in the channel's unit is `counts`. The ranges are published;
 * that the magnetometer's 2.4 are mT and the force's 5.32 are newtons is assumed, because its files do not say.
 */
const SENSORS = {
  acc1: { counts: 32768, full: 2 },
  acc2: { counts: 8192, full: 2 },
  gyro: { counts: 32768, full: 1000 },
  mag: { counts: 8192, full: 2400 },
  force: { counts: 4096, full: 5.32 },
} as const

/** What is taken for granted when counts become units; goes into the session's profile. */
export const ASSUMED = [
  'magnetometer: 8192 counts are 2.4 mT',
  'force: 4096 counts are 5.32 N',
  '100 frames a second, one for each step of the counter',
]

/** How counts of a channel become units and back: `unit = (count - bias) * step`. */
export interface Conversion {
  bias: number
  step: number
}

/**
 * The thirteen conversions in the order of PEN_CHANNELS, with a pen's calibration:
 * `si = ((raw - bias) / (max_raw / max_si)) / scaling`.
 */
export function conversions(calibration: Calibration): Conversion[] {
  return PEN_CHANNELS.map(({ name }) => {
    const [sensor, axis] = name.split('_') as [keyof typeof SENSORS, string | undefined]
    const { counts, full } = SENSORS[sensor]
    const value = (key: string, otherwise: number): number => calibration.numbers.get(key) ?? otherwise
    const bias = sensor === 'mag' ? value(`bm${axis}`, 0) : sensor === 'gyro' ? value(`bg${axis}`, 0) : 0
    const scaling = sensor === 'mag' ? value(`sm${axis}`, 1) : 1
    return { bias, step: full / counts / scaling }
  })
}

/** Counts as float32 in the channels' units. `counts` is `[frames, 13]`, row by row. */
export function toUnits(counts: ArrayLike<number>, conversion: readonly Conversion[]): Float32Array {
  const width = conversion.length
  return Float32Array.from({ length: counts.length }, (_, at) => {
    const { bias, step } = conversion[at % width]!
    return (counts[at]! - bias) * step
  })
}

/** The nearest whole counts: what came from counts with the same calibration comes back as it was. */
export function toCounts(value: number, { bias, step }: Conversion): number {
  const count = Math.round(value / step + bias)
  return count === 0 ? 0 : count
}
