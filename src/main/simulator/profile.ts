/**
 * The DigiPen as a device: ranges of its converters, where its sensors sit, and the faults of a single pen.
 * Ranges are the published ones; the units of the magnetometer (mT) and of the force (N), the sensors' places and
 * their axes (z along the pen from the tip, x and y across) are not published and are assumed here.
 */
import { PEN_CHANNELS } from '../../shared/signal.ts'
import { randomStream } from '../random/named.ts'
import type { NamedRandom } from '../random/named.ts'

/**
 * One converter: `counts` at full scale stand for `full` in the channel's unit; the output is limited to `low`..`high`
 * counts.
 */
export interface SensorRange {
  counts: number
  full: number
  low: number
  high: number
}

const ACC1: SensorRange = { counts: 32768, full: 2, low: -32768, high: 32767 }
const ACC2: SensorRange = { counts: 8192, full: 2, low: -8192, high: 8191 }
const GYRO: SensorRange = { counts: 32768, full: 1000, low: -32768, high: 32767 }
/** 8192 counts = 2.4, taken for 2.4 mT = 2400 uT (assumed unit). */
const MAG: SensorRange = { counts: 8192, full: 2400, low: -8192, high: 8191 }
/** 4096 counts = 5.32, taken for newtons (assumed unit). */
const FORCE: SensorRange = { counts: 4096, full: 5.32, low: 0, high: 4095 }

/** Ranges of the thirteen channels in the order of PEN_CHANNELS. */
export const DIGIPEN_RANGES: readonly SensorRange[] = [
  ACC1,
  ACC1,
  ACC1,
  ACC2,
  ACC2,
  ACC2,
  GYRO,
  GYRO,
  GYRO,
  MAG,
  MAG,
  MAG,
  FORCE,
]
export const CHANNELS = PEN_CHANNELS.length
export const RATE_HZ = 100
export const PEN_LENGTH = 167

/** Places of the sensors in the pen's frame, in mm from the tip (assumed). */
export const FRONT = { x: 0, y: 2, z: 66 } as const
export const REAR = { x: 0, y: -2, z: 139 } as const

/** What one pen adds to the truth. Accelerations in g, rates in deg/s, fields in uT, forces in N. */
export interface VirtualPenUnit {
  bias: { acc1: Axes; acc2: Axes; gyro: Axes; hardIron: Axes; force: number }
  /** Scale of each magnetometer axis; the rest of the soft iron is the symmetric part off the diagonal. */
  magScale: Axes
  softIron: Axes
  /** How rough paper and nib are: acceleration in g that friction shakes at 30 mm/s and 1.5 N. */
  friction: number
  /** True frames per nominal frame minus one. */
  clockSkew: number
}
export type Axes = readonly [number, number, number]

export function drawPen(seed: number): VirtualPenUnit {
  const random = randomStream('pen', seed)
  return {
    bias: {
      acc1: axes(random, 0.012),
      acc2: axes(random, 0.015),
      gyro: axes(random, 1.2),
      hardIron: axes(random, 25),
      force: 0.01 * random.uniform(),
    },
    magScale: [1 + 0.02 * random.normal(), 1 + 0.02 * random.normal(), 1 + 0.02 * random.normal()],
    softIron: axes(random, 0.015),
    friction: random.lognormal(0.141, 0.2),
    clockSkew: 40e-6 * random.normal(),
  }
}

function axes(random: NamedRandom, spread: number): Axes {
  return [spread * random.normal(), spread * random.normal(), spread * random.normal()]
}

/** The calibration file of a pen: biases in counts and scales as `calibration.txt` of a DigiPen holds them. */
export interface SensorErrors {
  magScale: Axes
  magBias: Axes
  gyroBias: Axes
}

/** What the maker would have measured for this pen, rounded as in its file. */
export function calibrationOf(pen: VirtualPenUnit): SensorErrors {
  const rounded = (values: Axes, factor: number, decimals: number): Axes => {
    const [x, y, z] = values
    const one = (value: number) => Number((value * factor).toFixed(decimals))
    return [one(x), one(y), one(z)]
  }
  return {
    magScale: rounded(pen.magScale, 1, 4),
    magBias: rounded(pen.bias.hardIron, MAG.counts / MAG.full, 2),
    gyroBias: rounded(pen.bias.gyro, GYRO.counts / GYRO.full, 2),
  }
}
