import { join } from 'node:path'
import { chromium as playwright, type Page } from '@playwright/test'
import { chromium } from '../../scripts/chromium.mjs'
import { serveApp } from '../../test/browser/served-app.ts'

const POLL_MS = 10

export interface Step {
  step: string
  /** From the click or key to the rows on the screen, by the clock. */
  ms: number
}

/**
 * Goes through the Recordings page of the real app on a filled database, in a real browser: opens it, turns pages, sorts,
 * filters, jumps. `pictures`: a folder for a picture of every step.
 */
export async function throughTheWindow(database: string, pictures: string | undefined): Promise<Step[]> {
  const served = await serveApp(database)
  const browser = await playwright.launch({ executablePath: await chromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
    page.setDefaultTimeout(120_000)
    await page.goto(served.url)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const steps: Step[] = []
    for (const [step, act] of Object.entries(STEPS)) {
      const before = await shown(page)
      const begun = performance.now()
      await act(page)
      await changed(page, before)
      steps.push({ step, ms: Math.round(performance.now() - begun) })
      if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${String(steps.length).padStart(2, '0')}-${step.replace(/\W+/g, '-')}.png`) })
    }
    return steps
  } finally {
    await browser.close()
    await served.stop()
  }
}

const column = (page: Page, name: string): Promise<void> => page.getByRole('columnheader').getByRole('button', { name }).click()

const STEPS: Record<string, (page: Page) => Promise<unknown>> = {
  'open the page': (page) => page.keyboard.press('Alt+3'),
  'next page': (page) => page.getByRole('button', { name: 'Next page' }).click(),
  'last page': (page) => page.getByRole('button', { name: 'Last page' }).click(),
  'the page before': (page) => page.getByRole('button', { name: 'Previous page' }).click(),
  'sort by label': (page) => column(page, 'Label'),
  'sort by label, descending': (page) => column(page, 'Label'),
  'sort by length': (page) => column(page, 'Length'),
  'last page by length': (page) => page.getByRole('button', { name: 'Last page' }).click(),
  'search for “haus”': (page) => page.getByRole('searchbox').fill('haus'),
  'sort what was found by writer': (page) => column(page, 'Writer'),
  'search for nothing again': (page) => page.getByRole('searchbox').fill(''),
  'the overview': (page) => page.getByRole('radio', { name: 'Overview' }).click({ force: true }),
  'a letter of the overview': (page) => page.getByRole('button', { name: /^Q: / }).click(),
}

/** What can be told apart of two lists: the address, the first row and the place in the list. */
async function shown(page: Page): Promise<string> {
  const texts = await Promise.all([page.locator('tbody tr').first(), page.locator('nav .figures').first()].map((part) => part.allTextContents()))
  return [page.url(), ...texts].join('\n')
}

/** Resolves when other rows are there than before, or the figures of the overview. */
async function changed(page: Page, before: string): Promise<void> {
  for (;;) {
    if ((await page.locator('[aria-busy="true"]').count()) === 0 && (await page.locator('tbody tr, main dl').count()) > 0 && (await shown(page)) !== before) return
    await page.waitForTimeout(POLL_MS)
  }
}
