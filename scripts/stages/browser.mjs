// @ts-check
// Tests in a real browser, and what their report counts.
import { chromium } from '../chromium.mjs'
import { projectEnvironment, runTool } from '../node.mjs'

/** @type {import('../stages.mjs').Stage} */
export const browserTests = { name: 'tests in a browser', work: (report) => playwright(report, {}), count }

/** @type {import('../stages.mjs').Stage} */
export const longBrowserTests = {
  name: 'long tests in a browser',
  work: (report) => playwright(report, { KALAMOS_LONG: '1' }),
  count,
}

/** @param {string} report @param {NodeJS.ProcessEnv} which */
async function playwright(report, which) {
  const chosen = { KALAMOS_CHROMIUM: await chromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: report, ...which }
  return runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    env: { ...projectEnvironment(), ...chosen },
  })
}

/** @param {any} report @returns {import('../stages.mjs').Counts} */
function count({ stats, errors }) {
  const { expected, unexpected, flaky, skipped } = stats
  // What passed at a second try alone has failed.
  return { passed: expected, failed: unexpected + flaky + (errors?.length ?? 0), skipped }
}
