import { cpSync, createWriteStream, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import type { SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import type { FormatName } from '../../src/shared/api/exchange.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { npyHeader, npyTexts, type NpyType } from '../../src/main/exchange/npz/npy.ts'
import { unpackFramedLz4, unpackLz4 } from '../../src/main/exchange/parquet/unpack.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

/** Files that pandas, polars, pyarrow and numpy wrote on several systems, with invented content. */
const caseOf = (name: string) => fileURLToPath(new URL(`./cases/${name}`, import.meta.url))

async function imported(format: FormatName, name: string) {
  const store = newStore()
  const { refused, notes } = await importRecordings(store, format, caseOf(name))
  const recordings = [...store.recordings.each({})].map(({ id, writerName, label, frames, rateHz }) => ({
    writerName,
    label,
    frames,
    rateHz,
    values: store.recordings.signal(id).values,
  }))
  return { refused, notes, recordings }
}

const array = (type: NpyType, shape: string, { buffer }: { buffer: ArrayBufferLike }) =>
  Buffer.concat([npyHeader(type, shape.split(', ').map(Number)), new Uint8Array(buffer)])
const texts = (...of: string[]) => {
  const { type, bytes } = npyTexts(of)
  return array(type, `${of.length}`, bytes)
}
/** What is said of five recordings of 100 frames. */
const aboutFive = {
  offsets: array('<i8', '6', BigInt64Array.of(0n, 100n, 200n, 300n, 400n, 500n)),
  columns: texts(...PEN_CHANNELS.map(({ name, unit }) => `${name} [${unit}]`)),
  writer: texts('a', 'a', 'a', 'b', 'b'),
  rate_hz: array('<f8', '5', new Float64Array(5).fill(100)),
}

describe('arrays of numpy', async () => {
  const plain = await imported('npz', 'npz/plain.npz')

  it.each(['bigend', 'compressed', 'float64', 'fortran', 'offsets-no-end', 'rate-int', 'rate-scalar', 'win-int32'])(
    'of %s.npz are the same recordings',
    async (name) => {
      expect(plain.recordings.map(({ label, frames }) => [label, frames])).toEqual([
        ['für', 60],
        ['Haus', 60],
      ])
      expect(await imported('npz', `npz/${name}.npz`)).toEqual(plain)
    },
  )

  it('may be whole numbers, and labels bytes or objects', async () => {
    const counts = await imported('npz', 'npz/int16.npz')
    expect(counts.recordings[0]!.values.subarray(0, 3)).toEqual(Float32Array.of(0, 841, 909))
    expect((await imported('npz', 'npz/bytes-label.npz')).recordings.map(({ label }) => label)).toEqual(['abc', 'Haus'])
    expect((await imported('npz', 'npz/obj-label.npz')).recordings.map(({ label }) => label)).toEqual(['für', null])
  })

  it('come in without the directory at the end of the file, and that is told', async () => {
    const cut = join(temporaryFolder(), 'cut.npz')
    const whole = readFileSync(caseOf('npz/plain.npz'))
    writeFileSync(cut, whole.subarray(0, whole.lastIndexOf('PK\x01\x02') + 10))
    const store = newStore()
    const { imported, refused } = await importRecordings(store, 'npz', cut)
    expect(imported).toBe(2)
    expect(refused).toEqual([
      { where: 'the end of the file', reason: 'it breaks off behind the array rate_hz; what is whole before came in' },
    ])
    writeFileSync(cut, whole.subarray(0, whole.indexOf('rate_hz.npy') + 40))
    await expect(importRecordings(newStore(), 'npz', cut)).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringMatching(/breaks off at byte \d+, before the array rate_hz\.$/),
    })
  })

  it.each([
    ['stored', { compress: false }],
    ['packed', { compress: true }],
    ['with sizes of 64 bits', { compress: false, forceZip64Format: true }],
  ])('%s come in whole, and where the file breaks off in the samples as far as those are there', async (_, options) => {
    const path = join(temporaryFolder(), 'own.npz')
    const values = Float32Array.from({ length: 5 * 100 * 13 }, (_, at) => Math.sin(at))
    const arrays = { ...aboutFive, values: array('<f4', '500, 13', values) }
    const zip = new ZipFile()
    for (const [name, bytes] of Object.entries(arrays)) zip.addBuffer(bytes, `${name}.npy`, options)
    zip.end({ forceZip64Format: 'forceZip64Format' in options, comment: '' })
    await pipeline(zip.outputStream, createWriteStream(path))
    expect(await importRecordings(newStore(), 'npz', path)).toMatchObject({ imported: 5, refused: [] })
    const samples = readFileSync(path).indexOf('values.npy')
    truncateSync(path, samples + Math.floor((readFileSync(path).indexOf('PK\x01\x02') - samples) * 0.7))
    const reason = expect.stringMatching(/^3 of 5 recordings came in; it breaks off at byte \d+$/)
    const store = newStore()
    expect(await importRecordings(store, 'npz', path)).toMatchObject({
      imported: 3,
      refused: [{ where: 'the end of the file', reason }],
    })
    expect(store.recordings.signal(3).values).toEqual(values.slice(2 * 1300, 3 * 1300))
  })

  it('of another make are named with their types', async () => {
    await expect(imported('npz', 'npz/xy.npz')).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('it has X (<f8, 120 x 3), y (<U1, 1)'),
    })
  })
})

