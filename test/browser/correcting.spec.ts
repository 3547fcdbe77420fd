import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openReading, serveReading } from './reading-app.ts'
import { expect, test } from './served-app.ts'

// The last word has to be in reach in a small window, too.
test.use({ viewport: { width: 1000, height: 640 } })

test('a sentence with digits and a sign that nobody can write is read, given own words, corrected by keyboard, taken back and again, and copied', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-correcting-'))
  const served = await serveReading(folder)
  try {
    await openReading(page, served)

    await page.getByRole('button', { name: 'Own words' }).click()
    const own = page.getByRole('dialog', { name: 'Own words' })
    await own.getByLabel('Your words').fill('Dr. Wotzka, (Qwrtz)')
    await own.getByLabel('Save as a file').fill(join(folder, 'mine.txt'))
    await own.getByRole('button', { name: 'Save file' }).click()
    await expect(page.getByText(/^3 words saved in /).first()).toBeVisible()
    expect(readFileSync(join(folder, 'mine.txt'), 'utf8')).toBe('Dr\nWotzka\nQwrtz\n')
    await own.getByRole('button', { name: 'To this computer' }).click()
    await expect(own.getByLabel('Save as a file')).toHaveValue(/transfers.*words\.txt$/)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      own.getByRole('button', { name: 'Save file' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('words.txt')
    expect(readFileSync(await download.path(), 'utf8')).toBe('Dr\nWotzka\nQwrtz\n')
    await own.getByRole('button', { name: 'Save', exact: true }).click()
    const lexicon = page.getByRole('checkbox', { name: /^Prefer words of the lexicon .*, 3 are your own/ })
    await expect(lexicon, 'the lexicon by default').toBeChecked()

    await page.getByRole('button', { name: 'Start reading' }).click()
    await expect(page.getByRole('status', { name: 'Lexicon' })).toHaveText(
      /^Lexicon loaded: \d{3},\d{3} different words, German and English\. [\d,]+ more words need signs that the model does not know\.$/,
    )
    await page.getByPlaceholder('Text to write').fill('Hand 漢 12. und')
    await page.getByPlaceholder('Text to write').press('Enter')
    const told = page.getByRole('status', { name: 'Not as asked for' })
    await expect(told.getByText('“漢” is left out: the virtual pen has no shape for 漢.')).toBeVisible()
    await expect(told.getByText('“12.” cannot be read right: the model does not know 1 2 ..')).toBeVisible()
    const text = page.getByRole('region', { name: 'Text' })
    const words = text.locator('button[aria-pressed]')
    await expect(words).toHaveCount(3)

    await page.getByRole('heading', { level: 1 }).click()
    const word = page.getByRole('region', { name: /^(Last|Chosen) word$/ })
    const field = word.getByPlaceholder('Type the right word')
    await expect(field).toBeInViewport({ ratio: 1 })
    await page.keyboard.press('ArrowLeft')
    await expect(words.nth(1)).toHaveAttribute('aria-pressed', 'true')
    await page.keyboard.press('ArrowRight')
    await expect(words.nth(2)).toHaveAttribute('aria-pressed', 'true')
    await page.keyboard.press('Enter')
    await expect(field).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(words.nth(1)).toHaveAttribute('aria-pressed', 'true')
    await page.keyboard.press('Enter')
    await page.keyboard.type('12.')
    await expect(word.getByText(/^The model does not know 1 2 \.:/)).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(words.nth(1)).toHaveText('12.')

    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expect(words.first()).toHaveAttribute('aria-pressed', 'true')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Zwolka')
    await page.keyboard.press('Enter')
    await expect(words.first()).toHaveText('Zwolka')
    await expect(page.getByRole('checkbox', { name: /, 4 are your own/ })).toBeVisible()

    await page.keyboard.press('Control+z')
    await expect(words.first()).not.toHaveText('Zwolka')
    await expect(lexicon).toBeVisible()
    await page.keyboard.press('Control+Shift+Z')
    await expect(words.first()).toHaveText('Zwolka')

    await page.keyboard.press('1')
    const last = await words.last().innerText()
    expect(last).not.toContain('/')
    await text.getByRole('button', { name: 'Copy' }).click()
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`Zwolka 12. ${last}`)

    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Shortcuts' }).getByText('The previous word')).toBeVisible()
  } finally {
    await served.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
