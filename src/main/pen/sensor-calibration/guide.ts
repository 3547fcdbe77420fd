import type { SensorCalibrationState } from '../../../shared/api/sensor-calibration.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { say } from '../../../shared/messages/index.ts'
import type { FrameBlock } from '../../../shared/signal.ts'
import { matchChannels } from '../../../shared/signal.ts'
import { length, meanOf, minus, rms, type Vector } from './fits.ts'

export type Step = 'rest' | 'poses' | 'turning'

/** Gravity is felt by each of them in the same poses. */
const ACCELEROMETERS = ['acc1', 'acc2'] as const

/**
 * What counts as still: deg/s and g about their mean over a second, root mean square (assumed). A pen on a table leaves
 * the noise of its sensors, below 0.1 deg/s; the stillest hands leave 0.5, so that their movement would be taken for a
 * bias. On its sides a pen may be held: there only the direction of gravity counts, which a steady hand does not
 * change.
 */
const STILL = { rest: { gyro: 0.3, acc: 0.02 }, held: { gyro: 3, acc: 0.03 }, seconds: 1 }
const REST_SECONDS = 3
const POSES = 6
/** Poses are told apart by this angle. */
const APART_DEGREES = 45
const TURNING_SECONDS = 15
/** Directions are counted in so many parts of the sphere; so many of them must have been seen. */
const PARTS = { around: 6, up: 3 }
const ENOUGH_PARTS = 14

/** What was collected, in the units of the profile without its mixing. */
export interface Collected {
  rest: Vector[]
  /** Of each pose, what each accelerometer that the pen has felt of it. */
  poses: { sensor: string; mean: Vector }[][]
  poseFrames: number
  turning: Vector[]
}

/** Leads through a calibration: watches the pen, tells what to do, and takes what each step needs when it sees it. */
export class SensorCalibrationGuide {
  readonly steps: readonly Step[]
  readonly collected: Collected = { rest: [], poses: [], poseFrames: 0, turning: [] }
  readonly #accelerometers: readonly string[]
  /** All that the steps read. */
  readonly #sensors: readonly string[]
  readonly #rateHz: number
  #at = 0
  #window: { gyro: Vector | null; accelerations: Vector[] }[] = []
  #isStill = false

  /** Steps for sensors that the device does not have are left out. */
  constructor(channels: readonly string[], rateHz: number) {
    const has = (sensor: string): boolean => channels.includes(`${sensor}_x`)
    this.#accelerometers = ACCELEROMETERS.filter(has)
    this.#sensors = ['gyro', 'mag', ...this.#accelerometers].filter(has)
    const wanted: [Step, boolean][] = [
      ['rest', has('gyro')],
      ['poses', this.#accelerometers.length > 0],
      ['turning', has('mag')],
    ]
    this.steps = wanted.flatMap(([step, there]) => (there ? [step] : []))
    this.#rateHz = rateHz
  }

  get step(): Step | 'done' {
    return this.steps[this.#at] ?? 'done'
  }

  get told(): Pick<SensorCalibrationState, 'step' | 'steps' | 'share' | 'poses' | 'still'> {
    return {
      step: this.step,
      steps: [...this.steps],
      share: this.#share(),
      poses: this.collected.poses.length,
      still: this.#isStill,
    }
  }

  /** Leaves the present step out; what it would correct stays as it is. */
  skip(): void {
    if (this.step === 'rest') this.collected.rest = []
    if (this.step === 'poses') this.collected.poses = []
    if (this.step === 'turning') this.collected.turning = []
    this.#next()
  }

  /** Throws `device-unsuitable` where the pen no longer sends a sensor that it had at the beginning. */
  push(block: FrameBlock): void {
    const missing = this.#sensors.filter(
      (sensor) =>
        matchChannels(
          block.channels,
          ['x', 'y', 'z'].map((axis) => `${sensor}_${axis}`),
        ).missing.length > 0,
    )
    if (missing.length > 0) {
      throw new KalamosError(
        'device-unsuitable',
        say('pen.pen-no-longer-sends', { missing: missing.join(', ') }),
        say('pen.start-calibration-again-leads'),
      )
    }
    const read = ['gyro', 'mag', ...this.#accelerometers].map((sensor) =>
      matchChannels(
        block.channels,
        ['x', 'y', 'z'].map((axis) => `${sensor}_${axis}`),
      ),
    )
    const width = block.channels.length
    for (let frame = 0; frame < block.count && this.step !== 'done'; frame++) {
      const [gyro, mag, ...felt] = read.map(({ indices, missing }) =>
        missing.length > 0 ? null : (indices.map((c) => block.values[frame * width + c]!) as unknown as Vector),
      )
      this.#take(
        gyro ?? null,
        mag ?? null,
        felt.flatMap((each) => (each === null ? [] : [each])),
      )
    }
  }

