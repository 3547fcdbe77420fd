// @ts-check
// Tests in a real browser, and what their report counts.
import { chromium } from '../chromium.mjs'
import { projectEnvironment, runTool } from '../node.mjs'

/** @type {import('../stages.mjs').Stage} */
export const browserTests = {
  name: 'tests in a browser',
  async work(report) {
    const env = { ...projectEnvironment(), KALAMOS_CHROMIUM: await chromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: report }
    return runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], { env })
  },
  count({ stats, errors }) {
    const { expected, unexpected, flaky, skipped } = stats
    // What passed at a second try alone has failed.
    return { passed: expected, failed: unexpected + flaky + (errors?.length ?? 0), skipped }
  },
}
