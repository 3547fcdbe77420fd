import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test, type ServedApp } from './served-app.ts'

/** Files of a machine that shows the window, and need not be that of Kalamos. */

let folder: string
test.beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kalamos-here-'))))
test.afterEach(() => rmSync(folder, { recursive: true }))

const line = (label: string) =>
  JSON.stringify({ writer: 'anna', label, rate_hz: 100, channels: ['force'], units: ['N'], samples: [[1], [2], [3]] })
/** What lies in the folders of the host through which files go. */
const held = ({ database }: ServedApp) =>
  readdirSync(join(parse(database).dir, `${parse(database).name}-files`, 'transfers'), {
    recursive: true,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

async function openImport(page: Page, { url }: ServedApp) {
  await page.goto(url)
  await page.keyboard.press('Alt+3')
  await page.getByRole('button', { name: 'Import…' }).first().click()
  return page.getByRole('dialog')
}

test('a file is sent to the host, imported and gone there again; what is exported comes back as a download', async ({
  page,
  served,
}) => {
  const file = join(folder, 'wörter.ndjson')
  writeFileSync(file, [line('Haus'), line('Tinte'), '{"broken"'].join('\n'))
  const dialog = await openImport(page, served)
  await dialog.getByLabel('Files of this computer…').first().setInputFiles(file)
  await expect(dialog.getByLabel('Path of the file or folder')).toHaveValue(/transfers.*wörter\.ndjson$/)
  await expect(dialog.getByText('Detected as NDJSON')).toBeVisible()
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog.getByText('2 recordings imported, 0 were here already.')).toBeVisible()

  const [report] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save what was left out' }).click(),
  ])
  expect(report.suggestedFilename()).toBe('wörter.ndjson.report.txt')
  expect(readFileSync(await report.path(), 'utf8')).not.toBe('')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect.poll(() => held(served)).toEqual([])

  await page.getByRole('button', { name: 'Export…' }).click()
  await dialog.getByLabel('Format: Parquet').click()
  await page.getByRole('option', { name: /^NDJSON/ }).click()
  await dialog.getByRole('button', { name: 'To this computer' }).click()
  await expect(dialog.getByText('It is downloaded by this browser when it is written')).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export', exact: true }).click(),
  ])
  // With its data sheet.
  expect(download.suggestedFilename()).toMatch(/\.zip$/)
  const bytes = readFileSync(await download.path(), 'latin1')
  for (const name of ['recordings.ndjson.gz', 'recordings.ndjson.gz.datasheet.json', 'Labels           2 different'])
    expect(bytes).toContain(name)
  await expect.poll(() => held(served)).toEqual([])
})

test('what is being sent tells how far it is, and can be broken off', async ({ page, served }) => {
  const file = join(folder, 'large.ndjson')
  writeFileSync(file, Buffer.alloc(20_000_000, 'x'))
  const dialog = await openImport(page, served)
  const line = await page.context().newCDPSession(page)
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 200_000,
  })
  await dialog.getByLabel('Files of this computer…').first().setInputFiles(file)
  await expect(dialog.getByText('Sending large.ndjson')).toBeVisible()
  await expect(dialog.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^\d+$/)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByText('or drop them here')).toBeVisible()
  await expect(dialog.getByLabel('Path of the file or folder')).toHaveValue('')
  await expect.poll(() => held(served)).toEqual([])
})

