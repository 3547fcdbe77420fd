// @ts-check
// npm run fuzz -- [--minutes 10] [--seed 1] [--only <target>] [--input <number>]: damaged inputs, see test/fuzz/run.ts.
import { join } from 'node:path'
import { root, runNode } from './node.mjs'
import { main } from './say.mjs'
import { setUp } from './setup.mjs'

await main(async () => {
  await setUp()
  return runNode(join(root, 'test/fuzz/run.ts'), process.argv.slice(2))
})
