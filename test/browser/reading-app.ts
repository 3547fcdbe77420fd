import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { modelFor } from '../../bench/live/model.ts'
import { createApp } from '../../src/main/app/app.ts'
import { serveApp, type ServedApp } from './served-app.ts'

/** The real app on a new database in a folder, with a model that reads words and a writer w01. */
export async function serveReading(folder: string): Promise<ServedApp> {
  const database = join(folder, 'kalamos.db')
  const before = await createApp({ databasePath: database, entryPoint: 'terminal' })
  await modelFor(before)
  await before.request('writers.create', { name: 'w01', handedness: 'right', virtual: true })
  await before.close()
  return serveApp(database)
}

/** Opens a virtual pen, and the page that reads it. */
export async function openReading(page: Page, { url, origin }: ServedApp): Promise<void> {
  await page.goto(url)
  await page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last().click()
  await page.getByRole('button', { name: 'Add and open' }).click()
  await page.getByText('Streaming').waitFor()
  await page.goto(`${origin}/#/recognise`)
}
