import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test, type ElectronApplication } from '@playwright/test'

const root = join(import.meta.dirname, '../..')
const binary = electronBinary()
const canShow = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])

if (binary === null) console.log('skipped: no Electron binary')
test.skip(binary === null, 'skipped: no Electron binary')
test.skip(!canShow, 'skipped: no display')

let folder: string
let app: ElectronApplication

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-electron-'))
  app = await launch()
})
test.afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

function launch(): Promise<ElectronApplication> {
  return _electron.launch({ executablePath: binary!, args: [root, `--user-data-dir=${folder}`, `--database=${join(folder, 'pens.db')}`] })
}

test('the app opens on its own scheme, without Node in the page', async () => {
  const page = await app.firstWindow()
  expect(page.url()).toMatch(/^kalamos:\/\/app\//)
  await expect(page.getByRole('navigation').first()).toBeVisible()
  expect(await page.evaluate(() => [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')])).toEqual(['undefined', 'undefined'])
})

test('the page asks the host through the preload, and the host checks what it is asked', async () => {
  const page = await app.firstWindow()
  const ask = (name: string, input: unknown) =>
    page.evaluate(
      ([request, given]) => (Reflect.get(globalThis, 'kalamosTransport') as { request(name: unknown, input: unknown): Promise<unknown> }).request(request, given),
      [name, input] as const,
    )
  expect(await ask('system.info', {})).toMatchObject({ output: { door: 'window', databasePath: join(folder, 'pens.db') } })
  expect(await ask('devices.open', {})).toMatchObject({ error: { code: 'invalid-input' } })
  expect(await ask('no.such', {})).toMatchObject({ error: { code: 'invalid-input' } })
})

test('the page cannot leave, open windows, or load from elsewhere', async () => {
  const page = await app.firstWindow()
  await page.evaluate(() => void Reflect.get(globalThis, 'open')('https://example.org/'))
  await page.evaluate(() => Reflect.set(Reflect.get(globalThis, 'location') as object, 'href', 'https://example.org/'))
  await page.waitForTimeout(300)
  expect(app.windows()).toHaveLength(1)
  expect(page.url()).toMatch(/^kalamos:\/\/app\//)
  expect(await page.evaluate(() => fetch('https://example.org/').then(() => 'reached', () => 'refused'))).toBe('refused')
})

test('quitting lets go of the database', async () => {
  await app.firstWindow()
  await app.close()
  app = await launch()
  expect((await app.firstWindow()).url()).toMatch(/^kalamos:\/\/app\//)
})

function electronBinary(): string | null {
  try {
    const path = join(root, 'node_modules/electron/dist', readFileSync(join(root, 'node_modules/electron/path.txt'), 'utf8').trim())
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}
