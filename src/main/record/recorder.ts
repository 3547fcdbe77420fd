import type { Device, DeviceProfile } from '../../shared/api/devices.ts'
import type { RecorderState } from '../../shared/api/recordings.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { FrameBlock } from '../../shared/signal.ts'
import type { Events } from '../events.ts'
import type { Store } from '../store/index.ts'
import { PromptedSession, type SessionOptions } from './prompted-session.ts'
import { WordStream, type Advance } from './word-stream.ts'

/** What the recorder needs of the pens; the hub has it. */
export interface Pens {
  get(deviceId: string): Device
  profile(deviceId: string): DeviceProfile | null
  frames(deviceId: string, listener: (block: FrameBlock) => void): () => void
  writeText(deviceId: string, text: string): void
  open(deviceId: string): Promise<Device>
  close(deviceId: string): Promise<void>
}

export interface StartInput {
  deviceId: string
  writerId: number
  prompts: readonly string[]
  advance: Advance
}

/** States are told at most this often: a replay may finish hundreds of words a second. */
const TELL_EVERY_MS = 30

/** The prompted session that is running, if any; there is one at a time, the same for every window. */
export class Recorder {
  readonly #store: Store
  readonly #pens: Pens
  readonly #events: Events
  readonly #leaveEvents: () => void
  #session: PromptedSession | undefined
  #leaveFrames: () => void = () => undefined
  #telling: NodeJS.Timeout | undefined

  constructor(deps: { store: Store; pens: Pens; events: Events }) {
    this.#store = deps.store
    this.#pens = deps.pens
    this.#events = deps.events
    this.#leaveEvents = deps.events.on('devices.changed', (devices) => {
      const { deviceId } = this.#session?.state ?? {}
      if (deviceId !== undefined) this.#session!.deviceIs(devices.find((device) => device.id === deviceId))
    })
  }

  get state(): RecorderState | null {
    return this.#session?.state ?? null
  }

  /** Lets a replay that is playing begin anew, so that its first word meets the first prompt; while a session runs, nothing. */
  async rewind(deviceId: string): Promise<void> {
    const { kind, state } = this.#pens.get(deviceId)
    if (!this.#isFree || kind !== 'replay' || state === 'available') return
    await this.#pens.close(deviceId)
    await this.#pens.open(deviceId)
  }

  /**
   * Begins a session. One whose prompts are all done makes room for it; `conflict` while another one is running.
   * Throws `not-found` (writer, device), `conflict` (device closed), `device-unsuitable`, `invalid-input` (a prompt).
   */
  start(input: StartInput): RecorderState {
    this.#refuseSecond()
    const writer = this.#store.writers.get(input.writerId)
    const device = this.#pens.get(input.deviceId)
    const profile = this.#pens.profile(input.deviceId)
    if (profile === null) throw new KalamosError('conflict', `${device.name} is not open.`, 'Open it on the Devices page, then start the session.')
    if (input.prompts.length === 0) throw new KalamosError('invalid-input', 'There is nothing to write: the list of prompts is empty.', 'Choose a list of prompts.')
    const empty = input.prompts.findIndex((prompt) => prompt.trim() === '')
    if (empty !== -1) throw new KalamosError('invalid-input', `Prompt ${empty + 1} is empty.`, 'Remove it from the list.')
    // Known channels are tried before anything is stored: a pen without force or motion is refused here.
    if (device.channels.length > 0) new WordStream(profile.segmentation, input.advance, device.channels, device.nominalRateHz ?? profile.rateHz)

    const simulated = device.kind === 'virtual'
    const session = this.#store.sessions.create({
      writerId: writer.id,
      deviceName: device.name,
      origin: simulated ? 'simulated' : 'recorded',
      virtual: simulated || writer.virtual,
      profile,
    })
    const options: SessionOptions = {
      store: this.#store,
      session,
      device,
      profile,
      prompts: input.prompts.map((prompt) => prompt.normalize('NFC')),
      advance: input.advance,
      changed: () => this.#tellSoon(),
      recorded: () => this.#events.emit('recordings.changed', { total: this.#store.recordings.count({}) }),
      prompted: (prompt) => {
        if (simulated) this.#pens.writeText(device.id, prompt)
      },
    }
    try {
      this.#session = new PromptedSession(options)
    } catch (error) {
      this.#store.sessions.end(session.id)
      throw error
    }
    this.#leaveFrames = this.#pens.frames(device.id, (block) => this.#session?.push(block))
    return this.#session.state
  }

  next(): RecorderState {
    return this.#do((session) => session.next())
  }

  redo(): RecorderState {
    return this.#do((session) => session.redo())
  }

  skip(): RecorderState {
    return this.#do((session) => session.skip())
  }

  /** Ends the session; without one there is nothing to do. */
  stop(): void {
    const session = this.#session
    if (session === undefined) return
    this.#leaveFrames()
    this.#session = undefined
    clearTimeout(this.#telling)
    this.#telling = undefined
    try {
      session.stop()
    } finally {
      this.#events.emit('record.changed', null)
    }
  }

  /** Ends the session and listens no longer. */
  close(): void {
    this.#leaveEvents()
    this.stop()
  }

  #do(work: (session: PromptedSession) => void): RecorderState {
    if (this.#session === undefined) throw new KalamosError('conflict', 'No session is running.', 'Start one on the Record page.')
    work(this.#session)
    return this.#session.state
  }

  /** None is running, or its prompts are all done. */
  get #isFree(): boolean {
    return this.#session?.isDone ?? true
  }

  #refuseSecond(): void {
    const running = this.#session
    if (running === undefined) return
    if (this.#isFree) return this.stop()
    const { writerId, index, prompts } = running.state
    throw new KalamosError(
      'conflict',
      `A session with ${this.#store.writers.get(writerId).name} is running (${index} of ${prompts.length} words).`,
      'Stop that session, here or in the other window, then start this one.',
    )
  }

  #tellSoon(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined
      this.#events.emit('record.changed', this.state)
    }, TELL_EVERY_MS)
  }
}
