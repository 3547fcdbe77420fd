import type { Locator, Page } from '@playwright/test'

/** The word that the virtual pen is told to write. */
const WORD = 'Hand'

/**
 * From no pen to a read word as somebody goes who has never seen the app, and does what the screen says: an empty
 * store, a virtual pen, the Recognise page, a word. Resolves to how often something was clicked; typing the word is not
 * counted. `usable` is called as soon as the page says what to do first.
 */
export async function firstStart(page: Page, url: string, usable?: () => void): Promise<{ clicks: number }> {
  let clicks = 0
  const click = async (target: Locator): Promise<void> => {
    await target.click()
    clicks++
  }
  const step = (text: string): Locator => page.locator('li[aria-current="step"]').filter({ hasText: text })

  await page.goto(url)
  await page.getByText('No pen found').waitFor()
  await step('add a virtual one').waitFor()
  usable?.()
  await click(page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last())
  await click(page.getByRole('dialog').getByRole('button', { name: 'Add and open' }))
  await click(step('Start reading on the Recognise page').getByRole('link'))
  await click(page.getByRole('button', { name: 'Start reading' }))
  await page.getByPlaceholder('Text to write').fill(WORD)
  await click(page.getByRole('button', { name: 'Write', exact: true }))
  await page.getByRole('region', { name: 'Words' }).locator('tbody tr').first().waitFor()
  return { clicks }
}
