import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../src/main/app/app.ts'
import { logFolder } from '../../src/main/log/log-folder.ts'
import { log, logPath, openLog } from '../../src/main/log/index.ts'
import { temporaryFolder } from '../store/fixtures.ts'

async function appWith(showFile?: (path: string) => void) {
  return createApp({
    databasePath: join(temporaryFolder(), 'pens.db'),
    entryPoint: 'window',
    ...(showFile ? { showFile } : {}),
  })
}

describe('the log, asked for by an entry point', () => {
  it('is that of this process: with all that was held back, down to a level', async () => {
    const opened = openLog({ folder: temporaryFolder(), entryPoint: 'window' })
    const app = await appWith()
    log('pens').warn('a device is gone')
    log('pens').warn('a device is gone')
    const { path, problem, entries } = await app.request('system.log', { level: 'warn' })
    expect({ path, problem, said: entries.map(({ text }) => text) }).toEqual({
      path: opened.path,
      problem: null,
      said: ['a device is gone', 'repeated once: a device is gone'],
    })
    await app.close()
    opened.close()
  })

  it('is shown in the file manager where the entry point has one, and else named', async () => {
    const shown: string[] = []
    const [window, browser] = [await appWith((path) => shown.push(path)), await appWith()]
    await window.request('system.showLog', {})
    const path = logPath(logFolder())
    expect(shown).toEqual([path])
    await expect(browser.request('system.showLog', {})).rejects.toMatchObject({
      code: 'unavailable',
      hint: `The log is at ${path}.`,
    })
    await window.close()
    await browser.close()
  })

  it('is beside the user’s own database', () => {
    expect(logFolder(join('/home/w/.local/share/kalamos', 'kalamos.db'))).toBe(
      join('/home/w/.local/share/kalamos', 'logs'),
    )
  })

  it('never keeps an app from opening: one that cannot be read is told as such', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'kalamos.log'), { recursive: true })
    writeFileSync(join(folder, 'x'), '')
    const opened = openLog({ folder, entryPoint: 'window' })
    const app = await appWith()
    await expect(app.request('system.log', {})).resolves.toMatchObject({ problem: expect.any(String), entries: [] })
    await app.close()
    opened.close()
  })
})
