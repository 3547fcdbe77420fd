/**
 * npm run kills -- [--kills 200] [--only record] [--seed 1]: ends the app with SIGKILL at random moments of recording,
 * import, erasing, making the database, training and adaptation, opens the database as the next start does, and lets
 * the work go on. Nothing acknowledged may be lost, nothing may stand half done, and what came to its end in spite of
 * kills has to be what an undisturbed one gives. Exit code 1 where one fails.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { randomStream, type NamedRandom } from '../../src/main/random/named.ts'
import { WORKS, type Work } from './works.ts'

/** A recording has no end of its own. */
const RECORDING_MS = 1500
const LONGEST_MS = 120_000

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    report: { type: 'string' },
  },
})
const kills = Number(values.kills)
const names = Object.keys(WORKS).filter((name) => values.only === undefined || name === values.only)
if (names.length === 0 || !Number.isInteger(kills) || kills < 1) {
  process.stderr.write(
    'npm run kills -- [--kills 200] [--only <work>] [--seed 1], where <work> is one of ' +
      `${Object.keys(WORKS).join(', ')}\n`,
  )
  process.exit(2)
}

const root = mkdtempSync(join(tmpdir(), 'kalamos-kills-'))
const rows: Record<string, { kills: number; 'came to its end': number; faults: number }> = {}
const shares = names.reduce((sum, name) => sum + WORKS[name]!.share, 0)
try {
  for (const name of names)
    rows[name] = await torment(name, WORKS[name]!, Math.max(1, Math.round((kills * WORKS[name]!.share) / shares)))
} finally {
  rmSync(root, { recursive: true, force: true })
}
console.table(rows)
const sum = (key: 'kills' | 'faults'): number => Object.values(rows).reduce((total, row) => total + row[key], 0)
if (values.report !== undefined)
  writeFileSync(
    values.report,
    JSON.stringify({
      passed: Object.values(rows).filter(({ faults }) => faults === 0).length,
      failed: sum('faults'),
      skipped: 0,
    }),
  )
process.stdout.write(
  `seed ${values.seed}: ${sum('kills')} kills, ${sum('faults')} ${sum('faults') === 1 ? 'fault' : 'faults'}\n`,
)
process.exit(sum('faults') === 0 ? 0 : 1)

async function torment(name: string, work: Work, wanted: number) {
  const random = randomStream('kills', name, Number(values.seed))
  const place = join(root, name)
  const fresh = join(place, 'fresh')
  mkdirSync(fresh, { recursive: true })
  await work.prepare(fresh)
  const row = { kills: 0, 'came to its end': 0, faults: 0 }
  const fault = (what: string): void => {
    row.faults++
    process.stderr.write(`${name}, kill ${row.kills}: ${what}\n`)
  }
  const check = async (folder: string, said: string, isOver: boolean): Promise<void> => {
    try {
      for (const what of await work.faults(folder, said, isOver)) fault(what)
    } catch (error) {
      fault(error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
  }
  const usual = await undisturbed(name, fresh, place, check)
  for (let round = 0; row.kills < wanted; round++) {
    const folder = join(place, `round-${round}`)
    cpSync(fresh, folder, { recursive: true })
    for (let time = 0; time <= work.again && row.kills < wanted; time++) {
      const { said, killed } = await once(name, folder, random.uniform() * usual * 1.05, random)
      if (killed) row.kills++
      await check(folder, said, !killed)
      if (!killed) break
    }
    if (name !== 'record') {
      const { said, killed, code } = await once(name, folder, LONGEST_MS, random)
      if (killed || code !== 0) fault(`did not come to its end: ${killed ? 'it took too long' : said.slice(-300)}`)
      else row['came to its end']++
      await check(folder, said, true)
    }
    rmSync(folder, { recursive: true, force: true })
  }
  return row
}

/** How long the work takes, ms, from when it says that it begins. */
async function undisturbed(
  name: string,
  fresh: string,
  place: string,
  check: (folder: string, said: string, isOver: boolean) => Promise<void>,
): Promise<number> {
  if (name === 'record') return RECORDING_MS
  const folder = join(place, 'undisturbed')
  cpSync(fresh, folder, { recursive: true })
  const { millis, said } = await once(name, folder, LONGEST_MS, null)
  await check(folder, said, true)
  rmSync(folder, { recursive: true, force: true })
  return millis
}

/** Lets the work go on until it ends or its time is over; then it, or the process that trains for it, is killed. */
function once(
  name: string,
  folder: string,
  afterMs: number,
  random: NamedRandom | null,
): Promise<{ said: string; killed: boolean; code: number | null; millis: number }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./child.ts', import.meta.url)), name, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [said, errors, killed, began] = ['', '', false, 0]
  let timer: NodeJS.Timeout | undefined
  child.stderr.on('data', (data: Buffer) => (errors = (errors + data.toString()).slice(-2000)))
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString()
    if (began > 0 || !said.includes('go\n')) return
    began = performance.now()
    timer = setTimeout(() => {
      killed = true
      const trainer = Number(/trainer (\d+)/.exec(said)?.[1])
      const both = random === null || !Number.isInteger(trainer)
      if (both || random.chance(0.5)) child.kill('SIGKILL')
      else kill(trainer)
    }, afterMs)
  })
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ said: said + errors, killed, code, millis: performance.now() - began })
    })
  })
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
