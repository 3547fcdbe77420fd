import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { argumentsFor, isSameFile, startOf } from '../../../src/main/entrypoints/electron/arguments.ts'
import type { desktop } from '../../electron-fake/index.ts'
import { freshElectron } from './fresh-electron.ts'
import { openApp } from './open-app.ts'

const stays: (typeof desktop)['choose'] = ({ buttons }) => buttons.findIndex((button) => /Stay|bleiben/.test(button))
const changes: (typeof desktop)['choose'] = ({ buttons }) =>
  buttons.findIndex((button) => /Close|Schließen/.test(button))

test('another start brings the window to the front, and nothing else', async () => {
  const { electron, window } = await openApp()
  window.minimize()
  const focused = vi.fn()
  window.on('focus', focused)
  electron.app.startAgain({ database: null })
  await vi.waitFor(() => expect(focused).toHaveBeenCalledOnce(), 10_000)
  expect(window.isMinimized()).toBe(false)
  expect(electron.dialog.asked).toEqual([])
  expect(electron.BrowserWindow.getAllWindows()).toHaveLength(1)
})

test('a start on another database is told which one is open and how to come to the other', async () => {
  const { electron, database } = await openApp({ choose: stays })
  electron.app.startAgain({ database: '/data/other pens.db' }, ['/data/other', 'pens.db', '--database'])
  await vi.waitFor(() => expect(electron.dialog.asked).toHaveLength(1), 10_000)
  expect(electron.dialog.asked[0]!.detail).toContain(database)
  expect(electron.dialog.asked[0]!.detail).toContain('/data/other pens.db')
  expect(electron.app.relaunches).toEqual([])
})

test('the person is told in German where German is spoken', async () => {
  const { electron } = await openApp({ choose: stays, languages: ['de-AT', 'en'] })
  electron.app.startAgain({ database: '/data/other.db' })
  await vi.waitFor(() => expect(electron.dialog.asked).toHaveLength(1), 10_000)
  expect(electron.dialog.asked[0]!.message).toBe('Kalamos hat schon eine andere Datenbank geöffnet.')
})

test('who changes gets the other database once the open one is closed', async () => {
  const { electron, ended } = await openApp({ choose: changes })
  electron.app.startAgain({ database: '/data/other.db' })
  expect(await ended).toBe(0)
  expect(electron.app.relaunches).toEqual([{ args: ['.', '--database', '/data/other.db'] }])
})

test('a start on the database that is open asks nothing, also by a link to it', async () => {
  const { electron, window, database } = await openApp()
  const link = join(dirname(database), 'link')
  symlinkSync(dirname(database), link)
  const focused = vi.fn()
  window.on('focus', focused)
  for (const path of [database, join(link, 'pens.db')]) electron.app.startAgain({ database: path })
  await vi.waitFor(() => expect(focused).toHaveBeenCalledTimes(2), 10_000)
  expect(electron.dialog.asked).toEqual([])
})

test.each([undefined, null, 'text', {}, { database: 7 }])('a start that hands over %j wants the window', (data) => {
  expect(startOf(data)).toEqual({ database: null })
})

test('a start hands over the database that its command line names', async () => {
  const electron = await freshElectron({ isFirst: false })
  process.argv = ['electron', '.', '--database=/data/pens.db']
  await import('../../../src/main/entrypoints/electron.ts')
  expect(electron.app.handedOver).toEqual({ database: '/data/pens.db' })
})

test('a command line names one database', () => {
  expect(argumentsFor(['.', '--database', 'a.db', '--inspect'], '/b.db')).toEqual([
    '.',
    '--inspect',
    '--database',
    '/b.db',
  ])
  expect(argumentsFor(['--database=a.db'], '/b.db')).toEqual(['--database', '/b.db'])
  expect(argumentsFor(['.', '--database', 'a.db'], null)).toEqual(['.', '--database', 'a.db'])
})

test('two names of one file are known as such', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kalamos-names-')))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'pens'))
  symlinkSync(join(folder, 'pens'), join(folder, 'link'))
  writeFileSync(join(folder, 'pens', 'a.db'), '')
  expect(isSameFile(join(folder, 'link', 'a.db'), join(folder, 'pens', 'a.db'))).toBe(true)
  expect(isSameFile(join(folder, 'link', 'new.db'), join(folder, 'pens', 'new.db'))).toBe(true)
  expect(isSameFile(join(folder, 'pens', 'a.db'), join(folder, 'pens', 'b.db'))).toBe(false)
  expect(isSameFile('/Users/Ada/Pens.db', '/users/ada/pens.db', 'darwin')).toBe(true)
  expect(isSameFile('/home/ada/Pens.db', '/home/ada/pens.db', 'linux')).toBe(false)
})
