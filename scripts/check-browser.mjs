// @ts-check
// npm run check:browser -- [--times <n>] [--workers <n>] [spec ...]: the browser tests again and again, without second
// tries, while every core is kept busy. More workers than cores let the tests hold up each other as well, and take less
// time in all. Says which test failed how often; exit code 1 where one did. Screenshots of what failed stay, by run, in
// .cache/reports/check-browser.
import { spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { projectEnvironment, projectNode, root, runNode, runTool, wasInterrupted } from './node.mjs'
import { main, say } from './say.mjs'
import { setUp } from './setup.mjs'

/** @typedef {{ title: string, specs?: { title: string, file: string, ok: boolean }[], suites?: Suite[] }} Suite */

const USAGE = 'npm run check:browser -- [--times <n>] [--workers <n>] [spec ...]'
const reports = join(root, '.cache', 'reports', 'check-browser')
const report = join(reports, 'report.json')
/** Whatever becomes of the check, a busy process ends by itself. */
const BUSY_MS = 30 * 60_000
const BUSY =
  `const [until, parent] = [Date.now() + ${BUSY_MS}, process.ppid]; while (Date.now() < until && process.ppid === ` +
  'parent) for (let i = 0; i < 1e7; i++);'

await main(async () => {
  const wanted = options()
  if (wanted === null) {
    say(USAGE)
    return 2
  }
  await setUp()
  // Finding a browser takes TypeScript of the project, which this Node may not be able to read.
  if (projectNode() !== process.execPath) return runNode(fileURLToPath(import.meta.url), process.argv.slice(2))
  const { chromium } = await import('./chromium.mjs')
  const env = { ...projectEnvironment(), KALAMOS_CHROMIUM: await chromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  await rm(reports, { recursive: true, force: true })
  await mkdir(reports, { recursive: true })
  /** @type {Map<string, number>} */
  const failures = new Map()
  let passed = 0
  for (let time = 1; time <= wanted.times; time++) {
    const { code, seconds, failed } = await underLoad(() =>
      once([`--output=${join(reports, `run-${time}`)}`, ...wanted.workers, ...wanted.specs], env),
    )
    if (wasInterrupted(code)) return code
    if (code === 0) passed++
    for (const name of failed) failures.set(name, (failures.get(name) ?? 0) + 1)
    say(
      `\n== run ${time} of ${wanted.times}: ${code === 0 ? 'passed' : `${failed.length} failed`}, ${seconds} s; ` +
        `${passed} of ${time} passed`,
    )
  }
  for (const [name, times] of failures) process.stdout.write(`failed ${times} of ${wanted.times} times: ${name}\n`)
  process.stdout.write(
    `${passed} of ${wanted.times} runs passed while ${availableParallelism()} cores were kept busy\n`,
  )
  return passed === wanted.times ? 0 : 1
})

/** What is asked for; null where that cannot be made out. */
function options() {
  try {
    const { values, positionals } = parseArgs({
      options: { times: { type: 'string', default: '20' }, workers: { type: 'string' } },
      allowPositionals: true,
    })
    const times = Number(values.times)
    const workers = values.workers === undefined ? [] : [`--workers=${values.workers}`]
    return Number.isInteger(times) && times > 0 ? { times, workers, specs: positionals } : null
  } catch {
    return null
  }
}

/**
 * Does the work while a process on every core does nothing but count.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function underLoad(work) {
  const busy = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', BUSY], { stdio: 'ignore' }),
  )
  try {
    return await work()
  } finally {
    for (const child of busy) child.kill('SIGKILL')
  }
}

/**
 * All browser tests, once. A report that does not come is a failure too.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function once(args, env) {
  const startedAt = performance.now()
  await rm(report, { force: true })
  const code = await runTool('@playwright/test/cli.js', ['test', ...args, '--retries=0', '--reporter=list,json'], {
    env,
  })
  const { suites, errors } = JSON.parse(await readFile(report, 'utf8').catch(() => '{ "suites": [], "errors": [] }'))
  const failed = [
    ...failedIn(suites),
    ...errors.map((/** @type {{ message?: string }} */ error) => error.message ?? 'an error without a message'),
  ]
  return { code, seconds: Math.round((performance.now() - startedAt) / 1000), failed }
}

/** @param {Suite[]} suites @returns {string[]} */
function failedIn(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}: ${title}`),
    ...failedIn(inner),
  ])
}
