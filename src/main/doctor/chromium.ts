import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
]
const MAC_APPS = ['Chromium', 'Google Chrome', 'Microsoft Edge']
const WINDOWS_PLACES = [
  'Google/Chrome/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
  'Chromium/Application/chrome.exe',
]

/**
 * A Chromium, Chrome or Edge on this machine that starts, or null. `KALAMOS_CHROMIUM` names one directly.
 * The tests drive it; the app itself needs none.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | null {
  return candidates(environment).find((path) => existsSync(path) && starts(path)) ?? null
}

function candidates(environment: NodeJS.ProcessEnv): string[] {
  const named = environment['KALAMOS_CHROMIUM']
  if (named) return [named]
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean)
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  if (process.platform === 'darwin') {
    const places = ['/Applications', join(homedir(), 'Applications')]
    return [
      ...MAC_APPS.flatMap((app) => places.map((place) => join(place, `${app}.app`, 'Contents/MacOS', app))),
      ...onPath,
    ]
  }
  if (process.platform === 'win32') {
    const places = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => environment[name] ?? [])
    return WINDOWS_PLACES.flatMap((path) => places.map((place) => join(place, path)))
  }
  return onPath
}

/**
 * Some systems put a stub in the place of Chromium that only says how to install it. On Windows asking would open a
 * window.
 */
function starts(path: string): boolean {
  if (process.platform === 'win32') return true
  return spawnSync(path, ['--version'], { timeout: 15_000, stdio: 'ignore' }).status === 0
}
