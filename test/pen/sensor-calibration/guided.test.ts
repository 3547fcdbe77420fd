import { expect, it, describe } from 'vitest'
import { Events } from '../../../src/main/process/events.ts'
import { SensorCalibration } from '../../../src/main/pen/sensor-calibration/index.ts'
import { SensorCalibrationGuide } from '../../../src/main/pen/sensor-calibration/guide.ts'
import { times, type Vector } from '../../../src/main/pen/sensor-calibration/fits.ts'
import { toFrames } from '../../../src/main/pen/connection/assemble.ts'
import { calibrate, ProfileBook } from '../../../src/main/pen/profile.ts'
import { virtualPenSource } from '../../../src/main/simulator/source.ts'
import { drawWriter } from '../../../src/main/simulator/writer.ts'
import type { Device, DeviceProfile } from '../../../src/shared/api/devices.ts'
import { KalamosError } from '../../../src/shared/errors.ts'
import { PEN_CHANNELS, type FrameBlock } from '../../../src/shared/signal.ts'
import { profilesInMemory } from '../profiles-in-memory.ts'
import { inEnglish } from '../../../src/shared/messages/index.ts'

const GYRO_BIAS: Vector = [1.5, -0.8, 0.4]
const FRONT = { bias: [0.03, -0.05, 0.02] as Vector, gain: [1.04, 0.97, 1.02] as Vector }
const REAR = { bias: [-0.04, 0.06, 0.01] as Vector, gain: [0.95, 1.03, 0.98] as Vector }
const IRON = { hard: [22, -15, 40] as Vector, soft: [1.15, 0.05, 0, 0.05, 0.92, 0.03, 0, 0.03, 1] }
const SIDES: Vector[] = [
  [0, 0, 1],
  [0, 0, -1],
  [0, 1, 0],
  [0, -1, 0],
  [1, 0, 0],
  [-1, 0, 0],
]

/**
 * A virtual pen on the bench with known errors, turned by the test; it goes through the same correction as a real one.
 */
class BenchPen {
  readonly book = new ProfileBook(profilesInMemory())
  profileNow: DeviceProfile | null = this.book.get('pen-frame')
  #listeners = new Set<(block: FrameBlock) => void>()
  #tick = 0
  /** What its rear accelerometer answers where it is not whole. */
  rear: ((gravity: Vector) => Vector) | null = null
  /** A sensor that it no longer announces. */
  lacks: string | null = null

  get(): Device {
    return {
      id: 'bench',
      kind: 'serial',
      name: 'Bench pen',
      detail: 'bench',
      profileId: 'pen-frame',
      state: 'streaming',
      problem: null,
      channels: [...PEN_CHANNELS],
      nominalRateHz: 100,
      measuredRateHz: 100,
      frames: 0,
      lostFrames: 0,
      badBytes: 0,
      clockDriftPpm: null,
      batteryPercent: null,
      serial: 'K 07',
    }
  }

  profile(): DeviceProfile | null {
    return this.profileNow
  }

