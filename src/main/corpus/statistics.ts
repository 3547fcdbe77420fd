/** The statistics by which virtual recordings are held against real ones. Pure arithmetic over counts and ink. */
import { mean } from '../statistics/mean.ts'
import { quantile } from '../statistics/quantile.ts'
import type { VirtualRecording } from '../simulator/simulate.ts'
import { CHANNELS, DIGIPEN_RANGES, RATE_HZ } from '../simulator/profile.ts'

/** A figure beside its target: `within` says whether |value - target| is at most `tolerance`. */
export interface Statistic {
  name: string
  unit: string
  target: number
  tolerance: number
  value: number
  within: boolean
  /** Where the target comes from. */
  source: string
}

/** Running collection over many recordings; memory grows with the sampled values only. */
export class SampleStatistics {
  recordings = 0
  readonly acc1: number[] = []
  readonly gyro: number[] = []
  readonly movingOverSteady: number[] = []
  readonly tipSpeed: number[] = []
  readonly pressure: number[] = []
  readonly force: number[] = []
  readonly frames: number[] = []
  readonly framesByLetters: { letters: number; frames: number }[] = []
  readonly downShare: number[] = []
  private readonly bands = { acc: bandSums(), gyro: bandSums(), force: bandSums() }

  add(recording: VirtualRecording): void {
    this.recordings++
    const { counts } = recording
    const frames = counts.length / CHANNELS
    for (let i = 0; i < frames; i++) {
      const at = i * CHANNELS
      this.acc1.push(Math.sqrt(counts[at]! ** 2 + counts[at + 1]! ** 2 + counts[at + 2]! ** 2))
      for (let axis = 6; axis < 9; axis++) this.gyro.push(Math.abs(counts[at + axis]!))
      if (counts[at + 12]! > 40)
        this.force.push((counts[at + 12]! * DIGIPEN_RANGES[12]!.full) / DIGIPEN_RANGES[12]!.counts)
    }
    this.frames.push(frames)
    this.framesByLetters.push({ letters: [...recording.label].length, frames })
    this.movingOverSteady.push(movingOverSteady(counts))
    for (const speed of inkSpeeds(recording)) this.tipSpeed.push(speed)
    for (const { pressure } of recording.strokes) for (const value of pressure) this.pressure.push(value)
    this.downShare.push(downShare(recording))
    for (let c = 0; c < CHANNELS; c++) {
      if (c >= 9 && c < 12) continue
      const band = c < 6 ? this.bands.acc : c < 9 ? this.bands.gyro : this.bands.force
      const share = powerShares(channel(counts, c))
      band.above15 += share.above15
      band.above25 += share.above25
      band.count++
    }
  }

  /** Mean share of the power above 15 and 25 Hz over recordings and channels, in percent. */
  band(name: 'acc' | 'gyro' | 'force'): { above15: number; above25: number } {
    const { above15, above25, count } = this.bands[name]
    return { above15: (100 * above15) / count, above25: (100 * above25) / count }
  }
}

function bandSums() {
  return { above15: 0, above25: 0, count: 0 }
}

function channel(counts: Int16Array, c: number): Float64Array {
  return Float64Array.from({ length: counts.length / CHANNELS }, (_, i) => counts[i * CHANNELS + c]!)
}

/** Standard deviation of the front acceleration over the length of its mean, both as vectors. */
function movingOverSteady(counts: Int16Array): number {
  let [variance, steady] = [0, 0]
  for (let axis = 0; axis < 3; axis++) {
    const values = channel(counts, axis)
    const middle = mean(values)
    steady += middle * middle
    variance += mean(values.map((value) => (value - middle) * (value - middle)))
  }
  return Math.sqrt(variance / steady)
}

/** Tip speeds in mm/s along the paper while the pen is down. */
function inkSpeeds({ strokes }: VirtualRecording): number[] {
  const speeds: number[] = []
  for (const { x, y, t } of strokes) {
    for (let i = 1; i < t.length; i++)
      speeds.push((1000 * Math.sqrt((x[i]! - x[i - 1]!) ** 2 + (y[i]! - y[i - 1]!) ** 2)) / (t[i]! - t[i - 1]!))
  }
  return speeds
}

