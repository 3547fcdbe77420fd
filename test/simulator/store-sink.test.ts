import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { writeCorpus } from '../../src/main/corpus/corpus.ts'
import type { CorpusSpec } from '../../src/main/corpus/corpus.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { databaseSink } from '../../src/main/corpus/store-sink.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

const spec: CorpusSpec = { words: ['Haus', 'tree', 'grün'], writers: 2, perWriter: 3, seed: 7 }
let folder: string
const path = () => join(folder, 'study.db')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-store-sink-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function stored<T>(read: (store: ReturnType<typeof openStore>) => T): T {
  const store = openStore(path())
  try {
    return read(store)
  } finally {
    store.close()
  }
}

describe('a virtual corpus in the store', () => {
  it('is virtual in writers, sessions and recordings, and every session has ended', async () => {
    await writeCorpus(spec, databaseSink(path()))
    stored((store) => {
      expect(store.writers.list()).toMatchObject([
        { name: 'virtual 70001', virtual: true, recordings: 3 },
        { name: 'virtual 70002', virtual: true, recordings: 3 },
      ])
      for (const session of store.sessions.list())
        expect(session).toMatchObject({ virtual: true, origin: 'simulated', endedAt: expect.any(Number) as number })
      const { recordings } = store.recordings.list({}, 0, 10)
      expect(recordings).toHaveLength(6)
      expect(recordings.every(({ virtual, state }) => virtual && state === 'finished')).toBe(true)
    })
  })
  it('holds the very samples of the simulation', async () => {
    await writeCorpus(spec, databaseSink(path()))
    stored((store) => {
      const one = store.recordings
        .list({}, 0, 10)
        .recordings.find(({ label, writerName }) => label === 'tree' && writerName === 'virtual 70002')!
      expect(store.recordings.signal(one.id).values).toEqual(simulateWord(drawWriter(70002), 'tree').signal.values)
    })
  })
  it('is not stored twice when it is made again', async () => {
    await writeCorpus(spec, databaseSink(path()))
    await writeCorpus(spec, databaseSink(path()))
    stored((store) => {
      expect(store.recordings.count({})).toBe(6)
      expect(store.sessions.list()).toHaveLength(2)
    })
  })
  it('leaves nothing when it is cancelled, and keeps what was there before', async () => {
    await writeCorpus({ ...spec, writers: 1 }, databaseSink(path()))
    const cancel = new AbortController()
    const run = writeCorpus({ ...spec, seed: 8, perWriter: 300 }, databaseSink(path()), {
      signal: cancel.signal,
      onProgress: ({ done }) => {
        if (done >= 250) cancel.abort()
      },
    })
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
    stored((store) => {
      expect(store.recordings.count({})).toBe(3)
      expect(store.writers.list().map(({ name }) => name)).toEqual(['virtual 70001'])
    })
  })
  it('says that the database is in use instead of waiting for it', async () => {
    const store = openStore(path())
    await expect(writeCorpus(spec, databaseSink(path()))).rejects.toMatchObject({ code: 'database-locked' })
    store.close()
  })
})
