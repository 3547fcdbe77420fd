import { EventEmitter } from 'node:events'
import type * as NodeHid from 'node-hid'
import { describe, expect, it } from 'vitest'
import { encodeData, encodeHello, hidDataReport } from '../../src/main/pen/codecs/pen-frame-encoder.ts'
import { DeviceHub, ProfileBook } from '../../src/main/pen/index.ts'
import { SystemDevices } from '../../src/main/pen/listing.ts'
import { KalamosError } from '../../src/shared/errors.ts'
import {
  hidError,
  type HidLibrary,
  listHidPens,
  loadHid,
  PEN_USAGE,
  PEN_USAGE_PAGE,
} from '../../src/main/pen/transports/hid.ts'
import { profilesInMemory } from './profiles-in-memory.ts'
import { until } from './ptys.ts'

const HELLO = encodeHello(
  {
    name: 'HID pen',
    serial: '1',
    firmware: '1',
    rateHz: 100,
    channels: [{ name: 'force', unit: 'N', fullScale: 32_768 }],
  },
  1,
  70,
)
const frame = (sequence: number) =>
  hidDataReport(encodeData({ sequence, deviceMicros: sequence * 10_000, batteryPercent: 70, counts: [sequence] }, 1))

/**
 * A device as node-hid gives it: no HID hardware can be had in a test, so this stands for the library, not for the pen
 * frame.
 */
class FakeDevice extends EventEmitter {
  closed = false

  async getFeatureReport(id: number): Promise<Buffer> {
    return Buffer.from([id, HELLO.length, ...HELLO])
  }

  async close(): Promise<void> {
    this.closed = true
  }
}

function library(device: FakeDevice, plugged: () => boolean): HidLibrary {
  const pen = {
    vendorId: 0x1209,
    productId: 0x4b50,
    path: '/dev/hidraw7',
    product: 'HID pen',
    serialNumber: 'K1',
    release: 1,
    interface: 0,
    usagePage: PEN_USAGE_PAGE,
    usage: PEN_USAGE,
  }
  const mouse = { ...pen, path: '/dev/hidraw0', usagePage: 1, usage: 2 }
  return {
    devicesAsync: async () => (plugged() ? [mouse, pen] : [mouse]),
    HIDAsync: { open: async () => device } as unknown as typeof NodeHid.HIDAsync,
  }
}

function hubWith(hid: HidLibrary): DeviceHub {
  const list = async () => {
    const pens = await listHidPens(hid)
    return {
      devices: pens.map(({ identity, name, detail }) => ({
        id: `hid:${identity}`,
        kind: 'hid' as const,
        name,
        detail,
      })),
      problems: [],
    }
  }
  return new DeviceHub({
    profiles: new ProfileBook(profilesInMemory()),
    system: { list, hid: () => ({ library: hid }) },
    timing: { retryFirst: 30, retryLongest: 60 },
  })
}

describe('HID pens', () => {
  it('are told from other HID devices by their usage, and named so that a replug finds them', async () => {
    expect(await listHidPens(library(new FakeDevice(), () => true))).toEqual([
      { path: '/dev/hidraw7', identity: '1209:4b50:K1', name: 'HID pen', detail: '1209:4b50 · K1' },
    ])
  })

  it('stream once the hello has been read from the feature report', async () => {
    const device = new FakeDevice()
    const hub = hubWith(library(device, () => true))
    await hub.scan()
    const values: number[] = []
    hub.frames('hid:1209:4b50:K1', (block) => values.push(...block.values))
    await hub.open('hid:1209:4b50:K1')
    for (const sequence of [1, 2, 5]) device.emit('data', Buffer.from(frame(sequence)))
    await until(() => values.length === 3)
    expect(values).toEqual([1, 2, 5])
    expect(hub.get('hid:1209:4b50:K1')).toMatchObject({
      state: 'streaming',
      name: 'HID pen',
      lostFrames: 2,
      batteryPercent: 70,
    })
    await hub.shutdown()
    expect(device.closed).toBe(true)
  })

  it('are opened again after they were unplugged', async () => {
    let plugged = true
    const device = new FakeDevice()
    const hub = hubWith(library(device, () => plugged))
    await hub.scan()
    await hub.open('hid:1209:4b50:K1')
    plugged = false
    device.emit('error', new Error('could not read from HID device'))
    expect(hub.get('hid:1209:4b50:K1')).toMatchObject({ state: 'lost' })
    plugged = true
    await until(() => hub.get('hid:1209:4b50:K1').state !== 'lost')
    await hub.shutdown()
  })

  it('are refused with the udev rule where the account may not open them', () => {
    const error = hidError('HID pen', new Error('cannot open device with path /dev/hidraw7: Permission denied'))
    expect(error).toMatchObject({ code: 'device-denied', message: 'This account may not open HID pen.' })
    if (process.platform === 'linux') expect(error.hint).toContain('KERNEL=="hidraw*"')
  })
})

describe('the HID library', () => {
  it('that is missing leaves the serial ports in the list, with the reason', async () => {
    const reason = new KalamosError('unavailable', 'HID devices cannot be reached: no native build was found')
    const port = { path: '/dev/ttyACM0', name: 'Pen', detail: '/dev/ttyACM0' }
    const system = new SystemDevices({
      hid: () => ({ reason }),
      serial: async () => ({ ports: [port], problem: null }),
    })
    expect(await system.list()).toEqual({
      devices: [{ id: 'serial:/dev/ttyACM0', kind: 'serial', name: 'Pen', detail: '/dev/ttyACM0' }],
      problems: [reason],
    })
  })

  it('answers on this machine, or says why not', async () => {
    const hid = loadHid()
    if ('reason' in hid) expect(hid.reason.hint).not.toBe('')
    else expect(await listHidPens(hid.library)).toBeInstanceOf(Array)
  })
})
