import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FormatName } from '../../src/shared/api/exchange.ts'
import { simulatedAmong } from '../../src/shared/api/simulated.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { refuseVirtualWords } from '../../src/main/writers/writer-check.ts'
import { overviewOf } from '../../src/main/store/overview.ts'
import type { Store } from '../../src/main/store/index.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

const KINDS = {
  real: {},
  'virtual 1': { virtual: true },
  'w001 of unipen': { virtual: true, reenacted: true },
}

function word(store: Store, name: keyof typeof KINDS, writer = name as string): void {
  const { id } = store.writers.create({ name: writer, handedness: 'right', ...KINDS[name] })
  const session = store.sessions.create({
    writerId: id,
    deviceName: 'pen',
    origin: name === 'real' ? 'recorded' : 'simulated',
    profile: {},
    ...KINDS[name],
  })
  const frames = 30
  store.recordings.insert({
    sessionId: session.id,
    label: 'Haus',
    sourceId: name,
    signal: {
      channels: PEN_CHANNELS,
      rateHz: 100,
      frames,
      values: Float32Array.from({ length: frames * PEN_CHANNELS.length }, (_, at) => Math.fround(at / 1000)),
      deviceMicros: Float64Array.from({ length: frames }, (_, frame) => frame * 10_000),
      hostMillis: Float64Array.from({ length: frames }, (_, frame) => 1_700_000_000_000 + frame * 10),
      gaps: [],
    },
  })
}

function all(store: Store): void {
  for (const name of Object.keys(KINDS) as (keyof typeof KINDS)[]) word(store, name)
}

const marks = (store: Store) =>
  store.recordings.list({}, 0, 10).recordings.map(({ virtual, reenacted = false }) => [virtual, reenacted])

describe('what is re-enacted', () => {
  it('is neither real nor virtual in the store and in its filters', () => {
    const store = newStore()
    all(store)
    const names = (origin: 'real' | 're-enacted' | 'virtual') =>
      store.recordings.list({ origin }, 0, 10).recordings.map(({ writerName }) => writerName)
    expect(names('real')).toEqual(['real'])
    expect(names('re-enacted')).toEqual(['w001 of unipen'])
    expect(names('virtual')).toEqual(['virtual 1'])
    expect(store.sessions.list().map(({ reenacted = false }) => reenacted)).toEqual([true, false, false])
    expect(store.writers.find('w001 of unipen')).toMatchObject({ virtual: true, reenacted: true })
    expect(
      overviewOf(store.connection, {}, () => false).writers.map(({ writerName, reenacted }) => [writerName, reenacted]),
    ).toContainEqual(['w001 of unipen', true])
  })

  it('is never stored without being marked as simulated, too', () => {
    expect(() => newStore().writers.create({ name: 'w', handedness: 'left', reenacted: true })).toThrow(/CHECK/)
  })

  const ENDINGS = {
    digipen: '',
    rewi: '',
    ndjson: '.ndjson',
    csv: '.csv',
    parquet: '.parquet',
    npz: '.npz',
    xdf: '.xdf',
  }
  it.each(Object.entries(ENDINGS))('stays so through a file: %s', async (format, ending) => {
    const [from, to] = [newStore(), newStore()]
    all(from)
    const path = join(temporaryFolder(), `out${ending}`)
    await exportRecordings(from, format as FormatName, path, { holdout: 0 })
    await importRecordings(to, format as FormatName, path)
    expect(marks(to).sort()).toEqual(marks(from).sort())
    expect(to.writers.list().map(({ name, reenacted = false }) => [name, reenacted])).toEqual(
      from.writers.list().map(({ name, reenacted = false }) => [name, reenacted]),
    )
  })

  it('is counted apart in the data sheet of an export', async () => {
    const store = newStore()
    all(store)
    const path = join(temporaryFolder(), 'out.ndjson')
    await exportRecordings(store, 'ndjson', path, { holdout: 0 })
    const sheet = JSON.parse(readFileSync(`${path}.datasheet.json`, 'utf8')) as Record<string, unknown>
    expect(sheet).toMatchObject({ recordings: 3, virtual_recordings: 1, reenacted_recordings: 1 })
    const text = readFileSync(`${path}.datasheet.txt`, 'utf8')
    expect(text).toContain("1 are re-enacted: a person's pen path with simulated sensors")
    expect(text).toContain('w001 of unipen (re-enacted), pen')
  })

  it('does not come to a virtual writer of the same name, nor does a virtual pen write for a re-enacted one', async () => {
    const [from, to] = [newStore(), newStore()]
    word(from, 'w001 of unipen', 'one')
    word(to, 'virtual 1', 'one')
    const path = join(temporaryFolder(), 'out.ndjson')
    await exportRecordings(from, 'ndjson', path, { holdout: 0 })
    const { refused } = await importRecordings(to, 'ndjson', path, { sameWriters: true })
    expect(refused[0]?.reason).toContain('the writer one is virtual here and re-enacted in the file')
    expect(() =>
      refuseVirtualWords({ kind: 'virtual', name: 'Virtual pen' }, { name: 'w', virtual: true, reenacted: true }),
    ).toThrow('What Virtual pen writes is virtual, and w is re-enacted.')
  })

  it('is named beside what is virtual where a model learned from both', () => {
    const [real, reenacted, virtual] = [
      { virtual: false },
      { virtual: true, reenacted: true },
      { virtual: true },
    ] as const
    expect(simulatedAmong([real])).toEqual({ virtual: false })
    expect(simulatedAmong([real, virtual])).toEqual({ virtual: true })
    expect(simulatedAmong([real, reenacted])).toEqual({ virtual: true, reenacted: 'all' })
    expect(simulatedAmong([reenacted, virtual])).toEqual({ virtual: true, reenacted: 'some' })
    // A model that goes on from one that knows virtual words knows these, too.
    expect(simulatedAmong([simulatedAmong([reenacted]), simulatedAmong([virtual])])).toEqual({
      virtual: true,
      reenacted: 'some',
    })
  })
})
