import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { runProgram } from '../../src/main/entrypoints/cli/program.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { previewImport } from '../../src/main/exchange/preview.ts'
import { readEntries } from '../../src/main/exchange/reading/reading.ts'
import type { Entry } from '../../src/main/exchange/recording.ts'
import { encodeChunk, encodeLength, TAG } from '../../src/main/exchange/xdf/chunks.ts'
import { encodeFileHeader, encodeStreamHeader, encodeTexts } from '../../src/main/exchange/xdf/streams.ts'
import { forkChild, type Fork } from '../../src/main/process/fork.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

const HEAD = '{"writer":"w","rate_hz":100,"channels":["force"],"units":["N"],"samples":['

function file(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

/** A recording of one channel that is far smaller packed than it is. */
const rows = (count: number): string => file('rows.ndjson.gz', gzipSync(`${HEAD}${'[0],'.repeat(count - 1)}[0]]}\n`))

async function entriesOf(...asked: Parameters<typeof readEntries>): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const entry of readEntries(...asked)) entries.push(entry)
  return entries
}

describe('a file that is small and wants to be much', () => {
  it.each([
    ['rows', () => rows(4_000_001), 'has more than 4000000 rows'],
    [
      'nested lists',
      () => file('deep.ndjson.gz', gzipSync(`{"writer":${'['.repeat(2e6)}${']'.repeat(2e6)}}\n`)),
      'is nested too deep',
    ],
    [
      'a name',
      () => file('name.ndjson.gz', gzipSync(`{"device":"${'x'.repeat(2e6)}","writer":"w","rate_hz":100}\n`)),
      'device: ',
    ],
    [
      'channels',
      () =>
        file(
          'wide.ndjson',
          `{"writer":"w","rate_hz":100,"channels":[${Array.from({ length: 65 }, (_, at) => `"c${at}"`).join()}],"units":[],"samples":[[0]]}\n`,
        ),
      'channels: ',
    ],
  ])('as a line of %s is refused as a line', async (_, path, reason) => {
    expect(await entriesOf('ndjson', path())).toEqual([
      expect.objectContaining({ where: 'line 1', reason: expect.stringContaining(reason) }),
    ])
  })

  it('as a pickle of dicts is refused before they fill the memory', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, '0'))
    writeFileSync(
      join(folder, '0', 'all_x_dat_train_imu.pkl'),
      Buffer.concat([Buffer.from([0x80, 2, 0x28]), Buffer.alloc(3e6, '}'), Buffer.from('l.')]),
    )
    writeFileSync(join(folder, '0', 'all_train_gt.pkl'), Buffer.from([0x80, 2, 0x5d, 0x2e]))
    await expect(entriesOf('onhw', folder)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/all_x_dat_train_imu\.pkl holds more lists and values than fit/),
    })
  })

  it('as a table of very many columns is refused', async () => {
    const path = file('wide.csv', `${'ax,'.repeat(1001)}ay\n${'1,'.repeat(1001)}1\n`)
    await expect(previewImport(newStore(), 'csv', path)).rejects.toMatchObject({
      code: 'invalid-input',
      message: `${path} has 1002 columns; at most 1000 are read.`,
    })
  })
})

