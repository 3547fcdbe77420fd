import { describe, expect, it } from 'vitest'
import { aligned } from '../../src/main/experiments/roll/aligned.ts'
import { altered } from '../../src/main/experiments/roll/altered.ts'
import { fusedGravity, slowGravity, turnedAlong, type Samples } from '../../src/main/experiments/roll/course.ts'
import { roll } from '../../src/main/experiments/roll/experiment.ts'
import { posed, WAYS, type Way } from '../../src/main/experiments/roll/ways.ts'
import { keyOf } from '../../src/main/experiments/run.ts'
import { gravityOf } from '../../src/main/ml/data/gravity.ts'
import { turnedAboutZ } from '../../src/main/ml/data/pose.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { drawWriter, type VirtualWriter } from '../../src/main/simulator/writer.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'

const WIDTH = PEN_CHANNELS.length
const RATE = 100

const samplesOf = (writer: VirtualWriter): Samples => ({
  values: simulateWord(writer, 'Haus').signal.values,
  channels: PEN_CHANNELS,
  rateHz: RATE,
})

/** How alike two recordings of a channel are, -1 to 1. */
function alike(a: Float32Array, b: Float32Array, channel: number): number {
  const column = (values: Float32Array) => values.filter((_, at) => at % WIDTH === channel)
  const centred = (values: Float32Array) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return values.map((value) => value - mean)
  }
  const [p, q] = [centred(column(a)), centred(column(b))]
  const product = (x: Float32Array, y: Float32Array) =>
    x.subarray(0, Math.min(x.length, y.length)).reduce((sum, value, at) => sum + value * y[at]!, 0)
  return product(p, q) / Math.sqrt(product(p, p) * product(q, q))
}

describe('ways to take the roll out', () => {
  const writer = drawWriter(7, { handedness: 'right' })
  const samples = samplesOf(writer)

  it('give the same whichever way the pen was rolled, but for as held', () => {
    for (const way of Object.keys(WAYS) as Way[]) {
      const there = posed(samples, way, 'z')!
      const rolled = posed(altered(samples, 'turned'), way, 'z')!
      const apart = rolled.reduce((most, value, at) => Math.max(most, Math.abs(value - there[at]!)), 0)
      if (way === 'as held') expect(apart).toBeGreaterThan(1)
      else expect(apart).toBeLessThan(0.05)
    }
  })

  it('follow a pen that rolls steadily while it writes: by its gyroscope, and by a low pass', () => {
    const frames = 600
    const values = new Float32Array(frames * WIDTH)
    const rate = 10
    for (let frame = 0; frame < frames; frame++) {
      const angle = ((frame * rate) / RATE) * (Math.PI / 180)
      // Gravity stays where it is while the pen turns about z: seen from the pen it turns the other way.
      values.set([0.6 * Math.cos(angle), -0.6 * Math.sin(angle), 0.8, 0, 0, 0, 0, 0, rate], frame * WIDTH)
    }
    const rolling = { values, channels: PEN_CHANNELS, rateHz: RATE }
    const sideways = (turned: Float32Array) =>
      Math.sqrt(turned.reduce((sum, value, at) => (at % WIDTH === 1 ? sum + value ** 2 : sum), 0) / frames)
    const mean = sideways(posed(rolling, 'mean', null)!)
    expect(sideways(turnedAlong(rolling, fusedGravity(rolling)!))).toBeLessThan(0.6 * mean)
    expect(sideways(turnedAlong(rolling, slowGravity(rolling)))).toBeLessThan(0.6 * mean)
  })

  it('bring a left-hander’s pen, the mirror image of a right-hander’s, to the same axes by full alignment', () => {
    for (const seed of [3, 6, 7]) {
      const right = drawWriter(seed, { handedness: 'right' })
      const { azimuth, roll: turn } = right.pose
      const left = { ...right, pose: { ...right.pose, azimuth: Math.PI - azimuth, roll: -turn } }
      const [a, b] = [aligned(samplesOf(right)), aligned(samplesOf(left))]
      // Which way round they lie is not told by acceleration.
      for (const channel of [0, 1]) expect(Math.abs(alike(a, b, channel))).toBeGreaterThan(0.8)
    }
  })

  it('need a gyroscope to fuse', () => {
    const channels = PEN_CHANNELS.slice(0, 3)
    expect(posed({ values: new Float32Array(30).fill(0.5), channels, rateHz: RATE }, 'fusion', null)).toBeNull()
  })
})

describe('altered copies', () => {
  const samples = samplesOf(drawWriter(7))
  const doubt = ({ values }: Samples) => gravityOf(values, WIDTH, [0, 1, 2], RATE).doubt

  it('are what their names say', () => {
    expect(altered(samples, 'short').values.length).toBeLessThan(0.8 * samples.values.length)
    expect(altered(samples, 'fast').values.length).toBeLessThan(0.51 * samples.values.length)
    expect(doubt(altered(samples, 'upside down'))).toBe('upside down')
    expect(altered(samples, 'turned').values).toEqual(turnedAboutZ(samples.values, PEN_CHANNELS, Math.PI / 3))
  })
})

describe('the study of the roll', () => {
  it('pairs every way with as held by condition, fold and seed, and says beforehand what each should do', async () => {
    const cells = await roll.cells({ seeds: 20, quick: false }, { data: '' } as never)
    expect(new Set(cells.map(keyOf)).size).toBe(cells.length)
    for (const { condition, variant, fold, seed } of cells) {
      expect(Object.keys(roll.expected!)).toContain(variant)
      expect(
        cells.some(
          (cell) => cell.variant === 'as held' && keyOf(cell) === keyOf({ condition, variant: 'as held', fold, seed }),
        ),
      ).toBe(true)
    }
    expect(
      cells.filter(({ variant, condition }) => variant === 'mean' && condition.includes('18 writers')),
    ).toHaveLength(20)
  })
})
