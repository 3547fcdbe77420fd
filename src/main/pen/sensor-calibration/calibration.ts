import type { SensorCalibrationState } from '../../../shared/api/sensor-calibration.ts'
import type { SensorCalibrationNote, Device, DeviceProfile } from '../../../shared/api/devices.ts'
import { errorShape, KalamosError } from '../../../shared/errors.ts'
import { say } from '../../../shared/messages/index.ts'
import type { FrameBlock, Signal } from '../../../shared/signal.ts'
import { after, guarded } from '../../process/background.ts'
import type { Events } from '../../process/events.ts'
import type { DeviceHub } from '../hub.ts'
import type { ProfileBook } from '../profile.ts'
import { corrected, uncorrected, type Correction } from './apply.ts'
import { fitEllipsoid, fitPoses, fitRest, type Residual } from './fits.ts'
import { SensorCalibrationGuide } from './guide.ts'

type Pens = Pick<DeviceHub, 'get' | 'profile' | 'frames' | 'open'>

interface Running {
  deviceId: string
  deviceName: string
  profile: DeviceProfile
  guide: SensorCalibrationGuide
  leave: () => void
  corrections: Correction[] | null
  found: SensorCalibrationNote | null
  problem: SensorCalibrationState['problem']
}

const TELL_EVERY_MS = 100

/** The guided calibration of one pen; there is one at a time. */
export class SensorCalibration {
  readonly #pens: Pens
  readonly #profiles: ProfileBook
  readonly #events: Events
  readonly #busy: (deviceId: string) => boolean
  #running: Running | null = null
  #telling: NodeJS.Timeout | undefined

  /** `busy`: the pen is being recorded with, so that its calibration must not change. */
  constructor(deps: { pens: Pens; profiles: ProfileBook; events: Events; busy: (deviceId: string) => boolean }) {
    this.#pens = deps.pens
    this.#profiles = deps.profiles
    this.#events = deps.events
    this.#busy = deps.busy
  }

  get state(): SensorCalibrationState | null {
    const running = this.#running
    if (running === null) return null
    const { deviceId, deviceName, guide, found, problem } = running
    return { deviceId, deviceName, ...guide.told, found, doubtful: doubtfulOf(found), problem }
  }

  /**
   * Begins anew, also where another calibration was running. Throws `not-found`, `conflict` (closed, being recorded
   * with) or `device-unsuitable` (nothing to calibrate).
   */
  start(deviceId: string): SensorCalibrationState {
    const device = this.#pens.get(deviceId)
    const profile = this.#pens.profile(deviceId)
    if (profile === null)
      throw new KalamosError('conflict', say('record.not-open', { name: device.name }), say('pen.open-calibrate'))
    if (device.kind === 'replay')
      throw new KalamosError(
        'device-unsuitable',
        say('pen.plays-recordings-calibrated-already', { name: device.name }),
        say('pen.calibrate-pen-itself'),
      )
    if (this.#busy(deviceId))
      throw new KalamosError(
        'conflict',
        say('pen.being-recorded', { name: device.name }),
        say('pen.stop-session-calibrate-protocol'),
      )
    const guide = new SensorCalibrationGuide(
      device.channels.map(({ name }) => name),
      device.nominalRateHz ?? profile.rateHz,
    )
    if (guide.steps.length === 0)
      throw new KalamosError(
        'device-unsuitable',
        say('pen.no-sensor-calibrated', { name: device.name }),
        say('pen.accelerometer-gyroscope-magnetometer'),
      )
    this.cancel()
    const frames = guarded(
      'calibration',
      'frames could not be taken',
      (block: FrameBlock) => this.#take(block),
      (error) => this.#end(error),
    )
    const stops = [
      this.#pens.frames(deviceId, frames),
      this.#events.on('devices.changed', (devices) => this.#look(devices.find(({ id }) => id === deviceId))),
    ]
    const leave = (): void => stops.forEach((stop) => stop())
    this.#running = {
      deviceId,
      deviceName: device.name,
      profile,
      guide,
      leave,
      corrections: null,
      found: null,
      problem: null,
    }
    return this.#told()
  }

  /** Throws `conflict` where none is running. */
  skip(): SensorCalibrationState {
    const running = this.#mustRun()
    running.guide.skip()
    if (running.guide.step === 'done') this.#fit(running)
    return this.#told()
  }

  /**
   * Keeps what was found in the pen's own profile and opens the pen with it. Throws `conflict` before all steps are
   * done.
   */
  async save(): Promise<DeviceProfile> {
    const { deviceId, profile, corrections, found } = this.#mustRun()
    if (corrections === null || found === null || corrections.length === 0)
      throw new KalamosError('conflict', say('pen.calibration-found-nothing-yet'), say('pen.finish-step-first'))
    const own = ownProfile(profile, found.pen)
    const saved = this.#profiles.save(corrected({ ...profile, ...own }, corrections, found))
    this.cancel()
    await this.#pens.open(deviceId, saved.id)
    return saved
  }

