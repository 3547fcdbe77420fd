import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, serveApp, test } from './served-app.ts'

const STOP = 'Please stop writing'

/** A virtual pen writes for w01, a word after each press of Next; the writer has a window of their own. */
async function sessionInTwoWindows(page: Page): Promise<Page> {
  await page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last().click()
  await page.getByRole('button', { name: 'Add and open' }).click()
  await expect(page.getByText('Streaming')).toBeVisible()
  await page.keyboard.press('Alt+2')
  await page.getByLabel('Pseudonym').fill('w01')
  await page.getByRole('button', { name: 'Create writer' }).click()
  await page.getByRole('radio', { name: 'Own words' }).click()
  await page
    .getByRole('textbox', { name: 'Own words' })
    .fill(Array.from({ length: 40 }, (_, i) => `Tinte ${i}`).join('\n'))
  await page.getByRole('button', { name: /^Start with/ }).click()
  const [writer] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Prompt in its own window' }).click(),
  ])
  await expect(writer.getByText('/ 40')).toBeVisible()
  await expect(page.getByText(/^[1-9]\d* words? recorded$/).first()).toBeVisible()
  return writer
}

test('a host that dies while it records is told in every window at once, and found again without a new address', async ({
  page,
}) => {
  const served = await serveApp()
  await page.goto(served.url)
  const writer = await sessionInTwoWindows(page)
  await served.kill()

  await expect(writer.getByText(STOP)).toBeVisible()
  await expect(page.getByText(STOP)).toBeVisible()
  await expect(
    page.getByText('It is not known whether anything is being recorded: the writer should stop.'),
  ).toBeVisible()
  await expect(page.getByRole('contentinfo').getByText('Recording: not known')).toBeVisible()
  await expect(page.getByRole('contentinfo').getByText('Pens: not known')).toBeVisible()
  await expect(page.getByRole('main').getByRole('button', { name: /^Stop/ })).toBeDisabled()
  await page.keyboard.press('Alt+4')
  await expect(page.getByRole('button', { name: 'Start training' })).toBeDisabled()
  await page.keyboard.press('Alt+5')
  await expect(page.getByRole('heading', { level: 1, name: 'Recognise' })).toBeVisible()
  await expect(page.getByRole('main').locator('button:enabled')).toHaveCount(0)
  await page.keyboard.press('Alt+2')

  const again = await serveApp(served.database)
  expect(again.port).toBe(served.port)
  const told = page.getByRole('region', { name: /^The session was interrupted/ })
  await expect(told.getByText(/of 40 words of w01 (is|are) complete/)).toBeVisible()
  await expect(page.getByText(STOP)).toBeHidden()
  await expect(page.getByRole('contentinfo').getByText('Not recording')).toBeVisible()
  await expect(writer.getByText('The recording was interrupted.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Sessions that were interrupted' }).getByText('w01')).toBeVisible()
  // What the window got anew lasts over a reload.
  await page.reload()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await again.stop()
  rmSync(dirname(served.database), { recursive: true })
})

test('a host that stands still is told, and that it goes on', async ({ page, served }) => {
  await page.goto(served.url)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  served.signal('SIGSTOP')
  await expect(page.getByText('It is not known whether anything is being recorded.')).toBeVisible()
  await expect(page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last()).toBeDisabled()
  served.signal('SIGCONT')
  await expect(page.getByText('Kalamos answers again.')).toBeVisible()
  await expect(page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last()).toBeEnabled()
})
