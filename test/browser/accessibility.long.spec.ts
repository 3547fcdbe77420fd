import type { Page } from '@playwright/test'
import { faults, go, open, test } from './accessible-app.ts'
import { expect } from './served-app.ts'

test('no dialog offends against the rules of accessibility', async ({ browser, filled }) => {
  const page = await open(browser, filled, { colorScheme: 'light', locale: 'en-GB' })
  const press = (name: RegExp) => page.getByRole('main').getByRole('button', { name }).first().click()
  const dialogs: Record<string, [hash: string, open: () => Promise<void>]> = {
    'add a virtual pen': ['#/devices', () => press(/^Add virtual pen/)],
    'add a replay': ['#/devices', () => press(/^Add replay/)],
    'a profile': [
      '#/devices',
      async () => (await press(/^More for/), await page.getByRole('menuitem', { name: 'Edit profile' }).click()),
    ],
    import: ['#/recordings', () => press(/^Import/)],
    export: ['#/recordings', () => press(/^Export/)],
    reading: ['#/recognise', () => press(/^How words are read/)],
    'the log': [
      '#/recognise',
      async () => (
        await page.getByRole('button', { name: 'Log', exact: true }).click(),
        page.getByRole('region', { name: 'Entries of the log' }).waitFor()
      ),
    ],
    help: ['#/train', () => page.keyboard.press('F1')],
    'back up': ['#/settings', () => press(/^Back up/)],
    restore: ['#/settings', () => press(/^Restore/)],
    licences: ['#/settings', () => press(/^Licences/)],
    shortcuts: ['#/recognise', () => page.keyboard.press('?')],
  }
  for (const [name, [hash, show]] of Object.entries(dialogs)) {
    await go(page, hash)
    await show()
    await expect(page.getByRole('dialog')).toBeVisible()
    // One of them in the whole of the page: what a dialog adds to it is the same for all.
    expect.soft(await faults(page, name === 'shortcuts' ? {} : { within: '[role="dialog"]' }), name).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  }
  await page.context().close()
})

test('neither does one recording large, nor what can be done to it', async ({ browser, filled }) => {
  const page = await open(browser, filled, { colorScheme: 'light', locale: 'en-GB' })
  await go(page, '#/recordings')
  await page.locator('tbody tr').nth(1).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('img', { name: /^Signal of/ }).first()).toBeVisible()
  expect.soft(await faults(page), 'one recording large').toEqual([])
  await page.getByRole('slider', { name: 'Cursor' }).focus()
  await page.keyboard.press('Shift+ArrowRight')
  for (const [key, name] of Object.entries({ s: 'split', m: 'merge', e: 'exclude', F2: 'relabel' })) {
    await page.keyboard.press(key)
    const asked = name === 'relabel' ? page.getByRole('textbox', { name: 'Change label' }) : page.getByRole('dialog')
    await expect(asked).toBeVisible()
    expect.soft(await faults(page, { within: name === 'relabel' ? 'main' : '[role="dialog"]' }), name).toEqual([])
    await page.keyboard.press('Escape')
    await expect(asked).toBeHidden()
  }
  await go(page, '#/recordings')
  await page.getByRole('radio', { name: 'Overview' }).click()
  await expect(page.getByRole('region', { name: 'Letters covered' })).toBeVisible()
  expect.soft(await faults(page, { within: 'main' }), 'the overview').toEqual([])
  await go(page, '#/protocols')
  await page.getByRole('radio', { name: 'In a form' }).click()
  await expect(page.getByLabel('The protocol in YAML')).toBeHidden()
  expect.soft(await faults(page, { within: 'main' }), 'a protocol in a form').toEqual([])
  await page.context().close()
})

/** The last one: its pen writes, and drawing that would cost the time of the others. */
test('no step of a session offends against them, on the screen of the operator or of the writer', async ({
  browser,
  filled,
}) => {
  const page = await open(browser, filled, { colorScheme: 'light', locale: 'en-GB' })
  await page
    .getByRole('article', { name: /^Virtual pen/ })
    .getByRole('button', { name: 'Open', exact: true })
    .click()
  await expect(page.getByText('Streaming')).toBeVisible()
  await go(page, '#/record')
  await page.getByRole('button', { name: 'New writer' }).click()
  await page.getByLabel('Pseudonym').fill('w01')
  await page.getByRole('button', { name: 'Create writer' }).click()
  await page.getByRole('radio', { name: 'A protocol' }).click()
  await page.getByLabel('A protocol').last().click()
  await page.getByRole('option', { name: /Everything/ }).click()
  expect.soft(await faults(page, { within: 'main' }), 'a session that is set up').toEqual([])
  await page.getByRole('button', { name: /^Start/ }).click()
  const writer = await page.context().newPage()
  await writer.goto(filled.url)
  await writer.goto(`${filled.origin}/#/prompt`)

  const look = async (name: string, screen: Page = page) =>
    expect.soft(await faults(screen, screen === page ? { within: 'main' } : {}), name).toEqual([])
  const text = 'I take part of my own free will.'
  await expect(page.getByText(text)).toBeVisible()
  await look('consent')
  await expect(writer.getByText(text)).toBeVisible()
  await look('consent, for the writer', writer)
  await page.getByRole('button', { name: 'I agree' }).click()
  await page.getByLabel('Which hand?').selectOption('right')
  await look('questions')
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByRole('button', { name: 'Calibrate now' }).click()
  await expect(page.getByText('Lay the pen on a table')).toBeVisible()
  expect.soft(await faults(page, { within: '[role="dialog"]' }), 'calibration').toEqual([])
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await look('the calibration that is offered')
  await page.getByRole('button', { name: /^Next/ }).click()
  await expect(page.getByText('Write at ease.')).toBeVisible()
  await look('instructions')
  await page.keyboard.press('Space')
  await expect(page.getByText('Prompt 1 of 2')).toBeVisible()
  await look('a word to write')
  await expect(writer.getByText('Tinte')).toBeVisible()
  await look('a word to write, for the writer', writer)
  await expect(page.getByText('Writing…')).toBeVisible()
  await page.keyboard.press('Space')
  await expect(page.getByRole('heading', { name: 'A break' })).toBeVisible()
  await look('a break')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^Start/ })).toBeVisible()
  await page.context().close()
})
