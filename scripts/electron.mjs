// @ts-check
// Whether the Electron app can be opened here, and its binary.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, runTool } from './node.mjs'
import { say } from './say.mjs'

const DOWNLOAD_MS = 180_000
const folder = join(root, 'node_modules', 'electron')

/** The Electron binary that is there, or null. */
export function installedElectron() {
  const name = readIfThere(join(folder, 'path.txt'))
  if (name === null) return null
  const binary = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name)
  return existsSync(binary) ? binary : null
}

/**
 * The Electron binary, downloaded where it is missing, or the reason why there is none to be opened.
 * @returns {Promise<{ binary: string } | { reason: string }>}
 */
export async function findElectron() {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return { reason: 'there is no display' }
  if (process.platform === 'linux' && process.getuid?.() === 0) return { reason: 'Electron does not run its sandbox as root' }
  const installed = installedElectron()
  if (installed !== null) return { binary: installed }
  say('Downloading Electron, once …')
  let said = ''
  const code = await runTool('electron/install.js', [], { collect: (text) => (said += text), timeoutMs: DOWNLOAD_MS })
  const binary = installedElectron()
  if (code === 0 && binary !== null) return { binary }
  return { reason: `Electron cannot be downloaded (${code === 143 ? `not done after ${DOWNLOAD_MS / 1000} s` : cause(said)})` }
}

/** The line of a stack that says what went wrong. @param {string} said */
function cause(said) {
  const line = said.split('\n').find((each) => /E[A-Z]{4,}|Error:/.test(each)) ?? said.split('\n')[0] ?? ''
  return line.trim().replace(/^\w*Error: /, '').slice(0, 160) || 'no reason given'
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}
