import { afterEach, describe, expect, it } from 'vitest'
import type { FrameBlock } from '../../src/shared/signal.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { encodeData, encodeHello, serialFrame } from '../../src/main/pen/codecs/pen-frame-encoder.ts'
import { encodeInertial } from '../../src/main/pen/codecs/ximu3-encoder.ts'
import { DeviceHub, ProfileBook } from '../../src/main/pen/index.ts'
import { profilesInMemory } from './profiles-in-memory.ts'
import { PtyPair, socatFound, until } from './ptys.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'

const timing = { silent: 400, undecodable: 300, retryFirst: 50, retryLongest: 200 }
const cleanUp: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean()
})

async function plugged(): Promise<PtyPair> {
  const pair = await PtyPair.plugged()
  cleanUp.push(() => pair.remove())
  return pair
}

const NEVER_ASKED = (): never => {
  throw new Error('not asked')
}

function aHub(): DeviceHub {
  const hub = new DeviceHub({
    profiles: new ProfileBook(profilesInMemory()),
    timing,
    system: { list: async () => ({ devices: [], problems: [] }), hid: NEVER_ASKED },
  })
  cleanUp.push(() => hub.shutdown())
  return hub
}

/** Everything a device delivers, gathered. */
function gather(hub: DeviceHub, id: string) {
  const gathered = { frames: 0, lost: 0, blocks: [] as FrameBlock[] }
  hub.frames(id, (block) => {
    gathered.frames += block.count
    for (const lost of block.lostBefore) gathered.lost += lost
    gathered.blocks.push(block)
  })
  return gathered
}

function ximu3Stream(first: number, count: number): Buffer {
  return Buffer.concat(
    Array.from({ length: count }, (_, index) =>
      encodeInertial((first + index) * 10_000, [first + index, 2, 3], [0.1, 0.2, 0.3]),
    ),
  )
}

function penStream(first: number, count: number): Buffer {
  const channels = PEN_CHANNELS.map((channel) => ({ ...channel, fullScale: 16 }))
  const hello = encodeHello({ name: 'Pty pen', serial: '1', firmware: '1', rateHz: 100, channels }, 1, 90)
  const frames = Array.from({ length: count }, (_, index) =>
    encodeData(
      {
        sequence: first + index,
        deviceMicros: (first + index) * 10_000,
        batteryPercent: 90,
        counts: new Array<number>(13).fill(first + index),
      },
      1,
    ),
  )
  return Buffer.concat([hello, ...frames].map(serialFrame))
}

