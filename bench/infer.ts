// Reading one word of 256 frames, beside PyTorch and stock TensorFlow.js, in one run.
//
// usage: npm run bench -- infer [--json] [--model ott|rewi-s|rewi] [--rounds 3] [--no-pytorch] [--pytorch-threads 1,2]
// [--no-stock]
import { parseArgs } from 'node:util'
import { chooseBackend } from '../src/main/compute/backend.ts'
import { comparedConfig, equalLengths, MODELS, noise } from './speed/cases.ts'
import { predictMillis, round, withEngine } from './speed/measure.ts'
import { pytorch, pytorchMissing } from './speed/pytorch.ts'
import { flops, matrixRate } from './speed/work.ts'

const FRAMES = 256
const READINGS = 40
/** Readings of a fresh process, and those after which the engine has compiled what is used often. */
const FIRST = 10
const WARM_UP = 60

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    model: { type: 'string', multiple: true, default: [...MODELS] },
    rounds: { type: 'string', default: '3' },
    pytorch: { type: 'boolean', default: true },
    'pytorch-threads': { type: 'string', default: '1,2' },
    stock: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const torchThreads = options['pytorch-threads'].split(',').map(Number)
const say = (text: string): void => void process.stderr.write(`${text}\n`)

const backend = (await chooseBackend('auto')).name
const missing = options.pytorch ? pytorchMissing() : 'not asked for'
if (missing) say(`PyTorch is left out: ${missing}`)

const word = noise(equalLengths(1, FRAMES))
const models = []
for (const model of MODELS.filter((name) => options.model.includes(name))) {
  const config = comparedConfig(model)
  let [ours, first, torch] = [Infinity, Infinity, Infinity]
  for (let i = 0; i < Number(options.rounds); i++) {
    await withEngine(config, { backend, threads: 1 }, async (engine) => {
      first = Math.min(first, await predictMillis(engine, word, FIRST))
      await predictMillis(engine, word, WARM_UP)
      ours = Math.min(ours, await predictMillis(engine, word, READINGS))
    })
    if (!missing)
      torch = Math.min(torch, pytorch(model, { batch: 1, frames: FRAMES, steps: 1, threads: torchThreads }).infer_ms)
  }
  const stock = options.stock
    ? await withEngine(config, { backend: 'wasm' }, (engine) => predictMillis(engine, word, 3))
    : undefined
  const gflop = flops(config, word.lengths).forward / 1e9
  const line = {
    model,
    ms: round(ours, 2),
    first_ms: round(first, 2),
    pytorch_ms: missing ? null : torch,
    ratio_to_pytorch: missing ? null : round(ours / torch, 2),
    stock_tfjs_ms: stock === undefined ? null : round(stock),
    gflop: round(gflop, 3),
    floor_ms: round((gflop / matrixRate()) * 1e3, 2),
  }
  models.push(line)
  if (!options.json)
    say(
      `${model}: ${line.ms} ms a word, the first ones ${line.first_ms} (PyTorch ${line.pytorch_ms ?? '-'}, ` +
        `ratio ${line.ratio_to_pytorch ?? '-'}; stock ${line.stock_tfjs_ms ?? '-'}; floor ${line.floor_ms})`,
    )
}

const report = { models, pytorch_threads: torchThreads, threads: 1, backend, frames: FRAMES }
if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`)
process.exit(0)
