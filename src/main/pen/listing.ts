import { KalamosError } from '../../shared/errors.ts'
import { type HidLibrary, listHidPens, loadHid } from './transports/hid.ts'
import { listSerialPorts } from './transports/serial.ts'

/** A device that the system lists: a port or a HID pen. */
export interface Listed {
  id: string
  kind: 'serial' | 'hid'
  name: string
  detail: string
}

/** What the system's devices are now, and why one kind of them cannot be listed. */
export interface Listing {
  devices: Listed[]
  problems: KalamosError[]
}

/** Lists serial ports and HID pens. A library or right that is missing is a reason in `problems`, never a crash. */
export class SystemDevices {
  readonly #loadHid: typeof loadHid
  #hid: ReturnType<typeof loadHid> | null = null

  constructor(load: typeof loadHid = loadHid) {
    this.#loadHid = load
  }

  /** The HID library, or why it is not to be had. */
  hid(): Promise<HidLibrary | { reason: KalamosError }> {
    this.#hid ??= this.#loadHid()
    return this.#hid
  }

  async list(): Promise<Listing> {
    const problems: KalamosError[] = []
    const tolerate = (kind: string) => (error: unknown) => {
      const said = error instanceof Error ? error.message : String(error)
      problems.push(error instanceof KalamosError ? error : new KalamosError('unavailable', `${kind} cannot be listed: ${said}`, undefined, { cause: error }))
      return []
    }
    const [serial, hid] = await Promise.all([listSerialPorts().catch(tolerate('Serial ports')), this.#listHid().catch(tolerate('HID devices'))])
    return {
      devices: [
        ...serial.map(({ path, name, detail }): Listed => ({ id: `serial:${path}`, kind: 'serial', name, detail })),
        ...hid.map(({ identity, name, detail }): Listed => ({ id: `hid:${identity}`, kind: 'hid', name, detail })),
      ],
      problems,
    }
  }

  async #listHid() {
    const library = await this.hid()
    if ('reason' in library) throw library.reason
    return listHidPens(library)
  }
}
