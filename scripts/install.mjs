// @ts-check
// Installs the dependencies where they are missing or are not those of package-lock.json.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { packagedNode, root, run, wasInterrupted, withPath } from './node.mjs'
import { SetupError, say } from './say.mjs'

// No install script runs: every native package brings its binary, and npm would otherwise compile better-sqlite3, which
// fails where there is no Python or compiler.
const FLAGS = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
const PROGRESS_MS = 1000
const INSTALLER = join(root, '.cache', 'installer')
const NPM = '11.19.1'

/**
 * Why the dependencies have to be installed, or null where they are what package-lock.json says.
 * npm itself writes down what it installed, as its last step.
 * @param {string} folder that holds package-lock.json and node_modules
 */
export function whyInstall(folder = root) {
  const wanted = packagesIn(join(folder, 'package-lock.json'))
  if (wanted === null)
    throw new SetupError(
      'package-lock.json cannot be read.',
      'Get it back with "git checkout package-lock.json" and start again.',
    )
  if (!existsSync(join(folder, 'node_modules', '.package-lock.json'))) return 'they are not there yet'
  const present = packagesIn(join(folder, 'node_modules', '.package-lock.json'))
  if (present === null) return 'the last installation was broken off'
  for (const [path, { version, optional, peer }] of Object.entries(wanted)) {
    if (path === '') continue
    const found = present[path]?.version
    if (found === version || (found === undefined && (optional || peer))) continue
    return `${path.replace(/^.*node_modules\//, '')} ${version} is wanted and ${found ?? 'none'} is there`
  }
  return null
}

/**
 * Null where the file is damaged.
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean }> | null}
 */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
  } catch {
    return null
  }
}

/** Installs exactly what package-lock.json says. @param {string} reason */
export async function install(reason) {
  say(`Installing the dependencies, since ${reason}. This takes a few minutes, once …`)
  const stopShowing = showProgress()
  try {
    await installWithNpm()
  } finally {
    stopShowing()
  }
}

async function installWithNpm() {
  const installer = await findInstaller()
  let said = ''
  let code = await npm(installer, ['ci', ...FLAGS], (text) => (said += text))
  if (/can only install packages when your package\.json and package-lock\.json/.test(said)) {
    say('package-lock.json does not match package.json: installing what package.json asks for.')
    said = ''
    code = await npm(installer, ['install', '--no-save', ...FLAGS], (text) => (said += text))
  }
  throwUnlessDone(code, said)
  await rm(INSTALLER, { recursive: true, force: true })
  if (packagedNode() === null) await removeOtherNode()
}

/**
 * Where this machine's own Node runs the app, the packaged one must not stand before it: npm puts node_modules/.bin
 * first on the path of its scripts, and on musl that Node does not even start.
 */
async function removeOtherNode() {
  const folder = join(root, 'node_modules', '.bin')
  await Promise.all(['node', 'node.cmd', 'node.ps1'].map((name) => rm(join(folder, name), { force: true })))
}

/**
 * A Node, and the npm that runs on it; null for the npm that is on the path.
 * @typedef {{ node: string, npm: string | null }} Installer
 */

/**
 * What to install with: the Node that runs the app, and its npm. Where that Node is a package, both are installed by
 * themselves first: npm leaves out optional packages, native ones among them, that want a newer Node than it runs on,
 * and npm of before 10 leaves out all that name a C library.
 * @returns {Promise<Installer>}
 */
async function findInstaller() {
  const given = process.env['npm_execpath']
  const own = { node: process.execPath, npm: given && /npm-cli\.c?js$/.test(given) ? given : null }
  const packaged = packagedNode()
  if (packaged === null) return own
  const version = packagesIn(join(root, 'package-lock.json'))?.[`node_modules/${packaged.name}`]?.version
  let said = ''
  const flags = ['--prefix', INSTALLER, '--no-save', '--no-package-lock', ...FLAGS]
  throwUnlessDone(
    await npm(own, ['install', ...flags, `${packaged.name}@${version}`, `npm@${NPM}`], (text) => (said += text)),
    said,
  )
  return {
    node: join(INSTALLER, 'node_modules', packaged.name, packaged.path),
    npm: join(INSTALLER, 'node_modules/npm/bin/npm-cli.js'),
  }
}

/** @param {number} code @param {string} said */
function throwUnlessDone(code, said) {
  // npm ends with a code of its own after Ctrl-C, and says what it was.
  if (wasInterrupted(code) || (code !== 0 && /^npm (error|ERR!) signal SIG(INT|TERM)$/m.test(said)))
    throw new SetupError('The installation was interrupted.', 'Start again to finish it.')
  if (code !== 0) throw new SetupError(`The dependencies could not be installed:\n${tail(said)}`, wayOut(said))
}

/** On a terminal, counts the packages that are there. Returns the way to stop. */
function showProgress() {
  if (!process.stderr.isTTY) return () => undefined
  const wanted = Object.keys(packagesIn(join(root, 'package-lock.json')) ?? {}).filter((path) =>
    /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path),
  ).length
  const timer = setInterval(
    () => process.stderr.write(`\r${packagesThere()} of about ${wanted} packages `),
    PROGRESS_MS,
  )
  return () => {
    clearInterval(timer)
    process.stderr.write('\r\u001b[K')
  }
}

function packagesThere() {
  const names = (/** @type {string} */ folder) =>
    existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : []
  const modules = join(root, 'node_modules')
  return names(modules).reduce(
    (count, name) => count + (name.startsWith('@') ? names(join(modules, name)).length : 1),
    0,
  )
}

/** @param {Installer} installer @param {string[]} args @param {(text: string) => void} collect */
async function npm({ node, npm }, args, collect) {
  if (npm !== null) return run(node, [npm, ...args], { env: withPath(dirname(node)), collect })
  try {
    return await run('npm', args, { collect, shell: process.platform === 'win32' })
  } catch {
    throw new SetupError('npm was not found.', 'Install Node with npm from nodejs.org and start again.')
  }
}

/** What helps against what npm said. @param {string} said */
export function wayOut(said) {
  if (/ENOSPC/.test(said)) return 'The disk is full: free about 3 GB and start again.'
  if (/EACCES|EPERM|EROFS/.test(said)) return `Make ${root} writable for this user and start again.`
  if (/CERT_NOT_YET_VALID|CERT_HAS_EXPIRED|certificate (is not yet valid|has expired)/i.test(said)) {
    return (
      `This machine says that it is ${new Date().toUTCString()}. Where that is wrong, set its clock and start ` +
      'again; else its certificates are too old.'
    )
  }
  if (/SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)|unable to (get local issuer|verify)/i.test(said)) {
    return (
      'The certificate of the npm registry is not trusted here, as behind a proxy of a company: name its ' +
      'certificate with "npm config set cafile <file>" and start again.'
    )
  }
  if (/EINTEGRITY/.test(said)) return 'A package arrived damaged: run "npm cache clean --force" and start again.'
  if (/ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|network/i.test(said)) {
    return (
      'npm does not reach its registry. Connect to the network, or name a registry that this machine reaches with ' +
      '"npm config set registry <url>", and start again.'
    )
  }
  return 'Run "npm ci" by itself to see all that npm says.'
}

/** @param {string} text */
function tail(text) {
  return text.trim().split('\n').slice(-12).join('\n')
}
