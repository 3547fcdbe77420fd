import { open, type FileHandle } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Signal } from '../../shared/signal.ts'
import { encodeData, encodeHello, serialFrame } from '../pen/codecs/pen-frame-encoder.ts'
import { encodeInertial } from '../pen/codecs/ximu3-encoder.ts'

/** Turns the frames of one recorded pen into the bytes that such a pen would send. */
interface Voice {
  /** What the pen says before its first frame. */
  greeting: Uint8Array
  frame(micros: number, values: Float32Array): Uint8Array
}

/** A pen on the other end of a serial port, in whose place recorded signals are sent. */
export class Player {
  readonly #port: FileHandle
  readonly #voice: Voice
  readonly #rateHz: number
  readonly #speed: number
  #frames = 0
  #started = performance.now()

  private constructor(port: FileHandle, voice: Voice, rateHz: number, speed: number) {
    this.#port = port
    this.#voice = voice
    this.#rateHz = rateHz
    this.#speed = speed
  }

  /**
   * Opens the port and greets. `speed` is how many times faster than the pen wrote it is sent; the pen's clock is not.
   */
  static async open(path: string, like: Signal, speed: number): Promise<Player> {
    const port = await open(path, 'r+')
    const voice = hasForce(like) ? penFrameVoice(like) : inertialVoice(like)
    await port.write(voice.greeting)
    return new Player(port, voice, like.rateHz, speed)
  }

  /** Frames sent so far. */
  get frames(): number {
    return this.#frames
  }

  /** Sends a recorded signal, then holds the pen still as it was last for `restMs` of the pen's time. */
  async write(signal: Signal, restMs: number): Promise<void> {
    const width = signal.channels.length
    const row = (frame: number): Float32Array => signal.values.subarray(frame * width, (frame + 1) * width)
    const still = stillFrame(signal)
    const rest = Math.ceil((restMs / 1000) * this.#rateHz)
    for (let frame = 0; frame < signal.frames + rest; frame += this.#perWrite) {
      const messages: Uint8Array[] = []
      for (let next = frame; next < Math.min(frame + this.#perWrite, signal.frames + rest); next++) {
        messages.push(
          this.#voice.frame(this.#frames++ * (1e6 / this.#rateHz), next < signal.frames ? row(next) : still),
        )
      }
      await this.#port.write(Buffer.concat(messages))
      await this.#keepPace()
    }
  }

  /** Holds the pen still, as before the first word. */
  async rest(like: Signal, restMs: number): Promise<void> {
    await this.write({ ...like, frames: 0 }, restMs)
  }

  async close(): Promise<void> {
    await this.#port.close()
  }

  /** A write goes out about every 10 ms, as a port would deliver. */
  get #perWrite(): number {
    return Math.max(1, Math.round(this.#rateHz * this.#speed * 0.01))
  }

  async #keepPace(): Promise<void> {
    const due = this.#started + (this.#frames * 1000) / (this.#rateHz * this.#speed)
    const early = due - performance.now()
    if (early > 1) await wait(early)
    // Who was held up does not run to catch up: the time until now is written off.
    if (early < -50) this.#started -= early
  }
}

function hasForce(signal: Signal): boolean {
  return signal.channels.some((channel) => channel.name === 'force')
}

/** The last frame without rotation and without force: a pen that is held still, lifted. */
function stillFrame(signal: Signal): Float32Array {
  const width = signal.channels.length
  const last = Math.max(0, signal.frames - 1)
  return Float32Array.from(signal.channels, ({ name }, channel) =>
    name === 'force' || name.startsWith('gyro') ? 0 : (signal.values[last * width + channel] ?? 0),
  )
}

function inertialVoice(like: Signal): Voice {
  const at = (sensor: string): number => like.channels.findIndex((channel) => channel.name === `${sensor}_x`)
  const [acceleration, gyro] = [at('acc1'), at('gyro')]
  return {
    greeting: new Uint8Array(0),
    frame: (micros, values) =>
      encodeInertial(micros, values.subarray(gyro, gyro + 3), values.subarray(acceleration, acceleration + 3)),
  }
}

/** Magnitudes that int16 counts stand for in the pen frames of a rehearsal. */
const FULL_SCALE: Record<string, number> = { g: 16, 'deg/s': 2000, uT: 2400, N: 16, count: 32_768 }

function penFrameVoice(like: Signal): Voice {
  const scales = like.channels.map((channel) => FULL_SCALE[channel.unit]!)
  const channels = like.channels.map((channel, index) => ({ ...channel, fullScale: scales[index]! }))
  let sequence = 0
  return {
    greeting: serialFrame(
      encodeHello({ name: 'rehearsal', serial: '1', firmware: '1', rateHz: like.rateHz, channels }, 0, null),
    ),
    frame: (deviceMicros, values) => {
      const counts = scales.map((scale, index) => (values[index]! / scale) * 32_768)
      return serialFrame(encodeData({ sequence: sequence++, deviceMicros, batteryPercent: null, counts }, 0))
    },
  }
}