function downShare({ strokes }: VirtualRecording): number {
  const down = strokes.reduce((sum, { t }) => sum + t.at(-1)! - t[0]!, 0)
  return down / (strokes.at(-1)!.t.at(-1)! - strokes[0]!.t[0]!)
}

/** Shares of the power of a signal, its mean removed, above 15 and above 25 Hz (of a plain periodogram at 100 Hz). */
export function powerShares(values: Float64Array, rateHz = RATE_HZ): { above15: number; above25: number } {
  const middle = mean(values)
  const power = periodogram(values.map((value) => value - middle))
  let [total, above15, above25] = [0, 0, 0]
  for (let k = 1; k < power.length; k++) {
    const hertz = (k * rateHz) / values.length
    total += power[k]!
    if (hertz > 15) above15 += power[k]!
    if (hertz > 25) above25 += power[k]!
  }
  return total === 0 ? { above15: 0, above25: 0 } : { above15: above15 / total, above25: above25 / total }
}

/** Power at frequencies k = 0..n/2 by the plain Fourier sum (Goertzel's recurrence), two-sided weights folded in. */
function periodogram(values: Float64Array): Float64Array {
  const n = values.length
  const power = new Float64Array(Math.floor(n / 2) + 1)
  for (let k = 0; k < power.length; k++) {
    const turn = 2 * Math.cos((2 * Math.PI * k) / n)
    let [s1, s2] = [0, 0]
    for (let i = 0; i < n; i++) {
      const s = values[i]! + turn * s1 - s2
      s2 = s1
      s1 = s
    }
    power[k] = (k === 0 || 2 * k === n ? 1 : 2) * (s1 * s1 + s2 * s2 - turn * s1 * s2)
  }
  return power
}

const ONHW = 'real DigiPen recordings (OnHW-chars, counts), as measured by the imu2text project'
const WORDS = 'OnHW-words500'
const STYLUS = 'real stylus ink (stylus-words)'

/** Every published figure beside the virtual one. */
export function compared(sample: SampleStatistics): Statistic[] {
  const [acc, gyro, force] = [sample.band('acc'), sample.band('gyro'), sample.band('force')]
  const row = (
    name: string,
    unit: string,
    target: number,
    tolerance: number,
    value: number,
    source: string,
  ): Statistic => ({
    name,
    unit,
    target,
    tolerance,
    value,
    within: Math.abs(value - target) <= tolerance,
    source,
  })
  return [
    row('median |Acc1|', 'counts', 16550, 0.05 * 16550, quantile(sample.acc1, 0.5), ONHW),
    row('gyro 99th percentile', 'counts', 1917, 0.25 * 1917, quantile(sample.gyro, 0.99), ONHW),
    row('moving over steady acceleration', '', 0.13, 0.04, quantile(sample.movingOverSteady, 0.5), ONHW),
    row('acceleration power above 15 Hz', '%', 53.9, 8, acc.above15, ONHW),
    row('acceleration power above 25 Hz', '%', 35.8, 8, acc.above25, ONHW),
    row('gyro power above 15 Hz', '%', 4.8, 3, gyro.above15, ONHW),
    row('gyro power above 25 Hz', '%', 1.9, 3, gyro.above25, ONHW),
    row('force power above 15 Hz', '%', 3.2, 2, force.above15, ONHW),
    row('force power above 25 Hz', '%', 1.4, 2, force.above25, ONHW),
    row('median length of a 5.4-letter word', 'frames', 182, 0.2 * 182, wordLength(sample), WORDS),
    row('tip speed median', 'mm/s', 32, 0.2 * 32, quantile(sample.tipSpeed, 0.5), STYLUS),
    row('tip speed 95th percentile', 'mm/s', 93, 0.2 * 93, quantile(sample.tipSpeed, 0.95), STYLUS),
  ]
}

/** Median frames of words of 5 and of 6 letters, interpolated at 5.4; over all words where a sample has neither. */
function wordLength({ framesByLetters, frames }: SampleStatistics): number {
  const of = (letters: number) =>
    quantile(
      framesByLetters.filter((word) => word.letters === letters).map((word) => word.frames),
      0.5,
    )
  const between = 0.6 * of(5) + 0.4 * of(6)
  return Number.isNaN(between) ? quantile(frames, 0.5) : between
}
