import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test, type ServedApp } from './served-app.ts'

/** Files of a machine that shows the window, and need not be that of Kalamos. */

let folder: string
test.beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kalamos-here-'))))
test.afterEach(() => rmSync(folder, { recursive: true }))

const line = (label: string) => JSON.stringify({ writer: 'anna', label, rate_hz: 100, channels: ['force'], units: ['N'], samples: [[1], [2], [3]] })
/** What lies in the folders of the host through which files go. */
const held = ({ database }: ServedApp) => readdirSync(join(parse(database).dir, `${parse(database).name}-files`, 'transfers'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name)

async function openImport(page: Page, { url }: ServedApp) {
  await page.goto(url)
  await page.keyboard.press('Alt+3')
  await page.getByRole('button', { name: 'Import…' }).first().click()
  return page.getByRole('dialog')
}

test('a file is sent to the host, imported and gone there again; what is exported comes back as a download', async ({ page, served }) => {
  const file = join(folder, 'wörter.ndjson')
  writeFileSync(file, [line('Haus'), line('Tinte'), '{"broken"'].join('\n'))
  const dialog = await openImport(page, served)
  await dialog.getByLabel('Files of this computer…').first().setInputFiles(file)
  await expect(dialog.getByLabel('Path of the file or folder')).toHaveValue(/transfers.*wörter\.ndjson$/)
  await expect(dialog.getByText('Detected as NDJSON')).toBeVisible()
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog.getByText('2 recordings imported, 0 were here already.')).toBeVisible()

  const [report] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save what was left out' }).click()])
  expect(report.suggestedFilename()).toBe('wörter.ndjson.report.txt')
  expect(readFileSync(await report.path(), 'utf8')).not.toBe('')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect.poll(() => held(served)).toEqual([])

  await page.getByRole('button', { name: 'Export…' }).click()
  await dialog.getByLabel('Format: Parquet').click()
  await page.getByRole('option', { name: /^NDJSON/ }).click()
  await dialog.getByRole('button', { name: 'To this computer' }).click()
  await expect(dialog.getByText('It is downloaded by this browser when it is written')).toBeVisible()
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Export', exact: true }).click()])
  // With its data sheet.
  expect(download.suggestedFilename()).toMatch(/\.zip$/)
  const bytes = readFileSync(await download.path(), 'latin1')
  for (const name of ['recordings.ndjson.gz', 'recordings.ndjson.gz.datasheet.json', 'Labels           2 different']) expect(bytes).toContain(name)
  await expect.poll(() => held(served)).toEqual([])
})

test('what is being sent tells how far it is, and can be broken off', async ({ page, served }) => {
  const file = join(folder, 'large.ndjson')
  writeFileSync(file, Buffer.alloc(20_000_000, 'x'))
  const dialog = await openImport(page, served)
  const line = await page.context().newCDPSession(page)
  await line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 200_000 })
  await dialog.getByLabel('Files of this computer…').first().setInputFiles(file)
  await expect(dialog.getByText('Sending large.ndjson')).toBeVisible()
  await expect(dialog.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^\d+$/)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByText('or drop them here')).toBeVisible()
  await expect(dialog.getByLabel('Path of the file or folder')).toHaveValue('')
  await expect.poll(() => held(served)).toEqual([])
})

test('what is dropped on the field is sent, and a folder that is chosen keeps how it is laid out', async ({ page, served }) => {
  const dialog = await openImport(page, served)
  const dropped = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'dropped.ndjson'))
    return transfer
  }, line('Feder'))
  await dialog.getByLabel('Path of the file or folder').dispatchEvent('drop', { dataTransfer: dropped })
  await expect(dialog.getByLabel('Path of the file or folder')).toHaveValue(/dropped\.ndjson$/)
  await expect(dialog.getByText('Detected as NDJSON')).toBeVisible()

  mkdirSync(join(folder, 'set', 'inner'), { recursive: true })
  writeFileSync(join(folder, 'set', 'inner', 'a.txt'), 'x')
  writeFileSync(join(folder, 'set', 'b.txt'), 'x')
  await dialog.getByLabel('Folder of this computer…').first().setInputFiles(join(folder, 'set'))
  await expect(dialog.getByLabel('Path of the file or folder')).toHaveValue(/\/set$/)
  await expect.poll(() => held(served).sort(), 'what was sent before is gone').toEqual(['a.txt', 'b.txt'])
})
