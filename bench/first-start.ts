/**
 * How long a first start takes on this machine: from the command of the README to a page that can be used, and from
 * there to a read word, with how many clicks: an empty store, a virtual pen, a word on the Recognise page, in a real
 * browser that does what the screen says. Everything is installed and built before. `--json` prints one object. The
 * seconds are those of the machine and of the hand that writes; a person's looking and thinking come on top.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium as playwright } from '@playwright/test'
import { chromium } from '../scripts/chromium.mjs'
import { root } from '../scripts/node.mjs'
import { firstStart } from '../test/browser/first-start.ts'

const PAGE_BOUND_SECONDS = 5
const WORD_BOUND_SECONDS = 180

const browser = await playwright.launch({
  executablePath: await chromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const folder = mkdtempSync(join(tmpdir(), 'kalamos-first-start-'))
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
  page.setDefaultTimeout(WORD_BOUND_SECONDS * 1000)
  const begun = performance.now()
  const app = spawn(
    process.execPath,
    [join(root, 'scripts/start.mjs'), '--browser', '--database', join(folder, 'kalamos.db')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  try {
    const url = await addressOf(app.stdout)
    const served = performance.now()
    let usable = NaN
    const { clicks } = await firstStart(page, url, () => (usable = performance.now()))
    const read = performance.now()
    const result = {
      address_seconds: seconds(begun, served),
      usable_page_seconds: seconds(begun, usable),
      usable_page_bound_seconds: PAGE_BOUND_SECONDS,
      to_a_read_word_seconds: seconds(usable, read),
      to_a_read_word_bound_seconds: WORD_BOUND_SECONDS,
      clicks,
      virtual: true,
    }
    process.stdout.write(
      process.argv.includes('--json')
        ? `${JSON.stringify(result)}\n`
        : `${result.usable_page_seconds} s from npm start to a page that can be used (at most ` +
            `${PAGE_BOUND_SECONDS} s are allowed; ` +
            `${result.address_seconds} s to the address), then ${result.to_a_read_word_seconds} s and ${clicks} ` +
            'clicks to a read word ' +
            `of a virtual pen (at most ${WORD_BOUND_SECONDS} s are allowed)\n`,
    )
  } finally {
    const ended = once(app, 'exit')
    app.kill('SIGINT')
    await ended
  }
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const address = /http:\/\/\S+/.exec(line)?.[0]
    if (address !== undefined) return address
  }
  throw new Error('the app ended before it served')
}

function seconds(from: number, to: number): number {
  return Math.round((to - from) / 100) / 10
}
