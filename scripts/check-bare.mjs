// @ts-check
// npm run check:bare: whether the two commands of the README do everything on a machine that has nothing but Node and
// npm.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { bareMachine, end, whyNotBare } from './bare/system.mjs'
import { SetupError, main, say } from './say.mjs'
import { lineOf } from './stages.mjs'

const USAGE = `npm run check:bare [-- options]

Makes a minimal Debian without Python, compiler, libusb, udev and Chromium, clones this checkout into it, and runs there
"npm start -- --browser" until the page answers, then "npm test"; then "npm test" as the first command of another one.
What is not committed is not cloned. It needs root and debootstrap, and half an hour.

  --short             only until the page answers and a word of the virtual pen is read
  --node <version>    of the machine, 20.0.0 where left out
  --npm <version>     that comes with it, 9.6.4 where left out
  --report <file>     writes how many checks passed, failed and were skipped there, as JSON
  --help              this text
`
/** So many are there, and the installation is not done. */
const SOME_PACKAGES = 50
const NATIVE_PROBLEMS = {
  'HID devices': /sudo apt install libusb-1\.0-0/,
  'Serial ports': /sudo apt install udev/,
}

/** @typedef {import('./bare/system.mjs').Machine} Machine */

/**
 * `fresh` ones begin on a machine of their own.
 * @type {{ title: string, fresh: boolean, run: (machine: Machine) => Promise<void> }[]}
 */
const CHECKS = [
  {
    title: '"npm start -- --browser" as the first command: the page answers and a word is read',
    fresh: true,
    run: startFirst,
  },
  { title: '"npm test" after it', fresh: false, run: testsPass },
  { title: '"npm test" as the first command', fresh: true, run: testsPass },
]

await main(async () => {
  const values = parse()
  if (values === null) return 2
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const reason = await whyNotBare()
  if (reason !== null) {
    say(`skipped: ${reason}`)
    return summed({ passed: 0, failed: 0, skipped: 1 }, values.report)
  }
  const versions = { node: values.node, npm: values.npm }
  const checks = values.short ? CHECKS.slice(0, 1) : CHECKS
  let failed = 0
  /** @type {Machine | null} */
  let machine = null
  for (const check of checks) {
    const startedAt = Date.now()
    try {
      if (check.fresh || machine === null) {
        machine?.remove()
        machine = await bareMachine(versions)
      }
      await check.run(machine)
      say(`ok: ${check.title} (${Math.round((Date.now() - startedAt) / 1000)} s)`)
    } catch (error) {
      failed++
      say(
        `NOT ok: ${check.title} (${Math.round((Date.now() - startedAt) / 1000)} ` +
          `s)\n${error instanceof Error ? error.message : error}`,
      )
    }
  }
  machine?.remove()
  return summed({ passed: checks.length - failed, failed, skipped: 0 }, values.report)
})

function parse() {
  try {
    const { values } = parseArgs({
      options: {
        short: { type: 'boolean' },
        node: { type: 'string', default: '20.0.0' },
        npm: { type: 'string', default: '9.6.4' },
        report: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
    return null
  }
}

/**
 * Says what was counted, and gives the exit code.
 * @param {import('./stages.mjs').Counts} counts
 * @param {string | undefined} report
 */
function summed(counts, report) {
  if (report !== undefined) writeFileSync(report, JSON.stringify(counts))
  process.stdout.write(`${lineOf(counts)}\n`)
  return counts.failed === 0 ? 0 : 1
}

/**
 * As an ordinary user: the set-up, the page, a word, and what is said of the libraries that are missing.
 * @param {Machine} machine
 */
async function startFirst(machine) {
  await breakOff(machine)
  const app = machine.start('exec npm start -- --browser')
  try {
    const address = await addressOf(app)
    const visit = machine.start(`exec node_modules/node-linux-*/bin/node scripts/bare/visit.mjs '${address}'`)
    const { title, read, written, findings } = JSON.parse(await outputOf(visit))
    expect(title === 'Kalamos', `the page is called ${title}`)
    expect(read === written, `${written} was read as ${read}`)
    for (const [name, hint] of Object.entries(NATIVE_PROBLEMS)) {
      const finding = findings.find((/** @type {{ name: string }} */ each) => each.name === name)
      expect(finding?.ok === false && hint.test(finding.hint), `doctor says of ${name}: ${JSON.stringify(finding)}`)
    }
    for (const name of ['Node', 'Word images', 'Own WASM kernels']) {
      const finding = findings.find((/** @type {{ name: string }} */ each) => each.name === name)
      expect(finding?.ok === true, `doctor says of ${name}: ${JSON.stringify(finding)}`)
    }
  } finally {
    end(app)
  }
  const { said } = await heard(machine.start('exec npm run -s kalamos -- --help', { apart: true }))
  expect(!/Installing|Building/.test(said), `the second start set up again: ${said}`)
}

/** Ctrl-C in the middle of the set-up: it says so, and the next start mends it. @param {Machine} machine */
async function breakOff(machine) {
  const app = machine.start('exec npm start -- --browser', { apart: true })
  const ended = heard(app)
  const timer = setInterval(() => {
    const modules = join(machine.checkout, 'node_modules')
    if (!existsSync(modules) || readdirSync(modules).length < SOME_PACKAGES) return
    clearInterval(timer)
    // A terminal sends Ctrl-C to the whole group.
    process.kill(-(app.pid ?? 0), 'SIGINT')
  }, 100)
  const { said } = await ended
  clearInterval(timer)
  expect(/The installation was interrupted\.\nStart again to finish it\./.test(said), `after Ctrl-C it said: ${said}`)
}

/**
 * What a command says on stderr until it ends.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ said: string }>}
 */
async function heard(child) {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text) => (said += text))
  child.stdout?.resume()
  await new Promise((resolve) => child.once('close', resolve))
  return { said }
}

/** As root, who may install a Chromium for the tests. @param {Machine} machine */
async function testsPass(machine) {
  const said = await outputOf(machine.start('exec npm test', { asRoot: true }))
  say(said.trim().split('\n').at(-1) ?? '')
}

/** @param {import('node:child_process').ChildProcess} app @returns {Promise<string>} */
async function addressOf(app) {
  if (app.stdout === null) throw new Error('the app has no output')
  for await (const line of createInterface({ input: app.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0]
    if (address !== undefined) return address
  }
  throw new SetupError('"npm start -- --browser" ended without an address.', '')
}

/**
 * What a command writes to stdout. Throws where it fails.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
async function outputOf(child) {
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk) => (text += chunk))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new SetupError(`it ended with code ${code}\n${text.split('\n').slice(-40).join('\n')}`, '')
  return text
}

/** @param {boolean} holds @param {string} otherwise */
function expect(holds, otherwise) {
  if (!holds) throw new SetupError(otherwise, '')
}
