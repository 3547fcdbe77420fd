import { appendFileSync, cpSync, mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FormatName } from '../../src/shared/api/exchange.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { FileBytes } from '../../src/main/exchange/file-bytes.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { readDirectory } from '../../src/main/exchange/npz/zip-read.ts'
import { previewImport } from '../../src/main/exchange/preview.ts'
import type { Store } from '../../src/main/store/index.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'
import { fill } from './corpus.ts'
import { english } from '../../src/shared/messages/index.ts'

const HEADER = 'Millis;Acc1 X;Acc1 Y;Acc1 Z;Acc2 X;Acc2 Y;Acc2 Z;Gyro X;Gyro Y;Gyro Z;Mag X;Mag Y;Mag Z;Force;Time'
const row = (millis: number | string, time: number) => `${millis};1;2;3;4;5;6;7;8;9;10;11;12;13;${time}`

function digipen(files: Record<string, string>): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const isEmpty = (store: Store) => {
  expect(store.recordings.count({})).toBe(0)
  expect(store.sessions.list()).toEqual([])
  expect(store.writers.list()).toEqual([])
}

async function refuses(format: FormatName, path: string, code: string, message: string | RegExp): Promise<void> {
  const store = newStore()
  await expect(importRecordings(store, format, path)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
    hint: expect.any(String),
  })
  isEmpty(store)
}

async function exported(format: FormatName, name: string): Promise<string> {
  const store = newStore()
  const signal = (frames: number) => ({
    channels: PEN_CHANNELS,
    rateHz: 100,
    frames,
    values: Float32Array.from({ length: frames * 13 }, Math.random),
    deviceMicros: new Float64Array(frames).fill(NaN),
    hostMillis: new Float64Array(frames).fill(NaN),
    gaps: [],
  })
  fill(
    store,
    ['Haus', 'Maus', 'Laus'].map((label, at) => ({ label, signal: signal(40 + at) })),
  )
  const path = join(temporaryFolder(), name)
  await exportRecordings(store, format, path)
  return path
}

describe('a folder of the wrong kind', () => {
  it.each(['digipen', 'rewi', 'onhw'] as const)('is told by %s, before anything changes', async (format) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'holiday.jpg'), 'x')
    await refuses(format, folder, 'invalid-input', folder)
    await refuses(format, join(folder, 'holiday.jpg'), 'invalid-input', 'holiday.jpg')
    await refuses(format, join(folder, 'none'), 'not-found', 'none')
  })

  it.each(['ndjson', 'csv', 'parquet', 'npz', 'xdf'] as const)('is told by %s, which wants a file', async (format) => {
    await refuses(format, temporaryFolder(), 'invalid-input', 'is a folder')
    await refuses(format, join(temporaryFolder(), 'none'), 'not-found', 'none')
  })

  it.each(['csv', 'parquet', 'npz', 'xdf', 'ndjson'] as const)('%s refuses a file of another kind', async (format) => {
    const path = join(temporaryFolder(), 'picture')
    writeFileSync(path, Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\n\0\0', 'latin1'))
    const store = newStore()
    const outcome = await importRecordings(store, format, path).catch((error: unknown) => error)
    expect(outcome).toMatchObject(
      format === 'ndjson' ? { imported: 0 } : { name: 'KalamosError', message: expect.stringContaining(path) },
    )
    isEmpty(store)
  })
})

