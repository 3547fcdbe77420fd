// @ts-check
// The stages of npm test, one after the other. All are run even where one fails, so that one run shows everything.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from './chromium.mjs'
import { projectEnvironment, root, runTool } from './node.mjs'
import { SetupError, say } from './say.mjs'
import { socat } from './socat.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const reports = join(root, '.cache', 'reports')

/** @returns {Promise<{ failedStages: string[], counts: Counts }>} */
export async function runStages() {
  await rm(reports, { recursive: true, force: true })
  await mkdir(reports, { recursive: true })
  const failedStages = /** @type {string[]} */ ([])
  /** @param {string} name @param {() => Promise<number>} work */
  const stage = async (name, work) => {
    say(`\n== ${name}`)
    const code = await work().catch((error) => {
      if (!(error instanceof SetupError)) throw error
      say(`${error.message}\n${error.hint}`)
      return 1
    })
    if (code !== 0) failedStages.push(name)
  }
  await stage('types of the host', () => runTool('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.node.json']))
  await stage('types of the browser tests', () => runTool('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.browser.json']))
  await stage('types of the window', () => runTool('svelte-check/bin/svelte-check', ['--tsconfig', 'tsconfig.web.json', '--fail-on-warnings', '--output', 'human']))
  await stage('lint', () => runTool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']))
  await stage('unit tests', unit)
  await stage('tests in a browser', browser)
  return { failedStages, counts: sum([await unitCounts(), await browserCounts()]) }
}

async function unit() {
  await socat()
  return runTool('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, 'unit.json')}`])
}

async function browser() {
  const env = { ...projectEnvironment(), KALAMOS_CHROMIUM: await chromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'browser.json') }
  return runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], { env })
}

/** A test file that could not even be loaded counts as one failed test. @returns {Promise<Counts>} */
async function unitCounts() {
  const report = await read('unit.json')
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  const unloaded = report.testResults.filter((/** @type {{ status: string, assertionResults: unknown[] }} */ file) => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** @returns {Promise<Counts>} */
async function browserCounts() {
  const report = await read('browser.json')
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0), skipped }
}

/** @param {string} name */
async function read(name) {
  return JSON.parse(await readFile(join(reports, name), 'utf8').catch(() => 'null'))
}

/** @param {Counts[]} all @returns {Counts} */
function sum(all) {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
    skipped: all.reduce((total, { skipped }) => total + skipped, 0),
  }
}
