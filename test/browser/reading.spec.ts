import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { modelFor } from '../../bench/live/model.ts'
import { createApp } from '../../src/main/app/app.ts'
import { openReading, serveReading } from './reading-app.ts'
import { expect, serveApp, test } from './served-app.ts'
import { watchFor, watchPlace } from './watching.ts'

test('reading is set and calibrated in the window; doubtful words are offered, chosen by number, copied, kept after the stop, cleared and brought back', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-reading-'))
  writeFileSync(join(folder, 'own.txt'), 'Kalamos\nGriffel\n')
  writeFileSync(join(folder, 'book.txt'), 'Der Griffel schreibt.')
  const served = await serveReading(folder)
  try {
    await openReading(page, served)
    await expect(page.getByText(/^425,650 words come with the app, 0 are your own/)).toBeVisible()

    await page.getByRole('button', { name: 'Own words' }).click()
    const own = page.getByRole('dialog', { name: 'Own words' })
    await own.getByLabel('Replace by a file').fill(join(folder, 'nothing.txt'))
    await own.getByRole('button', { name: 'Use this file' }).click()
    await expect(own.getByText(/nothing\.txt cannot be read/)).toBeVisible()
    await own.getByLabel('Replace by a file').fill(join(folder, 'own.txt'))
    await own.getByRole('button', { name: 'Use this file' }).click()
    await expect(own.getByLabel('Your words')).toHaveValue('Kalamos\nGriffel')
    await own.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(own).toBeHidden()

    await page.getByRole('button', { name: 'How words are read' }).click()
    const settings = page.getByRole('dialog', { name: 'How words are read' })
    await settings.getByLabel('Text that teaches').fill(folder)
    await settings.getByRole('button', { name: 'Browse' }).last().click()
    await settings.getByRole('button', { name: 'book.txt' }).click()
    await settings.getByRole('button', { name: 'Use this file' }).click()
    await expect(settings.getByText(/^book\.txt, 3 words/)).toBeVisible()
    await settings.getByLabel('Show alternatives below').fill('100')
    await settings.getByLabel('New line after').fill('0.3')
    await settings.getByRole('button', { name: 'Save' }).click()
    await expect(settings).toBeHidden()
    const lexicon = page.getByRole('checkbox', {
      name: /^Prefer words of the lexicon 425,650 words come with the app, 2 are your own/,
    })
    await expect(lexicon, 'the lexicon by default').toBeChecked()
    await lexicon.uncheck()

    await page.locator('[aria-label^="Writer"]').click()
    await page.getByRole('option', { name: 'w01' }).click()
    await page.getByRole('button', { name: 'Start reading' }).click()
    await expect(page.getByRole('status', { name: 'Lexicon' })).toHaveText('Read without the lexicon.')
    await page.getByRole('button', { name: 'Segmentation', exact: true }).click()
    const calibration = page.getByRole('dialog', { name: 'Measure the segmentation thresholds' })
    const lifted = await watchFor(page, 'Lift the pen and hold it still…')
    const places = await watchPlace(calibration.getByRole('button', { name: 'Cancel' }))
    await calibration.getByRole('button', { name: 'Start' }).click()
    await lifted()
    const use = calibration.getByRole('button', { name: 'Use these' })
    await expect(use).toBeEnabled()
    expect(await places(), 'where the button that cancels it was').toHaveLength(1)
    await use.click()
    await expect(page.getByText(/^Saved in the profile/).first()).toBeVisible()

    const text = page.getByRole('region', { name: 'Text' })
    const word = page.getByRole('region', { name: 'Last word' })
    const words = text.locator('button[aria-pressed]')
    await expect(words).toHaveCount(2)
    await expect(words.last()).toHaveText(/^\S+ \/ \S+/)
    await expect(word.getByText('Not sure enough to guess: choose the right word.')).toBeVisible()
    const second = await word
      .getByRole('list', { name: 'What it could be' })
      .getByRole('button')
      .nth(1)
      .locator('span')
      .first()
      .innerText()
    await page.keyboard.press('2')
    await expect(words.last()).toHaveText(second)
    await expect(word.getByText('Saved as a recording of the writer.')).toBeVisible()

    await page.getByRole('button', { name: 'Stop reading' }).click()
    await expect(text.getByText('Stopped; the text stays')).toBeVisible()
    await text.getByRole('button', { name: 'Copy' }).click()
    const shown = await words.allInnerTexts()
    const meant = shown.map((one) => one.split(' / ')[0]!)
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(meant.join('\n'))

    await text.getByRole('button', { name: 'Clear' }).click()
    await expect(words).toHaveCount(0)
    await page.keyboard.press('Backspace')
    await expect(words).toHaveText(shown)
  } finally {
    await served.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a pen that no model fits says why, and leads to a training', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-unfit-'))
  const database = join(folder, 'kalamos.db')
  const recordings = join(folder, 'still.ndjson')
  // Long enough to be played while somebody looks; without a force channel.
  const samples = Array.from({ length: 6000 }, () => [0, 0, 1, 0, 0, 0])
  const channels = ['acc_x', 'acc_y', 'acc_z', 'gyro_x', 'gyro_y', 'gyro_z']
  writeFileSync(
    recordings,
    JSON.stringify({
      id: 'r1',
      writer: 'w01',
      label: 'a',
      device: 'test',
      rate_hz: 100,
      channels,
      units: ['g', 'g', 'g', 'deg/s', 'deg/s', 'deg/s'],
      samples,
    }),
  )
  const before = await createApp({ databasePath: database, entryPoint: 'terminal' })
  await modelFor(before)
  await before.close()
  const served = await serveApp(database)
  try {
    await page.goto(served.url)
    await page.getByRole('main').getByRole('button', { name: 'Add replay' }).last().click()
    await page.getByLabel('Path of an NDJSON file').fill(recordings)
    await page.getByRole('button', { name: 'Add and open' }).click()
    await page.getByText('Streaming').waitFor()
    await page.goto(`${served.origin}/#/recognise`)
    await expect(page.getByText('No model fits this pen.')).toBeVisible()
    await expect(
      page.getByRole('listitem').filter({ hasText: /: The model needs .*force.*, which this pen does not have\./ }),
    ).toBeVisible()
    await expect(page.getByRole('button', { name: 'Start reading' })).toBeDisabled()
    await page.getByRole('link', { name: 'Train one from recordings of this pen' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Train' })).toBeVisible()
  } finally {
    await served.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