describe('a damaged file', () => {
  it('of parquet leaves the store as it was, wherever it breaks off', async () => {
    const path = await exported('parquet', 'a.parquet')
    const size = readFileSync(path).length
    for (const share of [0.99, 0.6, 0.2]) {
      truncateSync(path, Math.floor(size * share))
      await refuses('parquet', path, 'decode-failed', path)
    }
  })

  it('of npz gives the recordings whose samples are whole before the break, and tells how many are not', async () => {
    const path = await exported('npz', 'a.npz')
    const whole = readFileSync(path)
    // The samples come last, behind a heading of 128 bytes: 40, 41 and 42 frames of 13 numbers.
    const samples = whole.indexOf('values.npy') + 'values.npy'.length + 128
    for (const [frames, imported] of [
      [122.5, 2],
      [81, 2],
      [80.9, 1],
      [40, 1],
    ] as const) {
      truncateSync(path, samples + Math.floor(frames * 13 * 4))
      const reason = `${imported} of 3 recordings came in; it breaks off at byte ${readFileSync(path).length}`
      expect(await importRecordings(newStore(), 'npz', path)).toMatchObject({
        imported,
        refused: [{ where: 'the end of the file', reason }],
      })
    }
    for (const size of [samples + 39 * 13 * 4, samples - 128, Math.floor(samples * 0.6), Math.floor(samples * 0.2)]) {
      truncateSync(path, size)
      await refuses('npz', path, 'decode-failed', path)
    }
  })

  it('of xdf gives what is whole before the break, and tells where that is', async () => {
    const path = await exported('xdf', 'a.xdf')
    const size = readFileSync(path).length
    let most = Infinity
    for (const share of [0.99, 0.6, 0.3]) {
      truncateSync(path, Math.floor(size * share))
      const { imported, refused } = await importRecordings(newStore(), 'xdf', path)
      expect(imported).toBeGreaterThan(0)
      expect(imported).toBeLessThanOrEqual(most)
      expect(refused.at(-1)).toMatchObject({
        where: 'the end of the file',
        reason: expect.stringMatching(/^it breaks off at byte \d+/),
      })
      most = imported
    }
  })

  it.each(['npz', 'xdf', 'csv'] as const)(
    'of %s with any byte changed never crashes, and is all or nothing',
    async (format) => {
      const path = await exported(format, `a.${format}`)
      const store = newStore()
      const whole = readFileSync(path)
      await fc.assert(
        fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
          const damaged = Uint8Array.from(whole)
          damaged[at] = byte
          writeFileSync(path, damaged)
          const outcome = await previewImport(store, format, path).catch((error: unknown) => error)
          expect(outcome).toMatchObject(
            outcome instanceof Error ? { name: 'KalamosError', message: expect.stringContaining(path) } : { format },
          )
        }),
        { numRuns: 150 },
      )
    },
  )
})

describe('a zip bomb', () => {
  function zip(name: string, packed: Uint8Array, size: number, method = 8, copies = 1): string {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(size, 24)
    entry.writeUInt16LE(name.length, 28)
    const directory = Buffer.concat(Array.from({ length: copies }, () => Buffer.concat([entry, Buffer.from(name)])))
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50)
    end.writeUInt16LE(copies, 10)
    end.writeUInt32LE(directory.length, 12)
    end.writeUInt32LE(30 + name.length + packed.length, 16)
    const path = join(temporaryFolder(), 'bomb.npz')
    writeFileSync(path, Buffer.concat([local, Buffer.from(name), packed, directory, end]))
    return path
  }
  const zeros = deflateRawSync(Buffer.alloc(20_000_000))

  it('that says how large it will be is refused unopened', async () => {
    await refuses('npz', zip('values.npy', zeros, 4_000_000_000), 'invalid-input', 'it would fill the disk')
  })

  it('that lies about its size is stopped there', async () => {
    await refuses('npz', zip('values.npy', zeros, 1000), 'invalid-input', 'more than the 1000 bytes it announces')
  })

  it('of members that lie over one another is refused', async () => {
    await refuses(
      'npz',
      zip('values.npy', deflateRawSync(Buffer.alloc(100_000, 'abc')), 100_000, 8, 50),
      'invalid-input',
      'over one another',
    )
  })

  it('of very many members is refused', async () => {
    const file = new FileBytes(zip('a', Buffer.alloc(0), 0, 0, 20_000))
    await expect(readDirectory(file)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('20000 members'),
    })
    file.close()
  })
})

