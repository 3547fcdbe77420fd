/**
 * How often the live plot is redrawn while a virtual pen with 13 channels writes and is recorded: 10 s in a real browser.
 * Counts what reaches the canvases, so that nothing in the app has to be measured by itself. `--json` prints one object.
 */
import { chromium as playwright, type Page } from '@playwright/test'
import { chromium } from '../scripts/chromium.mjs'
import { serveApp } from '../test/browser/served-app.ts'

const SECONDS = 10

const served = await serveApp()
const browser = await playwright.launch({ executablePath: await chromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(served.url)
  await startRecording(page)
  // The window of ten seconds has to be full first: that is when there is most to draw.
  await page.waitForTimeout(11_000)
  const { redraws, lanes, longestMs } = await page.evaluate(countRedraws, SECONDS)
  const result = { redraws_per_second: round(redraws / lanes / SECONDS), longest_wait_ms: round(longestMs), lanes, seconds: SECONDS }
  process.stdout.write(
    process.argv.includes('--json')
      ? `${JSON.stringify(result)}\n`
      : `${result.redraws_per_second} redraws a second of ${lanes} lanes over ${SECONDS} s; the longest wait was ${result.longest_wait_ms} ms\n`,
  )
} finally {
  await browser.close()
  await served.stop()
}

async function startRecording(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last().click()
  await page.getByRole('button', { name: 'Add and open' }).click()
  await page.getByText('Streaming').waitFor()
  await page.keyboard.press('Alt+2')
  await page.getByLabel('Pseudonym').fill('virtual hand')
  await page.getByRole('button', { name: 'Create writer' }).click()
  await page.getByRole('button', { name: /^Start with/ }).click()
}

/** Runs in the page: counts how often canvases are cleared, which a plot does once a redraw. */
async function countRedraws(seconds: number): Promise<{ redraws: number; lanes: number; longestMs: number }> {
  const canvases = new Set<HTMLCanvasElement>()
  let redraws = 0
  let last = performance.now()
  let longestMs = 0
  const clear = CanvasRenderingContext2D.prototype.clearRect
  CanvasRenderingContext2D.prototype.clearRect = function (...area) {
    if (!canvases.has(this.canvas)) canvases.add(this.canvas)
    redraws++
    longestMs = Math.max(longestMs, performance.now() - last)
    last = performance.now()
    clear.apply(this, area)
  }
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  CanvasRenderingContext2D.prototype.clearRect = clear
  return { redraws, lanes: canvases.size, longestMs }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
