import type { DeviceProfile } from '../../../shared/api/devices.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { say } from '../../../shared/messages/index.ts'
import type { Channel, FrameBlock } from '../../../shared/signal.ts'
import { createCodec, type Codec, type RawBlock } from '../codecs/index.ts'
import { PenFrameCodec } from '../codecs/pen-frame.ts'
import { calibrate, type Calibration } from '../profile.ts'
import { toFrames } from './assemble.ts'
import { TimeGaps } from './gaps.ts'
import { PenClock } from './pen-clock.ts'

/**
 * Bytes of one device to frames in units: codec, lost frames, profile. Lives as long as the device is wanted, over
 * unplugging.
 */
export class Decoder {
  readonly codec: Codec
  readonly #profile: DeviceProfile
  readonly #gaps: TimeGaps | null
  readonly #clock = new PenClock()
  #calibration: Calibration | null = null
  #calibrated: readonly Channel[] | null = null
  #lastMicros = NaN
  #lastHostMillis = NaN
  #resuming = false
  #lostByTime = 0
  /** Frames that the pen wrote while it was away: nobody listened, so none of them was lost on its way. */
  #missedAway = 0
  #awayMillis = 0

  constructor(profile: DeviceProfile) {
    this.#profile = profile
    this.codec = createCodec(
      profile.codec,
      profile.channels.map((channel) => channel.name),
    )
    this.#gaps = this.codec.counted ? null : new TimeGaps()
  }

  get channels(): readonly Channel[] {
    return this.#calibration?.channels ?? this.#profile.channels.map(({ name, unit }) => ({ name, unit }))
  }

  /** Frames known to be lost on their way: by the codec's counter, or by device time. */
  get lostFrames(): number {
    return this.codec.tally.lostFrames + this.#lostByTime - this.#missedAway
  }

  /** For how long, in all, a device was away that was unplugged and came back, ms. */
  get awayMillis(): number {
    return this.#awayMillis
  }

  /** Frames whose device time was out of line and was not believed. */
  get clockJumps(): number {
    return this.#clock.jumps
  }

  get rateHz(): number {
    return this.codec.announcement?.rateHz ?? this.#profile.rateHz
  }

  /**
   * Decodes the next bytes of a stream, arrived at `hostMillis`. Throws `device-unsuitable` where channels are missing.
   */
  bytes(chunk: Uint8Array, hostMillis: number): FrameBlock[] {
    return this.#frames(this.codec.push(chunk), hostMillis)
  }

  /** Decodes one HID report. */
  report(report: Uint8Array, hostMillis: number): FrameBlock[] {
    if (!(this.codec instanceof PenFrameCodec)) throw reportProblem(this.#profile)
    return this.#frames(this.codec.pushReport(report), hostMillis)
  }

  /** The device was away: half a message is dropped, and the next frame tells what is missing. */
  resume(): void {
    this.codec.restart()
    this.#clock.restart()
    this.#resuming = true
  }

  #frames(blocks: RawBlock[], hostMillis: number): FrameBlock[] {
    return blocks.map((raw) => {
      this.#mendClock(raw, hostMillis)
      this.#countAway(raw, hostMillis)
      if (this.#calibration === null || this.#calibrated !== raw.columns) {
        this.#calibration = calibrate(this.#profile, raw.columns, this.codec.announcement !== null)
        this.#calibrated = raw.columns
      }
      return toFrames(raw, this.#calibration, hostMillis)
    })
  }

  /** Times that can be relied on, and the frames that they show to be missing. */
  #mendClock(raw: RawBlock, hostMillis: number): void {
    const times = raw.deviceMicros
    for (let i = 0; i < raw.count; i++) {
      const period = this.#gaps && Number.isFinite(this.#gaps.period) ? this.#gaps.period : 1e6 / this.rateHz
      const due = period * (1 + raw.lostBefore[i]!)
      const next = i + 1 < raw.count ? times[i + 1] : undefined
      times[i] = this.#clock.take(times[i]!, { hostMillis, due, next })
      if (!this.#gaps) continue
      if (this.#clock.corrected !== null) this.#lostByTime -= this.#gaps.correct(this.#clock.corrected)
      const missing = this.#gaps.lostBefore(times[i]!)
      const lost = Math.max(Math.min(0, missing), missing - raw.lostBefore[i]!)
      raw.lostBefore[i]! += Math.max(0, lost)
      this.#lostByTime += lost
    }
  }

  /** What went missing while the device was away. */
  #countAway(raw: RawBlock, hostMillis: number): void {
    if (this.#resuming) {
      this.#resuming = false
      if (Number.isFinite(this.#lastHostMillis)) this.#awayMillis += hostMillis - this.#lastHostMillis
      const ranOn = raw.deviceMicros[0]! > this.#lastMicros
      if (!ranOn && Number.isFinite(this.#lastHostMillis)) {
        const away = (hostMillis - this.#lastHostMillis) / 1000
        const lost = Math.max(1, Math.round(away * this.rateHz) - raw.count)
        raw.lostBefore[0]! += lost
        this.#lostByTime += lost
      }
      this.#missedAway += raw.lostBefore[0]!
    }
    this.#lastMicros = raw.deviceMicros[raw.count - 1]!
    this.#lastHostMillis = hostMillis
  }
}

function reportProblem(profile: DeviceProfile): KalamosError {
  return new KalamosError(
    'device-unsuitable',
    say('pen.profile-reads-no-hid', { name: profile.name, codec: profile.codec }),
    say('pen.choose-profile-codec-pen'),
  )
}
