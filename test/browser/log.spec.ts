import { appendFileSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './served-app.ts'

/** The control of a dialog that has the focus, by its name. */
function nameOfFocus(): string {
  const focused = document.activeElement
  if (!focused?.closest('[role=dialog]')) return 'outside'
  return focused.getAttribute('aria-label') ?? focused.textContent?.trim() ?? ''
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Log' })

test('the log can be read, filtered and copied, and says where it is', async ({ page, served, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(served.url)
  await page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last().click()
  await page.getByRole('button', { name: 'Add and open' }).click()
  await expect(page.getByText('Streaming')).toBeVisible()

  await page.getByRole('button', { name: 'Log', exact: true }).click()
  const entries = dialog(page).getByRole('region', { name: 'Entries of the log' })
  await expect(entries.getByText('a device is open: kind=virtual codec=pen-frame').last()).toBeVisible()
  await expect(entries.getByText(`database=${served.database}`)).toHaveCount(1)

  await dialog(page).getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(page.getByText('The log was copied.')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^\S+Z info pens browser:\d+ a device is open: kind=virtual codec=pen-frame$/m)
  await dialog(page).getByRole('button', { name: 'Copy the path' }).click()
  await expect(page.getByText('The path was copied.')).toBeVisible()
  const path = await page.evaluate(() => navigator.clipboard.readText())
  expect(readFileSync(path, 'utf8')).toContain('a device is open')

  // All apps of this run write the same log: what is looked for names this one.
  const line = `what another entry point writes comes by itself: port=${served.port}`
  appendFileSync(path, `2027-01-31T12:00:00.000Z warn pens window:1 ${line}\n`)
  await expect(entries.getByText(line)).toBeVisible()
  await dialog(page).getByRole('radio', { name: 'Errors' }).click()
  await expect(entries.getByText('a device is open')).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await expect(dialog(page).getByRole('radio', { name: 'Warnings' })).toBeChecked()
  // Tab goes round in the dialog, also past a button whose tooltip shows; the page behind never has the focus.
  const stops = new Set<string>()
  for (let press = 0; press < 14; press++) {
    await page.keyboard.press('Tab')
    stops.add(await page.evaluate(nameOfFocus))
  }
  expect(stops).not.toContain('outside')
  expect(stops.size).toBe(6)
  // A browser cannot open folders of the machine that Kalamos runs on.
  await expect(dialog(page).getByRole('button', { name: 'Open folder' })).toHaveCount(0)
  // Escape closes the dialog at once, also where a tooltip shows in it.
  await dialog(page).getByRole('button', { name: 'Reload' }).hover()
  await expect(page.locator('[data-tooltip-content]')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
})
