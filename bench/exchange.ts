/**
 * Measures import and export on this machine with recordings of the size of OnHW's words: 13 channels, 182 frames.
 * Run with `npm run bench -- exchange [--json]`, with `--recordings <n>` for another number.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { exportRecordings } from '../src/main/exchange/export.ts'
import { importRecordings } from '../src/main/exchange/import.ts'
import { openStore } from '../src/main/store/index.ts'
import { PEN_CHANNELS } from '../src/shared/signal.ts'

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean', default: false }, recordings: { type: 'string', default: '25000' } },
})
const COUNT = Number(flags.recordings)
const FRAMES = 182
const WRITERS = 53

const folder = mkdtempSync(join(tmpdir(), 'kalamos-bench-'))
let peak = 0
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50)

async function measured<T>(work: () => Promise<T>): Promise<{ seconds: number; peak_rss_mb: number; result: T }> {
  peak = process.memoryUsage().rss
  const start = performance.now()
  const result = await work()
  return {
    seconds: Math.round((performance.now() - start) / 10) / 100,
    peak_rss_mb: Math.round(peak / 2 ** 20),
    result,
  }
}

const [from, to] = ['from', 'to'].map((name) => openStore(join(folder, `${name}.sqlite`)))
try {
  const sessions = Array.from({ length: WRITERS }, (_, writer) => {
    const { id } = from!.writers.create({ name: `w${writer}`, handedness: 'right', virtual: true })
    return from!.sessions.create({ writerId: id, deviceName: 'bench', origin: 'simulated', virtual: true, profile: {} })
      .id
  })
  for (let first = 0; first < COUNT; first += 500) {
    from!.transaction(() => {
      for (let at = first; at < Math.min(COUNT, first + 500); at++) {
        const values = Float32Array.from({ length: FRAMES * PEN_CHANNELS.length }, () => Math.random() * 4 - 2)
        const signal = {
          channels: PEN_CHANNELS,
          rateHz: 100,
          frames: FRAMES,
          values,
          deviceMicros: Float64Array.from({ length: FRAMES }, (_, frame) => frame * 10_000),
          hostMillis: Float64Array.from({ length: FRAMES }, (_, frame) => 1.7e12 + at * 3000 + frame * 10),
          gaps: [],
        }
        from!.recordings.insert({ sessionId: sessions[at % WRITERS]!, label: `word${at % 500}`, signal })
      }
    })
  }
  const path = join(folder, 'words.parquet')
  const out = await measured(() => exportRecordings(from!, 'parquet', path))
  const back = await measured(() => importRecordings(to!, 'parquet', path))
  const figures = {
    recordings: COUNT,
    frames_each: FRAMES,
    file_mb: Math.round(statSync(path).size / 2 ** 20),
    export_parquet: { seconds: out.seconds, peak_rss_mb: out.peak_rss_mb, exported: out.result.exported },
    import_parquet: { seconds: back.seconds, peak_rss_mb: back.peak_rss_mb, imported: back.result.imported },
  }
  console.log(flags.json ? JSON.stringify(figures) : figures)
} finally {
  clearInterval(watch)
  for (const store of [from, to]) store!.close()
  rmSync(folder, { recursive: true, force: true })
}