describe.skipIf(!socatFound)('a pen on a serial port (skipped where socat is missing: ptys stand for ports)', () => {
  it('streams x-IMU3 frames into blocks in the units and order of the profile', async () => {
    const [pair, hub] = [await plugged(), aHub()]
    const id = `serial:${pair.host}`
    const got = gather(hub, id)
    await hub.open(id, 'ximu3')
    await pair.write(ximu3Stream(0, 500))
    await until(() => got.frames === 500)
    const block = got.blocks[0]!
    expect(block.channels.map((channel) => channel.name)).toEqual([
      'acc1_x',
      'acc1_y',
      'acc1_z',
      'gyro_x',
      'gyro_y',
      'gyro_z',
    ])
    expect(Array.from(block.values.subarray(0, 6))).toEqual([0.1, 0.2, 0.3, 0, 2, 3].map(Math.fround))
    expect(block.hostMillis[0]).toBeGreaterThan(Date.now() - 60_000)
    expect(hub.get(id)).toMatchObject({ state: 'streaming', frames: 500, lostFrames: 0, badBytes: 0, problem: null })
  })

  it('names itself, its rate and its battery from the pen frame hello', async () => {
    const [pair, hub] = [await plugged(), aHub()]
    const id = `serial:${pair.host}`
    const got = gather(hub, id)
    await hub.open(id, 'pen-frame')
    await pair.write(penStream(0, 100))
    await until(() => got.frames === 100)
    expect(hub.get(id)).toMatchObject({ name: 'Pty pen', batteryPercent: 90, nominalRateHz: 100 })
    expect(hub.get(id).channels).toHaveLength(13)
  })

  it('goes through garbage and half a frame, and counts what it could not use', async () => {
    const [pair, hub] = [await plugged(), aHub()]
    const id = `serial:${pair.host}`
    const got = gather(hub, id)
    await hub.open(id, 'pen-frame')
    const stream = penStream(0, 50)
    await pair.write(stream.subarray(0, stream.length - 20))
    await pair.write(Buffer.from('\0\xff\xffgarbage\0', 'latin1'))
    await pair.write(penStream(50, 50))
    await until(() => got.frames === 99)
    expect(got.lost).toBe(1)
    expect(hub.get(id).badBytes).toBeGreaterThan(20)
  })

  it('says which codec the bytes are of when the profile names another', async () => {
    const [pair, hub] = [await plugged(), aHub()]
    const id = `serial:${pair.host}`
    await hub.open(id, 'wt901')
    const stop = pair.pour(ximu3Stream(0, 20), 20)
    await until(() => hub.get(id).state === 'failed')
    stop()
    const { problem } = hub.get(id)
    expect(inEnglish(problem!.message)).toMatch(/^[\d,]+ bytes, no witmotion frame\.$/)
    expect(inEnglish(problem!.hint)).toContain('ximu3')
  })

  it('asks about the baud rate when the bytes are of no codec it knows, and recovers when frames come', async () => {
    const [pair, hub] = [await plugged(), aHub()]
    const id = `serial:${pair.host}`
    await hub.open(id, 'ximu3')
    const noise = Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 73 + 11) % 251))
    const stop = pair.pour(noise, 20)
    await until(() => hub.get(id).state === 'failed')
    stop()
    expect(inEnglish(hub.get(id).problem!.hint)).toMatch(
      /Wrong baud rate or another codec\? The port is open at 115200 baud/,
    )
    await pair.write(Buffer.concat([Buffer.from('\n'), ximu3Stream(0, 10)]))
    await until(() => hub.get(id).state === 'streaming')
    expect(hub.get(id).problem).toBeNull()
  })

  it('tells a pen that announces itself but sends no samples from one of another kind', async () => {
    const [pair, hub] = [await plugged(), aHub()]
    const id = `serial:${pair.host}`
    await hub.open(id, 'pen-frame')
    const stop = pair.pour(penStream(0, 0), 50)
    await until(() => hub.get(id).problem !== null && hub.get(id).state === 'failed')
    stop()
    expect(inEnglish(hub.get(id).problem!.message)).toContain('sends pen-frame messages, but none with samples')
  })

  it('calls a pen that sends nothing silent, with what to try', async () => {
    const [pair, hub] = [await plugged(), aHub()]
    const id = `serial:${pair.host}`
    await hub.open(id, 'ximu3')
    await until(() => hub.get(id).problem !== null)
    expect(hub.get(id).state).toBe('silent')
    expect(inEnglish(hub.get(id).problem!.hint)).toContain('Switch the pen on')
  })

  it('refuses a port that another program has', async () => {
    const [pair, first, second] = [await plugged(), aHub(), aHub()]
    const id = `serial:${pair.host}`
    await first.open(id, 'ximu3')
    await expect(second.open(id, 'ximu3')).rejects.toMatchObject({
      code: 'device-busy',
      message: `${pair.host} is in use by another program.`,
    })
    const got = gather(first, id)
    await pair.write(ximu3Stream(0, 10))
    await until(() => got.frames === 10)
  })

  it('refuses a port that is not there, and opens it once it is', async () => {
    const [pair, hub] = [await plugged(), aHub()]
    const id = `serial:${pair.host}`
    await pair.unplug()
    await expect(hub.open(id, 'ximu3')).rejects.toMatchObject({ code: 'device-gone', message: `${pair.host} is gone.` })
    await pair.plug()
    expect(await hub.open(id, 'ximu3')).toMatchObject({ problem: null })
  })

  it.skipIf(process.getuid?.() !== 0)(
    'refuses a port that this account may not open, with the group and the udev rule (skipped: needs root to become nobody)',
    async () => {
      const [pair, hub] = [await plugged(), aHub()]
      process.seteuid!(65_534)
      try {
        await expect(hub.open(`serial:${pair.host}`, 'ximu3')).rejects.toMatchObject({
          code: 'device-denied',
          hint: expect.stringMatching(/dialout.*udev rule/) as unknown,
        })
      } finally {
        process.seteuid!(0)
      }
    },
  )

  it.each([
    ['ximu3', ximu3Stream],
    ['pen-frame', penStream],
  ] as const)(
    'survives unplugging in the middle of a word: %s frames go on after it with the gap in them, and none counts as lost',
    async (profile, stream) => {
      const [pair, hub] = [await plugged(), aHub()]
      const id = `serial:${pair.host}`
      const got = gather(hub, id)
      await hub.open(id, profile)
      await pair.write(stream(0, 100))
      await pair.write(stream(100, 1).subarray(0, 15))
      await until(() => got.frames === 100)
      await pair.unplug()
      await until(() => hub.get(id).state === 'lost')
      expect(inEnglish(hub.get(id).problem!.hint)).toContain('as soon as it is back')
      await pair.plug()
      await until(() => hub.get(id).state !== 'lost')
      await pair.write(stream(140, 100))
      await until(() => got.frames === 200)
      expect(got.lost).toBe(40)
      expect(hub.get(id)).toMatchObject({ state: 'streaming', lostFrames: 0, problem: null })
      expect(hub.get(id).awayMs).toBeGreaterThan(0)
    },
  )

  it('tells the time away as a gap, and as no frame lost, when the pen began anew after it', async () => {
    const [pair, hub] = [await plugged(), aHub()]
    const id = `serial:${pair.host}`
    const got = gather(hub, id)
    await hub.open(id, 'pen-frame')
    await pair.write(penStream(500, 100))
    await until(() => got.frames === 100)
    await pair.unplug()
    await until(() => hub.get(id).state === 'lost')
    await pair.plug()
    await until(() => hub.get(id).state !== 'lost')
    await pair.write(penStream(0, 10))
    await until(() => got.frames === 110)
    expect(got.lost).toBeGreaterThan(0)
    expect(hub.get(id).lostFrames).toBe(0)
  })

  it('stops for good when it is closed, and can be opened with another profile', async () => {
    const [pair, hub] = [await plugged(), aHub()]
    const id = `serial:${pair.host}`
    const got = gather(hub, id)
    await hub.open(id, 'ximu3')
    await hub.close(id)
    expect(hub.get(id).state).toBe('available')
    await hub.open(id, 'pen-frame')
    await pair.write(penStream(0, 5))
    await until(() => got.frames === 5)
  })

  it('opens once however often it is asked to at the same time', async () => {
    const [pair, hub] = [await plugged(), aHub()]
    const id = `serial:${pair.host}`
    const got = gather(hub, id)
    await Promise.all([hub.open(id, 'ximu3'), hub.open(id, 'ximu3'), hub.open(id, 'ximu3')])
    await pair.write(ximu3Stream(0, 10))
    await until(() => got.frames === 10)
    await hub.close(id)
    expect(hub.get(id)).toMatchObject({ state: 'available', frames: 10 })
  })

  it('asks for a profile where none is known', async () => {
    const [pair, hub] = [await plugged(), aHub()]
    await expect(hub.open(`serial:${pair.host}`)).rejects.toMatchObject({
      code: 'invalid-input',
      hint: expect.stringContaining('ximu3') as unknown,
    })
  })
})
