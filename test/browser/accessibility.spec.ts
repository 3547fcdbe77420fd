import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from '@playwright/test'
import { modelFor } from '../../bench/live/model.ts'
import { createApp } from '../../src/main/app/app.ts'
import { writeCorpus } from '../../src/main/corpus/corpus.ts'
import { databaseSink } from '../../src/main/corpus/store-sink.ts'
import { expect, serveApp, test as base, type ServedApp } from './served-app.ts'
import { drawn } from './watching.ts'

/** What axe looks for: WCAG 2.2 up to AA, and what is good practice beyond it. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What can differ by theme or language alone. */
const RULES_OF_LOOK = [
  'color-contrast',
  'html-has-lang',
  'html-lang-valid',
  'valid-lang',
  'label',
  'button-name',
  'link-name',
  'aria-input-field-name',
  'document-title',
]

/** Asks a writer for everything that a session can ask for. */
const PROTOCOL = `id: everything
name: Everything
instructions: Write at ease.
consent: { version: "1", text: I take part of my own free will. }
calibration: offered
advance: key
questions:
  - { id: hand, ask: Which hand?, choices: [right, left] }
  - { id: paper, ask: Which paper?, optional: true }
blocks:
  - name: Words
    prompts: { inline: [Tinte, Feder] }
    break: { after: 1, seconds: 600 }
`

/** An app with something on every page: virtual writers with recordings, a model, a protocol, and a pen. */
const test = base.extend<object, { filled: ServedApp }>({
  filled: [
    async ({ browserName: _ }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'kalamos-accessible-'))
      const database = join(folder, 'kalamos.db')
      await writeCorpus(
        { words: ['Tinte', 'Feder', 'garden', 'Straße'], writers: 2, perWriter: 4, seed: 3 },
        databaseSink(database),
      )
      const app = await createApp({ databasePath: database, door: 'terminal' })
      await modelFor(app)
      await app.request('protocols.save', { source: PROTOCOL })
      await app.close()
      const served = await serveApp(database)
      await use(served)
      await served.stop()
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

interface Look {
  colorScheme: 'light' | 'dark'
  locale: 'en-GB' | 'de-DE'
}

/** Apps that a pen was added to. */
const withPen = new WeakSet<ServedApp>()

/** The first page. Its pen is closed again: what it draws would cost the time of every test. */
async function open(browser: Browser, served: ServedApp, look: Look): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, ...look })).newPage()
  await page.goto(served.url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  const pen = page.getByRole('article', { name: /^Virtual pen/ })
  if (withPen.has(served)) await pen.waitFor()
  else {
    const [add, addAndOpen, close] =
      look.locale === 'en-GB'
        ? ['Add virtual pen', 'Add and open', 'Close']
        : ['Virtuellen Stift hinzufügen', 'Hinzufügen und öffnen', 'Schließen']
    await page.getByRole('main').getByRole('button', { name: add!, exact: true }).last().click()
    await page.getByRole('button', { name: addAndOpen!, exact: true }).click()
    await pen.getByRole('button', { name: close!, exact: true }).click()
    await pen.getByRole('button', { name: close!, exact: true }).waitFor({ state: 'detached' })
    withPen.add(served)
  }
  return page
}

/** Every page that the navigation leads to, one after the other. */
async function* pagesOf(page: Page): AsyncGenerator<string> {
  const hashes = await page
    .getByRole('navigation')
    .first()
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
  for (const hash of hashes) {
    await go(page, hash)
    await page.getByRole('heading', { level: 1 }).waitFor()
    yield hash
  }
}

/** Goes to a page by its address. */
async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), hash)
  await page.locator(`nav a[href="${hash}"][aria-current="page"]`).waitFor()
}

