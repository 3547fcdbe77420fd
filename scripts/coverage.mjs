// @ts-check
// npm run test:coverage: which lines of src/ the unit tests run. A summary here, the lines in
// .cache/coverage/index.html. A report, not a gate. What runs in processes that a test starts, or in a browser, is not
// in it.
import { runTool } from './node.mjs'
import { main, withoutOptions } from './say.mjs'
import { setUp } from './setup.mjs'

await main(async () => {
  const told = withoutOptions('npm run test:coverage: the unit tests, and which lines of src/ they run.')
  if (told !== null) return told
  await setUp()
  return runTool('vitest/vitest.mjs', ['run', '--coverage'])
})
