import type { Page } from '@playwright/test'
import { expect, test } from './served-app.ts'

/**
 * Lets the page take the host for one with dialogs of the system, in which a person chooses `path`; all else is the
 * real host.
 */
async function asWindow(page: Page, path: string | null): Promise<{ asked: unknown[] }> {
  const asked: unknown[] = []
  await page.routeWebSocket(/.*/, (socket) => {
    const host = socket.connectToServer()
    host.onMessage((message) => socket.send(String(message).replace('"entryPoint":"browser"', '"entryPoint":"window"')))
    socket.onMessage((message) => {
      const { id, request, input } = JSON.parse(String(message)) as { id: number; request?: string; input: unknown }
      if (request !== 'exchange.choose') return host.send(message)
      asked.push(input)
      socket.send(JSON.stringify({ id, output: { path } }))
    })
  })
  return { asked }
}

test('in a window of the machine itself, paths are chosen in dialogs of the system', async ({ page, served }) => {
  const { asked } = await asWindow(page, '/home/anna/words.ndjson')
  await page.goto(served.url)
  await page.keyboard.press('Alt+3')
  await page.getByRole('button', { name: 'Import…' }).first().click()
  const dialog = page.getByRole('dialog')
  const field = dialog.getByLabel('Path of the file or folder')
  await expect(dialog.getByRole('button', { name: 'Browse' })).toHaveCount(0)
  await field.fill('/home/anna')
  await dialog.getByRole('button', { name: 'Choose folder…' }).click()
  await expect(field).toHaveValue('/home/anna/words.ndjson')
  await field.fill('')
  await dialog.getByRole('button', { name: 'Choose file…' }).click()
  await expect(field).toHaveValue('/home/anna/words.ndjson')
  expect(asked).toEqual([{ what: 'folder', path: '/home/anna' }, { what: 'file' }])
})

test('what is to be written is named in the dialog for that, and stays as it was where it is left', async ({
  page,
  served,
}) => {
  const { asked } = await asWindow(page, null)
  await page.goto(served.url)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Back up', exact: true }).click()
  const making = page.getByRole('dialog', { name: 'Back up everything' })
  const field = making.getByLabel('New file')
  await expect(field).toHaveValue(/kalamos-[\d-]+\.zip$/)
  const proposed = await field.inputValue()
  await making.getByRole('button', { name: 'Choose…' }).click()
  await expect.poll(() => asked).toEqual([{ what: 'new', path: proposed }])
  await expect(field).toHaveValue(proposed)
})
