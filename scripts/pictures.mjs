// @ts-check
// Takes the pictures of docs/pictures: every page of the real app in both themes, and some in German, while a virtual
// pen goes through the whole job. Run it with the project's Node: node_modules/.bin/node scripts/pictures.mjs
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium as playwright } from '@playwright/test'
import { chromium } from './chromium.mjs'
import { projectNode, root, runNode } from './node.mjs'
import { main, say, withoutOptions } from './say.mjs'
import { setUp } from './setup.mjs'

/** @typedef {import('@playwright/test').Page} Page */

const pictures = join(root, 'docs/pictures')
const cli = join(root, 'out/main/cli.js')
/** More than are written: the session is stopped when its pictures are taken. */
const WORDS = [
  'Kalamos',
  'Tinte',
  'garden',
  'Feder',
  'Straße',
  'paper',
  'Quelle',
  'morning',
  'Wasser',
  'yellow',
  'Brief',
  'window',
  'Garten',
  'simple',
  'Zeile',
  'letter',
  'Hand',
  'river',
  'Baum',
  'quick',
]
/** The pictures show what is there, however busy the machine is that takes them. */
const PATIENCE_MS = 240_000

await main(async () => {
  const told = withoutOptions('Takes the pictures of docs/pictures anew, in a real browser, and writes them over.')
  if (told !== null) return told
  await setUp()
  await mkdir(pictures, { recursive: true })
  const folder = await mkdtemp(join(tmpdir(), 'kalamos-pictures-'))
  const browser = await playwright.launch({
    executablePath: await chromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  try {
    await served(join(folder, 'empty.db'), async (url) => firstStart(await open(browser, url)))
    const database = join(folder, 'kalamos.db')
    await corpora(folder, database)
    await served(database, async (url) => theJob(await open(browser, url)))
    return 0
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
})

/**
 * Digits by the hand of the virtual pen that reads them later, and words by three other hands.
 * @param {string} folder
 * @param {string} database
 */
async function corpora(folder, database) {
  const digits = join(folder, 'digits.txt')
  await writeFile(digits, Array.from({ length: 10 }, (_, digit) => `${digit}\n`).join(''))
  for (const options of [
    ['--words', digits, '--writers', '1', '--per-writer', '120', '--seed', '0'],
    ['--writers', '3', '--per-writer', '30', '--seed', '12'],
  ]) {
    if ((await runNode(cli, ['simulate', ...options, '--out', database], { collect: () => undefined })) !== 0)
      throw new Error('the corpus could not be made')
  }
}

/**
 * Runs the app on a database as long as the work takes.
 * @param {string} database
 * @param {(url: string) => Promise<void>} work
 */
async function served(database, work) {
  const app = spawn(projectNode(), [cli, 'serve', '--json', '--database', database], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    for await (const line of createInterface({ input: app.stdout })) {
      await work(JSON.parse(line).url)
      return
    }
    throw new Error('the app ended before it served')
  } finally {
    const ended = new Promise((resolve) => app.once('exit', resolve))
    app.kill('SIGINT')
    await ended
  }
}

/** @param {import('@playwright/test').Browser} browser @param {string} url */
async function open(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

/** The empty store. @param {Page} page */
async function firstStart(page) {
  await page.getByText('No pen found').waitFor()
  await page.getByText('Access to pens').waitFor()
  // Shorter, since what is further down names folders of the machine that takes the pictures.
  await page.setViewportSize({ width: 1280, height: 690 })
  await picture(page, 'first-start')
  await page.close()
}

/** From a pen to a read digit, with a picture at every stop. @param {Page} page */
async function theJob(page) {
  await page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last().click()
  await page.getByRole('button', { name: 'Add and open' }).click()
  await page.getByText('Streaming').waitFor()
  await page.waitForTimeout(11_000)
  await picture(page, 'devices')

  await go(page, 'record')
  await page.getByRole('button', { name: 'New writer' }).click()
  await page.getByLabel('Pseudonym').fill('w01')
  await page.getByRole('button', { name: 'Create writer' }).click()
  await page.getByRole('radio', { name: 'Own words' }).click()
  await page.getByRole('textbox', { name: 'Own words' }).fill(WORDS.join('\n'))
  await page.getByLabel('In random order').uncheck()
  await page.getByRole('button', { name: /^Start with/ }).click()
  await page.getByText(`Prompt 3 of ${WORDS.length}`).waitFor()
  await picture(page, 'record')
  const [writer] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Prompt in its own window' }).click(),
  ])
  writer.setDefaultTimeout(PATIENCE_MS)
  await writer.setViewportSize({ width: 1024, height: 640 })
  await writer.getByText(`/ ${WORDS.length}`).waitFor()
  await picture(writer, 'writer')
  await writer.close()
  await page.getByRole('button', { name: /^Stop/ }).click()
  await page.getByRole('button', { name: /^Start/ }).waitFor()

  await go(page, 'recordings')
  await page.locator('tbody tr').first().waitFor()
  await picture(page, 'recordings')
  await german(page, async () => {
    await page.getByRole('heading', { level: 1, name: 'Aufnahmen' }).waitFor()
    await picture(page, 'recordings-german', ['light'])
  })
  await page.getByLabel('Label contains').fill('Kalamos')
  await page.locator('tbody tr').filter({ hasText: 'Kalamos' }).first().click()
  await page
    .getByRole('img', { name: /^Signal of/ })
    .first()
    .waitFor()
  await picture(page, 'recording')
  await go(page, 'recordings/overview')
  await page.getByRole('region', { name: 'Letters covered' }).waitFor()
  await picture(page, 'overview')
  await go(page, 'recordings')
  await page.getByRole('button', { name: /^Export/ }).click()
  await page.getByRole('dialog').waitFor()
  await picture(page, 'export', ['light'])
  await page.keyboard.press('Escape')

  await go(page, 'protocols')
  await page.getByRole('button', { name: /Words balanced by letters/ }).click()
  await page.getByText('How often each letter comes').waitFor()
  await picture(page, 'protocols')

  await train(page)
  await go(page, 'adapt')
  await page.getByRole('heading', { level: 1, name: 'Adapt' }).waitFor()
  await picture(page, 'adapt')
  await read(page)
}

/** A small model for digits. @param {Page} page */
async function train(page) {
  await go(page, 'train')
  await page.getByRole('radio', { name: /classes/ }).click()
  await page.getByRole('combobox', { name: /^Session/ }).click()
  await page
    .getByRole('option', { name: /120 recordings/ })
    .first()
    .click()
  await page.getByLabel('Name of the model').fill('Digits of one hand')
  await page.getByText('0123456789').waitFor()
  await picture(page, 'train-new')
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByText('Finished', { exact: true }).waitFor({ timeout: 3 * PATIENCE_MS })
  await picture(page, 'train')
}

/** @param {Page} page */
async function read(page) {
  await go(page, 'recognise')
  await page.getByRole('combobox', { name: /^Model/ }).click()
  await page.getByRole('option', { name: /Digits of one hand/ }).click()
  await page.getByRole('button', { name: 'Start reading' }).click()
  await page.getByLabel('Let the virtual pen write').fill('3 1 4')
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await page.getByRole('region', { name: 'Words' }).getByRole('row').nth(3).waitFor()
  await picture(page, 'recognise')
  await german(page, async () => {
    await page.getByRole('heading', { level: 1, name: 'Erkennen' }).waitFor()
    await picture(page, 'recognise-german', ['light'])
  })
}

/** Goes to a page by its address. @param {Page} page @param {string} place */
async function go(page, place) {
  await page.evaluate(`location.hash = ${JSON.stringify(`#/${place}`)}`)
  await page.locator(`nav a[href="#/${place.split('/')[0]}"][aria-current="page"]`).waitFor()
}

/** Does something while the window speaks German. @param {Page} page @param {() => Promise<void>} work */
async function german(page, work) {
  await page.getByRole('button', { name: 'Language' }).click()
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click()
  await work()
  await page.getByRole('button', { name: 'Sprache' }).click()
  await page.getByRole('menuitemradio', { name: 'Wie das System' }).click()
}

/** @param {Page} page @param {string} name @param {('light' | 'dark')[]} themes */
async function picture(page, name, themes = ['light', 'dark']) {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    await page.waitForTimeout(400)
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  say(`docs/pictures/${name}: ${themes.join(', ')}`)
}
