import type { Device, DeviceProfile, DeviceState } from '../../../shared/api/devices.ts'
import { KalamosError, problemOf } from '../../../shared/errors.ts'
import { say } from '../../../shared/messages/index.ts'
import type { Channel, FrameBlock } from '../../../shared/signal.ts'
import { after, every, inBackground } from '../../process/background.ts'
import type { Transport, TransportSink } from '../transports/transport.ts'
import { log } from '../../log/index.ts'
import { joinBlocks } from './assemble.ts'
import { ClockDrift } from './clock.ts'
import { Decoder } from './decoder.ts'
import { undecodable } from './detect.ts'
import { JitterMeter } from './jitter.ts'
import { RateMeter } from './rate.ts'

/** Waiting times in ms. */
export interface Timing {
  /** Frames that come within this time are delivered as one block. */
  batch: number
  /** Without bytes for this long a device is silent. */
  silent: number
  /** With bytes but no frame for this long they are not of this codec. */
  undecodable: number
  /** First and longest wait between attempts to open a device that went away. */
  retryFirst: number
  retryLongest: number
}

export const TIMING: Timing = { batch: 10, silent: 1500, undecodable: 2000, retryFirst: 250, retryLongest: 4000 }

/** Bytes kept from the beginning of an undecodable stream, to try other codecs on. */
const SAMPLE_BYTES = 4096

export interface ConnectionOptions {
  name: string
  transport: Transport
  profile: DeviceProfile
  timing: Timing
  /** Whether the device's clock can be compared with the host's: not when a recording is played. */
  clocked: boolean
  frames: (block: FrameBlock) => void
  changed: () => void
  ended: () => void
}

/** What a connection knows of its device. */
export type Measured = Pick<
  Device,
  | 'state'
  | 'problem'
  | 'nominalRateHz'
  | 'measuredRateHz'
  | 'frames'
  | 'lostFrames'
  | 'badBytes'
  | 'clockJumps'
  | 'awayMs'
  | 'clockDriftPpm'
  | 'jitterMs'
  | 'batteryPercent'
  | 'serial'
  | 'firmware'
> & {
  channels: readonly Channel[]
  announcedName: string | null
}