describe('a text made to be searched again and again', () => {
  it.each(['ax (', 'q', 'ax [', '('])(
    'in the heading of a table is read in one pass: %s and many spaces',
    async (before) => {
      const { csv } = await previewImport(
        newStore(),
        'csv',
        file('a.csv', `${before}${' '.repeat(500_000)}x,ay\n1,2\n1,2\n`),
      )
      expect(csv!.columns).toHaveLength(2)
    },
  )

  it('in a cell of digits is read in one pass', async () => {
    const path = file('a.csv', `writer,t_ms,ax\nw,0,1\nw,10,${'1'.repeat(500_000)}x\nw,20,1\n`)
    expect(await entriesOf('csv', path)).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(/^row 3: "1+…$/) }),
    ])
  })

  it('in the header of a stream is read in one pass', async () => {
    const header = encodeChunk(TAG.streamHeader, Buffer.from([1, 0, 0, 0]), Buffer.from('<name>'.repeat(200_000)))
    const path = file('a.xdf', Buffer.concat([encodeFileHeader(), header]))
    await expect(entriesOf('xdf', path)).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringContaining(path),
    })
  })

  it('as very many markers is cut in one pass', async () => {
    const description = '<channels><channel><label>force</label><unit>N</unit></channel></channels>'
    const [frames, words] = [400_000, 50_000]
    const samples = Buffer.alloc(2 * frames)
    const pen = encodeStreamHeader(1, { name: 'pen', type: 'x', format: 'int8', channels: 1, rateHz: 100, description })
    const markers = encodeStreamHeader(2, {
      name: 'm',
      type: 'Markers',
      format: 'string',
      channels: 1,
      rateHz: 0,
      description: '',
    })
    const parts = Array.from({ length: 10 }, (_, part) =>
      Float64Array.from({ length: words / 10 }, (_, at) => 3000 + ((part * words) / 10 + at) * 1e-9),
    )
    const texts = parts.map((times) =>
      encodeTexts(
        2,
        times,
        Array.from(times, () => 'a'),
      ),
    )
    const path = file(
      'a.xdf',
      Buffer.concat([
        encodeFileHeader(),
        pen,
        markers,
        encodeChunk(TAG.samples, Buffer.from([1, 0, 0, 0]), encodeLength(frames), samples),
        ...texts,
      ]),
    )
    const entries = await entriesOf('xdf', path)
    expect(entries).toHaveLength(words)
    const cut = entries.reduce((sum, entry) => sum + ('recording' in entry ? entry.recording.signal.frames : 0), 0)
    expect(Math.abs(cut - 100_000)).toBeLessThanOrEqual(1)
  })
})

describe('the process that reads a file', () => {
  const BOUNDS = { heapMb: 1024, processMb: 1536, quietMs: 30_000, msPerMegabyte: 0 }
  /** Remembers who was started. */
  function watched(): { fork: Fork; pid: () => number } {
    let pid: number | undefined
    const fork: Fork = (...started) => {
      const child = forkChild(...started)
      pid = child.pid
      return child
    }
    return { fork, pid: () => pid! }
  }

  it('is ended where it takes more memory than it may, and the file is named', async () => {
    const path = rows(3_000_000)
    await expect(entriesOf('ndjson', path, { bounds: { ...BOUNDS, processMb: 100 } })).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringMatching(
        /rows\.ndjson\.gz is damaged or far too large: reading it wants more than 1024 MB/,
      ),
    })
    await expect(
      importRecordings(newStore(), 'ndjson', path, { bounds: { ...BOUNDS, heapMb: 32 } }),
    ).rejects.toMatchObject({ code: 'decode-failed', message: expect.stringContaining('wants more than 32 MB') })
  })

  it('may end as it likes: the file is named, and the next one is read', async () => {
    const { fork, pid } = watched()
    const reading = entriesOf('ndjson', rows(3_000_000), { fork })
    process.kill(pid(), 'SIGTERM')
    await expect(reading).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringContaining('rows.ndjson.gz is damaged or far too large: its reader ended'),
    })
    expect(await entriesOf('ndjson', rows(3), { fork })).toHaveLength(1)
  })

  it('is gone once an import is cancelled', async () => {
    const { fork, pid } = watched()
    const stop = new AbortController()
    const importing = importRecordings(newStore(), 'ndjson', rows(3_000_000), { fork, signal: stop.signal })
    stop.abort()
    await expect(importing).rejects.toMatchObject({ code: 'cancelled' })
    expect(() => process.kill(pid(), 0)).toThrow('ESRCH')
  })

  it('reads the next file where the last one came to its end', async () => {
    const { fork, pid } = watched()
    await entriesOf('ndjson', rows(3), { fork })
    const first = pid()
    await entriesOf('csv', file('a.csv', 'ax,ay\n1,2\n1,2\n'), { fork }).catch(() => undefined)
    await entriesOf('ndjson', rows(3), { fork })
    expect(pid()).toBe(first)
  })

  it.each([
    ['looked at', 'import', ['ndjson'], ['--preview']],
    ['played', 'replay', [], []],
  ])('ends with Ctrl-C in the terminal while a file is only %s', async (_, name, before, after) => {
    let err = ''
    const code = await runProgram(
      [name, ...before, rows(3_000_000), ...after, '--database', join(temporaryFolder(), 'a.db')],
      { out: () => undefined, err: (text) => (err += text), signal: AbortSignal.abort(), keys: () => null },
    )
    expect([code, err]).toEqual([130, expect.stringContaining('was cancelled')])
  })
})
