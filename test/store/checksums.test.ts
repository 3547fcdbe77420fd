import Database from 'better-sqlite3'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { checkDatabase } from '../../src/main/doctor/samples.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { loadExamples } from '../../src/main/ml/data/load.ts'
import type { Store } from '../../src/main/store/index.ts'
import { exportWriter } from '../../src/main/writers/export.ts'
import { newSession, newStore, signal, temporaryFolder } from './fixtures.ts'

/** Three words; of the second a bit was flipped on the disk, the third was stored before there were checksums. */
function damaged(): Store {
  const store = newStore()
  const session = newSession(store)
  for (const label of ['Haus', 'Maus', 'Laus'])
    store.recordings.insert({ sessionId: session.id, label, signal: signal(60) })
  store.close()
  const database = new Database(store.path)
  const { block } = database.prepare('SELECT block FROM samples WHERE recording_id = 2').get() as { block: Buffer }
  block[block.length - 7]! ^= 4
  database.prepare('UPDATE samples SET block = ? WHERE recording_id = 2').run(block)
  database.prepare('UPDATE samples SET crc32 = NULL WHERE recording_id = 3').run()
  database.close()
  return newStore(store.path)
}

describe('samples with a flipped bit', () => {
  it('are told from sound ones, and from those that nobody can check', () => {
    const store = damaged()
    expect([1, 2, 3].map((id) => store.samples.soundness(id, 13))).toEqual(['checked', 'damaged', 'unchecked'])
    expect(() => store.recordings.signal(2)).toThrow(
      expect.objectContaining({ code: 'database-damaged', message: 'The samples of recording 2 are damaged.' }),
    )
    expect(store.recordings.signal(3).frames).toBe(60)
  })

  it('are found by a check of the whole database, which may be open elsewhere', async () => {
    const store = damaged()
    const [structure, samples] = await checkDatabase(store.path)
    expect(structure).toMatchObject({ name: 'structure', ok: true })
    expect(samples).toMatchObject({
      name: 'samples',
      ok: false,
      detail: expect.stringMatching(/^1 recordings .* 1 not checked.* 1 damaged: recordings 2$/),
    })
  })

  it('are left out of training, named', () => {
    const store = damaged()
    const labelled = store.recordings.byIds([1, 2, 3]).map((recording) => ({ ...recording, label: recording.label! }))
    const signature = {
      task: 'ctc' as const,
      channels: ['force'],
      rateHz: 100,
      classes: ['H', 'M', 'L', 'a', 'u', 's'],
      minimumFrames: 8,
      reduction: 2,
    }
    const { examples, leftOut } = loadExamples(store.recordings, labelled, signature)
    expect(examples.map(({ id }) => id)).toEqual([1, 3])
    expect(leftOut).toEqual([{ reason: 'The samples of recording 2 are damaged.', recordings: 1 }])
  })

  it('are left out of exports, named', async () => {
    const store = damaged()
    const path = join(temporaryFolder(), 'words.ndjson')
    const { exported, refused } = await exportRecordings(store, 'ndjson', path)
    expect(exported).toBe(2)
    expect(refused).toEqual([{ where: expect.stringContaining('recording 2'), reason: 'has damaged samples' }])
    const copy = join(temporaryFolder(), 'copy')
    await exportWriter(store, 1, copy)
    const lines = gunzipSync(readFileSync(join(copy, 'recordings.ndjson.gz')))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { label: string; damaged?: true; samples: unknown[] })
    expect(lines.map(({ label, damaged: is, samples }) => [label, is ?? false, samples.length])).toEqual([
      ['Haus', false, 60],
      ['Maus', true, 0],
      ['Laus', false, 60],
    ])
  })
})

it('samples that were stored without a checksum are said to be unchecked', () => {
  const path = join(temporaryFolder(), 'old.sqlite')
  const store = newStore(path)
  store.recordings.insert({ sessionId: newSession(store).id, label: 'Haus', signal: signal(60) })
  store.close()
  const database = new Database(path)
  database.exec('UPDATE samples SET crc32 = NULL')
  database.close()
  const again = newStore(path)
  expect(again.samples.soundness(1, 13)).toBe('unchecked')
  expect(again.recordings.signal(1)).toEqual(signal(60))
})
