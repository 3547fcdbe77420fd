// @ts-check
// npm start: opens the app. In Electron where that can run, else in the browser.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findElectron } from './electron.mjs'
import { root, run, runNode } from './node.mjs'
import { main, say } from './say.mjs'
import { setUp } from './setup.mjs'

const USAGE = `npm start [-- options]

Opens Kalamos: the Electron app where it can run, else the same app in the browser.

  --browser           in the browser at once
  --port <number>     of the browser door; any free one where left out
  --database <file>   another database than your own
  --help              this text
`
/** An Electron that ends sooner with an error did not come up at all. */
const CAME_UP_MS = 5000

await main(async () => {
  const options = parse()
  if (options === null) return 2
  if (options.help) {
    process.stdout.write(USAGE)
    return 0
  }
  await setUp()
  const database = options.database === undefined ? [] : ['--database', options.database]
  if (!options.browser && options.port === undefined) {
    const electron = await findElectron()
    if ('binary' in electron) {
      const startedAt = Date.now()
      const code = await run(electron.binary, [root, ...database])
      if (code === 0 || code >= 128 || Date.now() - startedAt > CAME_UP_MS) return code
      say(`Electron ended with code ${code} before a window came up: opening Kalamos in the browser instead.`)
    } else {
      say(`No Electron window, since ${electron.reason}: opening Kalamos in the browser instead.`)
    }
  }
  const port = options.port === undefined ? [] : ['--port', options.port]
  return runNode(join(root, 'out/main/cli.js'), ['serve', '--open', ...port, ...database])
})

function parse() {
  try {
    const { values } = parseArgs({
      options: { browser: { type: 'boolean' }, port: { type: 'string' }, database: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    return values
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
    return null
  }
}
