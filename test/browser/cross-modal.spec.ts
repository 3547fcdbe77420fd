import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeCorpus } from '../../src/main/corpus/corpus.ts'
import { databaseSink } from '../../src/main/corpus/store-sink.ts'
import { expect, serveApp, test } from './served-app.ts'
import { TRAINING_TEST_MS, watchPlace, workTo } from './watching.ts'

/**
 * From a recipe on the page to the picture of the shared embedding, with words of virtual writers and a tiny image
 * network.
 */
test("a cross-modal training is started on the page; both networks' curves and the embedding they share appear", async ({
  page,
}) => {
  test.setTimeout(TRAINING_TEST_MS)
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-cross-'))
  const database = join(folder, 'kalamos.db')
  await writeCorpus({ words: ['Ei', 'Ast', 'Tal'], writers: 2, perWriter: 6, seed: 3 }, databaseSink(database))
  const served = await serveApp(database)
  try {
    await page.goto(served.url)
    await page.goto(`${served.origin}/#/train`)
    const recipe = page.getByRole('region', { name: 'Training method' })
    await recipe.getByRole('radio', { name: 'With word images, in pairs' }).click()
    await recipe.getByText('Settings of this method').click()
    await expect(recipe.getByText('value as published').first()).toBeVisible()

    // A combination that does not fit is named, and cannot be started.
    const projection = recipe.getByLabel('Size of the shared embedding')
    await projection.fill('')
    await expect(page.getByText('they cannot be compared')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Start training' })).toBeDisabled()
    await projection.fill('8')

    await recipe.getByLabel(/^Size: /).click()
    await page.getByRole('option', { name: /Tiny/ }).click()
    await recipe.getByLabel(/^Pictures of the words/).click()
    await page.getByRole('option', { name: /Strokes of virtual recordings/ }).click()
    await recipe.getByLabel('Training steps beforehand').fill('3')
    await recipe.getByLabel('Pictures per step').fill('4')
    await recipe.getByLabel('Pictures per word', { exact: true }).fill('2')
    await page.getByLabel('Epochs', { exact: true }).fill('2')
    await expect(page.getByText('of all 3 labels')).toBeVisible()
    await page.getByRole('button', { name: 'Start training' }).click()
    const run = page.getByRole('article')
    const places = await watchPlace(run.getByRole('button', { name: 'Cancel' }))
    await workTo(run.getByText('Finished'), run)
    expect(await places(), 'where the button that cancels it was').toHaveLength(1)
    await expect(page.getByRole('img', { name: /^Distance of pairs: .*same word: from/ })).toBeVisible()
    await expect(page.getByRole('img', { name: /^Image network alone/ })).toBeVisible()
    const picture = page.getByRole('figure', { name: /^Shared embedding of/ })
    await expect(
      picture.getByText('recordings lie nearest to a picture of their own word', { exact: false }),
    ).toBeVisible()
    const plot = picture.getByRole('application')
    await expect(picture.getByText('After epoch 2')).toBeVisible()
    const drawing = plot.locator('svg')
    const whole = (await drawing.getAttribute('data-view')) ?? ''
    await plot.focus()
    await page.keyboard.press('+')
    await page.keyboard.press('ArrowLeft')
    await expect(drawing).not.toHaveAttribute('data-view', whole)
    await page.keyboard.press('0')
    await expect(drawing).toHaveAttribute('data-view', whole)
    await page.keyboard.press('n')
    await expect(picture.getByText(/by virtual \d+, recording \d+; nearest: a picture of/)).toBeVisible()
    await picture.getByRole('button', { name: 'Only “Ei”' }).click()
    await expect(picture.getByRole('button', { name: 'Only “Ei”' })).toHaveAttribute('aria-pressed', 'true')
  } finally {
    await served.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('labels of own pictures that are in Windows-1252 are read so at the press of a button, once they are shown', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-pictures-'))
  const database = join(folder, 'kalamos.db')
  await writeCorpus({ words: ['Maß', 'Ei'], writers: 2, perWriter: 4, seed: 3 }, databaseSink(database))
  writeFileSync(join(folder, '1.png'), '')
  writeFileSync(join(folder, 'labels.csv'), Buffer.from('1.png;Ma\xdf\n', 'latin1'))
  const served = await serveApp(database)
  try {
    await page.goto(served.url)
    await page.goto(`${served.origin}/#/train`)
    const recipe = page.getByRole('region', { name: 'Training method' })
    await recipe.getByRole('radio', { name: 'With word images, in pairs' }).click()
    await recipe.getByText('Settings of this method').click()
    await recipe.getByLabel(/^Pictures of the words/).click()
    await page.getByRole('option', { name: /folder/i }).click()
    await recipe.getByLabel('Path of the folder').fill(folder)
    await expect(page.getByText('Read as Windows-1252 it says “Maß”.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Start training' })).toBeDisabled()
    await page.getByRole('button', { name: 'Read as Windows-1252' }).click()
    await expect(page.getByText('of 1 of 2 labels, the others in handwriting fonts')).toBeVisible()
    await expect(recipe.getByLabel(/^Text encoding/)).toContainText('Windows-1252')
    await expect(page.getByRole('button', { name: 'Start training' })).toBeEnabled()
  } finally {
    await served.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
