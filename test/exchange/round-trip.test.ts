import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FormatName } from '../../src/shared/api/exchange.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'
import { bits, contents, fill, labels, signals, someChannels } from './corpus.ts'

const ENDINGS: Record<FormatName, string> = {
  digipen: '',
  onhw: '',
  rewi: '',
  ndjson: '.ndjson.gz',
  csv: '.csv',
  parquet: '.parquet',
  npz: '.npz',
  xdf: '.xdf',
}

async function throughFile(format: FormatName, recordings: Parameters<typeof fill>[1]) {
  const [from, to] = [newStore(), newStore()]
  fill(from, recordings)
  const path = join(temporaryFolder(), `out${ENDINGS[format]}`)
  const exported = await exportRecordings(from, format, path, { holdout: 0 })
  const imported = await importRecordings(to, format, path)
  return { from, to, path, exported, imported }
}

describe.each(['ndjson', 'parquet', 'npz', 'xdf'] as const)('%s', (format) => {
  it('gives back every bit of every recording, with writers, sessions, labels, times and gaps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ label: labels, signal: signals(someChannels) }), { minLength: 1, maxLength: 6 }),
        async (recordings) => {
          const { from, to, imported } = await throughFile(format, recordings)
          expect(imported).toEqual({ imported: recordings.length, duplicates: 0, refused: [], refusedCount: 0 })
          expect(contents(to)).toEqual(contents(from))
        },
      ),
      // Parquet starts a thread for each.
      { numRuns: format === 'parquet' ? 4 : 10 },
    )
  })
})

describe('csv', () => {
  it('gives back every bit, but not the profile, the times, the notes and the consents of the sessions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ label: labels, signal: signals(fc.constant(PEN_CHANNELS)) }), {
          minLength: 1,
          maxLength: 4,
        }),
        async (recordings) => {
          const { from, to } = await throughFile('csv', recordings)
          const rest = (store: typeof from) =>
            contents(store).map((recording) => ({
              ...recording,
              session: null,
              recordedHow: recording.recordedHow && { ...recording.recordedHow, notes: [], consents: [] },
            }))
          expect(rest(to)).toEqual(rest(from))
          expect(
            to.sessions
              .list()
              .map(({ deviceName }) => deviceName)
              .sort(),
          ).toEqual(
            from.sessions
              .list()
              .filter(({ recordings }) => recordings > 0)
              .map(({ deviceName }) => deviceName)
              .sort(),
          )
        },
      ),
      { numRuns: 10 },
    )
  })
})

