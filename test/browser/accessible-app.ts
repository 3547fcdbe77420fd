import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from '@playwright/test'
import { modelFor } from '../../bench/live/model.ts'
import { createApp } from '../../src/main/app/app.ts'
import { writeCorpus } from '../../src/main/corpus/corpus.ts'
import { databaseSink } from '../../src/main/corpus/store-sink.ts'
import { serveApp, test as base, type ServedApp } from './served-app.ts'
import { drawn } from './watching.ts'

/** What axe looks for: WCAG 2.2 up to AA, and what is good practice beyond it. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
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
export const test = base.extend<object, { filled: ServedApp }>({
  filled: [
    async ({ browserName: _ }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'kalamos-accessible-'))
      const database = join(folder, 'kalamos.db')
      await writeCorpus(
        { words: ['Tinte', 'Feder', 'garden', 'Straße'], writers: 2, perWriter: 4, seed: 3 },
        databaseSink(database),
      )
      const app = await createApp({ databasePath: database, entryPoint: 'terminal' })
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

export interface Look {
  colorScheme: 'light' | 'dark'
  locale: 'en-GB' | 'de-DE'
}

/** Apps that a pen was added to. */
const withPen = new WeakSet<ServedApp>()

/** The first page. Its pen is closed again: what it draws would cost the time of every test. */
export async function open(browser: Browser, served: ServedApp, look: Look): Promise<Page> {
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
export async function* pagesOf(page: Page): AsyncGenerator<string> {
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
export async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), hash)
  await page.locator(`nav a[href="${hash}"][aria-current="page"]`).waitFor()
}

/** What axe finds wrong, in a line each; with `rules` only those are looked at, with `within` only there. */
export async function faults(
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
