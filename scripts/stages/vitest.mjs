// @ts-check
// Tests that vitest runs, and what its report counts.
import { join } from 'node:path'
import { projectEnvironment, root, runTool } from '../node.mjs'
import { socat } from '../socat.mjs'

/** @type {import('../stages.mjs').Stage} */
export const unitTests = {
  name: 'unit tests',
  async work(report) {
    await socat()
    return vitest('vitest.config.ts', report)
  },
  count,
}

/** @type {import('../stages.mjs').Stage} */
export const longTests = {
  name: 'long tests',
  work: (report) => vitest('vitest.long.config.ts', report),
  count,
}

/** @param {string} config @param {string} report */
function vitest(config, report) {
  const args = ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  // Many processes load the same modules: what one of them compiled, the next need not.
  const env = { ...projectEnvironment(), NODE_COMPILE_CACHE: join(root, '.cache', 'compiled') }
  return runTool('vitest/vitest.mjs', args, { env })
}

/**
 * A test file that could not even be loaded counts as one failed test.
 * @param {any} report
 * @returns {import('../stages.mjs').Counts}
 */
function count(report) {
  /** @param {{ status: string, assertionResults: unknown[] }} file */
  const isUnloaded = (file) => file.status === 'failed' && file.assertionResults.length === 0
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.testResults.filter(isUnloaded).length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}