  cancel(): void {
    this.#running?.leave()
    if (this.#running === null) return
    this.#running = null
    clearTimeout(this.#telling)
    this.#telling = undefined
    this.#events.emit('sensorCalibration.changed', null)
  }

  /** A pen that was closed or removed sends no more: a calibration that still needs its frames ends. */
  #look(device: Device | undefined): void {
    if (this.#running === null || this.#running.guide.step === 'done') return
    const hint = say('pen.open-pen-start-calibration')
    if (device === undefined) this.#end(new KalamosError('device-gone', say('pen.pen-removed'), hint))
    else if (device.state === 'available') this.#end(new KalamosError('device-gone', say('pen.pen-closed'), hint))
  }

  /** Ends what cannot go on, and says why. */
  #end(reason: unknown): void {
    const running = this.#running
    if (running === null) return
    this.cancel()
    const { message, hint } = errorShape(reason)
    this.#events.emit('system.notice', {
      level: 'warning',
      message: say('pen.calibration-ended', { deviceName: running.deviceName, message }),
      hint: hint ?? null,
    })
  }

  #take(block: FrameBlock): void {
    const running = this.#running
    if (running === null || running.guide.told.step === 'done') return
    const { guide } = running
    try {
      guide.push({ ...block, values: plainUnits(block, running.profile) })
    } catch (error) {
      if (!(error instanceof KalamosError)) throw error
      return this.#end(error)
    }
    if (guide.told.step === 'done') this.#fit(running)
    this.#telling ??= after(TELL_EVERY_MS, 'calibration', 'how far a calibration is could not be told', () => {
      this.#telling = undefined
      this.#told()
    })
  }

  #fit(running: Running): void {
    running.leave()
    const { rest, poses, poseFrames, turning } = running.guide.collected
    const unitOf = (sensor: string) =>
      running.profile.channels.find(({ name }) => name === `${sensor}_x`)?.unit ?? 'count'
    const corrections: Correction[] = []
    const residuals: SensorCalibrationNote['residuals'] = []
    const keep = (sensor: string, { bias, ...fit }: Omit<Correction, 'sensor'> & Residual, frames: number): void => {
      const { before, after, ...rest } = fit
      corrections.push({ sensor, bias, ...rest })
      residuals.push({ sensor, before, after, unit: unitOf(sensor), frames })
    }
    /** What one sensor does not tell takes nothing from what the others did. */
    const attempt = (fit: () => void): void => {
      try {
        fit()
      } catch (error) {
        const { message, hint } = errorShape(error)
        running.problem ??= { message, hint: hint ?? say('pen.start-calibration-again') }
      }
    }
    if (rest.length > 0) attempt(() => keep('gyro', fitRest(rest), rest.length))
    poses[0]?.forEach(({ sensor }, i) =>
      attempt(() =>
        keep(
          sensor,
          fitPoses(
            poses.map((pose) => pose[i]!.mean),
            sensor,
          ),
          poseFrames,
        ),
      ),
    )
    if (turning.length > 0) {
      attempt(() => {
        const { radius: _, ...fit } = fitEllipsoid(turning)
        keep('mag', fit, turning.length)
      })
    }
    running.corrections = corrections
    running.found = { at: Date.now(), pen: this.#pens.get(running.deviceId).serial ?? null, residuals }
  }

  #mustRun(): Running {
    if (this.#running === null)
      throw new KalamosError('conflict', say('pen.no-calibration-running'), say('pen.start-device'))
    return this.#running
  }

  #told(): SensorCalibrationState {
    const { state } = this
    this.#events.emit('sensorCalibration.changed', state)
    return state!
  }
}

function doubtfulOf(found: SensorCalibrationNote | null): string[] {
  return (found?.residuals ?? []).filter(({ before, after }) => after > before / 2).map(({ sensor }) => sensor)
}

/** Values in the profile's units, but without its biases and mixings: what corrections refer to. */
function plainUnits(block: FrameBlock, profile: DeviceProfile): Float32Array {
  const signal: Signal = { ...block, frames: block.count, rateHz: profile.rateHz, gaps: [] }
  const raw = uncorrected(signal, profile)
  const scales = block.channels.map(
    ({ name, unit }) => profile.channels.find((channel) => channel.name === name && channel.unit === unit)?.scale ?? 1,
  )
  return raw.map((value, i) => value * scales[i % scales.length]!)
}

/** A calibration is of one pen, so it has a profile of its own; calibrated again, the same one. */
function ownProfile(profile: DeviceProfile, pen: string | null): Pick<DeviceProfile, 'id' | 'name' | 'builtIn'> {
  if (profile.calibrated && !profile.builtIn && profile.calibrated.pen === pen) return profile
  const mark =
    (pen ?? 'calibrated')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'calibrated'
  return { id: `${profile.id}-${mark}`.slice(0, 63), name: `${profile.name} · ${pen ?? 'calibrated'}`, builtIn: false }
}
