// @ts-check
// What a command of tests does, stage by stage, and the line of sums that it ends with. All stages are run even where
// one fails, so that one run shows everything.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './node.mjs'
import { SetupError, say } from './say.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * One stage of a command. `work` gets the path at which a JSON report is wanted and gives an exit code; `count` reads
 * that report, in stages that count tests.
 * @typedef {{ name: string, work: (report: string) => Promise<number>, count?: (report: any) => Counts }} Stage
 */

/** Where the reports of stages are, and what each command counted. */
const reports = join(root, '.cache', 'reports')

/** What a stage or a command counted that left no report: one failure. @type {Counts} */
const NO_REPORT = { passed: 0, failed: 1, skipped: 0 }

/**
 * Runs the stages of a command one after the other, says what did not pass, and ends with the line of sums.
 * @param {string} command @param {readonly Stage[]} stages
 * @returns {Promise<number>} the exit code
 */
export async function runStages(command, stages) {
  const startedAt = Date.now()
  await mkdir(reports, { recursive: true })
  await rm(reportOf(command), { force: true })
  const failed = /** @type {string[]} */ ([])
  const counts = /** @type {Counts[]} */ ([])
  for (const { name, work, count } of stages) {
    say(`\n== ${name}`)
    const stageStartedAt = Date.now()
    const report = reportOf(name)
    await rm(report, { force: true })
    const code = await work(report).catch((error) => {
      if (!(error instanceof SetupError)) throw error
      say(`${error.message}\n${error.hint}`)
      return 1
    })
    if (code !== 0) failed.push(name)
    if (count) {
      const counted = await read(report)
      counts.push(counted === null ? NO_REPORT : count(counted))
    }
    say(`The stage "${name}" took ${seconds(stageStartedAt)} s.`)
  }
  const total = sum(counts)
  await writeFile(reportOf(command), JSON.stringify(total))
  say(`\nThe whole of "${command}" took ${seconds(startedAt)} s.`)
  if (failed.length > 0) say(`Not passed: ${failed.join(', ')}.`)
  process.stdout.write(`${lineOf(total)}\n`)
  return failed.length === 0 && total.failed === 0 ? 0 : 1
}

/**
 * What a command counted when it was run last; one that did not come to its end counts as a failure.
 * @param {string} command
 * @returns {Promise<Counts>}
 */
export async function countsOf(command) {
  return (await read(reportOf(command))) ?? NO_REPORT
}

/** @param {readonly Counts[]} all @returns {Counts} */
export function sum(all) {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
    skipped: all.reduce((total, { skipped }) => total + skipped, 0),
  }
}

/** The line that a command ends with. @param {Counts} counts */
export function lineOf({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** @param {string} name of a stage or a command */
function reportOf(name) {
  return join(reports, `${name.replaceAll(/\W+/g, '-')}.json`)
}

/** A report as JSON, or null where there is none. @param {string} path */
async function read(path) {
  return JSON.parse(await readFile(path, 'utf8').catch(() => 'null'))
}

/** @param {number} since */
function seconds(since) {
  return Math.round((Date.now() - since) / 1000)
}
