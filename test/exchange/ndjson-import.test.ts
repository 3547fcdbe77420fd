import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importRecordings, type ImportOptions } from '../../src/main/exchange/import.ts'
import { StoredRecordings } from '../../src/main/exchange/stored.ts'
import type { Store } from '../../src/main/store/index.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'
import { hasRealRecordings, titled } from '../segment/streams.ts'

const importNdjson = (store: Store, path: string, options?: ImportOptions) =>
  importRecordings(store, 'ndjson', path, options)

const entry = {
  id: 'a-1',
  writer: 'w01',
  label: 'Haus',
  device: 'deskpen',
  rate_hz: 100,
  channels: ['acc_x', 'force'],
  units: ['g', 'adc10'],
  samples: [
    [0.5, 300],
    [0.25, 400],
  ],
}

function fileOf(...lines: unknown[]): string {
  const path = join(temporaryFolder(), 'pens.ndjson')
  writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return path
}

describe('importing NDJSON', () => {
  it('takes recordings into a session for each writer and device', async () => {
    const store = newStore()
    const result = await importNdjson(
      store,
      fileOf(entry, { ...entry, id: 'a-2', writer: 'w02' }, { ...entry, id: 'a-3' }),
    )
    expect(result).toEqual({ imported: 3, duplicates: 0, refused: [], refusedCount: 0 })
    expect(
      store.sessions
        .list()
        .map(({ writerName, deviceName, origin, recordings, endedAt }) => [
          writerName,
          deviceName,
          origin,
          recordings,
          endedAt !== null,
        ]),
    ).toEqual([
      ['w02', 'deskpen', 'imported', 1, true],
      ['w01', 'deskpen', 'imported', 2, true],
    ])
  })

  it('gives channels and units the names of this app, and converts values', async () => {
    const store = newStore()
    const foreign = {
      ...entry,
      channels: ['acc_x', 'gyr_y', 'mag_z', 'force'],
      units: ['m/s^2', 'rad/s', 'mT', 'mN'],
      samples: [[9.80665, Math.PI, 0.05, 250]],
    }
    await importNdjson(store, fileOf(entry, foreign))
    expect(store.recordings.get(1).channels).toEqual([
      { name: 'acc1_x', unit: 'g' },
      { name: 'force', unit: 'count' },
    ])
    expect(store.recordings.get(2).channels.map(({ name, unit }) => `${name} ${unit}`)).toEqual([
      'acc1_x g',
      'gyro_y deg/s',
      'mag_z uT',
      'force N',
    ])
    expect(store.recordings.signal(2).values).toEqual(new Float32Array([1, 180, 50, 0.25]))
  })

  it('keeps the clock of the source as the time of the device', async () => {
    const store = newStore()
    await importNdjson(store, fileOf(entry, { ...entry, t_ms: [16.5, 33.25] }))
    expect(store.recordings.signal(1).deviceMicros).toEqual(new Float64Array([NaN, NaN]))
    expect(store.recordings.signal(2).deviceMicros).toEqual(new Float64Array([16500, 33250]))
  })

  it('takes nothing twice, however often and under whatever name the file comes', async () => {
    const store = newStore()
    await importNdjson(store, fileOf(entry))
    expect(await importNdjson(store, fileOf({ ...entry, id: 'a-9', label: 'Maus' }, entry))).toEqual({
      imported: 1,
      duplicates: 1,
      refused: [],
      refusedCount: 0,
    })
    expect(store.sessions.list()).toHaveLength(2)
    expect(await importNdjson(store, fileOf(entry))).toMatchObject({ imported: 0, duplicates: 1 })
    expect(store.sessions.list()).toHaveLength(2)
  })

  it('tells the time of an import from the time of the writing, also where it is exported again', async () => {
    const store = newStore()
    await importNdjson(
      store,
      fileOf({ ...entry, id: 'timed', started_at: 1_700_000_000_000 }, { ...entry, id: 'untimed', writer: 'w02' }),
    )
    const [timed, untimed] = [...store.recordings.each({})]
    expect(timed).toMatchObject({ startedAt: 1_700_000_000_000 })
    expect(timed!.untimed).toBeUndefined()
    expect(untimed!.untimed).toBe(true)
    expect(new StoredRecordings(store).load(untimed!)?.startedAt).toBeNull()
  })

  it('takes nobody for another of the same name unasked', async () => {
    const store = newStore()
    await importNdjson(store, fileOf(entry))
    const other = fileOf({ ...entry, id: 'b-1', label: 'Maus', writer: 'w02' }, { ...entry, id: 'b-2', label: 'Maus' })
    await expect(importNdjson(store, other)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('A writer called w01 is here already, with 1 recordings'),
    })
    expect(store.writers.list().map(({ name, recordings }) => [name, recordings])).toEqual([['w01', 1]])
    expect(await importNdjson(store, other, { writerPrefix: 'other ' })).toMatchObject({ imported: 2 })
    expect(
      await importNdjson(store, fileOf({ ...entry, id: 'b-3', label: 'Laus' }), { sameWriters: true }),
    ).toMatchObject({ imported: 1 })
    expect(store.writers.list().map(({ name, recordings }) => [name, recordings])).toEqual([
      ['other w01', 1],
      ['other w02', 1],
      ['w01', 2],
    ])
  })

  it('keeps writers of different files apart by a prefix', async () => {
    const store = newStore()
    await importNdjson(store, fileOf(entry), { writerPrefix: 'study B ' })
    expect(store.writers.list().map(({ name }) => name)).toEqual(['study B w01'])
  })

  it.each([
    ['{"id":', 'is no JSON'],
    ['[1, 2]', 'writer: '],
    ['42', 'line: '],
    [{ ...entry, samples: [] }, 'has no samples'],
    [{ ...entry, samples: [[1, 2], [3]] }, 'sample 1 has 1 values for 2 channels'],
    [{ ...entry, samples: [[1, null]] }, 'samples.0.1: '],
    [{ ...entry, units: ['g'] }, 'has 2 channels but 1 units'],
    [{ ...entry, units: ['g', 'mm'] }, 'channel force is in "mm", which is no unit of a pen'],
    [{ ...entry, channels: ['force', 'force'] }, 'has a channel twice'],
    [{ ...entry, t_ms: [1] }, 'has 2 samples but 1 times'],
    [{ ...entry, rate_hz: 0 }, 'rate_hz: '],
    [{ ...entry, writer: ' ' }, 'writer: is empty'],
    [{ ...entry, label: 'two\nlines' }, '"two\\nlines" cannot be a label'],
    [{ id: 's', letter: 'a', strokes: [[[1, 2, 3]]] }, 'writer: '],
  ])('refuses the line %j with the reason, and takes the others', async (line, reason) => {
    const store = newStore()
    const result = await importNdjson(store, fileOf(entry, line, '', { ...entry, id: 'a-2' }))
    expect(result).toEqual({
      imported: 2,
      duplicates: 0,
      refused: [{ where: 'line 2', reason: expect.stringContaining(reason) }],
      refusedCount: 1,
    })
  })

  it('survives whatever the lines hold', async () => {
    const store = newStore()
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.json(),
            fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')),
          ),
        ),
        async (lines) => {
          const outcome = await importNdjson(store, fileOf(...lines)).catch((error: unknown) => error)
          expect(outcome).toMatchObject(outcome instanceof Error ? { code: 'empty-recording' } : { imported: 0 })
        },
      ),
      { numRuns: 50 },
    )
  })

  it('lists only the first thousand refusals of a file that is none of recordings', async () => {
    const { refused } = await importNdjson(newStore(), fileOf(...Array.from({ length: 3000 }, () => 'rubbish')))
    expect(refused).toHaveLength(1001)
    expect(refused.at(-1)!.reason).toBe('2000 more were refused')
  })

  it('tells how far it is, and leaves nothing behind when it is cancelled', async () => {
    const store = newStore()
    await importNdjson(store, fileOf({ ...entry, id: 'kept' }))
    const path = fileOf(...Array.from({ length: 1000 }, (_, i) => ({ ...entry, id: `a-${i}`, writer: `w${i % 3}` })))
    const stop = new AbortController()
    const shares: number[] = []
    const running = importNdjson(store, path, {
      signal: stop.signal,
      progress: ({ share, imported }) => {
        shares.push(share)
        if (imported >= 400) stop.abort()
      },
    })
    await expect(running).rejects.toMatchObject({
      code: 'cancelled',
      message: expect.stringContaining('nothing of it was kept'),
    })
    expect(shares).toHaveLength(2)
    expect(store.recordings.count({})).toBe(1)
    expect(store.sessions.list()).toHaveLength(1)
    expect(store.writers.list().map(({ name }) => name)).toEqual(['w01'])
    expect(await importNdjson(store, path)).toMatchObject({ imported: 1000 })
  })

  it('takes nothing where a line does not fit and all of them are wanted', async () => {
    const store = newStore()
    const importing = importNdjson(store, fileOf(entry, 'rubbish', 'more rubbish'), { strict: true })
    await expect(importing).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('line 2 does not fit: is no JSON'),
    })
    expect(store.writers.list()).toEqual([])
  })

  it('keeps virtual writers apart from real ones of the same name', async () => {
    const store = newStore()
    await importNdjson(store, fileOf(entry))
    const { refused } = await importNdjson(store, fileOf({ ...entry, id: 'v', virtual: true }))
    expect(refused[0]!.reason).toContain('w01 is real here and virtual in the file')
    await importNdjson(store, fileOf({ ...entry, id: 'v', virtual: true }), { writerPrefix: 'virtual ' })
    expect(store.writers.list().map(({ name, virtual }) => [name, virtual])).toEqual([
      ['virtual w01', true],
      ['w01', false],
    ])
    expect(store.recordings.get(2).virtual).toBe(true)
  })
})

