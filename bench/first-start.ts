/**
 * How long the way from no pen to a read word takes on this machine, and how many clicks: an empty store, a virtual pen, a
 * word on the Recognise page, in a real browser that does what the screen says. `--json` prints one object.
 * The seconds are those of the machine and of the hand that writes; a person's looking and thinking come on top.
 */
import { chromium as playwright } from '@playwright/test'
import { chromium } from '../scripts/chromium.mjs'
import { firstStart } from '../test/browser/first-start.ts'
import { serveApp } from '../test/browser/served-app.ts'

const BOUND_SECONDS = 180

const browser = await playwright.launch({ executablePath: await chromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
try {
  const begun = performance.now()
  const served = await serveApp()
  try {
    const started = performance.now()
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
    page.setDefaultTimeout(BOUND_SECONDS * 1000)
    const { clicks } = await firstStart(page, served.url)
    const result = { start_seconds: seconds(begun, started), to_a_read_word_seconds: seconds(started), bound_seconds: BOUND_SECONDS, clicks, virtual: true }
    process.stdout.write(
      process.argv.includes('--json')
        ? `${JSON.stringify(result)}\n`
        : `${result.to_a_read_word_seconds} s and ${clicks} clicks from the first page to a read word of a virtual pen (at most ${BOUND_SECONDS} s are allowed), after ${result.start_seconds} s of starting\n`,
    )
  } finally {
    await served.stop()
  }
} finally {
  await browser.close()
}

function seconds(from: number, to = performance.now()): number {
  return Math.round((to - from) / 100) / 10
}
