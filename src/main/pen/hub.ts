import type { Device, DeviceProfile, LeftOut, ReplaySource } from '../../shared/api/devices.ts'
import { KalamosError, problemOf } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import type { FrameBlock } from '../../shared/signal.ts'
import { after, inBackground } from '../process/background.ts'
import { log } from '../log/index.ts'
import type { LiveVirtualWriter } from '../simulator/source.ts'
import { writable } from '../simulator/writable.ts'
import { Connection, hostMillis, TIMING, type Timing } from './connection/connection.ts'
import { HubDevice } from './hub-device.ts'
import { type Listing, SystemDevices } from './listing.ts'
import type { ProfileBook } from './profile.ts'
import type { LoadReplay } from './replay/replayable.ts'
import { HidTransport } from './transports/hid.ts'
import { ReplayTransport } from './transports/replay.ts'
import { SerialTransport } from './transports/serial.ts'
import type { Transport } from './transports/transport.ts'
import { drawVirtualSource, type VirtualSource, VirtualTransport } from './transports/virtual.ts'

const CHANGED_MS = 250

export interface HubOptions {
  profiles: ProfileBook
  /** Told at most four times a second that something about the devices changed. */
  changed?: (devices: Device[]) => void
  /** Loads the recordings of replay devices; without it, none can be added. */
  replay?: LoadReplay
  /** Draws a virtual writer with a virtual pen; the simulation of this app unless given. */
  virtual?: (seed: number, handedness: 'right' | 'left' | 'any') => VirtualSource
  timing?: Partial<Timing>
  system?: { list(): Promise<Listing>; hid: SystemDevices['hid'] }
}

/** All pens: found, plugged in and out, opened, read and watched. */
export class DeviceHub {
  readonly #options: HubOptions
  readonly #system: NonNullable<HubOptions['system']>
  readonly #timing: Timing
  readonly #devices = new Map<string, HubDevice>()
  readonly #listeners = new Map<string, Set<(block: FrameBlock) => void>>()
  /** Of replays that are being added. */
  #reading = new AbortController()
  #throttle: NodeJS.Timeout | null = null
  #changedAt = 0
  #added = 0
  #listed: Listing = { devices: [], problems: [] }

  constructor(options: HubOptions) {
    this.#options = options
    this.#system = options.system ?? new SystemDevices()
    this.#timing = { ...TIMING, ...options.timing }
  }

