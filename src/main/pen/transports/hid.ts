import type * as NodeHid from 'node-hid'
import { KalamosError } from '../../../shared/errors.ts'
import { say } from '../../../shared/messages/index.ts'
import { tryNative } from '../../native/libraries.ts'
import { HID_HELLO_BYTES, HID_HELLO_REPORT } from '../codecs/pen-frame-format.ts'
import { every, guarded } from '../../process/background.ts'
import type { Transport, TransportSink } from './transport.ts'

/** The part of node-hid used here; a test may supply another. */
export type HidLibrary = Pick<typeof NodeHid, 'devicesAsync' | 'HIDAsync'>

/** Usage page and usage that a pen frame's report descriptor declares: vendor defined, "K", "P". */
export const PEN_USAGE_PAGE = 0xff4b
export const PEN_USAGE = 0x50

/** The HID library, or why there is no HID here. Never throws: a missing system library is a reason, not a crash. */
export function loadHid(): { library: HidLibrary } | { reason: KalamosError } {
  return tryNative('hid')
}

/** A pen that the system lists as HID device. */
export interface HidListing {
  path: string
  /** Vendor, product and serial number: stays when the path changes after a replug. */
  identity: string
  name: string
  detail: string
}

/** HID devices whose descriptor is that of a pen frame. */
export async function listHidPens(library: HidLibrary): Promise<HidListing[]> {
  const devices = await library.devicesAsync()
  return devices.flatMap((device) => {
    if (!device.path || device.usagePage !== PEN_USAGE_PAGE || device.usage !== PEN_USAGE) return []
    const ids = `${hex(device.vendorId)}:${hex(device.productId)}`
    const serial = device.serialNumber ? `:${device.serialNumber}` : ''
    return [
      {
        path: device.path,
        identity: `${ids}${serial}`,
        name: device.product ?? 'HID pen',
        detail: `${ids}${serial.replace(':', ' · ')}`,
      },
    ]
  })
}

/**
 * A HID pen. Input reports are passed on; the hello is read as feature report when the device opens and every second
 * until closed.
 */
export class HidTransport implements Transport {
  readonly identity: string
  readonly #library: HidLibrary
  #device: NodeHid.HIDAsync | null = null
  #hello: NodeJS.Timeout | null = null

  constructor(library: HidLibrary, identity: string) {
    this.#library = library
    this.identity = identity
  }

  async open(sink: TransportSink): Promise<void> {
    const listing = await this.#find()
    if (!listing)
      throw new KalamosError(
        'device-gone',
        say('pen.hid-pen-gone', { identity: this.identity }),
        say('pen.plug-again-opened-soon'),
      )
    const device = await this.#library.HIDAsync.open(listing.path).catch((error: unknown) => {
      throw hidError(listing.name, error)
    })
    this.#device = device
    const readHello = async () => {
      const report = await device.getFeatureReport(HID_HELLO_REPORT, HID_HELLO_BYTES + 1)
      if (this.#device === device) sink.report(report)
    }
    try {
      await readHello()
    } catch (error) {
      await this.close()
      throw new KalamosError(
        'device-unsuitable',
        say('pen.announces-no-channels-feature', { name: listing.name, hidHelloReport: HID_HELLO_REPORT }),
        say('pen.firmware-answer-docs-pen'),
        { cause: error },
      )
    }
    device.on(
      'data',
      guarded('pens', 'a report could not be taken', (report: Buffer) => sink.report(report)),
    )
    device.on(
      'error',
      guarded('pens', 'a pen that went away could not be closed', async (error: Error) => {
        if (this.#device !== device) return
        const closed = this.close()
        sink.gone(hidError(listing.name, error))
        await closed
      }),
    )
    // A pen may change its channels while it runs; a read that fails is followed by the error event of the unplugged
    // device.
    this.#hello = every(1000, 'pens', 'a hello could not be read', () => readHello().catch(() => undefined))
  }

  async close(): Promise<void> {
    const device = this.#device
    this.#device = null
    if (this.#hello) clearInterval(this.#hello)
    this.#hello = null
    if (!device) return
    device.removeAllListeners('data')
    await device.close().catch(() => undefined)
  }

  async present(): Promise<boolean> {
    return (await this.#find()) !== undefined
  }

  async #find(): Promise<HidListing | undefined> {
    return (await listHidPens(this.#library)).find((listing) => listing.identity === this.identity)
  }
}

/** What the HID library said, as an error that names the way out. */
export function hidError(name: string, cause: unknown): KalamosError {
  const said = cause instanceof Error ? cause.message : String(cause)
  if (/permission|denied|not permitted|cannot open device|unable to open/i.test(said)) {
    const hint = process.platform === 'linux' ? say('pen.add-udev-rule-kernel') : say('pen.give-app-right-use')
    return new KalamosError('device-denied', say('pen.account-not-open', { name }), hint, { cause })
  }
  return new KalamosError('device-gone', say('pen.gone', { name, said }), say('pen.plug-again-opened-soon'), { cause })
}

function hex(number: number): string {
  return number.toString(16).padStart(4, '0')
}