describe('a file that is not what it seems', () => {
  it.each([
    ['absent', () => join(temporaryFolder(), 'none.ndjson'), 'not-found'],
    ['a folder', () => temporaryFolder(), 'invalid-input'],
  ])('is named: %s', async (_, make, code) => {
    const path = make()
    await expect(importNdjson(newStore(), path)).rejects.toMatchObject({ code, message: expect.stringContaining(path) })
  })

  function packed(): string {
    const path = join(temporaryFolder(), 'pens.ndjson.gz')
    const lines = Array.from({ length: 2000 }, (_, i) =>
      JSON.stringify({ ...entry, id: `a-${i}`, samples: [[Math.random(), 1]] }),
    )
    writeFileSync(path, gzipSync(lines.join('\n')))
    return path
  }

  it('comes in as far as it is whole where its compression breaks off, and says so', async () => {
    const path = packed()
    truncateSync(path, Math.floor(readFileSync(path).length / 2))
    const { imported, refused } = await importNdjson(newStore(), path)
    expect(imported).toBeGreaterThan(500)
    expect(refused).toEqual([{ where: `line ${imported + 1}`, reason: 'is not whole: the file breaks off here' }])
    await expect(importNdjson(newStore(), path, { strict: true })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('leaves nothing behind where its compression is damaged', async () => {
    const store = newStore()
    const path = packed()
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 200))
    await expect(importNdjson(store, path)).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringContaining(path),
    })
    expect(store.recordings.count({})).toBe(0)
    expect(store.sessions.list()).toEqual([])
  })

  it('does not fill the memory by unpacking without end', async () => {
    const path = join(temporaryFolder(), 'bomb.ndjson.gz')
    writeFileSync(path, gzipSync(Buffer.alloc(20_000_000, '\n')))
    const limits = { lineBytes: 1_000_000, ratio: 200, ratioFromBytes: 1_000_000 }
    await expect(importNdjson(newStore(), path, { limits })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('200 times its size'),
    })
  })

  it('does not keep a line without end, and reads on behind it', async () => {
    const store = newStore()
    const path = fileOf('x'.repeat(300_000), entry)
    const result = await importNdjson(store, path, { limits: { lineBytes: 100_000, ratio: 200, ratioFromBytes: 1e9 } })
    expect(result).toEqual({
      imported: 1,
      duplicates: 0,
      refused: [{ where: 'line 1', reason: 'is too long' }],
      refusedCount: 1,
    })
  })
})