  list(): Device[] {
    return [...this.#devices.values()].map((device) => device.describe())
  }

  /** One device as it is now. Throws `not-found`. */
  get(id: string): Device {
    return this.#device(id).describe()
  }

  /** Why some kind of device cannot be listed here, such as a missing library. */
  get problems(): readonly KalamosError[] {
    return this.#listed.problems
  }

  /** Searches the ports once. Devices that are open stay in the list when they are unplugged. */
  async scan(): Promise<Device[]> {
    this.#listed = await this.#system.list()
    const present = new Set(this.#listed.devices.map((listed) => listed.id))
    for (const listed of this.#listed.devices) {
      const known = this.#devices.get(listed.id)
      if (known) known.detail = listed.detail
      else this.#devices.set(listed.id, new HubDevice(listed, listed.kind === 'hid' ? 'pen-frame' : null))
    }
    for (const device of this.#devices.values()) {
      const system = device.kind === 'serial' || device.kind === 'hid'
      if (system && !device.connection && !device.named && !present.has(device.id)) this.#devices.delete(device.id)
    }
    this.#changed()
    return this.list()
  }

  /**
   * Opens a device with a profile (else the one it had last, else what its kind suggests) and keeps it open over
   * unplugging. A serial port that the system does not list, such as a pty, opens as `serial:<path>`. Throws
   * `not-found`, `invalid-input` where a profile is needed, `device-busy`, `device-gone`, `device-denied`.
   */
  async open(id: string, profileId?: string): Promise<Device> {
    const device = this.#devices.get(id) ?? this.#namedPort(id)
    this.#devices.set(id, device)
    return device.inTurn(() => this.#open(device, profileId))
  }

  async #open(device: HubDevice, profileId: string | undefined): Promise<Device> {
    const { id } = device
    const profile = this.#profileFor(device, profileId)
    if (device.connection) {
      if (device.connection.profile.id === profile.id && device.describe().state !== 'failed') return device.describe()
      await this.#release(device)
    }
    const transport = this.#transport(device, profile)
    const connection = new Connection({
      name: device.name,
      transport,
      profile,
      timing: this.#timing,
      clocked: device.kind === 'serial' || device.kind === 'hid',
      frames: (block) => this.#deliver(id, block),
      changed: () => this.#changed(),
      ended: () => inBackground('pens', 'a device that has ended could not be closed', () => this.#shut(device)),
    })
    device.connection = connection
    device.profileId = profile.id
    device.problem = null
    this.#changed()
    try {
      await connection.open()
    } catch (error) {
      device.connection = null
      device.problem = problemOf(error)
      this.#changed()
      log('pens').warn('a device could not be opened', { kind: device.kind, codec: profile.codec, error })
      throw error
    }
    log('pens').info('a device is open', { kind: device.kind, codec: profile.codec })
    return device.describe()
  }

  /** Closes a device; what was read is delivered first. Throws `not-found`. */
  async close(id: string): Promise<void> {
    const device = this.#device(id)
    device.problem = null
    await this.#shut(device)
  }

  /**
   * Hears the frames of a device, in the profile's units, also after it was closed and opened again. Returns the way to
   * stop.
   */
  frames(deviceId: string, listener: (block: FrameBlock) => void): () => void {
    const listeners = this.#listeners.get(deviceId) ?? new Set()
    this.#listeners.set(deviceId, listeners)
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  /** The profile a device is open with, null while it is closed. */
  profile(deviceId: string): DeviceProfile | null {
    return this.#device(deviceId).connection?.profile ?? null
  }

  /**
   * Adds a device that plays recordings, `speed` times as fast as they were written. Throws what `HubOptions.replay`
   * throws.
   */
  async addReplay(source: ReplaySource, speed: number): Promise<Device> {
    const { replay: load, profiles } = this.#options
    if (load === undefined)
      throw new KalamosError('unavailable', say('pen.no-recordings-played-here'), say('pen.choose-another-device'))
    const replay = await load(source, profiles.list(), this.#reading.signal)
    const detail = say('pen.recordings-times-real-time', {
      detail: replay.detail,
      signals: replay.signals.length,
      speed,
    })
    const device = new HubDevice(
      { id: `replay:${++this.#added}`, kind: 'replay', name: replay.name, detail },
      replay.profileId ?? kindOf(replay.signals[0]!.channels),
    )
    device.replay = { signals: replay.signals, speed, virtual: replay.virtual }
    return this.#add(device)
  }

  /** Stops reading the files of replays that are being added; `addReplay` throws `cancelled`. */
  cancelReplay(): void {
    this.#reading.abort()
    this.#reading = new AbortController()
  }

  /** Adds a virtual pen in the hand of a virtual writer drawn from the seed. */
  addVirtual(seed: number, handedness: 'right' | 'left' | 'any'): Device {
    const source = (this.#options.virtual ?? drawVirtualSource)(seed, handedness)
    const id = `virtual:${++this.#added}`
    const device = new HubDevice(
      { id, kind: 'virtual', name: `Virtual pen of ${source.writer}`, detail: say('pen.simulated-seed', { seed }) },
      'pen-frame',
    )
    device.virtual = { source, transport: new VirtualTransport(source, `seed ${seed}`) }
    return this.#add(device)
  }

  /**
   * Asks a virtual pen to write all of a text. Throws `invalid-input` for another kind of device or a text it cannot
   * write.
   */
  writeText(deviceId: string, text: string): void {
    this.#virtual(deviceId).write(text)
  }

  /**
   * Asks a virtual pen to write a text, and tells what it left out. Throws `invalid-input` for another kind of device
   * or where nothing is left.
   */
  writeWhatItCan(deviceId: string, text: string): LeftOut[] {
    const { words, leftOut } = writable(text)
    this.#virtual(deviceId).write(words.length > 0 ? words.join(' ') : text)
    return leftOut
  }

  #virtual(deviceId: string): VirtualSource {
    const device = this.#device(deviceId)
    if (!device.virtual)
      throw new KalamosError('invalid-input', say('pen.written-hand-only-virtual', { name: device.name }))
    if (!device.connection)
      throw new KalamosError('conflict', say('pen.closed', { name: device.name }), say('pen.open-first'))
    return device.virtual.source
  }

  /**
   * Who writes with a virtual pen; null for a pen in a real hand. A session is stored with it, so that the ink behind
   * its signals can be found.
   */
  styleOf(deviceId: string): LiveVirtualWriter | null {
    const source = this.#device(deviceId).virtual?.source
    return source
      ? { virtual: true, live: true, name: source.writer, seed: source.hand.seed, handedness: source.hand.handedness }
      : null
  }

  /**
   * Removes a replay or virtual device, or forgets a port that was named by its path. Throws `not-found` and
   * `invalid-input`.
   */
  async remove(id: string): Promise<void> {
    const device = this.#device(id)
    if ((device.kind === 'serial' || device.kind === 'hid') && !device.named) {
      throw new KalamosError(
        'invalid-input',
        say('pen.plugged-cannot-removed-here', { name: device.name }),
        say('pen.close-unplug'),
      )
    }
    await this.#shut(device)
    this.#devices.delete(id)
    this.#changed()
  }

  /** Closes every device. */
  async shutdown(): Promise<void> {
    this.#reading.abort()
    await Promise.all([...this.#devices.values()].map((device) => this.#shut(device)))
    if (this.#throttle) clearTimeout(this.#throttle)
    this.#throttle = null
  }

  #add(device: HubDevice): Device {
    this.#devices.set(device.id, device)
    this.#changed()
    return device.describe()
  }

  #device(id: string): HubDevice {
    const device = this.#devices.get(id)
    if (device) return device
    throw new KalamosError('not-found', say('pen.no-device', { id }), say('pen.search-again-port-also'))
  }

  #namedPort(id: string): HubDevice {
    if (!/^serial:./.test(id)) return this.#device(id)
    const path = id.slice('serial:'.length)
    const device = new HubDevice({ id, kind: 'serial', name: 'Serial port', detail: path }, null)
    device.named = true
    return device
  }

  #profileFor(device: HubDevice, profileId: string | undefined): DeviceProfile {
    const id = profileId ?? device.profileId
    if (id !== null) return this.#options.profiles.get(id)
    const known = this.#options.profiles.list().map((profile) => profile.id)
    throw new KalamosError(
      'invalid-input',
      say('pen.needs-profile-kind-pen', { detail: device.detail }),
      say('record.choose', { known: known.join(', ') }),
    )
  }

  #transport(device: HubDevice, profile: DeviceProfile): Transport {
    if (device.replay)
      return new ReplayTransport(device.replay.signals, {
        speed: device.replay.speed,
        rest: Math.max(1, (profile.segmentation.pauseMs / 1000) * 1.5),
      })
    if (device.virtual) return device.virtual.transport
    if (device.kind === 'serial') return new SerialTransport(device.id.slice('serial:'.length), profile.baudRate)
    const hid = this.#system.hid()
    if ('reason' in hid) throw hid.reason
    return new HidTransport(hid.library, device.id.slice('hid:'.length))
  }

  #shut(device: HubDevice): Promise<void> {
    return device.inTurn(() => this.#release(device))
  }

  async #release(device: HubDevice): Promise<void> {
    const connection = device.connection
    if (!connection) return
    await connection.close()
    const { frames, lostFrames, badBytes } = connection.measured()
    device.counted = { frames, lostFrames, badBytes }
    device.connection = null
    log('pens').info('a device is closed', { kind: device.kind, frames, lostFrames, badBytes })
    this.#changed()
  }

  #deliver(id: string, block: FrameBlock): void {
    for (const listener of [...(this.#listeners.get(id) ?? [])]) {
      // One listener's defect must not cost the others their frames.
      inBackground('pens', 'a listener to frames failed', () => listener(block))
    }
  }

  #changed(): void {
    const { changed } = this.#options
    if (!changed || this.#throttle) return
    const wait = Math.max(0, this.#changedAt + CHANGED_MS - hostMillis())
    this.#throttle = after(wait, 'pens', 'a change of the devices could not be told', () => {
      this.#throttle = null
      this.#changedAt = hostMillis()
      changed(this.list())
    })
  }
}

/** The profile whose way of cutting words suits unknown recordings best. */
function kindOf(channels: readonly { name: string; unit: string }[]): string {
  const force = channels.find((channel) => channel.name === 'force')
  if (!force) return 'icm20948-pen'
  return force.unit === 'count' ? 'peterpen' : 'pen-frame'
}
