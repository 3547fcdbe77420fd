import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FormatName } from '../../src/shared/api/exchange.ts'
import { KalamosError } from '../../src/shared/errors.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { detectFormat } from '../../src/main/exchange/formats.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { previewImport } from '../../src/main/exchange/preview.ts'
import { replayFrom } from '../../src/main/replay/source.ts'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { fill } from '../exchange/corpus.ts'
import { damaged } from './damage.ts'
import { Defect, type Fate, type Target } from './target.ts'

const SEEDS = fileURLToPath(new URL('./seeds', import.meta.url))
const RECORDINGS = 4
const FRAMES = 40

const WRITTEN: Partial<Record<FormatName, string>> = {
  ndjson: 'a.ndjson',
  csv: 'a.csv',
  parquet: 'a.parquet',
  npz: 'a.npz',
  xdf: 'a.xdf',
  digipen: 'folder',
  rewi: 'folder',
}

/**
 * Of kinds that others write: pickled and NumPy sets in the layout of OnHW with invented content, tables as pandas and
 * NumPy pack them.
 */
const FOREIGN: Record<string, { format: FormatName; seed: string }> = {
  onhw: { format: 'onhw', seed: 'onhw' },
  'onhw-npy': { format: 'onhw', seed: 'onhw-npy' },
  'parquet-foreign': { format: 'parquet', seed: 'gzip.parquet' },
  'npz-packed': { format: 'npz', seed: 'compressed.npz' },
}

/** What importers read, each from a small whole file or folder of its kind. */
export const IMPORTERS: Record<string, () => Promise<Target>> = Object.fromEntries([
  ...Object.entries(FOREIGN).map(([name, { format, seed }]) => [
    name,
    () => importer(format, seed, (_, path) => cpSync(join(SEEDS, seed), path, { recursive: true })),
  ]),
  ...Object.entries(WRITTEN).map(([format, name]) => [
    format,
    () => importer(format as FormatName, name, (store, path) => written(store, format as FormatName, path)),
  ]),
  ['ndjson-gz', () => importer('ndjson', 'a.ndjson.gz', (store, path) => written(store, 'ndjson', path))],
  ['csv-foreign', () => importer('csv', 'a.csv', (_, path) => writeFileSync(path, foreignCsv()))],
])

function written(store: Store, format: FormatName, path: string): Promise<unknown> {
  return exportRecordings(store, format, path, { holdout: 0 })
}

async function importer(
  format: FormatName,
  name: string,
  write: (store: Store, path: string) => unknown,
): Promise<Target> {
  const place = mkdtempSync(join(tmpdir(), 'kalamos-fuzz-'))
  const whole = join(place, name)
  const store = openStore(join(place, 'all.sqlite'))
  store.connection.pragma('synchronous = OFF')
  fill(
    store,
    Array.from({ length: RECORDINGS }, (_, seed) => word(seed)),
  )
  await write(store, whole)
  store.connection.execute('DELETE FROM writers')
  return {
    make(folder, random) {
      const copy = join(folder, name)
      cpSync(whole, copy, { recursive: true })
      const files = filesIn(copy)
      let bytes = 0
      for (let i = random.below(2); i >= 0; i--) {
        const file = files[random.below(files.length)]!
        const changed = damaged(readFileSync(file), random)
        writeFileSync(file, changed)
        bytes += changed.length
      }
      return bytes
    },
    run: (folder) => takeIn(store, format, join(folder, name)),
    close() {
      store.close()
      rmSync(place, { recursive: true, force: true })
    },
  }
}

/** Looks at it, takes it in, and reads all that came of it again. */
async function takeIn(store: Store, format: FormatName, path: string): Promise<Fate> {
  await refusedOr(() => detectFormat(path))
  await refusedOr(() => previewImport(store, format, path))
  if (format === 'ndjson') await refusedOr(() => replayFrom()({ from: 'file', path }, [], new AbortController().signal))
  const result = await refusedOr(() => importRecordings(store, format, path))
  for (const recording of store.recordings.each({})) {
    const { frames, values, channels } = store.recordings.signal(recording.id)
    if (frames !== recording.frames || values.length !== frames * channels.length)
      throw new Defect(`recording ${recording.id} holds other frames than it says`)
  }
  store.connection.execute('DELETE FROM writers')
  return result === null ? 'refused' : 'taken'
}

/** Null where it is refused with a reason. */
export async function refusedOr<T>(work: () => Promise<T> | T): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof KalamosError && error.code !== 'internal') return null
    throw error
  }
}

/** The files below a folder, or the file itself, in an order that is always the same. */
function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)))
}

/** A word of a pen with all channels. */
export function word(seed: number) {
  return {
    label: `Wört${seed}`,
    signal: {
      channels: PEN_CHANNELS,
      rateHz: 100,
      frames: FRAMES,
      values: Float32Array.from({ length: FRAMES * PEN_CHANNELS.length }, (_, at) => Math.sin(seed + at)),
      deviceMicros: Float64Array.from({ length: FRAMES }, (_, at) => (seed * 1000 + at) * 10_000),
      hostMillis: Float64Array.from({ length: FRAMES }, (_, at) => 1.7e12 + seed * 60_000 + at * 10),
      gaps: [{ at: 11, lost: 3 }],
    },
  }
}

/** A table as a logger writes it. */
function foreignCsv(): string {
  const row = (i: number): string =>
    [i * 0.01, Math.sin(i), 0.1, 9.81, i % 7, 2, 3].map((value) => value.toFixed(4)).join(',')
  return (
    'timestamp (s),accX (m/s2),accY (m/s2),accZ (m/s2),gyroX (dps),gyroY (dps),gyroZ ' +
    `(dps)\n${Array.from({ length: 300 }, (_, i) => row(i)).join('\n')}\n`
  )
}
