// Runs the benchmarks of training, reading and scaling and the profile of a step, and writes docs/performance.md from
// what they say.
//
// usage: npm run bench -- performance [options of `train`, such as --rounds 1 --steps 2 --pytorch-threads 1]
//        npm run bench -- performance --from <folder> with train.json, infer.json (--json), scaling.md and profile.md
//        of earlier runs
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { root } from '../src/main/files/paths.ts'

interface TrainLine {
  model: string
  ms: number
  pytorch_ms: number | null
  ratio_to_pytorch: number | null
  stock_tfjs_ms: number | null
  gflop: number
  floor_ms: number
}

const forwarded = process.argv.slice(2)
const pick = (...names: string[]): string[] =>
  forwarded.flatMap((word, i) =>
    names.includes(word) ? [word, ...(word.startsWith('--no-') ? [] : [forwarded[i + 1]!])] : [],
  )

/** These print the tables of the page themselves. */
const TABLES = ['scaling', 'profile']

const from = forwarded[0] === '--from' ? forwarded[1] : undefined

function bench(name: string, options: string[]): string {
  if (from !== undefined) return readFileSync(join(from, `${name}.${TABLES.includes(name) ? 'md' : 'json'}`), 'utf8')
  return execFileSync(process.execPath, [join(root, 'bench', `${name}.ts`), ...options], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

const before = loadavg()[0]!
const train = JSON.parse(bench('train', ['--json', ...forwarded])) as {
  models: (TrainLine & { words: TrainLine; published_size_ms: number })[]
  matrix_gflops_per_core: number
  pytorch_threads: number[]
}
const infer = JSON.parse(bench('infer', ['--json', ...pick('--pytorch-threads', '--no-pytorch', '--no-stock')])) as {
  models: (TrainLine & { first_ms: number })[]
}
const scaling = bench('scaling', pick('--steps'))
const profile = bench('profile', pick('--steps'))

const cell = (value: number | null): string => (value === null ? '–' : String(value))
const times = (stock: number | null, ours: number): string => (stock === null ? '–' : `${Math.round(stock / ours)} x`)
const row = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`

const steps = train.models.flatMap((line) => [
  row([
    line.model,
    '64 x 256',
    line.ms,
    cell(line.pytorch_ms),
    cell(line.ratio_to_pytorch),
    cell(line.stock_tfjs_ms),
    times(line.stock_tfjs_ms, line.ms),
    line.gflop,
    line.floor_ms,
  ]),
  row([
    line.model,
    '64 words',
    line.words.ms,
    cell(line.words.pytorch_ms),
    cell(line.words.ratio_to_pytorch),
    '–',
    '–',
    line.words.gflop,
    line.words.floor_ms,
  ]),
])
const readings = infer.models.map((line) =>
  row([
    line.model,
    line.ms,
    line.first_ms,
    cell(line.pytorch_ms),
    cell(line.ratio_to_pytorch),
    cell(line.stock_tfjs_ms),
    line.gflop,
    line.floor_ms,
  ]),
)
const published = train.models
  .filter(({ model }) => model !== 'ott')
  .map(({ model, published_size_ms }) => `${model} ${published_size_ms} ms`)

const numbers = {
  machine:
    `${availableParallelism()} cores of ${cpus()[0]!.model.trim()}, Node ${process.versions.node}; load average ` +
    `${before.toFixed(1)} at the start and ${loadavg()[0]!.toFixed(1)} at the end`,
  pytorchThreads: train.pytorch_threads.join(' or '),
  rate: train.matrix_gflops_per_core,
  steps: steps.join('\n'),
  published: published.join(', '),
  readings: readings.join('\n'),
  scaling: scaling.trim(),
  profile: profile.trim(),
}

const template = readFileSync(join(root, 'bench/speed/performance.md'), 'utf8')
const text = template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(numbers[name as keyof typeof numbers]))
writeFileSync(join(root, 'docs/performance.md'), text)
process.exit(0)
