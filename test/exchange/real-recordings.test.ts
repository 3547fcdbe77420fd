import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Signal } from '../../src/shared/signal.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { previewImport } from '../../src/main/exchange/preview.ts'
import type { Store } from '../../src/main/store/index.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

/**
 * Of people, with pens on paper. The numbers below were counted by the program in test/fixtures/real/README.md, which
 * knows nothing of Kalamos.
 */
const real = (place: string) => fileURLToPath(new URL(`../fixtures/real/${place}`, import.meta.url))

const SETS = [
  {
    file: 'peterpen/computer.ndjson',
    rateHz: 100,
    frames: 9981,
    writers: { w01: 2034, w02: 2152, w03: 1623, w04: 1267, w05: 1640, w06: 1265 },
    labels: ['Computer'],
    recordings: 24,
    first: [-2.4434, -0.5918, 1.0645, 422, 11.84, 5.65],
    channels: {
      'acc1_x [g]': { mean: 0.385859, least: -2.4434, most: 2.407 },
      'acc1_y [g]': { mean: -0.430884, least: -2.2964, most: 0.5977 },
      'acc1_z [g]': { mean: 0.595467, least: -1.9565, most: 4.8594 },
      'force [count]': { mean: 373.507564, least: 8, most: 532 },
      'gyro_x [deg/s]': { mean: -3.019488, least: -240.5, most: 141.76 },
      'gyro_y [deg/s]': { mean: 0.33202, least: -250.14, most: 173.88 },
    },
  },
  {
    file: 'imu-digits/digits.ndjson',
    rateHz: 30,
    frames: 851,
    writers: { w01: 851 },
    labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    recordings: 30,
    first: [0.8208, 0.0132, 0.5107, -1.3, -1.87, -2.78],
    channels: {
      'acc1_x [g]': { mean: 0.928601, least: -0.5571, most: 1.9849 },
      'acc1_y [g]': { mean: -0.053091, least: -2, most: 1.9999 },
      'acc1_z [g]': { mean: 0.381444, least: -2, most: 1.9999 },
      'gyro_x [deg/s]': { mean: 0.054665, least: -107.98, most: 113.99 },
      'gyro_y [deg/s]': { mean: -9.322186, least: -99.08, most: 144.38 },
      'gyro_z [deg/s]': { mean: 1.480129, least: -138.07, most: 91.06 },
    },
  },
] as const

/** Every channel's numbers of every recording: an XDF has them in another order, a CSV its channels. */
function known(store: Store): object[] {
  const channelsOf = ({ channels, values, frames }: Signal) =>
    Object.fromEntries(
      channels.map(({ name, unit }, at) => [
        `${name} [${unit}]`,
        Float32Array.from({ length: frames }, (_, frame) => values[frame * channels.length + at]!),
      ]),
    )
  const all = [...store.recordings.each({})].map(({ id, label, writerName }) => ({
    label,
    writerName,
    key: Buffer.from(store.recordings.key(id)!).toString('hex'),
    channels: channelsOf(store.recordings.signal(id)),
  }))
  return all.sort((a, b) => a.key.localeCompare(b.key))
}

const signalsOf = (store: Store) => [...store.recordings.each({})].map(({ id }) => store.recordings.signal(id))

describe.each(SETS)(
  'the real recordings of $file',
  ({ file, rateHz, frames, writers, labels, recordings, first, channels }) => {
    it('come in with their writers, labels and rate, none refused, none virtual', async () => {
      const store = newStore()
      expect(await importRecordings(store, 'ndjson', real(file))).toEqual({
        imported: recordings,
        duplicates: 0,
        refused: [],
        refusedCount: 0,
      })
      const all = [...store.recordings.each({})]
      expect([...new Set(all.map(({ label }) => label))].sort()).toEqual(labels)
      expect(all.every((each) => each.rateHz === rateHz && !each.virtual && each.lostFrames === 0)).toBe(true)
      const framesOf = (writer: string) =>
        all.filter(({ writerName }) => writerName === writer).reduce((sum, each) => sum + each.frames, 0)
      expect(Object.fromEntries(store.writers.list().map(({ name }) => [name, framesOf(name)]))).toEqual(writers)
      expect(await previewImport(newStore(), 'ndjson', real(file))).toMatchObject({
        seen: { recordings, frames, refused: 0, unlabelled: 0 },
      })
    })

    it('have in every channel the numbers of the file', async () => {
      const store = newStore()
      await importRecordings(store, 'ndjson', real(file))
      const signals = signalsOf(store)
      expect([...signals[0]!.values.subarray(0, first.length)]).toEqual(first.map(Math.fround))
      for (const [at, [name, { mean, least, most }]] of Object.entries(channels).entries()) {
        const values = signals.flatMap(({ channels: { length: width }, values: all }) =>
          Array.from({ length: all.length / width }, (_, frame) => all[frame * width + at]!),
        )
        const { name: channel, unit } = signals[0]!.channels[at]!
        expect([`${channel} [${unit}]`, values.length]).toEqual([name, frames])
        expect([Math.min(...values), Math.max(...values)]).toEqual([least, most].map(Math.fround))
        expect(values.reduce((sum, value) => sum + value, 0) / frames, name).toBeCloseTo(mean, 5)
      }
    })

    it.each(['ndjson.gz', 'csv', 'parquet', 'npz', 'xdf'])(
      'come back from an export as %s to the last bit',
      async (ending) => {
        const [from, to] = [newStore(), newStore()]
        await importRecordings(from, 'ndjson', real(file))
        const path = join(temporaryFolder(), `out.${ending}`)
        const format = ending === 'ndjson.gz' ? 'ndjson' : (ending as 'csv' | 'parquet' | 'npz' | 'xdf')
        await exportRecordings(from, format, path)
        expect(await importRecordings(to, format, path)).toMatchObject({ imported: recordings, refused: [] })
        expect(known(to)).toEqual(known(from))
      },
    )
  },
)

it('every set of real recordings has its licence beside it', () => {
  for (const { file } of SETS)
    expect(readFileSync(real(join(file, '..', 'LICENSE')), 'utf8')).toMatch(/MIT License|Apache License/)
})
