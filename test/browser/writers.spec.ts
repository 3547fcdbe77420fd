import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { signal } from '../store/frames.ts'
import { expect, serveApp, test } from './served-app.ts'

/** The dialog of writers, in an app whose database was filled before; `folder` is where that lies. */
async function managing(
  page: Page,
  fill: (store: Store) => void,
  look: (dialog: ReturnType<Page['getByRole']>, folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-writers-'))
  const database = join(folder, 'kalamos.db')
  const store = openStore(database)
  fill(store)
  store.close()
  const served = await serveApp(database)
  try {
    await page.goto(served.url)
    await page.goto(`${served.origin}/#/record`)
    await page.getByRole('button', { name: 'Manage writers' }).click()
    await look(page.getByRole('dialog', { name: 'Writers' }), folder)
  } finally {
    await served.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

test('one of many writers is found by a part of the pseudonym', async ({ page }) => {
  const many = (store: Store): void => {
    for (let i = 1; i <= 30; i++) store.writers.create({ name: `W${String(i).padStart(2, '0')}`, handedness: 'right' })
  }
  await managing(page, many, async (dialog) => {
    const search = dialog.getByLabel('Pseudonym contains')
    await search.fill('w2')
    await expect(dialog.getByRole('listitem')).toHaveCount(10)
    await search.fill('w27')
    await expect(dialog.getByRole('listitem')).toHaveCount(1)
    await search.fill('nobody')
    await expect(dialog.getByText('No pseudonym contains “nobody”.')).toBeVisible()
    await search.fill('')
    await expect(dialog.getByRole('listitem')).toHaveCount(30)
  })
})

test('writers are corrected, looked at and deleted in one dialog, and the report of a deletion is saved', async ({
  page,
}) => {
  const one = (store: Store): void => {
    const writer = store.writers.create({ name: 'w07', handedness: 'right' })
    store.writers.create({ name: 'w08', handedness: 'unknown' })
    const session = store.sessions.create({
      writerId: writer.id,
      deviceName: 'Desk pen',
      origin: 'recorded',
      profile: {},
    })
    store.promptedSessions.consent(writer.id, session.id, '3', 'My words may be kept.')
    store.recordings.insert({ sessionId: session.id, label: 'Haus', signal: signal(40) })
    store.sessions.end(session.id)
  }
  await managing(page, one, async (dialog, folder) => {
    await dialog.getByRole('button', { name: /^w07/ }).click()
    await dialog.getByText('Version 3, agreed to on').click()
    await expect(dialog.getByText('My words may be kept.')).toBeVisible()
    expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])

    await dialog.getByLabel('Pseudonym').fill('w08')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toContainText('There is already a writer called w08.')
    await dialog.getByLabel('Pseudonym').fill('w17')
    await dialog.getByRole('radio', { name: 'Left' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('button', { name: 'w17 Left-handed, 1 recording' })).toBeVisible()

    await dialog.getByRole('button', { name: 'Delete w17 and everything of theirs' }).click()
    // What can never be had again is not done by Enter.
    await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' })).toBeFocused()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    const report = page.getByRole('dialog', { name: 'w17 is deleted' })
    await expect(report.getByText('Frames')).toBeVisible()
    await expect(report.getByLabel('Path of a new text file')).toHaveValue(/w17\.deletion\.txt$/)
    expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])
    const path = join(folder, 'w17.txt')
    await report.getByLabel('Path of a new text file').fill(path)
    await report.getByRole('button', { name: 'Save report' }).click()
    await expect(report).toBeHidden()
    expect(readFileSync(path, 'utf8')).toMatch(/^Deletion of w17\n[^]*\nRecordings: 1\nFrames: 40\nConsents: 1\n/)
    await expect(dialog.getByRole('listitem')).toHaveCount(1)
  })
})
