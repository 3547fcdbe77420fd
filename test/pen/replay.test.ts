import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Device } from '../../src/shared/api/devices.ts'
import type { FrameBlock } from '../../src/shared/signal.ts'
import { DeviceHub, ProfileBook } from '../../src/main/pen/index.ts'
import { replayFrom } from '../../src/main/replay/source.ts'
import { replayedFrames } from '../../src/main/pen/replay/frames.ts'
import { readNdjson } from '../../src/main/exchange/ndjson.ts'
import { profilesInMemory } from './profiles-in-memory.ts'
import { until } from './ptys.ts'
import { english } from '../../src/shared/messages/index.ts'

const digits = fileURLToPath(new URL('../../../shared/data/pen-digits.ndjson.gz', import.meta.url))
const found = existsSync(digits)

let folder: string
let hub: DeviceHub

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-replay-'))
  hub = new DeviceHub({ profiles: new ProfileBook(profilesInMemory()), replay: replayFrom() })
})

afterEach(async () => {
  await hub.shutdown()
  rmSync(folder, { recursive: true, force: true })
})

function recording(samples: number[][], more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    id: 'a',
    writer: 'w',
    label: '1',
    device: 'icm20948-pen',
    rate_hz: 50,
    channels: ['acc_x', 'gyro_x'],
    units: ['g', 'deg/s'],
    samples,
    ...more,
  })
}

