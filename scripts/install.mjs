// @ts-check
// Installs the dependencies where they are missing or are not those of package-lock.json.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './node.mjs'
import { SetupError, say } from './say.mjs'

const FLAGS = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']

/**
 * Why the dependencies have to be installed, or null where they are what package-lock.json says.
 * npm itself writes down what it installed, as its last step.
 * @param {string} folder that holds package-lock.json and node_modules
 */
export function whyInstall(folder = root) {
  const record = join(folder, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return 'they are not there yet'
  const wanted = packagesIn(join(folder, 'package-lock.json'))
  const present = packagesIn(record)
  for (const [path, { version, optional, peer }] of Object.entries(wanted)) {
    if (path === '') continue
    const found = present[path]?.version
    if (found === version || (found === undefined && (optional || peer))) continue
    return `${path.replace(/^.*node_modules\//, '')} ${version} is wanted and ${found ?? 'none'} is there`
  }
  return null
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} */
function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
}

/** Installs exactly what package-lock.json says. @param {string} reason */
export async function install(reason) {
  say(`Installing the dependencies, since ${reason}. This takes a few minutes, once …`)
  let said = ''
  if ((await npm(['ci', ...FLAGS], (text) => (said += text))) === 0) return
  if (/can only install packages when your package\.json and package-lock\.json/.test(said)) {
    say('package-lock.json does not match package.json: installing what package.json asks for.')
    said = ''
    if ((await npm(['install', '--no-save', ...FLAGS], (text) => (said += text))) === 0) return
  }
  throw new SetupError(`The dependencies could not be installed:\n${tail(said)}`, wayOut(said))
}

/** @param {string[]} args @param {(text: string) => void} collect */
async function npm(args, collect) {
  const own = process.env['npm_execpath']
  if (own && /npm-cli\.c?js$/.test(own)) return run(process.execPath, [own, ...args], { collect })
  try {
    return await run('npm', args, { collect, shell: process.platform === 'win32' })
  } catch {
    throw new SetupError('npm was not found.', 'Install Node with npm from nodejs.org and start again.')
  }
}

/** @param {string} said by npm */
function wayOut(said) {
  if (/ENOSPC/.test(said)) return 'The disk is full: free about 2 GB and start again.'
  if (/EACCES|EPERM|EROFS/.test(said)) return `Make ${root} writable for this user and start again.`
  if (/ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|network/i.test(said)) {
    return 'npm does not reach its registry. Connect to the network, or name a registry that this machine reaches with "npm config set registry <url>", and start again.'
  }
  return 'Run "npm ci" by itself to see all that npm says.'
}

/** @param {string} text */
function tail(text) {
  return text.trim().split('\n').slice(-12).join('\n')
}
