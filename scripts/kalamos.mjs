// @ts-check
// npm run -s kalamos -- <verb>: the terminal entry point. Only the verb writes to stdout.
import { join } from 'node:path'
import { root, runNode } from './node.mjs'
import { main } from './say.mjs'
import { setUp } from './setup.mjs'

await main(async () => {
  await setUp()
  return runNode(join(root, 'out/main/cli.js'), process.argv.slice(2))
})