describe('a line of NDJSON that does not fit', () => {
  const line = { writer: 'w', rate_hz: 100, channels: ['force'], units: ['N'], samples: [[1]] }

  it.each([
    ['of nothing', 'null', 'line: must be an object with fields, not nothing'],
    [
      'without a rate',
      JSON.stringify({ ...line, rate_hz: undefined }),
      'has no rate_hz: fill it in, or leave this recording out',
    ],
    [
      'with a rate that is a word',
      JSON.stringify({ ...line, rate_hz: 'fast' }),
      'rate_hz: must be a number, not “fast”',
    ],
    ['with a rate out of bounds', JSON.stringify({ ...line, rate_hz: 1e9 }), 'rate_hz: must be at most 100000'],
    [
      'with a state of its own',
      JSON.stringify({ ...line, state: 'lost' }),
      'state: must be one of “finished”, “interrupted”, not “lost”',
    ],
    [
      'with a value missing',
      JSON.stringify({ ...line, samples: [[1], [null]] }),
      'has no samples.1.0: fill it in, or leave this recording out',
    ],
    [
      'with too many channels',
      JSON.stringify({ ...line, channels: Array(65).fill('force') }),
      'channels: must have at most 64 values',
    ],
    ['with half a frame lost', JSON.stringify({ ...line, gaps: [[0, 0.5]] }), 'gaps.0.1: must be a whole number'],
  ])('%s says so in words of people', async (_, text, reason) => {
    const path = join(temporaryFolder(), 'a.ndjson')
    writeFileSync(path, `${text}\n`)
    expect(await importRecordings(newStore(), 'ndjson', path)).toMatchObject({
      imported: 0,
      refused: [{ where: 'line 1', reason }],
    })
  })
})

describe('a Parquet table', async () => {
  const plain = await imported('parquet', 'parquet/plain.parquet')

  it.each(['brotli', 'gzip', 'zstd', 'lz4'])('packed with %s holds the same recordings', async (name) => {
    expect(plain.recordings.map(({ label, frames }) => [label, frames])).toEqual([
      ['für', 60],
      ['Haus', 60],
    ])
    expect(await imported('parquet', `parquet/${name}.parquet`)).toEqual(plain)
  })

  it.each(['none', 'pandas-nan'])('with values that are missing (%s) has them as no number', async (name) => {
    const { recordings } = await imported('parquet', `parquet/${name}.parquet`)
    expect(recordings.map(({ frames }) => frames)).toEqual([60, 60])
    expect(recordings.some(({ values }) => values.some(Number.isNaN))).toBe(true)
  })

  it('with a writer that is missing in a row says which, and the way out, and gives the other rows', async () => {
    const { recordings, refused } = await imported('parquet', 'parquet/nulls.parquet')
    expect(recordings).toMatchObject([{ writerName: 'w1', label: null }])
    expect(refused).toEqual([{ where: 'row 2', reason: 'has no writer: fill it in, or leave this recording out' }])
  })

  it('may have 0 for a dictionary that is not there', async () => {
    expect((await imported('parquet', 'parquet/dict-offset-zero.parquet')).recordings).toHaveLength(2)
  })

  it('names columns that hold something else than lists of numbers', async () => {
    const extra = await imported('parquet', 'parquet/extra.parquet')
    expect(extra).toMatchObject({
      recordings: [{}, {}],
      notes: [{ where: 'column tags', note: 'it holds texts and was left out' }],
    })
    await expect(imported('parquet', 'parquet/nested.parquet')).rejects.toMatchObject({
      message: expect.stringContaining('samples holds nested lists'),
    })
    await expect(imported('parquet', 'parquet/structs.parquet')).rejects.toMatchObject({
      message: expect.stringContaining('acc holds structures'),
    })
  })
})

