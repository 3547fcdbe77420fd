import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './served-app.ts'
import { watchFor } from './watching.ts'

/**
 * The recording studio in a real browser: a session by protocol with the virtual pen, its prompts on a second screen.
 */

const PROTOCOL = `id: two-words
name: Two words
instructions: Write at ease.
consent: { version: "1", text: I take part of my own free will. }
questions:
  - { id: hand, ask: Which hand?, choices: [right, left] }
blocks:
  - name: Words
    prompts: { inline: [Tinte, Feder] }
    break: { after: 1 }
`

/** A protocol whose prompts lie beside it; its path. */
function protocolWithFile(folder: string): string {
  writeFileSync(join(folder, 'words.txt'), 'Tinte\nFeder\n')
  const path = join(folder, 'filed.yaml')
  writeFileSync(path, 'id: filed\nname: From a file\nblocks:\n  - { name: Words, prompts: { file: words.txt } }\n')
  return path
}

async function addVirtualPen(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Add virtual pen' }).last().click()
  await page.getByRole('button', { name: 'Add and open' }).click()
  await expect(page.getByText('Streaming')).toBeVisible()
}

test('a protocol is written with its faults named, and a session runs by it', async ({ page, context, served }) => {
  await page.goto(served.url)
  await addVirtualPen(page)

  await page.keyboard.press('Alt+7')
  await expect(page.getByRole('heading', { level: 1, name: 'Protocols' })).toBeVisible()
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.getByLabel('Path of the protocol').fill(protocolWithFile(dirname(served.database)))
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('button', { name: /From a file.*version 1/ })).toBeVisible()
  await page.getByRole('button', { name: 'New protocol' }).click()
  const id = page.getByRole('textbox', { name: 'Id', exact: true })
  await expect(id).toHaveValue('my-protocol')
  await page.getByLabel('Name', { exact: true }).fill('From a file')
  await expect(id).toHaveValue('from-a-file')
  await id.fill('filed')
  await expect(id).toHaveAccessibleDescription('“filed” belongs to “From a file”')
  await expect(page.getByRole('button', { name: 'Save as a new protocol' })).toBeDisabled()
  await page.getByRole('radio', { name: 'As text' }).click()
  const source = page.getByLabel('The protocol in YAML')
  await source.fill(PROTOCOL.replace('prompts:', 'promts:'))
  await expect(page.getByText('Line 9: unknown key “promts” in blocks 1: did you mean “prompts”?')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save as a new protocol' })).toBeDisabled()
  await source.fill(PROTOCOL)
  await expect(page.getByText('Tinte · Feder')).toBeVisible()
  await page.getByRole('button', { name: 'Save as a new protocol' }).click()
  await expect(page.getByRole('button', { name: /Two words.*version 1/ })).toBeVisible()
  await source.fill(PROTOCOL.replace('[Tinte, Feder]', '[Papier]'))
  await page.getByRole('button', { name: 'Save as a new version' }).click()
  await expect(page.getByRole('button', { name: /Two words.*version 2/ })).toBeVisible()
  await page.getByRole('region', { name: 'Versions' }).getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByRole('button', { name: /Two words.*version 3/ })).toBeVisible()
  await expect(source).toHaveValue(PROTOCOL)

  await page.keyboard.press('Alt+2')
  await page.getByLabel('Pseudonym').fill('w01')
  await page.getByRole('button', { name: 'Create writer' }).click()
  await page.getByRole('radio', { name: 'A protocol' }).click()
  await page.getByLabel('A protocol').last().click()
  await page.getByRole('option', { name: /Two words/ }).click()
  await page.getByRole('button', { name: /^Start/ }).click()

  await expect(page.getByText('I take part of my own free will.')).toBeVisible()
  // A window that this one opens comes in with its session.
  const [writer] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Prompt in its own window' }).click(),
  ])
  await expect(writer.getByText('I take part of my own free will.')).toBeVisible()
  await expect(writer).toHaveTitle('What to write · Kalamos')
  await page.getByRole('button', { name: 'I agree' }).click()
  await page.getByLabel('Which hand?').selectOption('right')
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await expect(page.getByText('Write at ease.')).toBeVisible()
  await expect(writer.getByText('Write at ease.')).toBeVisible()
  const word = await watchFor(writer, 'Tinte')
  await writer.keyboard.press('Alt+2')
  await writer.keyboard.press('PageDown')
  await word()
  await expect(page.getByRole('heading', { name: 'A break' })).toBeVisible()
  await page.keyboard.press('Space')
  await expect(page.getByText('The session is complete')).toBeVisible()
  await expect(writer.getByText('Thank you!')).toBeVisible()
})
