import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createApp } from '../../../src/main/app/app.ts'
import type { PathDialog } from '../../electron-fake/desktop.ts'
import { temporaryFolder } from '../../store/fixtures.ts'
import { openApp } from './open-app.ts'

test('a path is chosen in the dialog of the system that fits, which begins where the field is', async () => {
  const shown: PathDialog[] = []
  const { electron, window } = await openApp({
    choosePath: (options) => {
      shown.push(options)
      return '/home/anna/words.csv'
    },
  })
  for (const wish of [{ what: 'file' }, { what: 'folder', path: '/home/anna' }, { what: 'new', path: '/home/x.zip' }])
    expect(await electron.ask(window, 'exchange.choose', wish)).toEqual({ output: { path: '/home/anna/words.csv' } })
  expect(shown).toEqual([
    { properties: ['openFile'] },
    { defaultPath: '/home/anna', properties: ['openDirectory'] },
    { defaultPath: '/home/x.zip', properties: ['createDirectory'] },
  ])
  expect(await electron.ask(window, 'exchange.choose', { what: 'anything' })).toMatchObject({
    error: { code: 'invalid-input' },
  })
})

test('a dialog that is left changes nothing', async () => {
  const { electron, window } = await openApp()
  for (const what of ['file', 'folder', 'new'])
    expect(await electron.ask(window, 'exchange.choose', { what })).toEqual({ output: { path: null } })
})

test('a browser is told that it has no such dialogs, and what it has', async () => {
  const app = await createApp({ databasePath: join(temporaryFolder(), 'pens.db'), entryPoint: 'browser' })
  await expect(app.request('exchange.choose', { what: 'file' })).rejects.toMatchObject({
    code: 'unavailable',
    hint: 'Type the path, or use "Browse".',
  })
  await app.close()
})
