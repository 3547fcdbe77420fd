/**
 * How many different word images are drawn in a second, on each of `--threads` threads (2) and together, for
 * `--seconds` (3). `node bench/images.ts [--json] [--threads n] [--seconds s]`
 */
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { renderWord } from '../src/main/words/render.ts'

const WORDS = [
  'Handschrift',
  'Übung',
  'Größe',
  'ein',
  'WASSER',
  'Jäger',
  'Quark',
  'zyklisch',
  'Straße',
  'und',
  'Kaffee',
  'morgen',
]

function draw(seconds: number, firstSeed: number): { images: number; pixels: number; seconds: number } {
  for (let seed = 0; seed < 300; seed++) renderWord(WORDS[seed % WORDS.length]!, seed)
  const start = performance.now()
  let [images, pixels] = [0, 0]
  while (performance.now() - start < seconds * 1000) {
    pixels += renderWord(WORDS[images % WORDS.length]!, firstSeed + images).pixels.length
    images++
  }
  return { images, pixels, seconds: (performance.now() - start) / 1000 }
}

if (isMainThread) {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      threads: { type: 'string', default: '2' },
      seconds: { type: 'string', default: '3' },
    },
  })
  const threads = Number(values.threads)
  const results = await Promise.all(
    Array.from({ length: threads }, (_, thread) => {
      const worker = new Worker(new URL(import.meta.url), {
        workerData: { seconds: Number(values.seconds), firstSeed: thread * 1e6 },
      })
      return new Promise<ReturnType<typeof draw>>((resolve, reject) =>
        worker.once('message', resolve).once('error', reject),
      )
    }),
  )
  const rates = results.map((result) => Math.round(result.images / result.seconds))
  const total = rates.reduce((sum, rate) => sum + rate, 0)
  const meanWidth =
    results.reduce((sum, { pixels }) => sum + pixels, 0) / results.reduce((sum, { images }) => sum + images, 0) / 32
  const report = {
    bench: 'images',
    threads,
    imagesPerSecond: total,
    byThread: rates,
    meanWidth: Math.round(meanWidth),
    target: 3000,
  }
  process.stdout.write(
    values.json
      ? `${JSON.stringify(report)}\n`
      : `${total} word images a second on ${threads} threads (${rates.join(' + ')}), ${report.meanWidth} x 32 ` +
          `pixels on average\n`,
  )
} else {
  const { seconds, firstSeed } = workerData as { seconds: number; firstSeed: number }
  parentPort!.postMessage(draw(seconds, firstSeed))
}
