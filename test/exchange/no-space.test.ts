import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { writeProblem } from '../../src/main/exchange/output-file.ts'
import type { Store } from '../../src/main/store/index.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'
import { fill } from './corpus.ts'

/** A store with as many recordings of this many frames. */
function filled(count: number, frames = 5): Store {
  const store = newStore()
  const signal = { channels: PEN_CHANNELS, rateHz: 100, frames, values: Float32Array.from({ length: frames * 13 }, (_, at) => at / 7), deviceMicros: new Float64Array(frames).fill(NaN), hostMillis: new Float64Array(frames).fill(NaN), gaps: [] }
  fill(store, Array.from({ length: count }, (_, at) => ({ label: `w${at}`, signal })))
  return store
}

describe('a full disk', () => {
  it('ends an import with the way out, and leaves the store as it was', async () => {
    const path = join(temporaryFolder(), 'words.ndjson')
    await exportRecordings(filled(230), 'ndjson', path)
    const store = newStore()
    await importRecordings(store, 'ndjson', await small())
    const before = [store.recordings.count({}), store.sessions.list().length, store.writers.list().length]
    // SQLite says that the disk is full when the file may not grow: so it is said here, after some of the recordings.
    const insert = store.recordings.insert.bind(store.recordings)
    let taken = 0
    store.recordings.insert = (recording) => {
      if (++taken > 210) throw writeProblem(store.path, Object.assign(new Error('database or disk is full'), { code: 'ENOSPC' }))
      return insert(recording)
    }
    await expect(importRecordings(store, 'ndjson', path)).rejects.toMatchObject({ code: 'disk-full', hint: expect.any(String) })
    expect(taken).toBe(211)
    expect([store.recordings.count({}), store.sessions.list().length, store.writers.list().length]).toEqual(before)
  })

  it.each(['ndjson', 'csv', 'parquet', 'npz', 'xdf', 'digipen', 'rewi'] as const)('ends an export as %s with the way out, and leaves nothing of it', async (format) => {
    const store = filled(3)
    const folder = temporaryFolder()
    const load = store.recordings.signal.bind(store.recordings)
    let loaded = 0
    store.recordings.signal = (id) => {
      // What the system says of a write is said here in its stead, in the middle of the export.
      if (++loaded === 3) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' })
      return load(id)
    }
    await expect(exportRecordings(store, format, join(folder, 'a'))).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining('The disk is full'), hint: expect.stringContaining('another disk') })
    expect(readdirSync(folder)).toEqual([])
  })

  async function small(): Promise<string> {
    const path = join(temporaryFolder(), 'small.ndjson')
    await exportRecordings(filled(2), 'ndjson', path)
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3)
    return path
  }
})
