import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { expect, serveApp, test } from './served-app.ts'

const FRAMES = 100_000

/** One recording of a quarter of an hour. */
function longRecording(path: string): void {
  const samples = Array.from({ length: FRAMES }, (_, frame) =>
    PEN_CHANNELS.map((_, channel) => Math.round(100 * Math.sin(frame / 500 + channel)) / 100),
  )
  const about = {
    writer: 'w01',
    label: 'lang',
    rate_hz: 100,
    channels: PEN_CHANNELS.map(({ name }) => name),
    units: PEN_CHANNELS.map(({ unit }) => unit),
  }
  writeFileSync(path, `${JSON.stringify({ ...about, samples })}\n`)
}

test('a very long recording is shown in every second frame, which is said, and trimmed at the frame that was meant', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-long-'))
  const [file, database] = [join(folder, 'long.ndjson'), join(folder, 'kalamos.db')]
  longRecording(file)
  const cli = join(import.meta.dirname, '../../out/main/cli.js')
  const imported = execFileSync(process.execPath, [cli, 'import', 'ndjson', file, '--database', database, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  expect(JSON.parse(imported)).toMatchObject({ imported: 1 })
  const served = await serveApp(database)
  await page.goto(served.url)
  await page.keyboard.press('Alt+3')
  await page.locator('tbody tr').first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Very long: 1 of 2 frames is shown, also in the figures')).toBeVisible()
  await page.getByRole('slider', { name: 'Begins here' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('button', { name: 'Trim to' }).click()
  await expect(page.getByText(`${(FRAMES - 2).toLocaleString('en')} of ${FRAMES.toLocaleString('en')}`)).toBeVisible()
  await served.stop()
  rmSync(folder, { recursive: true })
})
