import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Events } from '../../src/main/process/events.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { selectRecordings } from '../../src/main/ml/data/select.ts'
import { storeHandlers, type Store } from '../../src/main/store/index.ts'
import { eraseWriter } from '../../src/main/store/erase.ts'
import type { TrainingConfig } from '../../src/shared/api/training.ts'
import { newSession, newStore, signal, temporaryFolder } from '../store/fixtures.ts'

const config: TrainingConfig = {
  name: 'words',
  model: 'small',
  task: 'ctc',
  filter: {},
  channels: [],
  rateHz: null,
  split: { by: 'recording', heldOut: 0 },
  epochs: 1,
  batchSize: 4,
  learningRate: 1e-3,
  weightDecay: 0,
  warmupEpochs: 0,
  augment: false,
  seed: 1,
  startFrom: null,
  backend: 'cpu',
  threads: 1,
}

/** Six writers with two words each. */
function lab(): { store: Store; ids: number[] } {
  const store = newStore()
  store.connection.pragma('synchronous = OFF')
  const ids = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6'].flatMap((writer) => {
    const session = newSession(store, writer)
    const inserted = ['ab', 'ba'].map((label) =>
      Number(store.recordings.insert({ sessionId: session.id, label, signal: signal(80) })),
    )
    store.sessions.end(session.id)
    return inserted
  })
  return { store, ids }
}

describe('a recording that is excluded', () => {
  it('is not trained on, and the training says so with the reason', () => {
    const { store, ids } = lab()
    store.edits.exclude({ ids: ids.slice(0, 3) }, 'wrong pen')
    const { train, leftOut } = selectRecordings(store.recordings, config)
    expect(train.map(({ id }) => id)).toEqual(ids.slice(3))
    expect(leftOut).toEqual([{ reason: 'excluded: wrong pen', recordings: 3 }])
  })

  it('is not exported, and the data sheet counts it with its reason', async () => {
    const { store, ids } = lab()
    store.edits.exclude({ ids: ids.slice(0, 3) }, 'wrong pen')
    store.edits.exclude({ ids: [ids[4]!] }, 'talked meanwhile')
    store.edits.trim(ids[5]!, 10, 30)
    const path = join(temporaryFolder(), 'out.ndjson')
    const { exported, frames } = await exportRecordings(store, 'ndjson', path)
    expect([exported, frames]).toEqual([8, 7 * 80 + 20])
    expect(JSON.parse(readFileSync(`${path}.datasheet.json`, 'utf8'))).toMatchObject({
      recordings: 8,
      excluded: [
        { reason: 'wrong pen', recordings: 3 },
        { reason: 'talked meanwhile', recordings: 1 },
      ],
    })
    expect(readFileSync(`${path}.datasheet.txt`, 'utf8')).toContain(
      'Excluded         3: wrong pen; 1: talked meanwhile',
    )
  })
})

describe('the locked holdout', () => {
  it('is left out of every training once it is frozen, also under another name', async () => {
    const { store, ids } = lab()
    expect(selectRecordings(store.recordings, config).train).toHaveLength(12)
    await exportRecordings(store, 'rewi', join(temporaryFolder(), 'rewi'), { holdout: 0.3 })
    const locked = [...store.holdout.writers()]
    expect(locked).toHaveLength(2)
    const { train, leftOut } = selectRecordings(store.recordings, config)
    expect(train.map(({ writerName }) => writerName).filter((writer) => locked.includes(writer))).toEqual([])
    expect(leftOut).toEqual([{ reason: 'locked holdout', recordings: 4 }])
    expect(store.recordings.list({}, 0, 20).recordings.filter((recording) => recording.locked)).toHaveLength(4)

    const { handlers, writer } = {
      handlers: storeHandlers({ store, events: new Events() }),
      writer: store.writers.find(locked[0]!)!,
    }
    await handlers['writers.update']({ id: writer.id, name: 'renamed', handedness: 'left' })
    expect(selectRecordings(store.recordings, config).leftOut).toEqual([{ reason: 'locked holdout', recordings: 4 }])
    expect(() => selectRecordings(store.recordings, { ...config, filter: { writerId: writer.id } })).toThrow(
      /2 locked holdout/,
    )
    // A training that had begun before goes on without them.
    expect(
      selectRecordings(store.recordings, config, undefined, { train: new Set(ids), heldOut: new Set() }).train,
    ).toHaveLength(8)

    eraseWriter(store, writer.id)
    expect(readFileSync(join(store.files, 'folds.json'), 'utf8')).not.toContain('renamed')
  })
})
