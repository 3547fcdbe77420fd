import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './served-app.ts'

const digits = join(import.meta.dirname, '../../../shared/data/pen-digits.ndjson.gz')

test('the form of a training stays as it was left, over another page and a reload, and the end of one takes nobody elsewhere', async ({
  page,
  served,
}) => {
  test.skip(!existsSync(digits), 'skipped: real recordings not found')
  await page.goto(served.url)
  await page.keyboard.press('Alt+3')
  await page.getByRole('button', { name: 'Import…' }).first().click()
  await page.getByLabel('Path of the file or folder').fill(digits)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('745 recordings', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Train', exact: true }).click()
  await page.getByLabel('Name of the model').fill('Kept')
  await page.getByRole('combobox', { name: /^Written by/ }).click()
  await page.getByRole('option', { name: 'People, imported' }).click()
  await page.getByRole('combobox', { name: /^Imported from/ }).click()
  await page.getByRole('option', { name: 'pen-digits.ndjson.gz' }).click()
  await page.getByLabel('Epochs', { exact: true }).fill('1')
  await page.getByRole('radio', { name: 'One of a fixed set' }).click()
  await page.getByRole('link', { name: 'Record', exact: true }).click()
  await page.getByRole('link', { name: 'Train', exact: true }).click()
  await expect(page.getByLabel('Name of the model')).toHaveValue('Kept')
  await page.reload()
  await expect(page.getByLabel('Name of the model')).toHaveValue('Kept')
  await expect(page.getByLabel('Epochs', { exact: true })).toHaveValue('1')
  await expect(page.getByRole('combobox', { name: /^Imported from/ })).toContainText('pen-digits.ndjson.gz')
  await page.getByRole('button', { name: 'Start training' }).click()
  await expect(page.getByRole('tab', { name: /^Runs/ })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByText('The training “Kept” has finished.')).toBeVisible({ timeout: 90_000 })
  await expect(page.getByRole('tab', { name: /^Runs/ })).toHaveAttribute('aria-selected', 'true')
})
