import { writesVirtually, type Device, type DeviceProfile } from '../../shared/api/devices.ts'
import type { Signal } from '../../shared/signal.ts'
import type { Events } from '../process/events.ts'
import type { Store } from '../store/index.ts'
import type { LiveVirtualWriter } from '../simulator/source.ts'
import type { CorrectionStorage } from './read-words.ts'

export interface CorrectionOptions {
  store: Store
  events: Events
  /** Whose words they are; without a writer nothing is kept. */
  writerId: number | null
  device: Pick<Device, 'name' | 'kind' | 'virtual'>
  profile: DeviceProfile
  /** Who writes with a virtual pen; null for a real one. */
  hand: LiveVirtualWriter | null
}

/** Keeps corrected words as labelled recordings of their writer, in a session that begins with the first of them. */
export class Corrections implements CorrectionStorage {
  readonly #options: CorrectionOptions
  #sessionId: number | null = null
  #ended = false

  constructor(options: CorrectionOptions) {
    this.#options = options
  }

  keep(signal: Signal, label: string): number | null {
    const { store, writerId } = this.#options
    if (writerId === null) return null
    const id = store.recordings.insert({ sessionId: this.#session(writerId), label, signal })
    this.#changed()
    return id === 'duplicate' ? null : id
  }

  relabel(recordingId: number, label: string): void {
    this.#options.store.recordings.relabel(recordingId, label)
    this.#changed()
  }

  discard(recordingId: number): void {
    this.#options.store.recordings.delete([recordingId])
    this.#changed()
  }

  /** Ends the session; words that are corrected later still join it. */
  end(): void {
    this.#ended = true
    if (this.#sessionId !== null) this.#options.store.sessions.end(this.#sessionId)
  }

  #session(writerId: number): number {
    const { store, device, profile, hand } = this.#options
    if (this.#sessionId !== null) return this.#sessionId
    const simulated = writesVirtually(device)
    const { id } = store.sessions.create({
      writerId,
      deviceName: device.name,
      origin: simulated ? 'simulated' : 'recorded',
      virtual: simulated || store.writers.get(writerId).virtual,
      reenacted: store.writers.get(writerId).reenacted ?? false,
      profile: hand === null ? profile : { ...profile, writer: hand },
    })
    this.#sessionId = id
    if (this.#ended) store.sessions.end(id)
    return id
  }

  #changed(): void {
    const { store, events } = this.#options
    events.emit('recordings.changed', { total: store.recordings.count({}) })
  }
}
