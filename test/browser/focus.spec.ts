import type { Page } from '@playwright/test'
import { expect, test } from './served-app.ts'

const focused = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      document.activeElement?.id ||
      document.activeElement?.getAttribute('aria-label') ||
      document.activeElement?.textContent?.trim() ||
      'nothing',
  )

test('Enter does what a dialog is for, and the focus is where the dialog was opened from afterwards', async ({
  page,
  served,
}) => {
  await page.goto(served.url)
  await page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: /virtual pen/i })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Streaming')).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect.poll(() => focused(page)).toBe('Add virtual pen')
})

test('the focus comes back to a button that its own work has disabled, and goes along to another page', async ({
  page,
  served,
}) => {
  await page.goto(served.url)
  const again = page.getByRole('button', { name: 'Check again' })
  await expect(again).toBeEnabled()
  await again.focus()
  await page.keyboard.press('Enter')
  await expect(again).toBeEnabled()
  await expect(again).toBeFocused()
  await page.keyboard.press('Alt+4')
  await expect(page.getByRole('heading', { level: 1, name: 'Train' })).toBeVisible()
  await expect.poll(() => focused(page)).toBe('content')
})

test('the focus goes to the next row where one is deleted', async ({ page, served }) => {
  await page.goto(served.url)
  const pens = page.getByRole('main').getByRole('article')
  for (const count of [1, 2]) {
    await page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).first().click()
    await page.getByRole('button', { name: 'Add and open' }).click()
    await expect(pens).toHaveCount(count)
    await expect(page.getByRole('dialog')).toBeHidden()
  }
  const second = await pens.nth(1).getAttribute('aria-label')
  await pens
    .first()
    .getByRole('button', { name: /^More for/ })
    .focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Remove' }).press('Enter')
  await expect(pens).toHaveCount(1)
  await expect
    .poll(() =>
      page.evaluate(() => document.activeElement?.closest('article')?.getAttribute('aria-label') ?? 'nothing'),
    )
    .toBe(second)
})
