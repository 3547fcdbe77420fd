import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, serveApp, test } from './served-app.ts'
import { drawn, watchFor, watchPlace } from './watching.ts'

const digits = join(import.meta.dirname, '../../../shared/data/pen-digits.ndjson.gz')
const PAGES = ['Devices', 'Record', 'Recordings', 'Train', 'Recognise', 'Adapt', 'Protocols', 'Settings']

/** Adds a virtual pen the way a person does who has none. */
async function addVirtualPen(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last().click()
  await page.getByRole('button', { name: 'Add and open' }).click()
  await expect(page.getByText('Streaming')).toBeVisible()
}

/** Records own words with the pen that is open; each ends after a pause, or with a key. */
async function startRecording(
  page: Page,
  words: string[],
  ends: 'after a pause' | 'with a key' = 'after a pause',
): Promise<void> {
  await page.getByRole('link', { name: 'Record', exact: true }).click()
  await page.getByLabel('Pseudonym').fill('virtual hand')
  await page.getByRole('button', { name: 'Create writer' }).click()
  await page.getByRole('radio', { name: 'Own words' }).click()
  await page.getByRole('textbox', { name: 'Own words' }).fill(words.join('\n'))
  await page.getByLabel('In random order').uncheck()
  await page.getByRole('radio', { name: ends }).click()
  const begun = await watchFor(page, `Prompt 1 of ${words.length}`)
  await page.getByRole('button', { name: /^Start with/ }).click()
  // From here on, keys are those of the session.
  await begun()
}

test('from no pen to recorded words, with the virtual pen', async ({ page, served }) => {
  await page.goto(served.url)
  await expect(page.getByText('No pen found')).toBeVisible()
  await addVirtualPen(page)
  await expect(page.getByRole('img', { name: /Live signal of Virtual pen/ })).toBeVisible()
  await page.setViewportSize({ width: 800, height: 600 })
  await startRecording(page, ['ab', 'Tinte'])
  const buttons = ['Redo last', 'Skip', 'Next', 'Stop']
  const places = await Promise.all(buttons.map((name) => watchPlace(page.getByRole('button', { name }))))
  await expect(page.getByText('The session is complete')).toBeVisible()
  for (const [at, name] of buttons.entries())
    expect(await places[at]!(), `where "${name}" was from word to word`).toHaveLength(1)
  await page.getByRole('button', { name: 'Look at the recordings' }).click()
  const rows = page.locator('tbody tr')
  await expect(rows).toHaveCount(2)
  await expect(page.getByRole('combobox', { name: /^Session: 1/ })).toBeVisible()
  await expect(rows.filter({ hasText: 'Tinte' }).getByText('virtual', { exact: true })).toBeVisible()
  await rows.filter({ hasText: 'Tinte' }).click()
  await expect(page.getByRole('img', { name: /Signal of “Tinte”/ })).toBeVisible()
})

test('a session is run by keys alone: skip a word, end one, rest, redo it, stop', async ({ page, served }) => {
  await page.goto(served.url)
  await addVirtualPen(page)
  await startRecording(page, ['un', 'zu', 'am', 'im'], 'with a key')
  await page.keyboard.press('s')
  await expect(page.getByText('Prompt 2 of 4')).toBeVisible()
  await expect(page.getByText('Writing…')).toBeVisible()
  await page.keyboard.press('Space')
  await expect(page.getByText('Prompt 3 of 4')).toBeVisible()
  // Nothing is written in a break: it is the last word that is written again.
  await page.keyboard.press('b')
  await expect(page.getByRole('heading', { name: 'A break' })).toBeVisible()
  await page.keyboard.press('Backspace')
  await expect(page.getByText('Prompt 2 of 4')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^Start/ })).toBeVisible()
  await expect(page.getByText('Not recording')).toBeVisible()
})

test('every page is reached by keys, and the keys are listed', async ({ page, served }) => {
  await page.goto(served.url)
  await expect(page.getByRole('heading', { level: 1, name: 'Devices' })).toBeVisible()
  for (const [index, name] of PAGES.entries()) {
    await page.keyboard.press(`Alt+${index + 1}`)
    await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
  }
  // At one go: the second key counts only for a moment.
  await Promise.all([page.keyboard.press('g'), page.keyboard.press('t')])
  await expect(page.getByRole('heading', { level: 1, name: 'Train' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('nothing is cut off at the sides, large or small', async ({ page, served }) => {
  await page.goto(served.url)
  await addVirtualPen(page)
  for (const size of [
    { width: 1280, height: 800 },
    { width: 800, height: 600 },
  ]) {
    await page.setViewportSize(size)
    for (const [index, name] of PAGES.entries()) {
      await page.keyboard.press(`Alt+${index + 1}`)
      await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
      await drawn(page)
      const over = await page
        .getByRole('main')
        .evaluate((main) =>
          Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth),
        )
      expect(over, `${name} at ${size.width} pixels`).toBeLessThanOrEqual(0)
    }
  }
})

test('a broken connection is told, and the way to try again', async ({ page }) => {
  const served = await serveApp()
  await page.goto(served.url)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await served.stop()
  await expect(page.getByText('Kalamos does not answer.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try now' })).toBeVisible()
})

test('a file that is not there is named, where the person typed its path', async ({ page, served }) => {
  await page.goto(served.url)
  await page.keyboard.press('Alt+3')
  await page.getByRole('button', { name: 'Import…' }).first().click()
  await page.getByLabel('Path of the file or folder').fill('/nowhere/words.ndjson')
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('/nowhere/words.ndjson')
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
})

test.describe('with real recordings', () => {
  test.skip(!existsSync(digits), 'skipped: real recordings not found')

  test('an import is looked through, relabelled, thinned out and taken back', async ({ page, served }) => {
    await page.goto(served.url)
    await page.keyboard.press('Alt+3')
    await page.getByRole('button', { name: 'Import…' }).first().click()
    await page.getByLabel('Path of the file or folder').fill(digits)
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.getByText('745 recordings', { exact: true })).toBeVisible()

    await page.getByLabel('Label contains').fill('7')
    const rows = page.locator('tbody tr')
    await expect(page.getByText('745 recordings', { exact: true })).toBeHidden()
    await rows.first().focus()
    await page.keyboard.press('F2')
    await page.getByLabel('Change label').fill('seventh')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Label changed from “7” to “seventh”.')).toBeVisible()

    await page.getByRole('button', { name: 'Clear filter' }).click()
    await expect(page.getByText('745 recordings', { exact: true })).toBeVisible()
    await page.getByLabel('Select this page').check()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(page.getByText('695 recordings', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await expect(page.getByText('745 recordings', { exact: true })).toBeVisible()
  })

  test('the preview tells what a training would use before it starts', async ({ page, served }) => {
    await page.goto(served.url)
    await page.keyboard.press('Alt+3')
    await page.getByRole('button', { name: 'Import…' }).first().click()
    await page.getByLabel('Path of the file or folder').fill(digits)
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.getByText('745 recordings', { exact: true })).toBeVisible()
    await page.keyboard.press('Alt+4')
    await expect(page.getByText('0123456789')).toBeVisible()
    await expect(page.getByText('596', { exact: true })).toBeVisible()
    await page.getByLabel('Share held out (%)').fill('0')
    await expect(page.getByText('745', { exact: true })).toBeVisible()
  })
})
