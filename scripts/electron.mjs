// @ts-check
// Whether the Electron app can be opened here, its binary, and what helps where it did not come up.
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { root, run, runNode, runTool, wasInterrupted } from './node.mjs'
import { SetupError, say } from './say.mjs'

const folder = join(root, 'node_modules', 'electron')
/** Why Electron could not be downloaded last time, so that not every start waits for it once more. */
const FAILURE = join(root, '.cache', 'electron-failed.json')
/** As much of what Electron said last as can hold the reason why it ended. */
const LAST_SAID = 8000

/** The Electron binary that is there, or null. */
export function installedElectron() {
  const name = readIfThere(join(folder, 'path.txt'))
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (name === null && !override) return null
  const binary = join(override ?? join(folder, 'dist'), name ?? binaryName())
  return existsSync(binary) ? binary : null
}

function binaryName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/**
 * The Electron binary, downloaded where it is missing, or the reason why there is none to be opened.
 * @param {{ again?: boolean }} [options] `again` tries a download that failed before
 * @returns {Promise<{ binary: string } | { reason: string }>}
 */
export async function findElectron({ again = false } = {}) {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    return { reason: 'there is no display' }
  if (process.platform === 'linux' && process.getuid?.() === 0)
    return { reason: 'Electron does not run its sandbox as root' }
  const installed = installedElectron()
  if (installed !== null) return { binary: installed }
  const before = again ? null : failureBefore()
  if (before !== null)
    return { reason: `Electron could not be downloaded before (${before}); "npm start -- --electron" tries again` }
  const failure = await download()
  const binary = installedElectron()
  if (failure === null && binary !== null) {
    await rm(FAILURE, { force: true })
    return { binary }
  }
  const cause = failure ?? 'its archive holds no program'
  await remember(cause)
  return { reason: `Electron cannot be downloaded (${cause}); "npm start -- --electron" tries again` }
}

/** Null where it went well, else the cause. */
async function download() {
  say('Downloading Electron, once (about 120 MB). Ctrl-C ends it; "npm start -- --browser" does without.')
  let said = ''
  const code = await runNode(join(root, 'scripts', 'electron-download.mjs'), [], {
    collect: (text) => {
      const percents = [...text.matchAll(/^progress (\d+)$/gm)]
      if (percents.length === 0) said += text
      else if (process.stderr.isTTY) process.stderr.write(`\r${percents.at(-1)?.[1]} % `)
    },
  })
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  if (wasInterrupted(code))
    throw new SetupError(
      'The download of Electron was interrupted.',
      'Start again to try it once more, or open Kalamos in the browser with "npm start -- --browser".',
    )
  if (code !== 0) return firstLine(said)
  said = ''
  return (await runTool('electron/install.js', [], { collect: (text) => (said += text) })) === 0
    ? null
    : firstLine(said)
}

function version() {
  return String(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version)
}

/** Null where no download of this version failed. @returns {string | null} */
function failureBefore() {
  try {
    const kept = JSON.parse(readFileSync(FAILURE, 'utf8'))
    return kept.version === version() ? String(kept.cause) : null
  } catch {
    return null
  }
}

/** @param {string} cause */
async function remember(cause) {
  await mkdir(dirname(FAILURE), { recursive: true })
  await writeFile(FAILURE, JSON.stringify({ version: version(), cause }))
}

/**
 * Opens Electron and waits until it ends. Gives its exit code where a person ended it; null where it ended by itself or
 * could not be started, after one line that says so and what would help.
 * @param {string} binary @param {string[]} args @returns {Promise<number | null>}
 */
export async function openElectron(binary, args) {
  let said = ''
  try {
    const code = await run(binary, args, { watchErrors: (text) => (said = (said + text).slice(-LAST_SAID)) })
    if (code === 0 || wasInterrupted(code)) return code
    say(`Electron ended with code ${code}: opening Kalamos in the browser instead. ${remedy(code, said)}`)
  } catch (error) {
    const reason = /** @type {NodeJS.ErrnoException} */ (error).code ?? error
    say(
      `Electron cannot be started (${reason}): opening Kalamos in the browser instead. Delete ` +
        'node_modules/electron/dist to have it downloaded again.',
    )
  }
  return null
}

/**
 * What helps where Electron ended by itself instead of coming up.
 * @param {number} code its exit code; 128 plus a signal's number where one ended it
 * @param {string} said on stderr
 * @param {NodeJS.Platform} [platform]
 */
export function remedy(code, said, platform = process.platform) {
  const library = /(lib[\w.+-]+\.so[\w.]*): cannot open shared object file/.exec(said)?.[1]
  if (library !== undefined)
    return (
      `The system library ${library} is missing. On Debian and Ubuntu: sudo apt install libgtk-3-0 libnss3 ` +
      'libgbm1 libasound2 libxss1.'
    )
  if (platform === 'linux' && /sandbox|userns|user namespace/i.test(said)) return SANDBOX
  // Chromium's sandbox ends the program by SIGTRAP where the system forbids it user namespaces.
  if (platform === 'linux' && code === 128 + 5) return SANDBOX
  if (/Missing X server|cannot open display|Failed to open display|ozone_platform/i.test(said))
    return 'The display of this session cannot be reached: start Kalamos from a desktop session.'
  if (platform === 'win32' && code >= 0xc0000000)
    return 'Windows ended it: look whether a virus scanner blocks it, and whether the graphics driver is up to date.'
  return 'The lines above are its own.'
}

const SANDBOX =
  'The system does not let it build its sandbox, as Ubuntu does from 23.10 on. To allow it until the next ' +
  'restart: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0. An AppArmor profile for the program ' +
  'allows it for good.'

/** @param {string} said */
function firstLine(said) {
  const line =
    said.split('\n').find((each) => /E[A-Z]{4,}|Error:/.test(each)) ??
    said.split('\n').find((each) => each.trim() !== '') ??
    ''
  return (
    line
      .trim()
      .replace(/^\w*Error: /, '')
      .slice(0, 160) || 'no reason given'
  )
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}
