import { readFileSync } from 'node:fs'
import { ask, expect, openReal, test } from './real-app.ts'

test('the app opens on its own scheme, without Node in the page', async ({ real: { page } }) => {
  expect(page.url()).toMatch(/^kalamos:\/\/app\//)
  await expect(page.getByRole('navigation').first()).toBeVisible()
  expect(
    await page.evaluate(() => [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')]),
  ).toEqual(['undefined', 'undefined'])
})

test('the page runs in the sandbox of the system', async ({ real: { app, page } }) => {
  await expect(page.getByRole('navigation').first()).toBeVisible()
  const { pid, sandboxed, switchedOff } = await app.evaluate((electron) => {
    const pid = electron.BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId()
    const sandboxed = electron.app.getAppMetrics().find((process) => process.pid === pid)?.sandboxed
    return { pid, sandboxed, switchedOff: electron.app.commandLine.hasSwitch('no-sandbox') }
  })
  expect(switchedOff).toBe(false)
  // Linux does not say it there; a process that its filter of system calls confines has 2 here.
  if (process.platform === 'linux') expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s*2$/m)
  else expect(sandboxed).toBe(true)
})

test('the page asks the host through the preload, and the host checks what it is asked', async ({
  real: { page, database },
}) => {
  expect(await ask(page, 'system.info', {})).toMatchObject({ output: { entryPoint: 'window', databasePath: database } })
  expect(await ask(page, 'devices.open', {})).toMatchObject({ error: { code: 'invalid-input' } })
  expect(await ask(page, 'no.such', {})).toMatchObject({ error: { code: 'invalid-input' } })
})

test('the page cannot leave, open windows, or load from elsewhere', async ({ real: { app, page } }) => {
  const prevented = await app.evaluateHandle(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!
    return {
      whether: new Promise<boolean>((resolve) =>
        webContents.once('will-navigate', (event) => setImmediate(() => resolve(event.defaultPrevented))),
      ),
    }
  })
  expect(await page.evaluate(() => Reflect.get(globalThis, 'open')('https://example.org/') as unknown)).toBeNull()
  await page.evaluate(() => Reflect.set(Reflect.get(globalThis, 'location') as object, 'href', 'https://example.org/'))
  expect(await prevented.evaluate(({ whether }) => whether)).toBe(true)
  expect(app.windows()).toHaveLength(1)
  expect(page.url()).toMatch(/^kalamos:\/\/app\//)
  expect(
    await page.evaluate(() =>
      fetch('https://example.org/').then(
        () => 'reached',
        () => 'refused',
      ),
    ),
  ).toBe('refused')
})

test("the writer's window opens, as confined as the operator's, and closes with it", async ({
  real: { app, page },
}) => {
  const opened = app.waitForEvent('window')
  await page.evaluate(() => void Reflect.get(globalThis, 'open')('#/prompt'))
  const prompt = await opened
  expect(prompt.url()).toBe('kalamos://app/index.html#/prompt')
  expect(await prompt.evaluate(() => typeof Reflect.get(globalThis, 'require'))).toBe('undefined')
  expect(await ask(prompt, 'system.info', {})).toMatchObject({ output: { entryPoint: 'window' } })
  const closed = prompt.waitForEvent('close')
  await app.evaluate(({ BrowserWindow }) => {
    const operators = BrowserWindow.getAllWindows().find(
      ({ webContents }) => !webContents.getURL().endsWith('#/prompt'),
    )!
    setImmediate(() => operators.close())
  })
  await closed
})

test('quitting lets go of the database', async ({ real: { app, folder } }) => {
  await app.close()
  const again = await openReal(folder)
  expect(again.page.url()).toMatch(/^kalamos:\/\/app\//)
  await again.app.close()
})
