// The distances that cross-modal losses compare embeddings by, with both gradients: fused kernels beside stock
// operations.
//
// usage: npm run bench -- distance [--json] [--rows 64] [--frames 64] [--size 32] [--rounds 30]
//
// One thread. Each round times the two in turn, and the median of each counts. Lengths are those of real words, scaled
// to `--frames` for the longest.
import { parseArgs } from 'node:util'
import * as tf from '@tensorflow/tfjs'
import { useBackend } from '../src/main/compute/backend.ts'
import { enableKernels } from '../src/main/compute/kernels/run.ts'
import { DISTANCES, sequenceDistance, type Distance } from '../src/main/compute/ops/distance.ts'
import { wordLengths } from './speed/cases.ts'
import { round } from './speed/measure.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rows: { type: 'string', default: '64' },
    frames: { type: 'string', default: '64' },
    size: { type: 'string', default: '32' },
    rounds: { type: 'string', default: '30' },
  },
})
const [rows, frames, size, rounds] = [options.rows, options.frames, options.size, options.rounds].map(Number) as [
  number,
  number,
  number,
  number,
]
const WARM_UP = 3

await useBackend('kernels')
const words = wordLengths(rows)
const lengths = words.map((length) => Math.max(1, Math.round((length * frames) / Math.max(...words))))
const u = tf.randomNormal<tf.Rank.R3>([rows, frames, size], 0, 1, 'float32', 1)
const x = tf.randomNormal<tf.Rank.R3>([rows, frames, size], 0, 1, 'float32', 2)

/** Milliseconds of values and gradients, fused or not. */
function once(kind: Distance, fused: boolean): number {
  enableKernels(fused)
  const start = performance.now()
  tf.tidy(() => {
    const { value, grads } = tf.valueAndGrads((...pair) =>
      tf.sum(sequenceDistance(kind, pair[0] as tf.Tensor3D, pair[1] as tf.Tensor3D, lengths)),
    )([u, x])
    for (const tensor of [value, ...grads]) tensor.dataSync()
  })
  return performance.now() - start
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!
}

const distances = DISTANCES.map((kind) => {
  const times = { fused: [] as number[], stock: [] as number[] }
  for (let i = 0; i < WARM_UP + rounds; i++) {
    const [fused, stock] = [once(kind, true), once(kind, false)]
    if (i < WARM_UP) continue
    times.fused.push(fused)
    times.stock.push(stock)
  }
  const [ms, stockMs] = [median(times.fused), median(times.stock)]
  return { distance: kind, ms: round(ms, 3), stock_ms: round(stockMs, 3), times_faster: round(stockMs / ms) }
})

const report = { distances, rows, frames, size, threads: 1 }
if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`)
else
  for (const line of distances)
    process.stdout.write(
      `${line.distance}: ${line.ms} ms, stock operations ${line.stock_ms} ms: ${line.times_faster} times as fast\n`,
    )
