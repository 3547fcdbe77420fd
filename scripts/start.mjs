// @ts-check
// npm start: opens the app. In Electron where that comes up, else in the browser.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findElectron, openElectron } from './electron.mjs'
import { root, runNode } from './node.mjs'
import { main, say } from './say.mjs'
import { setUp } from './setup.mjs'

const USAGE = `npm start [-- options]

Opens Kalamos: the Electron app where it can run, else the same app in the browser.

  --browser           in the browser at once
  --electron          tries again to download Electron if that failed before
  --port <number>     port for the browser; by default any free one
  --database <file>   use this database instead of your own
  --help              this text
`
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
    const electron = await findElectron({ again: options.electron ?? false })
    if ('reason' in electron)
      say(`No Electron window, since ${electron.reason}: opening Kalamos in the browser instead.`)
    const code = 'binary' in electron ? await openElectron(electron.binary, [root, ...database]) : null
    if (code !== null) return code
  }
  const port = options.port === undefined ? [] : ['--port', options.port]
  return runNode(join(root, 'out/main/cli.js'), ['serve', '--open', ...port, ...database])
})

function parse() {
  try {
    const { values } = parseArgs({
      options: {
        browser: { type: 'boolean' },
        electron: { type: 'boolean' },
        port: { type: 'string' },
        database: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
    return null
  }
}
