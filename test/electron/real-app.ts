import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test'

const root = join(import.meta.dirname, '../..')
const binary = electronBinary()
const canShow = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])

if (binary === null) console.log('skipped: no Electron binary')

/** The built app in the real Electron, with the real sandbox, which Playwright would switch off on Linux. */
export interface RealApp {
  app: ElectronApplication
  page: Page
  folder: string
  database: string
}

/** Opens the app on the profile and the database in a folder. */
export async function openReal(folder: string): Promise<RealApp> {
  const database = join(folder, 'pens.db')
  const app = await _electron.launch({
    executablePath: binary!,
    chromiumSandbox: true,
    args: [root, `--user-data-dir=${folder}`, `--database=${database}`],
  })
  return { app, page: await app.firstWindow(), folder, database }
}

/** A test with an app of its own; skipped where there is no Electron, and no display. */
export const test = base.extend<{ real: RealApp }>({
  real: async ({ browserName: _ }, use, info) => {
    info.skip(binary === null, 'skipped: no Electron binary')
    info.skip(!canShow, 'skipped: no display')
    const folder = mkdtempSync(join(tmpdir(), 'kalamos-electron-'))
    const real = await openReal(folder)
    await use(real)
    await real.app.close()
    rmSync(folder, { recursive: true })
  },
})
export { expect } from '@playwright/test'

/** Asks the host as the page does, through the preload. */
export function ask(page: Page, name: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    ([request, given]) =>
      (
        Reflect.get(globalThis, 'kalamosTransport') as { request(name: unknown, input: unknown): Promise<unknown> }
      ).request(request, given),
    [name, input] as const,
  )
}

function electronBinary(): string | null {
  try {
    const path = join(
      root,
      'node_modules/electron/dist',
      readFileSync(join(root, 'node_modules/electron/path.txt'), 'utf8').trim(),
    )
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}