test('what is dropped on the field is sent, and a folder that is chosen keeps how it is laid out', async ({
  page,
  served,
}) => {
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

test('pictures for a training are sent into a folder that stays when the app ends', async ({ page, served }) => {
  mkdirSync(join(folder, 'scans'))
  writeFileSync(join(folder, 'scans', 'Haus.png'), 'x')
  const { dir, name } = parse(served.database)
  const sent = () =>
    readdirSync(join(dir, `${name}-files`, 'pictures'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
  const words = join(folder, 'words.ndjson')
  writeFileSync(words, [line('Haus'), line('Maus')].join('\n'))
  const dialog = await openImport(page, served)
  await dialog.getByLabel('Files of this computer…').first().setInputFiles(words)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await page.locator('tbody tr').first().waitFor()
  await page.goto(`${served.origin}/#/train`)
  const recipe = page.getByRole('region', { name: 'Training method' })
  await recipe.getByRole('radio', { name: 'With word images, in pairs' }).click()
  await recipe.getByText('Settings of this method').click()
  await recipe.getByLabel(/^Pictures of the words/).click()
  await page.getByRole('option', { name: /folder/i }).click()
  await recipe.getByLabel('Folder of this computer…').setInputFiles(join(folder, 'scans'))
  await expect(recipe.getByRole('textbox', { name: /folder/i })).toHaveValue(/pictures.*scans$/)
  expect(sent().map((entry) => entry.name)).toEqual(['Haus.png'])
})

test('what a replay is read from is sent, and gone again when it is read', async ({ page, served }) => {
  const file = join(folder, 'words.ndjson')
  writeFileSync(file, line('Haus'))
  await page.goto(served.url)
  await page.goto(`${served.origin}/#/devices`)
  await page.getByRole('main').getByRole('button', { name: 'Add replay' }).last().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Files of this computer…').first().setInputFiles(file)
  await expect(dialog.getByLabel('Path of an NDJSON file')).toHaveValue(/words\.ndjson$/)
  await dialog.getByRole('button', { name: 'Add and open' }).click()
  await page.getByText('Streaming').waitFor()
  await expect.poll(() => held(served)).toEqual([])
})

test('a backup is fetched by the browser as one file, holds nothing that was on its way, and is restored when it is sent', async ({
  page,
  served,
}) => {
  await page.goto(served.url)
  await page.goto(`${served.origin}/#/settings`)
  await page.getByRole('button', { name: 'Back up', exact: true }).click()
  const making = page.getByRole('dialog', { name: 'Back up everything' })
  await making.getByRole('button', { name: 'To this computer' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    making.getByRole('button', { name: 'Back up', exact: true }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^kalamos-[\d-]+\.zip$/)
  const bytes = readFileSync(await download.path(), 'latin1')
  expect(bytes).toContain('backup.json')
  expect(bytes).not.toContain('transfers/')
  await expect.poll(() => held(served)).toEqual([])

  await making.getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: 'Restore…' }).click()
  const restoring = page.getByRole('dialog', { name: 'Restore a backup' })
  const file = join(folder, download.suggestedFilename())
  await download.saveAs(file)
  await restoring.getByLabel('Files of this computer…').setInputFiles(file)
  await expect(restoring.getByLabel('File of the backup')).toHaveValue(/transfers.*\.zip$/)
  await restoring.getByRole('button', { name: 'Look at it' }).click()
  await restoring.getByRole('button', { name: 'Check and get ready' }).click()
  await expect(page.getByText(/The backup of .* is ready\./)).toBeVisible()
  await expect.poll(() => held(served)).toEqual([])
})

test('the picture of a word and the plot of its signal are saved as pictures', async ({ page, served }) => {
  const file = join(folder, 'words.ndjson')
  writeFileSync(file, line('Haus'))
  const dialog = await openImport(page, served)
  await dialog.getByLabel('Files of this computer…').first().setInputFiles(file)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await page.locator('tbody tr').first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('img', { name: /^Signal of/ }).waitFor()
  await page.getByRole('region', { name: 'Paired image' }).getByRole('img').waitFor()
  for (const [at, name] of [
    [page.getByRole('main'), /Haus.*\.png$/],
    [page.getByRole('region', { name: 'Paired image' }), /^Haus\.png$/],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      at.getByRole('button', { name: 'Save as a picture' }).first().click(),
    ])
    expect(download.suggestedFilename()).toMatch(name)
    expect(
      readFileSync(await download.path())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  }
})
