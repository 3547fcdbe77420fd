// @ts-check
// npm run bench -- <name> [--json]: runs bench/<name>.ts on the project's Node. Without a name it says which there are.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, runNode } from './node.mjs'
import { main, say } from './say.mjs'
import { setUp } from './setup.mjs'

await main(async () => {
  const [name, ...rest] = process.argv.slice(2)
  const names = readdirSync(join(root, 'bench'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
  if (name === undefined || name === '--help') {
    process.stdout.write(
      `npm run bench -- <name> [--json], where <name> is one of:\n${names.map((each) => `  ${each}\n`).join('')}`,
    )
    return 0
  }
  if (!names.includes(name) || !existsSync(join(root, 'bench', `${name}.ts`))) {
    say(`There is no benchmark called ${JSON.stringify(name)}; there are ${names.join(', ')}.`)
    return 2
  }
  await setUp()
  return runNode(join(root, 'bench', `${name}.ts`), rest)
})
