import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { signalOf } from '../training/small-store.ts'
import {
  addCandidate,
  addGeneralModel,
  FIRST,
  generalModel,
  TURNED,
  turned,
  writersStore,
} from '../adaptation/writers.ts'
import { virtualStore, WRITTEN } from '../adaptation/virtual-writer.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'
import { expect, serveApp, test as base, type ServedApp } from './served-app.ts'
import { TRAINING_TEST_MS, watchPlace, workTo } from './watching.ts'

/** How long a training may take that keeps a core busy for seconds, on a machine with much else to do. */
const TRAINED_MS = 240_000

/** The general model is trained once for all tests, and none of them waits for it. */
const test = base.extend<object, { trained: boolean }>({
  trained: [
    async ({ browserName: _ }, use) => (await generalModel(), use(true)),
    { scope: 'worker', auto: true, timeout: TRAINED_MS },
  ],
})
/**
 * A writer with six made-up words whose pen is held the other way round, and a small model that has never seen it so.
 */
async function writerAndModel(): Promise<{ database: string; writerId: number }> {
  const words = writersStore(['ab', 'ba', 'aab', 'bba', 'abb', 'baa'])
  await addGeneralModel(words)
  const { store } = words
  const writerId = store.writers.find(TURNED)!.id
  store.close()
  return { database: store.path, writerId }
}

async function openPage(page: Page, { url, origin }: ServedApp, writerId: number, model = 'general'): Promise<void> {
  await page.goto(url)
  // A host that is started anew has the address of the one before: a page that is open there begins anew with the
  // token.
  await expect(page).not.toHaveURL(/token=/)
  await page.goto(`${origin}/#/adapt/${writerId}`)
  await expect(page.getByRole('region', { name: 'Read by' }).getByText(model, { exact: true })).toBeVisible()
}

