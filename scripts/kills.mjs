// @ts-check
// npm run kills -- [--kills 200] [--only <work>] [--seed 1]: ends the app in the middle of its work, see
// test/kills/run.ts.
import { join } from 'node:path'
import { buildKernels } from './kernels.mjs'
import { root, runNode } from './node.mjs'
import { main } from './say.mjs'
import { setUp } from './setup.mjs'

await main(async () => {
  await setUp()
  await buildKernels()
  return runNode(join(root, 'test/kills/run.ts'), process.argv.slice(2))
})
