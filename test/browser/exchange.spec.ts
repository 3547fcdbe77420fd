import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './served-app.ts'
import { watchPlace } from './watching.ts'

/** Recordings in and out of the real app in a real browser. */

let folder: string

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-exchange-'))
})
test.afterEach(() => rmSync(folder, { recursive: true }))

/** A table of somebody's lab: commas before fractions, names of its own, one recording with a fault. */
function labTable(): string {
  const words = [
    ['anna', 'Haus'],
    ['anna', 'Feder'],
    ['ben', 'Tinte'],
  ] as const
  const rows = words.flatMap(([person, word], at) =>
    Array.from({ length: 60 }, (_, row) =>
      [at, person, word, row * 10, `0,${100 + row}`, at === 2 && row === 30 ? 'x' : `${row},5`].join(';'),
    ),
  )
  const path = join(folder, 'lab.csv')
  writeFileSync(path, ['nr;person;word;millis;speed;pressure', ...rows].join('\n'))
  return path
}

test('looking through a large file can be stopped, by a button and by Escape', async ({ page, served }) => {
  const path = join(folder, 'long.csv')
  // Seconds of looking, once it is known how many samples a second it has: all of it is one recording.
  writeFileSync(path, `word;ax\n${'Haus;1.5\n'.repeat(2_000_000)}`)
  const socket = page.waitForEvent('websocket')
  await page.goto(served.url)
  const asked = async (): Promise<unknown> =>
    (await socket).waitForEvent('framesent', ({ payload }) => payload.toString().includes('exchange.preview'))
  await page.keyboard.press('Alt+3')
  await page.getByRole('button', { name: 'Import…' }).first().click()
  const dialog = page.getByRole('dialog')

  // What is found in the file takes room in the dialog; the buttons at its foot stay where they are.
  const places = await watchPlace(dialog.getByRole('button', { name: 'Close' }).last())
  await dialog.getByLabel('Path of the file or folder').fill(path)
  await expect(dialog.getByText('does not say how many samples a second it has')).toBeVisible()
  await Promise.all([asked(), dialog.getByLabel('Samples a second').fill('100')])
  const stop = dialog.getByRole('button', { name: 'Stop looking' })
  const placesOfStop = await watchPlace(stop)
  await stop.click()
  expect(await placesOfStop(), 'where the button that stops it was').toHaveLength(1)
  expect(await places(), 'where the button that closes was').toHaveLength(1)
  await expect(dialog.getByText('The file was not looked through.')).toBeVisible()
  await Promise.all([asked(), dialog.getByRole('button', { name: 'Look again' }).click()])
  await expect(dialog.getByText('Looking…')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog.getByText('The file was not looked through.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('two people of one name in two files stay two, unless somebody says that they are one', async ({
  page,
  served,
}) => {
  const file = (name: string, label: string): string => {
    const path = join(folder, name)
    const samples = Array.from({ length: 200 }, (_, at) => [at])
    writeFileSync(
      path,
      JSON.stringify({ id: label, writer: 'w01', label, rate_hz: 100, channels: ['force'], units: ['N'], samples }),
    )
    return path
  }
  await page.goto(served.url)
  await page.keyboard.press('Alt+3')
  await page.getByRole('button', { name: 'Import…' }).first().click()
  const dialog = page.getByRole('dialog')
  const path = dialog.getByLabel('Path of the file or folder')
  const start = dialog.getByRole('button', { name: 'Import', exact: true })
  await path.fill(file('here.ndjson', 'Haus'))
  await start.click()
  await expect(dialog).toBeHidden()

  await page.getByRole('button', { name: 'Import…' }).first().click()
  await path.fill(file('there.ndjson', 'Maus'))
  await expect(dialog.getByText('A writer called w01 is here already.')).toBeVisible()
  await expect(dialog.getByRole('radio', { name: /other people/ })).toBeChecked()
  const prefix = dialog.getByLabel('Put before every writer’s name')
  await expect(prefix).toHaveValue('there-')
  await prefix.fill('')
  await expect(prefix).toHaveAccessibleDescription('A writer with this name is here already.')
  await expect(start).toBeDisabled()
  await dialog.getByRole('radio', { name: /same people/ }).check()
  await dialog.getByRole('radio', { name: /other people/ }).check()
  await expect(prefix).toHaveValue('there-')
  await start.click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('row', { name: /there-w01/ })).toHaveCount(1)
})