describe('every format', () => {
  const word = (seed: number) => ({
    label: `Wort${seed}`,
    signal: {
      channels: PEN_CHANNELS,
      rateHz: 100,
      frames: 20,
      // Whole counts of a DigiPen's converters, so that no format has anything to round.
      values: Float32Array.from(
        { length: 20 * 13 },
        (_, at) =>
          ((seed * 31 + at * 17) % 100) *
          (at % 13 < 3
            ? 2 / 32768 / 1
            : at % 13 < 6
              ? 2 / 8192
              : at % 13 < 9
                ? 1000 / 32768
                : at % 13 < 12
                  ? 2400 / 8192
                  : 5.32 / 4096),
      ),
      deviceMicros: Float64Array.from({ length: 20 }, (_, at) => (seed * 1000 + at + (at > 10 ? 3 : 0)) * 10_000),
      hostMillis: Float64Array.from({ length: 20 }, (_, at) => 1.7e12 + seed * 60_000 + Math.floor(at / 3) * 30 + 0.5),
      gaps: [{ at: 11, lost: 3 }],
    },
  })
  const formats = ['digipen', 'rewi', 'ndjson', 'csv', 'parquet', 'npz', 'xdf'] as const

  it.each(formats)('knows what it exported again: %s imported where it came from adds nothing', async (format) => {
    const { from, path } = await throughFile(format, [1, 2, 3].map(word))
    expect(await importRecordings(from, format, path)).toMatchObject({ imported: 0, duplicates: 3 })
    expect(from.sessions.list()).toHaveLength(2)
  })

  it.each(formats)('keeps the virtual virtual through %s', async (format) => {
    const { to } = await throughFile(format, [1, 2].map(word))
    expect([...to.recordings.each({})].map(({ writerName, virtual }) => [writerName, virtual]).sort()).toEqual([
      ['Wörter & <Ink>', false],
      ['virtual 1', true],
    ])
    expect(to.writers.list().map(({ name, virtual, handedness }) => [name, virtual, handedness])).toEqual([
      ['Wörter & <Ink>', false, 'left'],
      ['virtual 1', true, 'right'],
    ])
  })

  it('digipen gives back every bit of what came from whole counts', async () => {
    const calibrated = [1, 2, 3].map(word).map(({ label, signal }) => {
      const values = signal.values.map((value, at) =>
        at % 13 === 9 ? value / 1.25 : at % 13 === 6 ? value + (3 * 1000) / 32768 : value,
      )
      return { label, signal: { ...signal, values } }
    })
    const { from, to } = await throughFile('digipen', calibrated)
    const byKey = (store: typeof from) =>
      [...contents(store)].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
    expect(byKey(to)).toEqual(byKey(from))
  })

  it.each(formats.filter((format) => format !== 'csv'))(
    '%s keeps how sessions were recorded, what was agreed to, and what was said of every word',
    async (format) => {
      const { from, to } = await throughFile(format, [1, 2, 3, 4, 5].map(word))
      const told = (store: typeof from) =>
        contents(store)
          .map(({ key, recordedHow, said, shown }) => ({ key, recordedHow, said, shown }))
          .sort((a, b) => a.key.localeCompare(b.key))
      expect(told(to)).toEqual(told(from))
      expect(
        told(to)
          .map(({ recordedHow }) => recordedHow?.answers?.['grip'])
          .filter(Boolean),
      ).toHaveLength(3)
      expect(to.promptedSessions.consents(to.writers.find('Wörter & <Ink>')!.id)).toEqual(
        from.promptedSessions.consents(from.writers.find('Wörter & <Ink>')!.id),
      )
    },
  )

  it('hands on what a file told: exported again, it is all there', async () => {
    const { from, to } = await throughFile('parquet', [1, 2, 3].map(word))
    const again = join(temporaryFolder(), 'again.ndjson')
    await exportRecordings(to, 'ndjson', again)
    const third = newStore()
    await importRecordings(third, 'ndjson', again)
    expect(contents(third)).toEqual(contents(from))
  })

  it('leaves no agreement with a writer who was there already, where an import is taken back', async () => {
    const { from } = await throughFile('ndjson', [1, 2, 3].map(word))
    const store = newStore()
    const writer = store.writers.create({ name: 'Wörter & <Ink>', handedness: 'left' })
    const broken = join(temporaryFolder(), 'broken.ndjson')
    await exportRecordings(from, 'ndjson', broken)
    await appendFile(broken, '{ "writer": 3 }\n')
    await expect(importRecordings(store, 'ndjson', broken, { strict: true, sameWriters: true })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    expect(store.promptedSessions.consents(writer.id)).toEqual([])
    expect(store.sessions.list()).toEqual([])
  })

  it('rewi gives back every value, and neither times nor gaps', async () => {
    const { from, to } = await throughFile('rewi', [1, 2, 3].map(word))
    const words = (store: typeof from) =>
      [...store.recordings.each({})]
        .sort((a, b) => a.label!.localeCompare(b.label!))
        .map(({ id, label, writerName }) => ({ label, writerName, signal: store.recordings.signal(id) }))
    for (const [at, { label, writerName, signal }] of words(to).entries()) {
      const before = words(from)[at]!
      expect([label, writerName]).toEqual([before.label, before.writerName])
      expect(bits(signal)).toEqual(
        bits({ ...before.signal, gaps: [], deviceMicros: signal.deviceMicros, hostMillis: signal.hostMillis }),
      )
      expect(signal.deviceMicros.every(Number.isNaN)).toBe(true)
    }
  })
})