describe.skipIf(!hasRealRecordings('pen-computer'))(titled('real recordings', 'pen-computer'), () => {
  const real = (name: string) => fileURLToPath(new URL(`../../../shared/data/${name}.ndjson.gz`, import.meta.url))

  it('of a pen with force are all taken: 845 words of 22 writers', async () => {
    const store = newStore()
    expect(await importNdjson(store, real('pen-computer'))).toEqual({
      imported: 845,
      duplicates: 0,
      refused: [],
      refusedCount: 0,
    })
    expect(store.writers.list()).toHaveLength(22)
    expect(store.recordings.get(1)).toMatchObject({ label: 'Computer', rateHz: 100, state: 'finished' })
    expect(store.recordings.get(1).channels.map(({ name, unit }) => `${name} ${unit}`)).toEqual([
      'acc1_x g',
      'acc1_y g',
      'acc1_z g',
      'force count',
      'gyro_x deg/s',
      'gyro_y deg/s',
    ])
    expect(await importNdjson(store, real('pen-computer'))).toMatchObject({ imported: 0, duplicates: 845 })
  })

  it('of strokes are refused line by line', async () => {
    const { imported, refused } = await importNdjson(newStore(), real('letter-strokes'))
    expect(imported).toBe(0)
    expect(refused).toHaveLength(520)
  })
})
