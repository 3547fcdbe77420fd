import type { Device, DeviceProfile } from '../../src/shared/api/devices.ts'
import { KalamosError } from '../../src/shared/errors.ts'
import type { Channel, FrameBlock } from '../../src/shared/signal.ts'
import { joinBlocks } from '../../src/main/pen/connection/assemble.ts'
import { Events } from '../../src/main/process/events.ts'
import type { Pens } from '../../src/main/record/index.ts'

const channels: Channel[] = [
  { name: 'acc1_x', unit: 'g' },
  { name: 'force', unit: 'N' },
]

export const PROFILE: DeviceProfile = {
  id: 'desk-pen',
  name: 'Desk pen',
  codec: 'pen-frame',
  transport: 'serial',
  baudRate: 115_200,
  rateHz: 100,
  channels: channels.map((channel) => ({ ...channel, bias: 0, scale: 1, range: null })),
  segmentation: { by: 'force', threshold: 0.2, pauseMs: 300, minimumMs: 50 },
  builtIn: false,
}

/** A pen on the desk of the test: it is moved by hand, frame by frame. */
export class DeskPen implements Pens {
  readonly events = new Events()
  profileNow: DeviceProfile | null = PROFILE
  #channels = channels
  #device: Device = {
    id: 'desk',
    kind: 'serial',
    name: 'Desk pen',
    detail: 'desk',
    profileId: PROFILE.id,
    state: 'streaming',
    problem: null,
    channels,
    nominalRateHz: 100,
    measuredRateHz: null,
    frames: 0,
    lostFrames: 0,
    badBytes: 0,
    clockDriftPpm: null,
    batteryPercent: null,
  }
  #listeners = new Set<(block: FrameBlock) => void>()
  #frame = 0

  /** How many frames it has sent. */
  get sent(): number {
    return this.#frame
  }

  get(id: string): Device {
    if (id === this.#device.id) return this.#device
    throw new KalamosError('not-found', `There is no device ${id}.`)
  }

  profile(): DeviceProfile | null {
    return this.profileNow
  }

  frames(_: string, listener: (block: FrameBlock) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  writeText(): void {
    throw new KalamosError('invalid-input', 'This pen is moved by hand.')
  }

  styleOf(): null {
    return null
  }

  async open(): Promise<Device> {
    return this.#device
  }

  async close(): Promise<void> {
    this.becomes('available')
  }

  /** The pen's state as the hub would tell it. */
  becomes(state: Device['state'], problem: Device['problem'] = null): void {
    this.#device = { ...this.#device, state, problem }
    this.events.emit('devices.changed', [this.#device])
  }

  /** Lets the pen have other sensors; there are two. */
  senses(...sensors: Channel[]): void {
    this.#channels = sensors
    this.#device = { ...this.#device, channels: sensors }
  }

  /** What the pen says about itself. */
  is(said: Pick<Device, 'serial' | 'firmware'>): void {
    this.#device = { ...this.#device, ...said }
  }

  /** Words that come in one burst. */
  words(count: number): void {
    const held = [...this.#listeners]
    const blocks: FrameBlock[] = []
    this.#listeners = new Set([(block) => blocks.push(block)])
    for (let i = 0; i < count; i++) this.word()
    this.#listeners = new Set(held)
    for (const block of joinBlocks(blocks)) for (const listener of held) listener(block)
  }

  /** Presses the tip down for so many frames; `acc1_x` counts the frames. */
  press(frames: number, lost = 0): void {
    this.#send(frames, 1, lost)
  }

  lift(frames: number): void {
    this.#send(frames, 0, 0)
  }

  /** A word and the rest after it. */
  word(frames = 40): void {
    this.press(frames)
    this.lift(50)
  }

  #send(count: number, force: number, lost: number): void {
    const lostBefore = new Uint32Array(count)
    lostBefore[0] = lost
    const block: FrameBlock = {
      channels: this.#channels,
      count,
      values: Float32Array.from({ length: count * 2 }, (_, i) => (i % 2 ? force : this.#frame + i / 2)),
      deviceMicros: new Float64Array(count).fill(NaN),
      hostMillis: Float64Array.from({ length: count }, (_, i) => 1_700_000_000_000 + (this.#frame + i) * 10),
      lostBefore,
    }
    this.#frame += count
    for (const listener of this.#listeners) listener(block)
  }
}