test('a model is fitted to a writer, judged by its figures, kept, put aside, taken again and deleted', async ({
  page,
}) => {
  test.setTimeout(TRAINING_TEST_MS)
  const { database, writerId } = await writerAndModel()
  const served = await serveApp(database)
  try {
    await openPage(page, served, writerId)
    await page.getByRole('radio', { name: 'Adapter' }).click()
    await page.getByRole('button', { name: 'Adapt', exact: true }).click()

    const version = page.getByRole('article', { name: 'Version 1' })
    const places = await watchPlace(version.getByRole('button', { name: 'Cancel' }))
    await workTo(version.getByText('to decide'), version)
    expect(await places(), 'where the button that cancels it was').toHaveLength(1)
    await expect(
      version.getByRole('region', { name: 'This writer' }).getByRole('img', { name: /^CER: before .*, after / }),
    ).toBeVisible()
    await expect(version.getByText(/^Better \(\d+\) · Worse \(\d+\)/)).toBeVisible()
    const reads = page.getByRole('region', { name: 'Read by' })
    await expect(reads.getByText('Version 1')).toBeHidden()

    await version.getByRole('button', { name: 'Keep' }).click()
    await expect(version.getByText('in use')).toBeVisible()
    await expect(reads.getByText('This writer’s own version.')).toBeVisible()

    await reads.getByRole('button', { name: 'Read without a version' }).click()
    await expect(version.getByText('in use')).toBeHidden()
    await version.getByRole('button', { name: 'Use it' }).click()
    await expect(version.getByText('in use')).toBeVisible()

    await version.getByRole('button', { name: 'More of version 1' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(version).toBeHidden()
    await expect(reads.getByText('This writer’s own version.')).toBeHidden()
  } finally {
    await served.stop()
    rmSync(dirname(database), { recursive: true, force: true })
  }
})

test('the style of a writer is estimated, and shown with words as synthetic writers of that style write them', async ({
  page,
}) => {
  const store = virtualStore(drawWriter(963_001))
  const [writer] = store.writers.list()
  store.close()
  const served = await serveApp(store.path)
  try {
    await openPage(page, served, writer!.id, 'base')
    await expect(
      page.getByRole('checkbox', { name: 'First train on 900 words of synthetic writers of this style' }),
    ).toBeChecked()
    await page.getByRole('button', { name: 'Estimate the style' }).click()
    const hand = page.getByRole('region', { name: 'Style estimate' })
    await expect(hand.getByText(`Estimated from ${WRITTEN.length} words.`)).toBeVisible()
    await expect(hand.getByRole('img', { name: /^“.+” as synthetic writer \d writes it$/ })).toHaveCount(3)
    for (const trait of ['Height of an x', 'Slant', 'Joined letters', 'Tip force', 'Pen lift', 'Altitude of the pen'])
      await expect(hand.getByText(trait, { exact: true })).toBeVisible()
  } finally {
    await served.stop()
    rmSync(dirname(store.path), { recursive: true, force: true })
  }
})

test('an adaptation whose app is closed waits, and goes on when it is opened again', async ({ page }) => {
  test.setTimeout(TRAINING_TEST_MS)
  const { database, writerId } = await writerAndModel()
  const first = await serveApp(database)
  try {
    await openPage(page, first, writerId)
    await page.getByRole('button', { name: 'Adapt', exact: true }).click()
    await expect(page.getByRole('article', { name: 'Version 1' }).getByRole('progressbar')).toBeVisible()
  } finally {
    await first.stop()
  }
  const second = await serveApp(database)
  try {
    await openPage(page, second, writerId)
    const version = page.getByRole('article', { name: 'Version 1' })
    await expect(version.getByText('interrupted')).toBeVisible()
    const notice = page.getByRole('region', { name: 'Interrupted' })
    await expect(notice.getByText('Version 1 of turned was interrupted when Kalamos closed.')).toBeVisible()
    await notice.getByRole('button', { name: 'Go on' }).click()
    await expect(notice).toBeHidden()
    await workTo(version.getByText('to decide'), version)
  } finally {
    await second.stop()
    rmSync(dirname(database), { recursive: true, force: true })
  }
})

test('a wrong label is shown before anything is learned from it', async ({ page }) => {
  const words = writersStore(['ab', 'ba'])
  await addGeneralModel(words)
  const { store } = words
  const writerId = store.writers.find(FIRST)!.id
  const session = store.sessions.create({ writerId, deviceName: 'test signal', origin: 'simulated', profile: {} })
  store.recordings.insert({ sessionId: session.id, label: 'bbbb', signal: signalOf('ab', 4000) })
  store.sessions.end(session.id)
  store.close()
  const served = await serveApp(store.path)
  try {
    await openPage(page, served, writerId)
    await page.getByRole('button', { name: 'Adapt', exact: true }).click()
    const doubtful = page.getByRole('region', { name: 'Labels that may be wrong' })
    await expect(doubtful.getByText('bbbb')).toBeVisible()
    await expect(doubtful.getByText('read as “ab”')).toBeVisible()
    await expect(page.getByText('1 label may be wrong: check them before the model is trained on them.')).toBeVisible()
    await expect(page.getByRole('article', { name: 'Version 1' })).toBeHidden()
    await expect(page.getByRole('button', { name: 'Adapt without 1 word' })).toBeEnabled()
    await doubtful.getByRole('checkbox', { name: 'Leave “bbbb” out' }).uncheck()
    await expect(page.getByRole('button', { name: 'Adapt', exact: true })).toBeEnabled()
  } finally {
    await served.stop()
    rmSync(dirname(store.path), { recursive: true, force: true })
  }
})

test('words that hold many letters are chosen for a writer, and wait on the Record page', async ({ page }) => {
  const { store } = writersStore([])
  const writerId = store.writers.find(TURNED)!.id
  store.close()
  const served = await serveApp(store.path)
  try {
    await openPage(page, served, writerId, 'base')
    await page.getByRole('button', { name: 'Write 20 words' }).click()
    await expect(page.getByText(/^20 words wait on the Record page\. In none of them: \p{Lu}+$/u)).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Own words' })).toHaveValue(/^(.+\n){19}.+$/)
    await expect(page.getByRole('combobox', { name: `Writer: ${TURNED}` })).toBeVisible()
  } finally {
    await served.stop()
    rmSync(dirname(store.path), { recursive: true, force: true })
  }
})

test('a version is read beside another model, and exported', async ({ page }) => {
  const words = writersStore(['ab', 'ba', 'aab', 'bba', 'abb', 'baa'])
  await addCandidate(words, await addGeneralModel(words))
  const { store } = words
  const writerId = store.writers.find(TURNED)!.id
  const session = store.sessions.create({ writerId, deviceName: 'test signal', origin: 'simulated', profile: {} })
  store.recordings.insert({ sessionId: session.id, label: 'abab', signal: turned(signalOf('abab', 9000)) })
  store.sessions.end(session.id)
  store.close()
  const served = await serveApp(store.path)
  const folder = join(dirname(store.path), 'exported')
  try {
    await openPage(page, served, writerId)
    const more = page.getByRole('button', { name: 'More of version 1' })
    await more.click()
    await page.getByRole('menuitem', { name: 'Compare' }).click()
    const comparing = page.getByRole('dialog', { name: 'Compare version 1' })
    await comparing.getByRole('button', { name: 'Compare' }).click()
    await expect(
      comparing.getByRole('region', { name: 'This writer' }).getByText('1 word', { exact: true }),
    ).toBeVisible()
    await expect(comparing.getByText(/^Better \(\d\) · Worse \(\d\)/)).toBeVisible()
    await comparing.getByRole('button', { name: 'Close' }).first().click()

    await more.click()
    await page.getByRole('menuitem', { name: 'Export' }).click()
    const exporting = page.getByRole('dialog', { name: 'Export version 1' })
    await exporting.getByRole('textbox', { name: 'Folder' }).fill(folder)
    await exporting.getByRole('button', { name: 'Export' }).click()
    await expect(page.getByText('Written: turned-version-1.safetensors, turned-version-1.json')).toBeVisible()
    expect(readdirSync(folder).sort()).toEqual(['turned-version-1.json', 'turned-version-1.safetensors'])
  } finally {
    await served.stop()
    rmSync(dirname(store.path), { recursive: true, force: true })
  }
})
