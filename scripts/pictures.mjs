// @ts-check
// Takes the pictures of docs/pictures: every page of the real app in both themes, while a virtual pen goes through the
// whole job. Run it with the project's Node: node_modules/.bin/node scripts/pictures.mjs
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium as playwright } from '@playwright/test'
import { chromium } from './chromium.mjs'
import { projectNode, root } from './node.mjs'
import { main, say } from './say.mjs'
import { setUp } from './setup.mjs'

/** @typedef {import('@playwright/test').Page} Page */

const pictures = join(root, 'docs/pictures')
const WORDS = ['Kalamos', 'Tinte', 'garden', 'Feder', 'Straße', 'paper', 'Quelle']
const DIGITS = Array.from({ length: 60 }, (_, i) => String(i % 10))

await main(async () => {
  await setUp()
  await mkdir(pictures, { recursive: true })
  const folder = await mkdtemp(join(tmpdir(), 'kalamos-pictures-'))
  const app = spawn(projectNode(), [join(root, 'out/main/cli.js'), 'serve', '--json', '--database', join(folder, 'kalamos.db')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await address(app)
  const browser = await playwright.launch({ executablePath: await chromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(url)
    await walk(page)
    return 0
  } finally {
    await browser.close()
    const ended = new Promise((resolve) => app.once('exit', resolve))
    app.kill('SIGINT')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
})

/** @param {import('node:child_process').ChildProcess} app @returns {Promise<string>} */
async function address(app) {
  for await (const line of createInterface({ input: /** @type {import('node:stream').Readable} */ (app.stdout) })) return JSON.parse(line).url
  throw new Error('the app ended before it served')
}

/** From no pen to a read word, with a picture at every stop. @param {Page} page */
async function walk(page) {
  await page.getByText('No pen found').waitFor()
  await page.getByText('Access to pens').waitFor()
  // Shorter, since what is further down names folders of the machine that takes the pictures.
  await page.setViewportSize({ width: 1280, height: 690 })
  await picture(page, 'first-start')
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last().click()
  await page.getByRole('button', { name: 'Add and open' }).click()
  await page.getByText('Streaming').waitFor()
  await page.waitForTimeout(11_000)
  await picture(page, 'devices')

  await page.keyboard.press('Alt+2')
  await page.getByLabel('Pseudonym').fill('virtual 0001')
  await page.getByRole('button', { name: 'Create writer' }).click()
  await record(page, WORDS)
  await page.getByText(`Prompt 6 of ${WORDS.length}`).waitFor({ timeout: 60_000 })
  await page.waitForTimeout(900)
  await picture(page, 'record')
  await page.getByText('The session is complete').waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Another session' }).click()
  await record(page, DIGITS)
  await page.getByText('The session is complete').waitFor({ timeout: 240_000 })
  await page.getByRole('button', { name: 'Look at the recordings' }).click()
  await page.getByRole('button', { name: 'Clear filter' }).click()
  await page.waitForTimeout(800)
  await picture(page, 'recordings')
  await page.getByLabel('Label contains').fill('Ka')
  await page.locator('tbody tr').filter({ hasText: 'Kalamos' }).click()
  await page.getByRole('img', { name: /^Signal of/ }).waitFor()
  await picture(page, 'recording')
  await page.keyboard.press('Escape')
  await page.getByRole('radio', { name: 'Overview' }).click()
  await page.getByRole('region', { name: 'Letters covered' }).waitFor()
  await picture(page, 'overview')

  await page.keyboard.press('Alt+4')
  await page.getByRole('combobox', { name: /^Session/ }).click()
  await page.getByRole('option').nth(1).click()
  await page.getByRole('radio', { name: /classes/ }).click()
  await page.getByLabel('Name of the model').fill('Digits of one hand')
  await page.waitForTimeout(1_000)
  await picture(page, 'train-new')
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByText('Finished', { exact: true }).waitFor({ timeout: 300_000 })
  await picture(page, 'train')

  await page.keyboard.press('Alt+5')
  await page.getByRole('button', { name: 'Start reading' }).click()
  await page.getByLabel('Let the virtual pen write').fill('3 1 4 1 5')
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await page.waitForTimeout(12_000)
  await picture(page, 'recognise')
}

/** Starts a session with words of one's own. @param {Page} page @param {string[]} words */
async function record(page, words) {
  await page.getByRole('radio', { name: 'Own words' }).click()
  await page.getByRole('textbox', { name: 'Own words' }).fill(words.join('\n'))
  await page.getByLabel('In random order').uncheck()
  await page.getByRole('button', { name: /^Start with/ }).click()
}

/** @param {Page} page @param {string} name */
async function picture(page, name) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme })
    await page.waitForTimeout(400)
    await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  say(`docs/pictures/${name}-{light,dark}.png`)
}
