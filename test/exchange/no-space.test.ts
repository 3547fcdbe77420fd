import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import type { Store } from '../../src/main/store/index.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'
import { fill } from './corpus.ts'

/** A store with as many recordings of this many frames. */
function filled(count: number, frames = 5): Store {
  const store = newStore()
  const signal = {
    channels: PEN_CHANNELS,
    rateHz: 100,
    frames,
    values: Float32Array.from({ length: frames * 13 }, (_, at) => at / 7),
    deviceMicros: new Float64Array(frames).fill(NaN),
    hostMillis: new Float64Array(frames).fill(NaN),
    gaps: [],
  }
  store.transaction(() =>
    fill(
      store,
      Array.from({ length: count }, (_, at) => ({ label: `w${at}`, signal })),
    ),
  )
  return store
}

/** How much of everything a store has, and whether SQLite finds it sound. */
function held(store: Store): unknown[] {
  return [
    store.recordings.count({}),
    store.sessions.list().length,
    store.writers.list().length,
    store.connection.pragma('integrity_check'),
  ]
}

describe('a full disk', () => {
  it.each([
    ['at once', 0],
    ['after a batch', 200],
  ])(
    'that SQLite meets %s ends an import with the way out, leaves the store as it was, and all comes in once there is room',
    async (_, taken) => {
      const path = join(temporaryFolder(), 'words.ndjson')
      await exportRecordings(filled(230, 25), 'ndjson', path)
      const store = newStore()
      await importRecordings(store, 'ndjson', await small())
      const before = held(store)
      const room = Number(store.connection.pragma('max_page_count'))
      // SQLite itself refuses to let the file grow, as it does on a full disk.
      const fillUp = (): unknown => store.connection.pragma(`max_page_count = ${store.connection.pragma('page_count')}`)
      if (taken === 0) fillUp()
      const imported: number[] = []
      const progress = (now: { imported: number }): void => {
        imported.push(now.imported)
        fillUp()
      }
      const importing = importRecordings(store, 'ndjson', path, { sameWriters: true, progress })
      await expect(importing).rejects.toMatchObject({
        code: 'disk-full',
        message: expect.stringContaining(store.path),
        hint: expect.stringContaining('Free some space'),
        cause: { code: 'SQLITE_FULL' },
      })
      expect(imported).toEqual(taken === 0 ? [] : [taken])
      expect(held(store)).toEqual(before)
      store.connection.pragma(`max_page_count = ${room}`)
      expect(await importRecordings(store, 'ndjson', path, { sameWriters: true })).toMatchObject({
        imported: 230,
        refusedCount: 0,
      })
    },
  )

  it.each(['ndjson', 'csv', 'parquet', 'npz', 'xdf', 'digipen', 'rewi'] as const)(
    'ends an export as %s with the way out, and leaves nothing of it',
    async (format) => {
      const store = filled(3)
      const folder = temporaryFolder()
      const load = store.recordings.signal.bind(store.recordings)
      let loaded = 0
      store.recordings.signal = (id) => {
        // What the system says of a write is said here in its stead, in the middle of the export.
        if (++loaded === 3)
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' })
        return load(id)
      }
      await expect(exportRecordings(store, format, join(folder, 'a'))).rejects.toMatchObject({
        code: 'disk-full',
        message: expect.stringContaining('The disk is full'),
        hint: expect.stringContaining('another disk'),
      })
      expect(readdirSync(folder)).toEqual([])
    },
  )

  async function small(): Promise<string> {
    const path = join(temporaryFolder(), 'small.ndjson')
    await exportRecordings(filled(2), 'ndjson', path)
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3)
    return path
  }
})
