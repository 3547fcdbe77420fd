import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { previewImport } from '../../src/main/exchange/preview.ts'
import { readEntries } from '../../src/main/exchange/reading/reading.ts'
import type { Entry } from '../../src/main/exchange/recording.ts'
import { forkChild, type Fork } from '../../src/main/process/fork.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'
import { fill } from './corpus.ts'

const BOUNDS = { quietMs: 30_000, msPerMegabyte: 0, heapMb: 256, processMb: 1024 }

async function entriesOf(path: string, bounds = BOUNDS): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const entry of readEntries('parquet', path, { bounds })) entries.push(entry)
  return entries
}

/** A table of others, without checksums: five recordings of 200 frames of one channel. */
function foreign(): { path: string; bytes: Uint8Array } {
  const lists = Array.from({ length: 5 }, (_, row) => Array.from({ length: 200 }, (_, frame) => row + frame / 200))
  const table = parquetWriteBuffer({
    codec: 'UNCOMPRESSED',
    schema: [
      { name: 'schema', num_children: 3 },
      { name: 'writer', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'rate_hz', type: 'DOUBLE', repetition_type: 'REQUIRED' },
      { name: 'force', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
    ],
    columnData: [
      { name: 'writer', data: ['a', 'a', 'b', 'b', 'b'] },
      { name: 'rate_hz', data: [100, 100, 100, 100, 100] },
      { name: 'force', data: lists, encoding: 'PLAIN' },
    ],
  })
  const path = join(temporaryFolder(), 'foreign.parquet')
  const bytes = new Uint8Array(table)
  writeFileSync(path, bytes)
  return { path, bytes }
}

/** The same table with one run of levels that claims to go on two thousand million times. */
function endless(): string {
  const { path, bytes } = foreign()
  // Eight levels packed into bits, then 192 that are 1: how each list of 200 begins and goes on.
  const list = [0x03, 0xfe, 0x80, 0x03, 0x01]
  const at = Buffer.from(bytes).indexOf(Buffer.from([...list, ...list]))
  expect(at).toBeGreaterThan(0)
  bytes.set([0xfe, 0xff, 0xff, 0xff, 0x0f, 0x01], at)
  writeFileSync(path, bytes)
  return path
}

describe('a Parquet file that is damaged inside', () => {
  it('is read where nothing is damaged', async () => {
    const entries = await entriesOf(foreign().path)
    expect(
      entries.map((entry) => ('recording' in entry ? [entry.recording.writer, entry.recording.signal.frames] : entry)),
    ).toEqual([
      ['a', 200],
      ['a', 200],
      ['b', 200],
      ['b', 200],
      ['b', 200],
    ])
  })

  it('and would fill the memory is stopped before it does', async () => {
    const path = endless()
    await expect(entriesOf(path, { ...BOUNDS, heapMb: 64 })).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringContaining(`${path} is damaged`),
      hint: expect.any(String),
    })
  })

  it('and keeps its reader busy without end is given up', async () => {
    await expect(entriesOf(endless(), { ...BOUNDS, quietMs: 1 })).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringContaining('does not end'),
    })
  })

  it('and was given up is not tried again before it changes, whoever asks', async () => {
    let started = 0
    const fork: Fork = (...args) => {
      started++
      return forkChild(...args)
    }
    const path = endless()
    const options = { fork, bounds: { ...BOUNDS, quietMs: 1 } }
    const said = {
      code: 'decode-failed',
      message: expect.stringContaining('does not end'),
      hint: expect.stringContaining('again'),
    }
    await expect(previewImport(newStore(), 'parquet', path, options)).rejects.toMatchObject(said)
    expect(started).toBe(1)
    await expect(importRecordings(newStore(), 'parquet', path, options)).rejects.toMatchObject(said)
    await expect(previewImport(newStore(), 'parquet', path, options)).rejects.toMatchObject(said)
    expect(started).toBe(1)
    utimesSync(path, new Date(), new Date(0))
    await expect(importRecordings(newStore(), 'parquet', path, options)).rejects.toMatchObject(said)
    expect(started).toBe(2)
    writeFileSync(path, foreign().bytes)
    expect(await importRecordings(newStore(), 'parquet', path, { bounds: BOUNDS })).toMatchObject({ imported: 5 })
  })

  it('does not keep an import from being cancelled', async () => {
    const store = newStore()
    const stop = new AbortController()
    const importing = importRecordings(store, 'parquet', endless(), { signal: stop.signal })
    setImmediate(() => stop.abort())
    await expect(importing).rejects.toMatchObject({
      code: 'cancelled',
      message: expect.stringContaining('nothing of it was kept'),
    })
    expect(store.recordings.count({})).toBe(0)
  })

  it('gives either what was written or an error, whichever byte of the samples was changed', async () => {
    const store = newStore()
    const signal = (frames: number) => ({
      channels: PEN_CHANNELS,
      rateHz: 100,
      frames,
      values: Float32Array.from({ length: frames * 13 }, (_, at) => at / 7),
      deviceMicros: new Float64Array(frames).fill(NaN),
      hostMillis: new Float64Array(frames).fill(NaN),
      gaps: [],
    })
    fill(
      store,
      ['Haus', 'Maus', 'Laus'].map((label, at) => ({ label, signal: signal(40 + at) })),
    )
    const path = join(temporaryFolder(), 'own.parquet')
    await exportRecordings(store, 'parquet', path)
    const whole = readFileSync(path)
    const written = await entriesOf(path)
    // The samples lie between the columns of text and the footer, whose length the file ends with.
    const [from, to] = [
      whole.indexOf('acc1_x [g], acc1_y [g]'),
      whole.length - 8 - whole.readUInt32LE(whole.length - 8),
    ]
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: from + 200, max: to - 1 }), fc.nat(255), async (at, byte) => {
        const damaged = Uint8Array.from(whole)
        damaged[at] = byte
        writeFileSync(path, damaged)
        const outcome = await entriesOf(path).catch((error: unknown) => error)
        if (outcome instanceof Error)
          expect(outcome).toMatchObject({ code: 'decode-failed', message: expect.stringContaining(path) })
        else expect(outcome).toEqual(written)
      }),
      { numRuns: 8 },
    )
  })
})