/** What axe finds wrong, in a line each; with `rules` only those are looked at, with `within` only there. */
async function faults(
  page: Page,
  { rules, within }: { rules?: readonly string[] | undefined; within?: string } = {},
): Promise<string[]> {
  await drawn(page)
  // The page has no frames: axe may look at it where it is, without a page of its own to gather frames in.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  if (within !== undefined) axe.include(within)
  const { violations } = await (rules === undefined ? axe.withTags(RULES) : axe.withRules([...rules])).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${target.join(' ')}: ${failureSummary?.split('\n').slice(1).join(' ').trim()}`,
    ),
  )
}

for (const { rules, ...look } of [
  { colorScheme: 'light', locale: 'en-GB', rules: undefined },
  { colorScheme: 'dark', locale: 'de-DE', rules: RULES_OF_LOOK },
] as const) {
  test(`no page offends against the rules of accessibility (${look.colorScheme}, ${look.locale})`, async ({
    browser,
    filled,
  }) => {
    const page = await open(browser, filled, look)
    await expect(page.locator('html')).toHaveAttribute('lang', look.locale.slice(0, 2))
    for await (const name of pagesOf(page)) expect.soft(await faults(page, { rules }), name).toEqual([])
    await page.evaluate(() => void (location.hash = '#/prompt'))
    await page.locator('nav').waitFor({ state: 'detached' })
    expect.soft(await faults(page, { rules }), 'the view of the writer').toEqual([])
    await page.context().close()
  })
}

test('no dialog offends against them either', async ({ browser, filled }) => {
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

test('the keyboard reaches what the mouse does, and shows where it is', async ({ browser, filled }) => {
  const page = await open(browser, filled, { colorScheme: 'light', locale: 'en-GB' })
  for await (const name of pagesOf(page)) {
    // From the first stop on, reached by keys, as `:focus-visible` wants it.
    await page.locator('a[href="#content"]').focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Shift+Tab')
    const seen = new Set<number>()
    for (; ; await page.keyboard.press('Tab')) {
      const focus = await page.evaluate(() => {
        const element = document.activeElement
        if (element === null || element === document.body) return null
        const known = (window as unknown as { order?: Element[] }).order ?? []
        ;(window as unknown as { order?: Element[] }).order = known
        if (!known.includes(element)) known.push(element)
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
        const { width, height } = element.getBoundingClientRect()
        const shows = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
        return {
          at: known.indexOf(element),
          shows: shows && width > 1 && height > 1,
          html: element.outerHTML.slice(0, 160),
        }
      })
      if (focus === null || seen.has(focus.at)) break
      seen.add(focus.at)
      expect.soft(focus.shows, `${name}: the focus is seen on ${focus.html}`).toBe(true)
    }
    expect.soft(seen.size, `${name}: places that Tab stops at`).toBeGreaterThan(12)
    const mouseOnly = await page.evaluate(() => {
      const operable =
        'a[href], button, input, select, textarea, summary, label, [tabindex], [role=menuitem], [role=option]'
      const candidates = [...document.querySelectorAll('main *')].filter(
        (element) => getComputedStyle(element).cursor === 'pointer',
      )
      return candidates
        .filter((element) => element.closest(operable) === null)
        .map((element) => element.outerHTML.slice(0, 160))
    })
    expect.soft(mouseOnly, `${name}: only the mouse reaches`).toEqual([])
  }
  await page.context().close()
})

test('nothing moves by itself where a person wants less motion', async ({ browser, filled }) => {
  const page = await open(browser, filled, { colorScheme: 'light', locale: 'en-GB' })
  for await (const name of pagesOf(page)) {
    const moving = await page.evaluate(
      () =>
        document
          .getAnimations()
          .filter(
            (animation) =>
              animation.playState === 'running' && Number(animation.effect?.getComputedTiming().duration) > 1,
          ).length,
    )
    expect(moving, name).toBe(0)
  }
  await page.context().close()
})

test('the language changes while the page stays, and every window remembers it', async ({ browser, filled }) => {
  const page = await open(browser, filled, { colorScheme: 'light', locale: 'en-GB' })
  const other = await page.context().newPage()
  await other.goto(filled.url)
  await other.goto(`${filled.origin}/#/recordings`)
  await expect(other.getByRole('heading', { level: 1, name: 'Recordings' })).toBeVisible()
  await page.getByRole('button', { name: 'Language' }).click()
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Geräte' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(other.getByRole('heading', { level: 1, name: 'Aufnahmen' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Geräte' })).toBeVisible()
  await page.getByRole('button', { name: 'Sprache' }).click()
  await page.getByRole('menuitemradio', { name: 'Wie das System' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Devices' })).toBeVisible()
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
