import { afterEach, describe, expect, it, vi } from 'vitest'
import { Events } from '../../src/main/process/events.ts'
import { DeviceHub, penHandlers, ProfileBook, streamLiveSamples } from '../../src/main/pen/index.ts'
import { LiveStream } from '../../src/main/pen/live.ts'
import type { Listed } from '../../src/main/pen/listing.ts'
import { serialError } from '../../src/main/pen/transports/serial.ts'
import type { LiveSamples } from '../../src/shared/api/devices.ts'
import type { FrameBlock } from '../../src/shared/signal.ts'
import { profilesInMemory } from './profiles-in-memory.ts'
import { until } from './ptys.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean()
})

const NEVER_ASKED = (): never => {
  throw new Error('not asked')
}

function aHub(options: { listed?: () => Listed[]; changed?: () => void } = {}): DeviceHub {
  const { listed = () => [], changed } = options
  const system = { list: async () => ({ devices: listed(), problems: [] }), hid: NEVER_ASKED }
  const hub = new DeviceHub({ profiles: new ProfileBook(profilesInMemory()), system, ...(changed ? { changed } : {}) })
  cleanUp.push(() => hub.shutdown())
  return hub
}

function block(count: number, value: (frame: number) => number): FrameBlock {
  return {
    channels: [{ name: 'force', unit: 'N' }],
    count,
    values: Float32Array.from({ length: count }, (_, frame) => value(frame)),
    deviceMicros: Float64Array.from({ length: count }, (_, frame) => frame * 1000),
    hostMillis: new Float64Array(count),
    lostBefore: new Uint32Array(count),
  }
}

describe('the device hub', () => {
  it('lists what is plugged in and forgets what was pulled out', async () => {
    const port: Listed = { id: 'serial:/dev/ttyACM0', kind: 'serial', name: 'Pens Inc.', detail: '/dev/ttyACM0' }
    let listed = [port]
    const hub = aHub({ listed: () => listed })
    expect(await hub.scan()).toMatchObject([{ id: port.id, state: 'available', profileId: null }])
    listed = []
    expect(await hub.scan()).toEqual([])
  })

  it('tells of changes at most four times a second', async () => {
    let told = 0
    const hub = aHub({ changed: () => told++ })
    vi.useFakeTimers()
    cleanUp.push(() => vi.useRealTimers())
    for (let millis = 0; millis < 600; millis += 5) {
      await hub.scan()
      vi.advanceTimersByTime(5)
    }
    expect(told).toBe(3)
  })

  it('names a device that it does not know', async () => {
    await expect(aHub().open('replay:9')).rejects.toMatchObject({
      code: 'not-found',
      message: 'There is no device replay:9.',
    })
    expect(() => aHub().get('serial:nowhere')).toThrow(/serial:nowhere/)
  })

  it("does not remove what is plugged in, nor lets a person's pen write by itself", async () => {
    const hub = aHub({
      listed: () => [{ id: 'serial:/dev/ttyACM0', kind: 'serial', name: 'Pens Inc.', detail: '/dev/ttyACM0' }],
    })
    await hub.scan()
    await expect(hub.remove('serial:/dev/ttyACM0')).rejects.toMatchObject({ code: 'invalid-input' })
    expect(() => hub.writeText('serial:/dev/ttyACM0', 'word')).toThrow(/by hand/)
  })

  it('plays a virtual pen as pen frames, 13 channels at 100 Hz, and has it write', async () => {
    const hub = aHub()
    const device = hub.addVirtual(7, 'right')
    expect(device).toMatchObject({ kind: 'virtual', profileId: 'pen-frame' })
    expect(device.name).toMatch(/^Virtual pen of /)
    const force: number[] = []
    hub.frames(device.id, (frames) => {
      for (let i = 0; i < frames.count; i++) force.push(frames.values[i * 13 + 12]!)
    })
    expect(() => hub.writeText(device.id, 'hello')).toThrow(/closed/)
    await hub.open(device.id)
    hub.writeText(device.id, 'hello')
    await until(() => force.some((value) => value > 0.3))
    expect(hub.get(device.id)).toMatchObject({
      state: 'streaming',
      lostFrames: 0,
      badBytes: 0,
      batteryPercent: 100,
      nominalRateHz: 100,
    })
    await hub.remove(device.id)
    expect(hub.list()).toEqual([])
  })

  it('answers the contract', async () => {
    const profiles = new ProfileBook(profilesInMemory())
    const handlers = penHandlers({ hub: aHub(), profiles })
    const device = await handlers['devices.addVirtual']({ seed: 1, handedness: 'any' })
    expect(await handlers['devices.list']()).toEqual([device])
    expect(await handlers['devices.remove']({ deviceId: device.id })).toEqual({})
    expect(await handlers['profiles.list']()).toEqual(profiles.list())
  })
})

describe('samples for the eye', () => {
  it('are sent while somebody listens, and only then', async () => {
    const [hub, events] = [aHub(), new Events()]
    cleanUp.push(streamLiveSamples(hub, events))
    const device = hub.addVirtual(7, 'right')
    await hub.open(device.id)
    const bundles: LiveSamples[] = []
    const stop = events.on('devices.samples', (samples) => bundles.push(samples))
    await until(() => bundles.length >= 3)
    stop()
    expect(bundles[0]).toMatchObject({ deviceId: device.id })
    expect(bundles[0]!.values).toHaveLength(bundles[0]!.count * 13)
    const times = bundles.flatMap((bundle) => bundle.timesMs)
    expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).toBe(true)
  })

  it('keep the extremes of every stretch when there are more than a screen shows', () => {
    const stream = new LiveStream()
    stream.add(block(5000, (frame) => (frame === 1234 ? 9 : frame === 3210 ? -9 : Math.sin(frame))))
    const [bundle] = stream.take()
    expect(bundle!.count).toBeLessThanOrEqual(64)
    expect(Math.max(...bundle!.values)).toBe(9)
    expect(Math.min(...bundle!.values)).toBe(-9)
  })

  it('stay on a time axis that runs forward when the pen began anew', () => {
    const stream = new LiveStream()
    stream.add(block(3, () => 0))
    stream.add(block(3, () => 0))
    expect(stream.take()[0]!.timesMs).toEqual([0, 1, 2, 2, 3, 4])
  })
})

describe('what the system says about a port', () => {
  it.each([
    ['Error: Error: No such file or directory, cannot open /dev/x', 'linux', 'device-gone'],
    ['Error: Permission denied, cannot open /dev/x', 'linux', 'device-denied'],
    ['Error Resource temporarily unavailable Cannot lock port', 'linux', 'device-busy'],
    ['Error: Resource busy, cannot open /dev/tty.x', 'darwin', 'device-busy'],
    ['Opening COM3: Access denied', 'win32', 'device-busy'],
    ['Opening COM9: File not found', 'win32', 'device-gone'],
    ['Something else altogether', 'linux', 'device-gone'],
  ] as const)('"%s" on %s is %s, with a way out', (said, platform, code) => {
    const error = serialError('/dev/x', new Error(said), platform)
    expect(error.code).toBe(code)
    expect(error.message).toContain('/dev/x')
    expect(error.hint).toBeTruthy()
  })
})