describe('a DigiPen folder', () => {
  const labels = 'Label;start;stop\nHaus;1000;1030\n;1030;1050\n'
  const data = `${HEADER}\n${row(990, 9)}\n${row(1000, 10)}\n${row(1000, 11)}\n${row(1020, 14)}\n${row(1030, 15)}\n${row(1049, 16)}\n${row(1050, 17)}\n`

  it('whose table is cut in a line gives what is whole, and says where it breaks off', async () => {
    const rows = Array.from({ length: 30 }, (_, at) => row(at * 10, at))
    const store = newStore()
    const result = await importRecordings(
      store,
      'digipen',
      digipen({
        'labels.csv': 'Label;start;stop;\nHaus;0;200;\nMaus;200;400;\n',
        'sensor_data.csv': `${HEADER};\n${rows.map((each) => `${each};`).join('\n')}\n30`,
      }),
    )
    expect(result).toMatchObject({
      imported: 2,
      refused: [],
      notes: [{ where: 'sensor_data.csv line 32', note: 'is not whole: the file breaks off here' }],
    })
    expect(store.recordings.get(2)).toMatchObject({ label: 'Maus', frames: 10 })
  })

  it('goes on with a counter of 16 bits that begins anew', async () => {
    const rows = Array.from({ length: 20 }, (_, at) => row(at * 10, (65_530 + at) % 65_536))
    const store = newStore()
    await importRecordings(
      store,
      'digipen',
      digipen({ 'labels.csv': 'Label;start;stop\nHaus;0;200\n', 'sensor_data.csv': `${HEADER}\n${rows.join('\n')}\n` }),
    )
    const { frames, deviceMicros, gaps } = store.recordings.signal(1)
    expect([frames, deviceMicros[19]! - deviceMicros[0]!, gaps]).toEqual([20, 190_000, []])
  })

  it('leaves out what was written while the clock of its labels was set back', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => row(at < 30 ? at * 10 : at * 10 - 150, at))
    const result = await importRecordings(
      newStore(),
      'digipen',
      digipen({
        'labels.csv': 'Label;start;stop\nHaus;0;200\nMaus;200;400\n',
        'sensor_data.csv': `${HEADER}\n${rows.join('\n')}\n`,
      }),
    )
    expect(result).toMatchObject({
      imported: 1,
      refused: [
        {
          where: 'labels.csv row 2 (Maus)',
          reason: 'the clock was set back from 290 to 150 ms in sensor_data.csv line 32',
        },
      ],
    })
  })

  it('gives each label the samples from its start up to its stop, and gaps where the counter jumps', async () => {
    const store = newStore()
    const folder = digipen({
      'sensor_data.csv': data,
      'labels.csv': labels,
      'calibration.txt': 'smx:2\nbmx:2\nbgy:1\nodd:kept\n',
    })
    expect(await importRecordings(store, 'digipen', folder)).toMatchObject({ imported: 2, refused: [] })
    expect([...store.recordings.each({})].map(({ label, frames, lostFrames }) => [label, frames, lostFrames])).toEqual([
      ['Haus', 3, 2],
      [null, 2, 0],
    ])
    const signal = store.recordings.signal(1)
    expect([...signal.values.slice(0, 13)]).toEqual(
      [
        2 / 32768,
        4 / 32768,
        6 / 32768,
        8 / 8192,
        10 / 8192,
        12 / 8192,
        7000 / 32768,
        7000 / 32768,
        9000 / 32768,
        (8 * 2400) / 8192 / 2,
        (11 * 2400) / 8192,
        (12 * 2400) / 8192,
        (13 * 5.32) / 4096,
      ].map(Math.fround),
    )
    expect([...signal.deviceMicros]).toEqual([100_000, 110_000, 140_000])
    expect(signal.gaps).toEqual([{ at: 2, lost: 2 }])
    // Milliseconds since the session began are no time of the day.
    expect(signal.hostMillis.every(Number.isNaN)).toBe(true)
    expect(store.sessions.profile(1)).toMatchObject({
      calibration: expect.arrayContaining([['odd', 'kept']]),
      assumed: expect.any(Array),
    })
  })

  it.each([
    [{ 'sensor_data.csv': data }, 'not-found', 'no labels.csv'],
    [{ 'sensor_data.csv': 'a,b,c\n1,2,3\n', 'labels.csv': labels }, 'invalid-input', 'begins with "a,b,c"'],
    [
      { 'sensor_data.csv': HEADER.replace(';Force', '') + '\n', 'labels.csv': labels },
      'invalid-input',
      'sensor_data.csv begins with',
    ],
    [{ 'sensor_data.csv': data, 'labels.csv': 'label,start,stop\n' }, 'invalid-input', 'labels.csv begins with'],
    [
      { 'sensor_data.csv': `${HEADER}\n${row('1000,5', 1)}\n`, 'labels.csv': labels },
      'invalid-input',
      'commas before its fractions',
    ],
  ])('of the wrong kind is refused as a whole: %j', async (files, code, message) => {
    await refuses('digipen', digipen(files as Record<string, string>), code, message)
  })

  it('refuses rows and labels that do not fit, each with its reason', async () => {
    const folder = digipen({
      'sensor_data.csv': `${data}${row(2000, 18)};1\n`,
      'labels.csv': `${labels}late;5000;6000\nempty;1060;1070\nwide;2000;2001\nupside;30;20\n`,
    })
    const { imported, refused } = await importRecordings(newStore(), 'digipen', folder)
    expect(imported).toBe(2)
    expect(refused.map(({ where, reason }) => `${english(where)}: ${english(reason)}`)).toEqual([
      'labels.csv row 6: needs a label, a start and a later stop',
      'labels.csv row 4 (empty): has no frames in its time',
      'labels.csv row 5 (wide): sensor_data.csv line 9 does not hold 15 numbers',
      'labels.csv row 3 (late): begins after the last frame',
    ])
  })

  it('of a virtual corpus stays virtual, also when it is moved alone', async () => {
    const root = temporaryFolder()
    const folder = digipen({ 'sensor_data.csv': data, 'labels.csv': labels })
    cpSync(folder, join(root, 'Virtual-7'), { recursive: true })
    writeFileSync(
      join(root, 'virtual.json'),
      JSON.stringify({ virtual: true, writers: [{ folder: 'Virtual-7', name: 'Virtual 7', handedness: 'left' }] }),
    )
    const store = newStore()
    await importRecordings(store, 'digipen', root)
    expect(store.writers.list()).toMatchObject([{ name: 'Virtual 7', handedness: 'left', virtual: true }])
    expect([...store.recordings.each({})].every(({ virtual }) => virtual)).toBe(true)
  })
})