test('a table of others is mapped, looked through and imported; what comes out is a file with a data sheet', async ({
  page,
  served,
}) => {
  await page.goto(served.url)
  await page.keyboard.press('Alt+3')
  await page.getByRole('button', { name: 'Import…' }).first().click()
  const dialog = page.getByRole('dialog')

  // The file is chosen among those of its folder.
  const table = labTable()
  await dialog.getByLabel('Path of the file or folder').fill(folder)
  await dialog.getByRole('button', { name: 'Browse' }).click()
  await dialog.getByRole('button', { name: 'lab.csv' }).click()
  await expect(dialog.getByLabel('Path of the file or folder')).toHaveValue(table)
  await expect(dialog.getByText('Detected as CSV')).toBeVisible()

  // What the headings tell is filled in; the rest is said by the person.
  await expect(dialog.getByLabel('Meaning of person')).toHaveValue('writer')
  await expect(dialog.getByLabel('Meaning of pressure')).toHaveValue('channel')
  await expect(dialog.getByLabel('Before fractions: Comma (0,5)')).toBeVisible()
  await dialog.getByLabel('Meaning of nr').selectOption('recording')
  await dialog.getByLabel('Meaning of speed').selectOption('channel')
  await dialog.getByLabel('Channel in speed').fill('gyro_x')
  await dialog.getByLabel('Unit of speed').selectOption('rad/s')
  await expect(dialog.getByText('100 Hz, 2 channels')).toBeVisible()
  await expect(dialog.getByRole('img', { name: /Haus/ })).toBeVisible()
  await expect(dialog.getByText('"x" in pressure is no number')).toBeVisible()

  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog.getByText('2 recordings imported, 0 were here already.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Save what was left out' }).click()
  await expect(page.getByText(`1 line written to ${table}.report.txt.`)).toBeVisible()
  expect(readFileSync(`${table}.report.txt`, 'utf8')).toContain('"x" in pressure is no number')

  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(dialog).toBeHidden()

  await page.getByRole('button', { name: 'Export…' }).click()
  await dialog.getByLabel('Format: Parquet').click()
  await page.getByRole('option', { name: /^NDJSON/ }).click()
  const path = join(folder, 'words.ndjson')
  await dialog.getByLabel('Path of the new file').fill(path)
  await dialog.getByLabel('Licence').fill('CC BY 4.0')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(dialog.getByText(/^2 recordings exported/)).toBeVisible()
  await expect(dialog.getByText(`${path}.datasheet.json`)).toBeVisible()
  expect(readFileSync(path, 'utf8').match(/"label":"(Haus|Feder)"/g)).toHaveLength(2)
  expect(existsSync(`${path}.datasheet.txt`)).toBe(true)
})

test('a table in another encoding, with a unit of time that nobody knows, is read as the person says', async ({
  page,
  served,
}) => {
  await page.goto(served.url)
  await page.keyboard.press('Alt+3')
  await page.getByRole('button', { name: 'Import…' }).first().click()
  const dialog = page.getByRole('dialog')
  const path = join(folder, 'excel.csv')
  writeFileSync(
    path,
    Buffer.from(
      ['label;person;time (s);ax (furlong)', ...Array.from({ length: 60 }, (_, at) => `Größe;anna;${at * 10};1`)].join(
        '\r\n',
      ),
      'latin1',
    ),
  )
  await dialog.getByLabel('Path of the file or folder').fill(path)
  await expect(dialog.getByText('Read as Windows-1252 it says “Größe”')).toBeVisible()
  await dialog.getByRole('button', { name: 'Read as Windows-1252' }).click()

  await expect(dialog.getByText(/does not say for sure what one step of the time in time \(s\) is/)).toBeVisible()
  await dialog.getByLabel('Unit of time (s)').selectOption('ms')
  await expect(dialog.getByText('"furlong", which is no unit of a pen')).toBeVisible()
  await dialog.getByLabel('Unit of ax (furlong)').selectOption('g')
  await expect(dialog.getByText('100 Hz, 1 channel')).toBeVisible()
  await expect(dialog.getByRole('img', { name: 'Größe' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('1 recording imported, 0 were here already.')).toBeVisible()
})
