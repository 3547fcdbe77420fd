import { KalamosError } from '../../shared/errors.ts'
import { say, type Said } from '../../shared/messages/index.ts'
import { listHidPens, loadHid } from './transports/hid.ts'
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

/**
 * Lists serial ports and HID pens. A library, program or right that is missing is a reason in `problems`, never a
 * crash.
 */
export class SystemDevices {
  readonly #loadHid: typeof loadHid
  readonly #listSerial: typeof listSerialPorts

  constructor({ hid = loadHid, serial = listSerialPorts } = {}) {
    this.#loadHid = hid
    this.#listSerial = serial
  }

  /** The HID library, or why it is not to be had. */
  hid(): ReturnType<typeof loadHid> {
    return this.#loadHid()
  }

  async list(): Promise<Listing> {
    const [serial, hid] = await Promise.all([
      tolerate(say('doctor.serial-ports'), this.#serialPorts()),
      tolerate(say('doctor.hid-devices'), this.#hidPens()),
    ])
    return { devices: [...serial.devices, ...hid.devices], problems: [...serial.problems, ...hid.problems] }
  }

  async #serialPorts(): Promise<Listing> {
    const { ports, problem } = await this.#listSerial()
    return {
      devices: ports.map(({ path, name, detail }) => ({ id: `serial:${path}`, kind: 'serial', name, detail })),
      problems: problem === null ? [] : [problem],
    }
  }

  async #hidPens(): Promise<Listing> {
    const hid = this.hid()
    if ('reason' in hid) throw hid.reason
    const pens = await listHidPens(hid.library)
    return {
      devices: pens.map(({ identity, name, detail }) => ({ id: `hid:${identity}`, kind: 'hid', name, detail })),
      problems: [],
    }
  }
}

async function tolerate(kind: Said, listing: Promise<Listing>): Promise<Listing> {
  try {
    return await listing
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const problem =
      error instanceof KalamosError
        ? error
        : new KalamosError('unavailable', say('pen.cannot-listed', { kind, said }), undefined, { cause: error })
    return { devices: [], problems: [problem] }
  }
}