  #take(gyro: Vector | null, mag: Vector | null, accelerations: Vector[]): void {
    this.#window.push({ gyro, accelerations })
    if (this.#window.length > STILL.seconds * this.#rateHz) this.#window.shift()
    this.#isStill = this.#looksStill()
    if (this.step === 'turning') {
      if (mag !== null) this.collected.turning.push(mag)
    } else if (this.step === 'rest') {
      // One movement begins the rest anew: its mean must be the bias and nothing else.
      if (this.#isStill && gyro !== null) this.collected.rest.push(gyro)
      else this.collected.rest = []
    } else if (this.#isStill) this.#takePose()
    if (this.#share() >= 1) this.#next()
  }

  #takePose(): void {
    const pose = this.#accelerometers.map((sensor, i) => ({
      sensor,
      mean: meanOf(this.#window.map(({ accelerations }) => accelerations[i]!)),
    }))
    // The first one tells the poses apart; the others may be turned against it.
    const isNew = this.collected.poses.every((known) => angle(known[0]!.mean, pose[0]!.mean) > APART_DEGREES)
    if (!isNew) return
    this.collected.poses.push(pose)
    this.collected.poseFrames += this.#window.length
  }

  #looksStill(): boolean {
    if (this.#window.length < Math.floor(STILL.seconds * this.#rateHz)) return false
    const rates = this.#window.flatMap(({ gyro }) => (gyro === null ? [] : [gyro]))
    const pulls = this.#window.flatMap(({ accelerations }) => accelerations.slice(0, 1))
    const bounds = STILL[this.step === 'rest' ? 'rest' : 'held']
    return spread(rates) < bounds.gyro && spread(pulls) < bounds.acc
  }

  #share(): number {
    const { rest, poses, turning } = this.collected
    if (this.step === 'rest') return Math.min(1, rest.length / (REST_SECONDS * this.#rateHz))
    if (this.step === 'poses') return Math.min(1, poses.length / POSES)
    if (this.step === 'done') return 1
    // Seeing all directions takes the longest; the bar must not jump, so it shows the lesser of both.
    return Math.min(1, turning.length / (TURNING_SECONDS * this.#rateHz), partsSeen(turning) / ENOUGH_PARTS)
  }

  #next(): void {
    this.#at++
    this.#window = []
    this.#isStill = false
  }
}

/** How many parts of the sphere around their middle some values have reached. */
function partsSeen(values: readonly Vector[]): number {
  const sample = values.filter((_, i) => i % Math.max(1, Math.floor(values.length / 500)) === 0)
  const middle = [0, 1, 2].map(
    (axis) => (Math.min(...sample.map((value) => value[axis]!)) + Math.max(...sample.map((value) => value[axis]!))) / 2,
  ) as unknown as Vector
  const parts = sample.map((value) => {
    const [x, y, z] = minus(value, middle)
    const around = Math.min(PARTS.around - 1, Math.floor(((Math.atan2(y, x) / Math.PI + 1) / 2) * PARTS.around))
    const up = Math.min(PARTS.up - 1, Math.floor(((z / (length([x, y, z]) || 1) + 1) / 2) * PARTS.up))
    return around * PARTS.up + up
  })
  return new Set(parts).size
}

/** How far vectors are from their mean, root mean square; 0 of none. */
function spread(vectors: readonly Vector[]): number {
  if (vectors.length === 0) return 0
  const mean = meanOf(vectors)
  return rms(vectors.map((vector) => length(minus(vector, mean))))
}

function angle(a: Vector, b: Vector): number {
  const cosine = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (length(a) * length(b))
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI
}
