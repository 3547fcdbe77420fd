// How a training step scales: threads, rows and frames, each beside its floor (the arithmetic at the matrix kernel's
// rate).
//
// usage: npm run bench -- scaling [--json] [--model ott] [--steps 3]
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { comparedConfig, equalLengths, MODELS, noise } from './speed/cases.ts'
import { round, stepMillis, withEngine } from './speed/measure.ts'
import { flops, matrixRate } from './speed/work.ts'

const SIZES = [
  { rows: 1, frames: 256 },
  { rows: 8, frames: 256 },
  { rows: 64, frames: 64 },
  { rows: 64, frames: 256 },
  { rows: 64, frames: 1024 },
  { rows: 256, frames: 256 },
]

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    model: { type: 'string', default: 'ott' },
    steps: { type: 'string', default: '3' },
  },
})
const model = MODELS.find((name) => name === options.model)
if (!model) throw new Error(`no model "${options.model}" to measure: ${MODELS.join(', ')}`)

const config = comparedConfig(model)
interface Line {
  model: string
  threads: number
  rows: number
  frames: number
  ms: number
  steps_per_second: number
  gflop: number
  floor_ms: number
}

const lines: Line[] = []
for (const threads of [...new Set([1, 2, availableParallelism()])]) {
  await withEngine(config, { backend: 'kernels', threads }, async (engine) => {
    for (const { rows, frames } of SIZES) {
      const batch = noise(equalLengths(rows, frames))
      const ms = await stepMillis(engine, batch, Number(options.steps))
      const gflop = flops(config, batch.lengths).step / 1e9
      const floor = (gflop / matrixRate() / Math.min(threads, rows)) * 1e3
      lines.push({
        model,
        threads,
        rows,
        frames,
        ms: round(ms),
        steps_per_second: round(1e3 / ms, 2),
        gflop: round(gflop, 2),
        floor_ms: round(floor),
      })
    }
  })
}

if (options.json) process.stdout.write(`${JSON.stringify({ lines })}\n`)
else {
  const rows = lines.map(
    (l) => `| ${l.threads} | ${l.rows} | ${l.frames} | ${l.ms} | ${l.steps_per_second} | ${l.gflop} | ${l.floor_ms} |`,
  )
  process.stdout.write(
    [
      '| threads | rows | frames | ms a step | steps/s | GFLOP | floor ms |',
      '|---|---|---|---|---|---|---|',
      ...rows,
      '',
    ].join('\n'),
  )
}
process.exit(0)