describe('a REWI set', () => {
  it('that points outside of its folder, or to nothing, is refused line by line', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'data'))
    writeFileSync(join(folder, 'data', 'a.csv'), `${'1;'.repeat(12)}1\n`)
    writeFileSync(join(folder, 'data', 'b.csv'), `${'1,5;'.repeat(12)}1\n`)
    const files = ['data/a.csv', '../secret.csv', '/etc/passwd', 'data/none.csv', 'data/b.csv']
    writeFileSync(
      join(folder, 'val.json'),
      JSON.stringify({ annotations: { 0: files.map((filename) => ({ filename, label: 'a', id_writer: 3 })) } }),
    )
    const store = newStore()
    const { imported, refused } = await importRecordings(store, 'rewi', folder)
    expect([imported, store.recordings.get(1).writerName]).toEqual([1, 'rewi-3'])
    expect(refused.map(({ reason }) => reason)).toEqual([
      'lies outside of the folder',
      'lies outside of the folder',
      'is not there',
      'line 1 has commas before its fractions',
    ])
    appendFileSync(join(folder, 'val.json'), 'x')
    await refuses('rewi', folder, 'decode-failed', 'val.json')
  })
})

describe('an export', () => {
  it('that is cancelled, or whose place is taken, leaves nothing and takes nothing', async () => {
    const folder = temporaryFolder()
    const store = newStore()
    const signal = {
      channels: PEN_CHANNELS,
      rateHz: 100,
      frames: 3,
      values: new Float32Array(39),
      deviceMicros: new Float64Array(3).fill(NaN),
      hostMillis: new Float64Array(3).fill(NaN),
      gaps: [],
    }
    await expect(exportRecordings(store, 'npz', join(folder, 'a.npz'))).rejects.toMatchObject({
      code: 'empty-recording',
    })
    fill(
      store,
      Array.from({ length: 300 }, (_, at) => ({ label: `w${at}`, signal })),
    )
    const stop = new AbortController()
    for (const format of ['npz', 'parquet', 'xdf', 'csv', 'ndjson', 'digipen', 'rewi'] as const) {
      const running = exportRecordings(store, format, join(folder, 'a'), {
        signal: stop.signal,
        progress: () => stop.abort(),
      })
      await expect(running).rejects.toMatchObject({ code: 'cancelled' })
      expect(readdirSync(folder)).toEqual([])
    }
    writeFileSync(join(folder, 'a'), 'mine')
    await expect(exportRecordings(store, 'csv', join(folder, 'a'))).rejects.toMatchObject({ code: 'conflict' })
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('mine')
    await expect(exportRecordings(store, 'onhw', join(folder, 'b'))).rejects.toMatchObject({
      code: 'invalid-input',
      hint: expect.stringContaining('parquet'),
    })
    await expect(exportRecordings(store, 'csv', join(folder, 'no', 'b'))).rejects.toMatchObject({
      code: 'not-writable',
    })
  })

  it('says which recordings a format cannot hold, and refuses where it can hold none', async () => {
    const store = newStore()
    const force = (rateHz: number) => ({
      channels: [{ name: 'force', unit: 'N' } as const],
      rateHz,
      frames: 1,
      values: new Float32Array(1),
      deviceMicros: new Float64Array(1),
      hostMillis: new Float64Array(1),
      gaps: [],
    })
    fill(store, [{ label: 'a', signal: force(100) }])
    await expect(exportRecordings(store, 'digipen', join(temporaryFolder(), 'a'))).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('has no acc1_x'),
      hint: expect.stringContaining('parquet'),
    })
    fill(store, [{ label: 'b', signal: { ...force(100), channels: PEN_CHANNELS, values: new Float32Array(13) } }])
    const { exported, refused } = await exportRecordings(store, 'digipen', join(temporaryFolder(), 'a'))
    expect([exported, refused]).toEqual([
      1,
      [{ where: expect.stringContaining('recording 1'), reason: expect.stringContaining('has no acc1_x') }],
    ])
  })
})