/** One device that somebody wants open: reads it, watches it, and opens it again when it went away. */
export class Connection implements TransportSink {
  readonly profile: DeviceProfile
  readonly #options: ConnectionOptions
  readonly #decoder: Decoder
  readonly #rate = new RateMeter()
  readonly #clock = new ClockDrift()
  readonly #jitter = new JitterMeter()
  #state: DeviceState = 'opening'
  #problem: Device['problem'] = null
  #wanted = true
  #open = false
  #channels: readonly Channel[] | null = null
  #frames = 0
  #replayedLost = 0
  #sample: number[] = []
  #bytesSinceFrame = 0
  #badAtFrame = 0
  #messagesAtFrame = 0
  #lastBytes = 0
  #lastFrame = 0
  #lastPresence = 0
  #pending: FrameBlock[] = []
  #delivery: NodeJS.Timeout | null = null
  #watch: NodeJS.Timeout | null = null
  #retry: NodeJS.Timeout | null = null
  #attempt = 0

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.profile = options.profile
    this.#decoder = new Decoder(options.profile)
  }

  measured(): Measured {
    const { codec } = this.#decoder
    return {
      state: this.#state,
      problem: this.#problem,
      channels: this.#channels ?? this.#decoder.channels,
      announcedName: codec.announcement?.name ?? null,
      nominalRateHz: this.#decoder.rateHz,
      measuredRateHz: this.#rate.rateHz(hostMillis()),
      frames: this.#frames,
      lostFrames: this.#decoder.lostFrames + this.#replayedLost,
      badBytes: codec.tally.badBytes,
      clockJumps: this.#decoder.clockJumps,
      ...(this.#decoder.awayMillis > 0 ? { awayMs: this.#decoder.awayMillis } : {}),
      clockDriftPpm: this.#options.clocked ? this.#clock.ppm() : null,
      jitterMs: this.#jitter.milliseconds(),
      batteryPercent: codec.batteryPercent,
      ...(codec.announcement?.serial ? { serial: codec.announcement.serial } : {}),
      ...(codec.announcement?.firmware ? { firmware: codec.announcement.firmware } : {}),
    }
  }

  /** Opens for the first time; throws what the transport throws, and is then as good as closed. */
  async open(): Promise<void> {
    try {
      await this.#options.transport.open(this)
    } catch (error) {
      this.#wanted = false
      this.#set('failed', problemOf(error))
      throw error
    }
    await this.#opened()
  }

  /** Closes for good. What was read is delivered first. */
  async close(): Promise<void> {
    this.#wanted = false
    if (this.#retry) clearTimeout(this.#retry)
    this.#stopWatching()
    this.#open = false
    await this.#options.transport.close()
    this.#deliver()
  }

  bytes(chunk: Uint8Array): void {
    const now = hostMillis()
    this.#lastBytes = now
    this.#bytesSinceFrame += chunk.length
    if (this.#frames === 0 && this.#sample.length < SAMPLE_BYTES)
      this.#sample.push(...chunk.subarray(0, SAMPLE_BYTES - this.#sample.length))
    this.#decode(() => this.#decoder.bytes(chunk, now), now)
  }

  report(report: Uint8Array): void {
    const now = hostMillis()
    this.#lastBytes = now
    this.#bytesSinceFrame += report.length
    this.#decode(() => this.#decoder.report(report, now), now)
  }

  frames(block: FrameBlock): void {
    this.#lastBytes = hostMillis()
    for (const lost of block.lostBefore) this.#replayedLost += lost
    this.#channels = block.channels
    this.#accept([block], this.#lastBytes)
  }

  gone(reason: KalamosError | null): void {
    if (!this.#wanted) return
    this.#open = false
    this.#stopWatching()
    this.#deliver()
    this.#set('lost', {
      message: reason?.said ?? say('pen.unplugged', { name: this.#options.name }),
      hint: reason?.wayOut ?? say('pen.plug-again-opened-soon'),
    })
    log('pens').warn('a device is gone', { code: reason?.code ?? 'unplugged', frames: this.#frames })
    this.#attempt = 0
    this.#scheduleRetry()
  }

  ended(): void {
    this.#deliver()
    this.#options.ended()
  }

  #decode(read: () => FrameBlock[], now: number): void {
    try {
      this.#accept(read(), now)
    } catch (error) {
      this.#set('failed', problemOf(error))
      if (!(error instanceof KalamosError)) throw error
    }
  }

  #accept(blocks: FrameBlock[], now: number): void {
    for (const block of blocks) {
      this.#frames += block.count
      this.#rate.add(block.count, now)
      this.#jitter.add(block)
      if (this.#options.clocked)
        for (let i = 0; i < block.count; i++) this.#clock.add(block.deviceMicros[i]!, block.hostMillis[i]!)
      this.#pending.push(block)
    }
    if (blocks.length === 0) return
    this.#lastFrame = now
    this.#bytesSinceFrame = 0
    this.#badAtFrame = this.#decoder.codec.tally.badBytes
    this.#messagesAtFrame = this.#decoder.codec.tally.messages
    if (this.#state !== 'streaming') this.#set('streaming', null)
    this.#delivery ??= after(this.#options.timing.batch, 'pens', 'frames could not be delivered', () => this.#deliver())
  }

  #deliver(): void {
    if (this.#delivery) clearTimeout(this.#delivery)
    this.#delivery = null
    const blocks = joinBlocks(this.#pending)
    this.#pending = []
    for (const block of blocks) this.#options.frames(block)
  }

  async #opened(): Promise<void> {
    if (!this.#wanted) {
      await this.#options.transport.close()
      return
    }
    this.#open = true
    this.#attempt = 0
    const now = hostMillis()
    this.#lastBytes = Math.max(this.#lastBytes, now)
    this.#lastFrame = Math.max(this.#lastFrame, now)
    this.#bytesSinceFrame = 0
    this.#watch = every(100, 'pens', 'a device could not be watched', () => this.#look())
    if (this.#state !== 'streaming') this.#set('silent', null)
  }

  /** The watchdog: what is silent may be unplugged without a word, and bytes without frames are of another kind. */
  #look(): void {
    const { silent, undecodable: patience } = this.#options.timing
    const now = hostMillis()
    if (now - this.#lastBytes > silent) {
      if (this.#state !== 'silent' || this.#problem === null) this.#set('silent', this.#silence())
      if (now - this.#lastPresence > Math.min(1000, silent)) {
        this.#lastPresence = now
        const vanished = (present: boolean): Promise<void> | void => {
          if (!present && this.#open) return this.#vanish()
        }
        // Where the system cannot say, the device counts as there: silence is reported all the same.
        inBackground('pens', 'a device that vanished could not be left', () =>
          this.#options.transport.present().then(vanished, () => undefined),
        )
      }
    } else if (this.#bytesSinceFrame > 0 && now - this.#lastFrame > patience) {
      const problem = this.#noFrames()
      if (this.#state !== 'failed' || !isSame(this.#problem, problem)) this.#set('failed', problem)
    } else if (now - this.#lastFrame < silent) {
      this.#options.changed()
    }
  }

  /** Why bytes come but no frames: another version, no samples in valid messages, or bytes of another kind. */
  #noFrames(): NonNullable<Device['problem']> {
    const { codec, baudRate, transport } = this.profile
    const { problem, tally } = this.#decoder.codec
    if (problem) return { message: problem, hint: say('pen.update-app-firmware-pen') }
    if (tally.messages > this.#messagesAtFrame && tally.badBytes - this.#badAtFrame < this.#bytesSinceFrame / 10) {
      return {
        message: say('pen.sends-messages-but-none', { name: this.#options.name, codec }),
        hint: say('pen.wake-pen-switch-inertial'),
      }
    }
    return undecodable(
      this.#bytesSinceFrame,
      Uint8Array.from(this.#sample),
      codec,
      transport === 'serial' ? baudRate : null,
    )
  }

  #silence(): NonNullable<Device['problem']> {
    const hint = say('pen.switch-pen-wake-moving')
    const seconds = (this.#options.timing.silent / 1000).toLocaleString('en')
    return { message: say('pen.open-but-nothing-come', { name: this.#options.name, seconds }), hint }
  }

  async #vanish(): Promise<void> {
    this.#open = false
    this.#stopWatching()
    await this.#options.transport.close()
    this.gone(null)
  }

  #scheduleRetry(): void {
    const { retryFirst, retryLongest } = this.#options.timing
    const wait = Math.min(retryLongest, retryFirst * 2 ** this.#attempt)
    this.#retry = after(wait, 'pens', 'a device could not be opened again', () => this.#reopen())
  }

  async #reopen(): Promise<void> {
    this.#decoder.resume()
    this.#rate.restart()
    try {
      await this.#options.transport.open(this)
    } catch (error) {
      if (!this.#wanted) return
      if (!(error instanceof KalamosError && error.code === 'device-gone')) this.#set('lost', problemOf(error))
      this.#attempt++
      this.#scheduleRetry()
      return
    }
    await this.#opened()
  }

  #stopWatching(): void {
    if (this.#watch) clearInterval(this.#watch)
    this.#watch = null
  }

  #set(state: DeviceState, problem: Device['problem']): void {
    this.#state = state
    this.#problem = problem
    this.#options.changed()
  }
}

/** Host time in ms since 1970, finer than Date.now() and never running back. */
export function hostMillis(): number {
  return performance.timeOrigin + performance.now()
}

function isSame(one: Device['problem'], other: Device['problem']): boolean {
  return JSON.stringify(one?.message) === JSON.stringify(other?.message)
}