function file(...lines: string[]): string {
  const path = join(folder, 'recordings.ndjson')
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** Plays to the end and gives back what came. */
async function play(device: Device): Promise<FrameBlock[]> {
  const blocks: FrameBlock[] = []
  hub.frames(device.id, (block) => blocks.push(block))
  await hub.open(device.id)
  await until(() => hub.get(device.id).state === 'available')
  return blocks
}

describe('replaying recordings', () => {
  it('plays a file as a device, with the names of this app and a rest after each recording', async () => {
    const path = file(
      recording([
        [1, 10],
        [2, 20],
      ]),
      recording([[3, 30]], { id: 'b' }),
    )
    const device = await hub.addReplay({ from: 'file', path }, 1000)
    expect(device).toMatchObject({
      kind: 'replay',
      name: 'Replay of recordings.ndjson',
      profileId: 'icm20948-pen',
      nominalRateHz: 50,
    })
    const blocks = await play(device)
    expect(blocks[0]!.channels).toEqual([
      { name: 'acc1_x', unit: 'g' },
      { name: 'gyro_x', unit: 'deg/s' },
    ])
    const rows = blocks.flatMap((block) =>
      Array.from({ length: block.count }, (_, i) => Array.from(block.values.subarray(i * 2, i * 2 + 2))),
    )
    expect(rows).toHaveLength(2 + 50 + 1 + 50)
    expect(rows.slice(0, 4)).toEqual([
      [1, 10],
      [2, 20],
      [2, 0],
      [2, 0],
    ])
    expect(rows[52]).toEqual([3, 30])
  })

  it('lets device time run evenly over recordings and rests', () => {
    const signal = {
      channels: [{ name: 'force', unit: 'N' as const }],
      rateHz: 50,
      frames: 3,
      values: Float32Array.of(1, 2, 3),
      deviceMicros: new Float64Array(3).fill(NaN),
      hostMillis: new Float64Array(3),
      gaps: [],
    }
    const times = [...replayedFrames([signal, signal], 0.1)].flatMap((block) => Array.from(block.deviceMicros))
    expect(times).toEqual(Array.from({ length: 16 }, (_, index) => index * 20_000))
  })

  it('keeps the gaps of a recording', () => {
    const signal = {
      channels: [{ name: 'force', unit: 'N' as const }],
      rateHz: 50,
      frames: 3,
      values: Float32Array.of(1, 2, 3),
      deviceMicros: new Float64Array(3).fill(NaN),
      hostMillis: new Float64Array(3),
      gaps: [{ at: 2, lost: 4 }],
    }
    const [block] = [...replayedFrames([signal], 0)]
    expect(Array.from(block!.lostBefore)).toEqual([0, 0, 4])
    expect(Array.from(block!.deviceMicros)).toEqual([0, 20_000, 120_000])
  })

  it('plays a stored session', async () => {
    const signal = {
      channels: [{ name: 'force', unit: 'N' as const }],
      rateHz: 100,
      frames: 2,
      values: Float32Array.of(1, 2),
      deviceMicros: new Float64Array(2).fill(NaN),
      hostMillis: new Float64Array(2),
      gaps: [],
    }
    const other = new DeviceHub({
      profiles: new ProfileBook(profilesInMemory()),
      replay: replayFrom({
        session: (id) => ({ name: `session ${id}`, profileId: 'pen-frame', signals: [signal], virtual: true }),
      }),
    })
    expect(await other.addReplay({ from: 'session', sessionId: 4 }, 1)).toMatchObject({
      name: 'Replay of session 4',
      channels: signal.channels,
      profileId: 'pen-frame',
      virtual: true,
    })
  })

  it('can be played again, and removed', async () => {
    const device = await hub.addReplay({ from: 'file', path: file(recording([[1, 10]])) }, 1000)
    expect((await play(device)).reduce((sum, block) => sum + block.count, 0)).toBe(51)
    expect((await play(device)).reduce((sum, block) => sum + block.count, 0)).toBe(51)
    await hub.remove(device.id)
    expect(hub.list()).toEqual([])
  })

  it.each([
    ['is no JSON', '{"id": '],
    ['channels but', recording([[1, 2]], { units: ['g'] })],
    ['has no samples', recording([])],
    ['sample 1 has 1 values for 2 channels', recording([[1, 2], [3]])],
    [
      'samples but 1 times',
      recording(
        [
          [1, 2],
          [3, 4],
        ],
        { t_ms: [0] },
      ),
    ],
    ['rate_hz', recording([[1, 2]], { rate_hz: 0 })],
  ])('refuses a line that %s, naming file and line', async (reason, line) => {
    const path = file(recording([[1, 2]]), line)
    await expect(hub.addReplay({ from: 'file', path }, 1)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(new RegExp(`line 2: .*${reason}`)) as unknown,
    })
  })

  it('leaves a file that is still being read when nobody wants it any more, and reads the next one', async () => {
    const path = file(recording([[1, 2]]))
    const adding = hub.addReplay({ from: 'file', path }, 1)
    hub.cancelReplay()
    await expect(adding).rejects.toMatchObject({ code: 'cancelled', message: expect.stringContaining(path) as unknown })
    expect(await hub.addReplay({ from: 'file', path }, 1)).toMatchObject({ kind: 'replay' })
  })

  it('refuses recordings of two kinds of device in one stream', async () => {
    const path = file(recording([[1, 2]]), recording([[1, 2]], { rate_hz: 100 }))
    await expect(hub.addReplay({ from: 'file', path }, 1)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('recording 2 has 100 Hz') as unknown,
    })
  })

  it('refuses a file that is not there, an empty one and a damaged one', async () => {
    await expect(hub.addReplay({ from: 'file', path: join(folder, 'none') }, 1)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(hub.addReplay({ from: 'file', path: file('') }, 1)).rejects.toMatchObject({ code: 'empty-recording' })
    const cut = join(folder, 'cut.gz')
    writeFileSync(cut, gzipSync(recording([[1, 2]])).subarray(0, 60))
    await expect(hub.addReplay({ from: 'file', path: cut }, 1)).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringContaining(cut) as unknown,
    })
  })

  it.skipIf(!found)(
    'loses no frame of real recordings at 1000 times real time (skipped: real recordings not found)',
    async () => {
      let frames = 0
      let recordings = 0
      for await (const entry of readNdjson(digits)) {
        if ('reason' in entry) throw new Error(english(entry.reason))
        frames += entry.recording.signal.frames
        recordings++
      }
      expect([recordings, frames]).toEqual([745, 19_888])
      const blocks = await play(await hub.addReplay({ from: 'file', path: digits }, 1000))
      const rest = 30
      expect(blocks.reduce((sum, block) => sum + block.count, 0)).toBe(frames + recordings * rest)
    },
  )
})
