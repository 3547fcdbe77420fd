import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, serveApp, test as base, type ServedApp } from './served-app.ts'

/**
 * The review in a real browser, by keys alone, on words of two virtual writers; no test leaves more or fewer of them.
 */
const test = base.extend<object, { lab: ServedApp }>({
  lab: [
    async ({ browserName: _ }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'kalamos-review-'))
      const database = join(folder, 'kalamos.db')
      const cli = join(import.meta.dirname, '../../out/main/cli.js')
      execFileSync(
        process.execPath,
        [cli, 'simulate', '--writers', '2', '--per-writer', '12', '--seed', '5', '--out', database, '--json'],
        { stdio: 'ignore' },
      )
      const served = await serveApp(database)
      await use(served)
      await served.stop()
      rmSync(folder, { recursive: true })
    },
    { scope: 'worker' },
  ],
})

const rows = (page: Page) => page.locator('tbody tr')
const history = (page: Page) => page.getByRole('region', { name: 'History' })

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** The number in "Frame 41, at 400 ms", which the handle tells those who do not see it. */
async function frameAt(page: Page, handle: string): Promise<number> {
  return Number(await page.getByRole('slider', { name: handle }).getAttribute('aria-valuenow'))
}

test('one recording large is trimmed, split, merged, left out and taken back by keys', async ({ page, lab }) => {
  await page.goto(lab.url)
  await press(page, 'Alt+3')
  await expect(rows(page)).toHaveCount(24)

  const length = page.getByRole('columnheader', { name: 'Length' })
  await length.getByRole('button').focus()
  await press(page, 'Enter')
  await expect(length).toHaveAttribute('aria-sort', 'ascending')
  await press(page, 'Enter')
  await expect(length).toHaveAttribute('aria-sort', 'descending')
  // The heading turns at once, the rows when they have come.
  const column = await length.evaluate((heading: HTMLTableCellElement) => heading.cellIndex)
  await expect
    .poll(async () => {
      const seconds = (
        await rows(page)
          .locator(`> :nth-child(${column + 1})`)
          .allTextContents()
      ).map(parseFloat)
      return seconds.every((value, at) => at === 0 || value <= seconds[at - 1]!) && seconds[0]! > seconds.at(-1)!
    })
    .toBe(true)

  await rows(page).nth(3).focus()
  await press(page, 'ArrowUp', 'Enter')
  await expect(page.getByRole('img', { name: /^Signal of/ })).toBeVisible()
  await expect(page.getByText('3 of 24')).toBeVisible()
  const last = await frameAt(page, 'Ends here')

  await press(page, ...Array.from({ length: 3 }, () => 'Shift+ArrowRight'), 'i')
  await page.getByRole('slider', { name: 'Ends here' }).focus()
  await press(page, 'Shift+ArrowLeft', 'ArrowLeft', 't')
  await expect(history(page)).toContainText('Trimmed')
  await expect.poll(() => frameAt(page, 'Ends here')).toBe(last - 41)
  await press(page, 'Control+z')
  await expect(history(page)).toContainText('undone')
  await expect.poll(() => frameAt(page, 'Ends here')).toBe(last)
  await press(page, 'Control+Shift+z')
  await expect.poll(() => frameAt(page, 'Ends here')).toBe(last - 41)

  await page.getByRole('slider', { name: 'Cursor' }).focus()
  await press(page, 'Shift+ArrowRight', 's')
  await expect(page.getByLabel('Label of the first part')).toBeFocused()
  await page.keyboard.type('one')
  await page.getByLabel('Label of the second part').fill('two')
  await press(page, 'Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('one')
  await expect.poll(() => frameAt(page, 'Ends here')).toBe(9)
  await press(page, 'm')
  await expect(page.getByLabel('Label of both')).toBeFocused()
  await expect(page.getByLabel('Label of both')).toHaveValue(/one two$/)
  await press(page, 'Enter')
  await expect(history(page)).toContainText('Merged')
  await expect.poll(() => frameAt(page, 'Ends here')).toBe(last - 41)

  await press(page, 'e')
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
  await page.keyboard.type('Slip of the pen')
  await press(page, 'Enter')
  await expect(page.getByText('Left out: Slip of the pen')).toBeVisible()
  await press(page, 'Escape')
  await expect(rows(page).filter({ hasText: 'left out' })).toHaveCount(1)
})

test('many recordings are chosen, marked and deleted by keys, and taken back', async ({ page, lab }) => {
  await page.goto(lab.url)
  await press(page, 'Alt+3')
  await rows(page).first().focus()
  await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown', 't')
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
  await page.keyboard.type('enrolment')
  await press(page, 'Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(rows(page).filter({ hasText: 'enrolment' })).toHaveCount(3)

  await press(page, 'Escape', 'Control+a', 'Delete')
  await expect(page.getByText('Nothing matches the filter').or(page.getByText('No recordings yet'))).toBeVisible()
  await press(page, 'Control+z')
  await expect(rows(page)).toHaveCount(24)
})

test('the overview names what is missing and leads to the recordings behind its pictures', async ({ page, lab }) => {
  await page.goto(lab.url)
  await press(page, 'Alt+3')
  await page.getByRole('radio', { name: 'Table' }).focus()
  await press(page, 'ArrowRight')
  const writers = page.getByRole('region', { name: 'Recordings per writer' })
  await expect(writers).toContainText('2 writers, 2 of them virtual')
  await expect(page.getByRole('region', { name: 'Letters covered' })).toContainText('Missing:')
  await writers.getByText('As a table').focus()
  await press(page, 'Enter')
  await expect(writers.getByRole('rowheader')).toHaveCount(2)
  await writers.getByRole('button').first().focus()
  await press(page, 'Enter')
  await expect(rows(page)).toHaveCount(12)
  await expect(page.getByRole('combobox', { name: /^Writer: virtual/ })).toBeVisible()
})
