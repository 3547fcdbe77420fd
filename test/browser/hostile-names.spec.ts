import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './served-app.ts'

test('names that give orders or turn what follows are shown as what they are, on every page', async ({
  page,
  served,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-names-'))
  const path = join(folder, 'names.ndjson')
  const line = (writer: string, more: object = {}) =>
    JSON.stringify({
      writer,
      label: 'Tinte',
      rate_hz: 100,
      channels: ['force'],
      units: ['N'],
      samples: [[writer.charCodeAt(0)], [2], [3]],
      ...more,
    })
  writeFileSync(
    path,
    [
      line('anna\x1b[2J'),
      line('gpj.\u202eexe', { device: 'pen\u2066\x07' }),
      line('<img src=x onerror="window.ran = 1">'),
    ].join('\n'),
  )
  await page.goto(served.url)
  await page.keyboard.press('Alt+3')
  await page.getByRole('button', { name: 'Import…' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Path of the file or folder').fill(path)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText('3 recordings imported, 0 were here already.')).toBeVisible()
  for (const name of ['recordings', 'record', 'recognise', 'train', 'adapt', 'recordings/overview']) {
    await page.goto(`${served.origin}/#/${name}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    if (name === 'recordings')
      for (const shown of ['anna\\u001b[2J', 'gpj.\\u202eexe'])
        await expect(page.getByText(shown).first()).toBeVisible()
    const found = await page.evaluate(() => {
      // eslint-disable-next-line no-control-regex -- what must not be there
      const orders = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/
      const spoken = [...document.querySelectorAll('*')].flatMap((element) =>
        ['title', 'aria-label'].map((attribute) => element.getAttribute(attribute) ?? ''),
      )
      return {
        orders: [document.documentElement.textContent, document.title, ...spoken].filter((text) => orders.test(text)),
        images: document.querySelectorAll('img[src=x]').length,
        ran: 'ran' in window,
      }
    })
    expect(found, name).toEqual({ orders: [], images: 0, ran: false })
  }
  rmSync(folder, { recursive: true })
})
