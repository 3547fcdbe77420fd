/**
 * npm run fuzz -- [--minutes 10] [--seed 1] [--only csv] [--input 7]: damaged inputs for everything that takes what
 * others
 * made: codecs, importers, the messages of a window, protocols. Each target runs in a process of its own with 2 GB. A
 * fault is the end of that process, an error without a reason for people, 90 s without an end, or more memory. Its
 * input is kept in .cache/fuzz and is made again by --only, --seed and --input. Exit code 1 where there is one.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { root } from '../../src/main/files/paths.ts'
import { TARGETS } from './targets.ts'
import type { Order, Said } from './worker.ts'

const MEMORY_MB = 2048
/**
 * A damaged Parquet file may keep its library busy without end, and is given up after 30 s: once where it is looked
 * through, once where it is imported.
 */
const HANG_MS = 90_000
const LOOK_MS = 200
const MOST_FAULTS = 10
const MOST_INPUTS = 1e9
const PAGE_KB = 4

interface Tally {
  inputs: number
  bytes: number
  taken: number
  slowestMs: number
  mostMb: number
  faults: string[]
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    input: { type: 'string' },
    report: { type: 'string' },
  },
})
const seed = Number(values.seed)
const names = Object.keys(TARGETS).filter((name) => values.only === undefined || name.startsWith(values.only))
if (names.length === 0 || !(Number(values.minutes) > 0) || !Number.isInteger(seed)) {
  process.stderr.write(
    'npm run fuzz -- [--minutes 10] [--seed 1] [--only <target>] [--input <number>], where <target> is one of ' +
      `${Object.keys(TARGETS).join(', ')}\n`,
  )
  process.exit(2)
}

const atOnce = Math.min(availableParallelism(), names.length)
const seconds = (Number(values.minutes) * 60 * atOnce) / names.length
const tallies = new Map<string, Tally>()
const waiting = [...names]
await Promise.all(Array.from({ length: atOnce }, work))
report()

async function work(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) tallies.set(name, await fuzz(name))
}

/** Gives a target inputs until its time is over; after a fault it goes on with the next input in a new process. */
async function fuzz(target: string): Promise<Tally> {
  const tally: Tally = { inputs: 0, bytes: 0, taken: 0, slowestMs: 0, mostMb: 0, faults: [] }
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-fuzz-input-'))
  const until = performance.now() + seconds * 1000
  const single = values.input === undefined ? null : Number(values.input)
  let from = single ?? 0
  do {
    const order: Order = {
      target,
      seed,
      from,
      most: single === null ? MOST_INPUTS : 1,
      seconds: (until - performance.now()) / 1000,
      folder: join(folder, 'input'),
    }
    const { fault, input } = await once(order, tally)
    if (fault !== null) keep(target, input, fault, order.folder, tally)
    if (fault === null) break
    from = input + 1
  } while (single === null && performance.now() < until && tally.faults.length < MOST_FAULTS)
  rmSync(folder, { recursive: true, force: true })
  if (tally.inputs === 0) tally.faults.push('no input was tried')
  return tally
}

/** One process to its end. Returns why it is a fault, where it is one, and at which input. */
function once(order: Order, tally: Tally): Promise<{ fault: string | null; input: number }> {
  const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
    execArgv: [`--max-old-space-size=${MEMORY_MB - 200}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let input = order.from
  let begun: number | null = null
  let fault: string | null = null
  let done = false
  let stderr = ''
  child.stderr!.on('data', (data: Buffer) => (stderr = (stderr + data).slice(-2000)))
  const watch = setInterval(() => {
    const megabytes = residentMb(child)
    tally.mostMb = Math.max(tally.mostMb, megabytes)
    if (megabytes > MEMORY_MB) fault ??= `${megabytes} MB of memory`
    else if (begun !== null && performance.now() - begun > HANG_MS) fault ??= `no end after ${HANG_MS / 1000} s`
    if (fault !== null) child.kill('SIGKILL')
  }, LOOK_MS)
  child.on('message', (said: Said) => {
    if (said.kind === 'begin') [input, begun] = [said.input, performance.now()]
    else if (said.kind === 'defect') fault ??= said.message
    else if (said.kind === 'done') done = true
    else {
      begun = null
      tally.inputs++
      tally.bytes += said.bytes
      tally.slowestMs = Math.max(tally.slowestMs, said.millis)
      if (said.fate === 'taken') tally.taken++
    }
  })
  child.send(order)
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearInterval(watch)
      resolve({ fault: fault ?? (done ? null : `the process ended (${signal ?? code}): ${stderr}`), input })
    })
  })
}

/** Memory of a process; 0 where the system has no such file. */
function residentMb(child: ChildProcess): number {
  try {
    return Math.round((Number(readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ')[1]) * PAGE_KB) / 1024)
  } catch {
    return 0
  }
}

function keep(target: string, input: number, fault: string, folder: string, tally: Tally): void {
  tally.inputs++
  const kept = join(root, '.cache', 'fuzz', `${target}-${seed}-${input}`)
  rmSync(kept, { recursive: true, force: true })
  cpSync(folder, kept, { recursive: true })
  tally.faults.push(fault)
  process.stderr.write(
    `\n${target}, input ${input} of seed ${seed}: ${fault}\nnpm run fuzz -- --only ${target} --seed ${seed} ` +
      `--input ${input}; kept in ${kept}\n`,
  )
}

function report(): void {
  const rows = names.map((name) => ({ target: name, ...tallies.get(name)! }))
  const faults = rows.reduce((sum, row) => sum + row.faults.length, 0)
  console.table(
    Object.fromEntries(
      rows.map(({ target, inputs, bytes, taken, slowestMs, mostMb, faults }) => [
        target,
        {
          inputs,
          MB: Number((bytes / 1e6).toFixed(2)),
          taken,
          'slowest ms': slowestMs,
          'most MB': mostMb,
          faults: faults.length,
        },
      ]),
    ),
  )
  if (values.report !== undefined)
    writeFileSync(
      values.report,
      JSON.stringify({ passed: rows.filter((row) => row.faults.length === 0).length, failed: faults, skipped: 0 }),
    )
  process.stdout.write(
    `seed ${seed}: ${rows.reduce((sum, row) => sum + row.inputs, 0)} inputs, ${faults} ` +
      `${faults === 1 ? 'fault' : 'faults'}\n`,
  )
  process.exit(faults === 0 ? 0 : 1)
}
