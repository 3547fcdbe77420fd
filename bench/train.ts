// One training step of each model, beside PyTorch and beside stock TensorFlow.js, in one run.
//
// usage: npm run bench -- train [--json] [--model ott|rewi-s|rewi] [--rounds 2] [--steps 5] [--no-pytorch]
// [--pytorch-threads 1,2] [--no-stock]
//
// A machine that is busy with other things slows everything down, but not at the same moments: every round times this
// project and PyTorch in turn, and the best round of each counts.
import { parseArgs } from 'node:util'
import { availableParallelism } from 'node:os'
import { chooseBackend } from '../src/main/compute/backend.ts'
import { namedConfig } from '../src/main/ml/models/index.ts'
import {
  CHANNELS,
  CLASSES,
  comparedConfig,
  equalLengths,
  MODELS,
  noise,
  wordLengths,
  type Measured,
} from './speed/cases.ts'
import { onceMillis, round, stepMillis, withEngine } from './speed/measure.ts'
import { pytorch, pytorchMissing } from './speed/pytorch.ts'
import { flops, matrixRate } from './speed/work.ts'

const ROWS = 64
const FRAMES = 256
/** Stock operations on 64 rows of `rewi` do not fit their memory: its figure is that of 8 rows, far too low for 64. */
const STOCK_ROWS_OF_REWI = 8

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    model: { type: 'string', multiple: true, default: [...MODELS] },
    rounds: { type: 'string', default: '2' },
    steps: { type: 'string', default: '5' },
    pytorch: { type: 'boolean', default: true },
    'pytorch-threads': { type: 'string', default: '1,2' },
    stock: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const [rounds, steps] = [Number(options.rounds), Number(options.steps)]
const torchThreads = options['pytorch-threads'].split(',').map(Number)
const say = (text: string): void => void process.stderr.write(`${text}\n`)

const threads = availableParallelism()
const backend = (await chooseBackend('auto')).name
const missing = options.pytorch ? pytorchMissing() : 'not asked for'
if (missing) say(`PyTorch is left out: ${missing}`)

const batches = { equal: noise(equalLengths(ROWS, FRAMES)), words: noise(wordLengths(ROWS)) }

/** Best of all rounds, for batches of equal length and of words. */
async function timings(
  model: Measured,
): Promise<{ ours: Record<keyof typeof batches, number>; torch?: Record<keyof typeof batches, number> }> {
  const ours = { equal: Infinity, words: Infinity }
  const torch = { equal: Infinity, words: Infinity }
  for (let i = 0; i < rounds; i++) {
    for (const kind of ['equal', 'words'] as const) {
      ours[kind] = Math.min(
        ours[kind],
        await withEngine(comparedConfig(model), { backend, threads }, (engine) =>
          stepMillis(engine, batches[kind], steps),
        ),
      )
      if (!missing)
        torch[kind] = Math.min(
          torch[kind],
          pytorch(model, { batch: ROWS, frames: batches[kind].time, steps, threads: torchThreads }).train_step_ms,
        )
    }
  }
  return missing ? { ours } : { ours, torch }
}

const models = []
for (const model of MODELS.filter((name) => options.model.includes(name))) {
  const config = comparedConfig(model)
  const { ours, torch } = await timings(model)
  const stockRows = model === 'rewi' ? STOCK_ROWS_OF_REWI : ROWS
  const stockBatch = noise(equalLengths(stockRows, FRAMES))
  const stock = options.stock
    ? await withEngine(config, { backend: 'wasm' }, (engine) =>
        onceMillis(() => engine.step(stockBatch, { learningRate: 1e-3 })),
      )
    : undefined
  const published = namedConfig(model, { channels: CHANNELS, classes: CLASSES })
  const publishedMs =
    config.kind === 'rewi'
      ? await withEngine(published, { backend, threads }, (engine) => stepMillis(engine, batches.equal, steps))
      : ours.equal
  const rate = matrixRate() * threads
  const gflop = flops(config, batches.equal.lengths).step / 1e9
  const wordGflop = flops(config, batches.words.lengths).step / 1e9
  const line = {
    model,
    ms: round(ours.equal),
    pytorch_ms: torch ? torch.equal : null,
    ratio_to_pytorch: torch ? round(ours.equal / torch.equal, 2) : null,
    stock_tfjs_ms: stock === undefined ? null : round(stock),
    stock_rows: stockRows,
    gflop: round(gflop, 2),
    floor_ms: round((gflop / rate) * 1e3),
    words: {
      ms: round(ours.words),
      pytorch_ms: torch ? torch.words : null,
      ratio_to_pytorch: torch ? round(ours.words / torch.words, 2) : null,
      gflop: round(wordGflop, 2),
      floor_ms: round((wordGflop / rate) * 1e3),
    },
    published_size_ms: round(publishedMs),
  }
  models.push(line)
  if (!options.json)
    say(
      `${model}: ${line.ms} ms a step (PyTorch ${line.pytorch_ms ?? '-'}, ratio ` +
        `${line.ratio_to_pytorch ?? '-'}; stock ${line.stock_tfjs_ms ?? '-'}; floor ${line.floor_ms}); word ` +
        `lengths ${line.words.ms} (PyTorch ${line.words.pytorch_ms ?? '-'}, ratio ` +
        `${line.words.ratio_to_pytorch ?? '-'}; floor ${line.words.floor_ms})`,
    )
}

const report = {
  models,
  pytorch_threads: torchThreads,
  threads,
  backend,
  batch: ROWS,
  frames: FRAMES,
  matrix_gflops_per_core: round(matrixRate()),
}
if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`)
// Backends keep timers of their own.
process.exit(0)
