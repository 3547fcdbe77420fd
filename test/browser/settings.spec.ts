import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './served-app.ts'

test('language and colours are chosen on the settings page, and stay over a reload', async ({ page, served }) => {
  await page.goto(served.url)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: 'Dark' }).click()
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await expect.poll(ground).toBe('rgb(20, 23, 29)')
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked()
  await expect.poll(ground).toBe('rgb(20, 23, 29)')
  await page.getByRole('radio', { name: 'Deutsch' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Einstellungen' })).toBeVisible()
  await page.getByRole('button', { name: 'Zurück zu den üblichen Einstellungen' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await expect(page.getByRole('radio', { name: 'System', exact: true }).last()).toBeChecked()
})

test('a backup is made and laid ready to be restored, and what was said of it can be read after a reload', async ({
  page,
  served,
}) => {
  const place = join(mkdtempSync(join(tmpdir(), 'kalamos-saved-')), 'all.zip')
  await page.goto(served.url)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Back up', exact: true }).click()
  const making = page.getByRole('dialog', { name: 'Back up everything' })
  await making.getByLabel('New file').fill(place)
  await page.keyboard.press('Enter')
  await expect(making.getByText(`The backup is made and checked: ${place}`)).toBeVisible()
  await making.getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: 'Restore…' }).click()
  const restoring = page.getByRole('dialog', { name: 'Restore a backup' })
  await restoring.getByLabel('File of the backup').fill(place)
  await page.keyboard.press('Enter')
  await expect(restoring.getByText('At the next start, this replaces what Kalamos contains now.')).toBeVisible()
  await restoring.getByRole('button', { name: 'Check and get ready' }).click()
  await expect(page.getByText(/The backup of .* is ready\./)).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: /^Messages/ }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'The backup is ready' }).first()).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Do not restore' }).click()
  await expect(page.getByText(/The backup of .* is ready\./)).toBeHidden()
})

test.describe('in German', () => {
  test.use({ locale: 'de-DE' })

  test('a folder that is no backup is refused with the reason and the way out', async ({ page, served }) => {
    const place = mkdtempSync(join(tmpdir(), 'kalamos-empty-'))
    await page.goto(served.url)
    await page.getByRole('link', { name: 'Einstellungen' }).click()
    await page.getByRole('button', { name: 'Wiederherstellen …' }).click()
    const restoring = page.getByRole('dialog', { name: 'Eine Sicherung wiederherstellen' })
    await restoring.getByLabel('Datei der Sicherung').fill(place)
    await page.keyboard.press('Enter')
    const alert = restoring.getByRole('alert')
    await expect(alert).toContainText(`${place} ist keine Sicherung von Kalamos: Es fehlt das Inhaltsverzeichnis.`)
    await expect(alert).toContainText('Die Zip-Datei einer Sicherung nennen oder den Ordner, in dem backup.json liegt.')
  })
})

test('every page explains itself at a key, and licences are a click away', async ({ page, served }) => {
  await page.goto(served.url)
  await page.keyboard.press('Alt+4')
  await page.keyboard.press('F1')
  await expect(page.getByRole('dialog', { name: 'Help: Train' })).toContainText(
    'Let a model learn from recordings with labels.',
  )
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+8')
  await page.getByRole('button', { name: 'What is this page for?' }).click()
  await expect(page.getByRole('dialog', { name: 'Help: Settings' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Licences' }).click()
  const licences = page.getByRole('dialog', { name: 'Licences' })
  await licences.getByLabel('Search').fill('svelte')
  await licences
    .locator('summary')
    .filter({ hasText: /^svelte \d/ })
    .click()
  await expect(licences.locator('li details[open]')).toContainText('Permission is hereby granted')
})