  frames(_: string, listener: (block: FrameBlock) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async open(_: string, profileId?: string): Promise<Device> {
    this.profileNow = this.book.get(profileId!)
    return this.get()
  }

  /** Frames in which gravity points so, the pen turns so fast (deg/s) and the field (uT) is that. */
  feel(
    count: number,
    gravity: (i: number) => Vector,
    rate: Vector | ((i: number) => Vector) = [0, 0, 0],
    field: (i: number) => Vector = () => [20, 0, 43],
  ): FrameBlock {
    const noise = () => Math.sin(this.#tick++ * 12.9898) * 0.01
    const felt = (pull: Vector, { bias, gain }: typeof FRONT) =>
      pull.map((value, axis) => value / gain[axis]! + bias[axis]! + noise())
    const rows = Array.from({ length: count }, (_, i) => [
      ...felt(gravity(i), FRONT),
      ...(this.rear?.(gravity(i)) ?? felt(gravity(i), REAR)),
      ...(typeof rate === 'function' ? rate(i) : rate).map((value, axis) => value + GYRO_BIAS[axis]! + noise()),
      ...times(IRON.soft, field(i)).map((value, axis) => value + IRON.hard[axis]!),
      0,
    ])
    const raw = {
      columns: PEN_CHANNELS,
      count,
      values: Float32Array.from(rows.flat()),
      deviceMicros: new Float64Array(count),
      lostBefore: new Uint32Array(count),
    }
    const block = toFrames(raw, calibrate(this.profileNow!, PEN_CHANNELS, true), 0)
    const sent = this.lacks === null ? block : without(block, this.lacks)
    for (const listener of [...this.#listeners]) listener(sent)
    return sent
  }

  /** Turns through every direction for so many frames. */
  turn(count: number): void {
    const direction = (i: number): Vector => {
      const z = 1 - (2 * (i + 0.5)) / count
      const r = Math.sqrt(1 - z * z)
      return [r * Math.cos(i * 0.7), r * Math.sin(i * 0.7), z]
    }
    this.feel(count, direction, [50, 40, 30], (i) => direction(i).map((value) => value * 48) as unknown as Vector)
  }
}

/** Frames of a pen that has one sensor less. */
function without(block: FrameBlock, sensor: string): FrameBlock {
  const width = block.channels.length
  const stays = block.channels.map(({ name }) => !name.startsWith(sensor))
  return {
    ...block,
    channels: block.channels.filter((_, c) => stays[c]),
    values: block.values.filter((_, i) => stays[i % width]),
  }
}

function bench(busy = false) {
  const pen = new BenchPen()
  const events = new Events()
  const notices: unknown[] = []
  events.on('system.notice', (notice) => notices.push(notice))
  return {
    pen,
    events,
    notices,
    calibration: new SensorCalibration({ pens: pen, profiles: pen.book, events, busy: () => busy }),
  }
}

describe('a guided calibration', () => {
  it('finds the errors of a pen by rest, six poses and turning, and what it measures is right from then on', async () => {
    const { pen, calibration } = bench()
    expect(calibration.start('bench')).toMatchObject({
      step: 'rest',
      steps: ['rest', 'poses', 'turning'],
      share: 0,
      still: false,
    })
    pen.feel(450, () => SIDES[0]!)
    expect(calibration.state).toMatchObject({ step: 'poses' })
    for (const side of SIDES) {
      pen.feel(150, () => side)
      pen.feel(30, () => side, [90, 0, 0])
    }
    expect(calibration.state).toMatchObject({ step: 'turning' })
    pen.turn(1600)
    const { found, step } = calibration.state!
    expect(step).toBe('done')
    expect(found!.residuals.map(({ sensor }) => sensor)).toEqual(['gyro', 'acc1', 'acc2', 'mag'])
    for (const { before, after } of found!.residuals) expect(after).toBeLessThan(before / 5)

    const saved = await calibration.save()
    expect(saved).toMatchObject({
      id: 'pen-frame-k-07',
      name: 'Kalamos pen frame, 13 channels · K 07',
      builtIn: false,
      calibrated: { pen: 'K 07' },
    })
    expect(calibration.state).toBeNull()
    for (const side of SIDES) {
      const { values } = pen.feel(1, () => side)
      for (const first of [0, 3]) side.forEach((value, axis) => expect(values[first + axis]).toBeCloseTo(value, 1.5))
    }
    const { values } = pen.feel(1, () => [0, 0, 1])
    for (const axis of [6, 7, 8]) expect(values[axis]).toBeCloseTo(0, 1)
    expect(Math.hypot(...values.subarray(9, 12))).toBeCloseTo(Math.hypot(20, 43), -0.5)
    expect(pen.book.get('pen-frame').channels[0]).toMatchObject({ bias: 0, scale: 1 })
  })

  it('finds the same when the pen is calibrated already', async () => {
    const { pen, calibration } = bench()
    const once = async () => {
      calibration.start('bench')
      pen.feel(450, () => SIDES[0]!)
      for (const side of SIDES) pen.feel(150, () => side).values.fill(0)
      pen.turn(1600)
      return calibration.save()
    }
    const [first, second] = [await once(), await once()]
    expect(second.id).toBe(first.id)
    second.channels.forEach(({ bias, scale }, i) => {
      expect(bias).toBeCloseTo(first.channels[i]!.bias, 1)
      expect(scale).toBeCloseTo(first.channels[i]!.scale, 2)
    })
  })

  it('names the accelerometer that feels no gravity, and keeps what the other sensors found', async () => {
    const { pen, calibration } = bench()
    pen.rear = () => [0, 0, 0]
    calibration.start('bench')
    calibration.skip()
    for (const side of SIDES) pen.feel(150, () => side)
    expect(inEnglish(calibration.skip())).toMatchObject({
      step: 'done',
      found: { residuals: [{ sensor: 'acc1' }] },
      problem: {
        message: 'The accelerometer acc2 feels no gravity.',
        hint:
          'Compare its channels in the profile with what the pen sends; a sensor that is silent cannot be ' +
          'calibrated.',
      },
    })
    const { channels } = await calibration.save()
    expect(channels.find(({ name }) => name === 'acc1_x')!.bias).toBeCloseTo(0.03, 2)
    expect(channels.find(({ name }) => name === 'acc2_x')).toMatchObject({ bias: 0, scale: 1 })
  })

  it('begins the rest anew with every movement', () => {
    const { pen, calibration } = bench()
    calibration.start('bench')
    pen.feel(300, () => SIDES[0]!)
    pen.feel(5, () => SIDES[0]!, [60, 0, 0])
    expect(calibration.state).toMatchObject({ step: 'rest', share: 0, still: false })
  })

  it.each([1, 8, 12])(
    'does not take a pen in a hand for one at rest, however still the hand (virtual writer %d)',
    (seed) => {
      const guide = new SensorCalibrationGuide(
        PEN_CHANNELS.map(({ name }) => name),
        100,
      )
      const count = 2000
      const fullScales = virtualPenSource(drawWriter(seed)).fullScales
      const values = Float32Array.from(
        virtualPenSource(drawWriter(seed)).next(count),
        (value, i) => (value * fullScales[i % 13]!) / 32_768,
      )
      guide.push({
        channels: PEN_CHANNELS,
        count,
        values,
        deviceMicros: new Float64Array(count),
        hostMillis: new Float64Array(count),
        lostBefore: new Uint32Array(count),
      })
      expect(guide.told).toMatchObject({ step: 'rest', share: 0, still: false })
    },
  )

  it('takes the six sides of a pen that a hand holds against something', () => {
    const { pen, calibration } = bench()
    calibration.start('bench')
    calibration.skip()
    for (const side of SIDES)
      pen.feel(
        150,
        () => side,
        (i) => [2 * Math.sin(i), 2 * Math.cos(i * 0.9), 1],
      )
    expect(calibration.state).toMatchObject({ step: 'turning' })
  })

  it('tells which sensors it hardly made better: they were right already, or the pen was moved', () => {
    const { pen, calibration } = bench()
    calibration.start('bench')
    pen.feel(450, () => SIDES[0]!, GYRO_BIAS.map((value) => -value) as unknown as Vector)
    for (const side of SIDES) pen.feel(150, () => side)
    expect(calibration.state).toMatchObject({ doubtful: [] })
    expect(calibration.skip()).toMatchObject({ step: 'done', doubtful: ['gyro'] })
  })

  it('corrects only what was not left out', async () => {
    const { pen, calibration } = bench()
    calibration.start('bench')
    pen.feel(450, () => SIDES[0]!)
    calibration.skip()
    expect(calibration.skip()).toMatchObject({ step: 'done', found: { residuals: [{ sensor: 'gyro' }] } })
    const { channels, mixing } = await calibration.save()
    expect(channels.find(({ name }) => name === 'gyro_x')!.bias).toBeCloseTo(1.5, 2)
    expect(channels.find(({ name }) => name === 'acc1_x')).toMatchObject({ bias: 0, scale: 1 })
    expect(mixing).toBeUndefined()
  })

  it('is refused with a closed pen, with one that is being recorded with, and saved only when it found something', async () => {
    const { pen, calibration } = bench()
    await expect(calibration.save()).rejects.toThrow(KalamosError)
    calibration.start('bench')
    await expect(calibration.save()).rejects.toMatchObject({
      code: 'conflict',
      message: 'The calibration has found nothing yet.',
    })
    pen.profileNow = null
    expect(() => calibration.start('bench')).toThrow(
      expect.objectContaining({ code: 'conflict', message: 'Bench pen is not open.' }),
    )
    expect(() => bench(true).calibration.start('bench')).toThrow(
      expect.objectContaining({ code: 'conflict', message: 'Bench pen is being recorded with.' }),
    )
  })

  it.each([
    ['removed', () => [], 'the pen was removed.'],
    ['closed', (pen: BenchPen) => [{ ...pen.get(), state: 'available' as const }], 'the pen was closed.'],
  ])('ends with a reason and a way out when the pen is %s meanwhile', (_, devices, reason) => {
    const { pen, events, notices, calibration } = bench()
    const states: unknown[] = []
    calibration.start('bench')
    events.on('sensorCalibration.changed', (state) => states.push(state))
    events.emit('devices.changed', [pen.get()])
    expect(calibration.state).not.toBeNull()
    events.emit('devices.changed', devices(pen))
    expect(calibration.state).toBeNull()
    expect(states).toEqual([null])
    expect(inEnglish(notices)).toEqual([
      {
        level: 'warning',
        message: `The calibration of Bench pen has ended: ${reason}`,
        hint: 'Open the pen, then start the calibration again.',
      },
    ])
    expect(() => pen.feel(5, () => SIDES[0]!)).not.toThrow()
  })

  it('of which all was measured stays to be saved when the pen is closed', () => {
    const { events, calibration } = bench()
    calibration.start('bench')
    for (let step = 0; step < 3; step++) calibration.skip()
    events.emit('devices.changed', [])
    expect(calibration.state).toMatchObject({ step: 'done' })
  })

  it('ends with a reason and a way out when the pen announces fewer sensors meanwhile', () => {
    const { pen, notices, calibration } = bench()
    calibration.start('bench')
    calibration.skip()
    pen.feel(150, () => SIDES[0]!)
    expect(calibration.state).toMatchObject({ step: 'poses', poses: 1 })
    pen.lacks = 'acc2'
    pen.feel(150, () => SIDES[2]!)
    expect(calibration.state).toBeNull()
    expect(inEnglish(notices)).toEqual([
      {
        level: 'warning',
        message: 'The calibration of Bench pen has ended: the pen no longer sends acc2.',
        hint: 'Start the calibration again: it leads through the sensors that the pen has now.',
      },
    ])
  })
})
