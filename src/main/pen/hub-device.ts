import type { Device, DeviceKind } from '../../shared/api/devices.ts'
import type { Signal } from '../../shared/signal.ts'
import type { Said } from '../../shared/messages/index.ts'
import type { Connection } from './connection/connection.ts'
import type { VirtualSource, VirtualTransport } from './transports/virtual.ts'

/** A device in the hub's list, open or not. */
export class HubDevice {
  readonly id: string
  readonly kind: DeviceKind
  readonly name: string
  detail: Said
  profileId: string | null
  problem: Device['problem'] = null
  connection: Connection | null = null
  /** What the last connection had counted when it was closed. */
  counted = { frames: 0, lostFrames: 0, badBytes: 0 }
  replay: { signals: readonly Signal[]; speed: number; virtual: boolean } | null = null
  virtual: { source: VirtualSource; transport: VirtualTransport } | null = null
  /** True for a port that the user named by its path: it stays in the list though the system does not know it. */
  named = false

  #turn: Promise<unknown> = Promise.resolve()

  constructor(listed: { id: string; kind: DeviceKind; name: string; detail: Said }, profileId: string | null) {
    this.id = listed.id
    this.kind = listed.kind
    this.name = listed.name
    this.detail = listed.detail
    this.profileId = profileId
  }

  /** Opening and closing one after the other, never two at once. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  describe(): Device {
    const { id, kind, detail, profileId } = this
    if (!this.connection) {
      const channels = this.replay?.signals[0]?.channels ?? []
      return {
        id,
        kind,
        name: this.name,
        detail,
        profileId,
        state: this.problem ? 'failed' : 'available',
        problem: this.problem,
        channels: [...channels],
        nominalRateHz: this.replay?.signals[0]?.rateHz ?? null,
        measuredRateHz: null,
        ...this.counted,
        clockDriftPpm: null,
        batteryPercent: null,
        ...this.#origin(),
      }
    }
    const { announcedName, channels, ...measured } = this.connection.measured()
    const replayed = this.replay?.signals[0]
    return {
      id,
      kind,
      name: announcedName || this.name,
      detail,
      profileId,
      ...measured,
      channels: [...(replayed?.channels ?? channels)],
      nominalRateHz: replayed?.rateHz ?? measured.nominalRateHz,
      ...this.#origin(),
    }
  }

  #origin(): Pick<Device, 'virtual'> {
    return this.replay?.virtual === true ? { virtual: true } : {}
  }
}
