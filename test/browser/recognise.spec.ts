import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openReading, serveReading } from './reading-app.ts'
import { expect, test } from './served-app.ts'
import { watchPlace } from './watching.ts'

// The smaller the window, the less room there is for what comes.
test.use({ viewport: { width: 800, height: 600 } })

test('words that a virtual pen writes appear, are corrected by keyboard, kept, and taken back', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-reading-'))
  const served = await serveReading(folder)
  try {
    await openReading(page, served)
    await page.locator('[aria-label^="Writer"]').click()
    await page.getByRole('option', { name: 'w01' }).click()
    await page.getByRole('button', { name: 'Start reading' }).click()
    await page.getByPlaceholder('Text to write').fill('Hand und')
    const buttons = {
      write: page.getByRole('button', { name: 'Write', exact: true }),
      stop: page.getByRole('button', { name: 'Stop reading' }),
      copy: page.getByRole('button', { name: 'Copy' }),
    }
    await buttons.write.scrollIntoViewIfNeeded()
    const places = await Promise.all(Object.values(buttons).map(watchPlace))
    await buttons.write.click()
    const text = page.getByRole('region', { name: 'Text' })
    const word = page.getByRole('region', { name: 'Last word' })
    await expect(page.getByRole('region', { name: 'Words' }).getByRole('row')).toHaveCount(3)
    for (const [at, name] of Object.keys(buttons).entries())
      expect(await places[at]!(), `where "${name}" was while words were read`).toHaveLength(1)
    await expect(page.getByText('until read, the rest until shown')).toBeVisible()

    await page.keyboard.press('Enter')
    await page.keyboard.type('und')
    await page.keyboard.press('Enter')
    await expect(word.getByText('Saved as a recording of the writer.')).toBeVisible()
    await expect(text.getByRole('button', { name: 'und', exact: true })).toBeVisible()

    await page.keyboard.press('Backspace')
    await expect(word.getByText('Saved as a recording of the writer.')).toBeHidden()
    await text.getByRole('button', { name: 'Remove the last word' }).click()
    await expect(page.getByRole('region', { name: 'Words' }).getByRole('row')).toHaveCount(2)
  } finally {
    await served.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
