/**
 * How often live plots are redrawn: 10 s in a real browser, on a page of 1920 x 1080 pixels. Without more, the plot of
 * one virtual pen with 13 channels that writes and is recorded; with `--pens 4`, the plots of four of them side by
 * side. Counts what reaches the canvases, so that nothing in the app has to be measured by itself, and what the browser
 * computed for it: on a busy machine that tells more than how often it came to draw. `--json` prints one object.
 */
import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { chromium as playwright, type CDPSession, type Page } from '@playwright/test'
import { chromium } from '../scripts/chromium.mjs'
import { serveApp } from '../test/browser/served-app.ts'

const SECONDS = 10
/** The window of ten seconds has to be full first: that is when there is most to draw. */
const FULL_MS = 11_000
/** On a busy machine a page may take this long to answer a click. */
const PATIENCE_MS = 120_000

const { values } = parseArgs({
  options: { pens: { type: 'string', default: '1' }, json: { type: 'boolean', default: false } },
})
const pens = Number(values.pens)
if (!Number.isInteger(pens) || pens < 1 || pens > 16)
  throw new Error(`--pens ${values.pens} is no number of pens from 1 to 16`)

const served = await serveApp()
const browser = await playwright.launch({
  executablePath: await chromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(served.url)
  for (let pen = 1; pen <= pens; pen++) await addPen(page, pen)
  if (pens === 1) await startRecording(page)
  else await page.getByRole('button', { name: 'Show all signals' }).click()
  await page.waitForTimeout(FULL_MS)
  const processes = await browser.newBrowserCDPSession()
  const [before, load] = [await computedSeconds(processes), loadavg()[0]!]
  const lanes = await page.evaluate(countRedraws, SECONDS)
  const after = await computedSeconds(processes)
  const rates = lanes.map(({ perSecond }) => perSecond).sort((a, b) => a - b)
  const average = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
  const spent = (kind: keyof typeof after) => round(((after[kind] - before[kind]) * 1000) / (average * SECONDS))
  const result = {
    pens,
    lanes: lanes.length,
    redraws_per_second: round(average),
    slowest_lane_per_second: round(rates[0] ?? 0),
    longest_wait_ms: round(Math.max(...lanes.map(({ longestMs }) => longestMs))),
    page_ms_per_redraw: spent('page'),
    browser_ms_per_redraw: spent('rest'),
    seconds: SECONDS,
    cores: availableParallelism(),
    load_average: round(load),
  }
  process.stdout.write(
    values.json
      ? `${JSON.stringify(result)}\n`
      : `${result.redraws_per_second} redraws a second of each of ${result.lanes} lanes of ${pens} pen(s) over ` +
          `${SECONDS} s, ${result.slowest_lane_per_second} of the slowest; the longest wait was ` +
          `${result.longest_wait_ms} ms. One redraw of all lanes took ${result.page_ms_per_redraw} ms of a core in ` +
          `the page and ${result.browser_ms_per_redraw} ms in the rest of the browser (${result.cores} cores, load ` +
          `average ${result.load_average})\n`,
  )
} finally {
  await browser.close()
  await served.stop()
}

/** Adds the `nth` virtual pen, and waits until all of them stream. */
async function addPen(page: Page, nth: number): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last().click()
  await page.getByRole('button', { name: 'Add and open' }).click()
  await page
    .getByText('Streaming')
    .nth(nth - 1)
    .waitFor()
}

async function startRecording(page: Page): Promise<void> {
  await page.keyboard.press('Alt+2')
  await page.getByLabel('Pseudonym').fill('virtual hand')
  await page.getByRole('button', { name: 'Create writer' }).click()
  await page.getByRole('button', { name: /^Start with/ }).click()
}

/** Runs in the page: counts how often each canvas is cleared, which a plot does once a redraw. */
async function countRedraws(seconds: number): Promise<{ perSecond: number; longestMs: number }[]> {
  const from = performance.now()
  const lanes = new Map<HTMLCanvasElement, { redraws: number; last: number; longestMs: number }>()
  for (const canvas of document.querySelectorAll('canvas')) lanes.set(canvas, { redraws: 0, last: from, longestMs: 0 })
  const clear = CanvasRenderingContext2D.prototype.clearRect
  CanvasRenderingContext2D.prototype.clearRect = function (...area) {
    const lane = lanes.get(this.canvas)
    if (lane !== undefined) {
      const now = performance.now()
      lane.redraws++
      lane.longestMs = Math.max(lane.longestMs, now - lane.last)
      lane.last = now
    }
    clear.apply(this, area)
  }
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  CanvasRenderingContext2D.prototype.clearRect = clear
  const to = performance.now()
  return [...lanes.values()].map(({ redraws, last, longestMs }) => ({
    perSecond: (redraws * 1000) / (to - from),
    longestMs: Math.max(longestMs, to - last),
  }))
}

/** Seconds of a core that the pages, and the browser's other processes with what paints, have taken so far. */
async function computedSeconds(processes: CDPSession): Promise<{ page: number; rest: number }> {
  const { processInfo } = await processes.send('SystemInfo.getProcessInfo')
  const sum = (ofPage: boolean) =>
    processInfo
      .filter(({ type }) => (type === 'renderer') === ofPage)
      .reduce((total, { cpuTime }) => total + cpuTime, 0)
  return { page: sum(true), rest: sum(false) }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