/** One block of LZ4 that holds all bytes as they are, which any writer may make. */
const literally = (bytes: Uint8Array): Buffer => {
  const long = bytes.length - 15
  const lengths =
    long < 0 ? [bytes.length << 4] : [0xf0, ...Array<number>(Math.floor(long / 255)).fill(255), long % 255]
  return Buffer.concat([Uint8Array.from(lengths), bytes])
}
/** The same in blocks of at most 100 bytes, framed as Hadoop does it. */
const framed = (bytes: Uint8Array): Buffer => {
  const parts = Array.from({ length: Math.ceil(bytes.length / 100) }, (_, at) =>
    bytes.subarray(at * 100, at * 100 + 100),
  )
  return Buffer.concat(
    parts.flatMap((part) => {
      const [packed, sizes] = [literally(part), Buffer.alloc(8)]
      sizes.writeUInt32BE(part.length)
      sizes.writeUInt32BE(packed.length, 4)
      return [sizes, packed]
    }),
  )
}

describe('a table packed in an old way', () => {
  const written = (codec: 'LZ4' | 'LZO', pack: (bytes: Uint8Array) => Uint8Array): string => {
    const path = join(temporaryFolder(), 'old.parquet')
    const columnData = [
      { name: 'writer', data: ['a', 'b'] },
      { name: 'rate_hz', data: [100, 100] },
      {
        name: 'force',
        data: [0, 1].map((row) => Array.from({ length: 200 }, (_, frame) => row + frame / 256)),
        encoding: 'PLAIN' as const,
      },
    ]
    const schema: SchemaElement[] = [
      { name: 'schema', num_children: 3 },
      { name: 'writer', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'rate_hz', type: 'DOUBLE', repetition_type: 'REQUIRED' },
      { name: 'force', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
    ]
    writeFileSync(
      path,
      new Uint8Array(parquetWriteBuffer({ codec, compressors: { [codec]: pack }, schema, columnData })),
    )
    return path
  }

  it.each([
    ['framed as Hadoop does it', framed],
    ['without frames under the same name', literally],
  ])('with LZ4 (%s) is read', async (_, pack) => {
    const store = newStore()
    expect(await importRecordings(store, 'parquet', written('LZ4', pack))).toMatchObject({ imported: 2, refused: [] })
    expect(store.recordings.signal(2).values).toEqual(Float32Array.from({ length: 200 }, (_, frame) => 1 + frame / 256))
  })

  it('with LZO is refused by its name, with the way out', async () => {
    const path = written('LZO', (bytes) => bytes)
    await expect(importRecordings(newStore(), 'parquet', path)).rejects.toMatchObject({
      code: 'invalid-input',
      message: `${path} is packed with LZO, which is not read.`,
      hint: expect.stringContaining('snappy'),
    })
  })

  it('is damaged where a block is not as long as its frame says', () => {
    const packed = framed(new Uint8Array(150).fill(7))
    packed.writeUInt32BE(99)
    packed.writeUInt32BE(51, 8 + packed.readUInt32BE(4))
    expect(() => unpackFramedLz4(packed, 150)).toThrow(RangeError)
  })
})

describe('a block of LZ4', () => {
  it('may repeat what it is just writing, and ends with literals', () => {
    // One literal, a match of 9 that reaches one byte back, three literals at the end.
    expect(Buffer.from(unpackLz4(Uint8Array.of(0x15, 0x61, 1, 0, 0x30, 0x62, 0x63, 0x64), 13)).toString()).toBe(
      'aaaaaaaaaabcd',
    )
  })

  it('is refused where it breaks off, is too long, or refers to what is not there', () => {
    const broken: [number[], number][] = [
      [[0x50, 0x61], 5],
      [[0x15, 0x61, 1], 10],
      [[0x15, 0x61, 1, 0], 3],
      [[0x15, 0x61, 2, 0], 10],
    ]
    for (const [packed, size] of broken) expect(() => unpackLz4(Uint8Array.from(packed), size)).toThrow(RangeError)
  })
})

describe('the published symbols and equations of OnHW', () => {
  it('come in from all of their sets, with labels and writers', async () => {
    const { recordings, refused } = await imported('onhw', 'onhw')
    expect(refused).toEqual([])
    expect(recordings).toHaveLength(18)
    expect([...new Set(recordings.map(({ label }) => label))]).toEqual(['0', '1', '2', '3', '1+2=3'])
    expect([...new Set(recordings.map(({ writerName }) => writerName))]).toEqual(['onhw-0', 'onhw-1'])
  })

  it('come in as far as they are whole where a file breaks off', async () => {
    const folder = join(temporaryFolder(), 'cut')
    cpSync(caseOf('onhw'), folder, { recursive: true })
    const cut = join(folder, 'all_x_dat_train_imu_e.pkl')
    truncateSync(cut, Math.floor(statSync(cut).size * 0.7))
    const store = newStore()
    const { imported, refused } = await importRecordings(store, 'onhw', folder)
    expect(imported).toBe(18 - 2)
    expect(refused).toEqual([
      {
        where: 'all_x_dat_train_imu_e.pkl the end of the file',
        reason: expect.stringMatching(/^2 of 4 recordings came in; all_x_dat_train_imu_e\.pkl breaks off at byte \d+$/),
      },
    ])
  })
})
