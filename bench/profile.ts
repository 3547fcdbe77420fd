// Where the time of a training step and of reading one word goes, kernel by kernel, on one thread.
//
// usage: npm run bench -- profile [--json] [--model ott|rewi-s|rewi] [--steps 3] [--readings 30] [--rows 64] [--frames
// 256]
//
// Without --json it prints the table of docs/performance.md: shares of the whole. What no kernel takes is
// TensorFlow.js's tape, the tensors it makes and forgets, and the copies of the batch, the weights and the gradients.
import { parseArgs } from 'node:util'
import { useBackend } from '../src/main/compute/backend.ts'
import { comparedConfig, equalLengths, MODELS, noise, type Measured } from './speed/cases.ts'
import { GROUPS, KernelTimes, type Group } from './speed/kernel-times.ts'
import { onceMillis, round } from './speed/measure.ts'
import { OneThread } from './speed/one-thread.ts'

const OPTIMISER = 'AdamW'
const BETWEEN = 'between the kernels'
type Part = Group | typeof OPTIMISER | typeof BETWEEN
const PARTS: readonly Part[] = [...(Object.keys(GROUPS) as Group[]), OPTIMISER, 'stock operations', BETWEEN]

/** Milliseconds of one step or reading, and each part's share of it, 0 to 1. */
interface Profile {
  ms: number
  shares: Record<Part, number>
}

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    model: { type: 'string', multiple: true, default: [...MODELS] },
    steps: { type: 'string', default: '3' },
    readings: { type: 'string', default: '30' },
    rows: { type: 'string', default: '64' },
    frames: { type: 'string', default: '256' },
  },
})
const [steps, readings, rows, frames] = [options.steps, options.readings, options.rows, options.frames].map(Number) as [
  number,
  number,
  number,
  number,
]

await useBackend('kernels')
const times = new KernelTimes()

/** Readings after which V8 has compiled what is used often; a step has done that while it lasts. */
const WARM_UP = 60

/** Runs something `count` times; `optimiser` is what AdamW takes of each. */
async function profile(count: number, optimiser: number, work: () => Promise<void>): Promise<Profile> {
  times.take()
  let total = 0
  for (let i = 0; i < count; i++) total += await onceMillis(work)
  const spent: Map<Part, number> = new Map(times.take())
  spent.set(OPTIMISER, optimiser * count)
  spent.set(BETWEEN, total - [...spent.values()].reduce((sum, each) => sum + each, 0))
  const shares = Object.fromEntries(PARTS.map((part) => [part, round((spent.get(part) ?? 0) / total, 4)])) as Record<
    Part,
    number
  >
  return { ms: round(total / count, 2), shares }
}

async function profiles(model: Measured): Promise<{ model: Measured; step: Profile; reading: Profile }> {
  const batch = noise(equalLengths(rows, frames))
  const word = noise(equalLengths(1, frames))
  const thread = await OneThread.start(comparedConfig(model))
  try {
    await thread.step(batch)
    const optimiser =
      (await onceMillis(async () => {
        for (let i = 0; i < steps; i++) thread.optimise(batch)
      })) / steps
    const step = await profile(steps, optimiser, () => thread.step(batch))
    for (let i = 0; i < WARM_UP; i++) await thread.read(word)
    return { model, step, reading: await profile(readings, 0, () => thread.read(word)) }
  } finally {
    thread.dispose()
  }
}

const models = []
for (const model of MODELS.filter((name) => options.model.includes(name))) models.push(await profiles(model))

if (options.json) process.stdout.write(`${JSON.stringify({ models, rows, frames, threads: 1 })}\n`)
else {
  const columns = [
    ...models.map(({ model, step }) => ({ title: `${model}, step`, ...step })),
    ...models.map(({ model, reading }) => ({ title: `${model}, word`, ...reading })),
  ]
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`
  const percent = (share: number): string => (share === 0 ? '–' : `${(100 * share).toFixed(1)} %`)
  process.stdout.write(
    [
      line(['part', ...columns.map(({ title }) => title)]),
      line(['---', ...columns.map(() => '---:')]),
      ...PARTS.map((part) => line([part, ...columns.map(({ shares }) => percent(shares[part]))])),
      line(['ms', ...columns.map(({ ms }) => String(ms))]),
      '',
    ].join('\n'),
  )
}
process.exit(0)
