// @ts-check
// npm run test:coverage: which lines of src/ the unit tests run. A summary here, the lines in .cache/coverage/index.html.
// A report, not a gate. What runs in processes that a test starts, or in a browser, is not in it.
import { runTool } from './node.mjs'
import { main } from './say.mjs'
import { setUp } from './setup.mjs'

await main(async () => {
  await setUp()
  return runTool('vitest/vitest.mjs', ['run', '--coverage'])
})
