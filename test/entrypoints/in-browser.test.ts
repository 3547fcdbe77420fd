import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openInBrowser } from '../../src/main/entrypoints/web/in-browser.ts'
import { PATIENCE } from '../support/patience.ts'

const URL_WITH_TOKEN = 'http://127.0.0.1:4173/#token=s3cret'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kalamos-xdg-'))))
afterEach(() => rmSync(folder, { recursive: true }))

test.runIf(process.platform === 'linux')(
  'a browser is started without the token, which a file of this user alone leads it to',
  async () => {
    const told = join(folder, 'told')
    writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\necho "$@" > ${told}.partial && mv ${told}.partial ${told}\n`, {
      mode: 0o755,
    })
    const forget = openInBrowser(URL_WITH_TOKEN, 'linux', {
      DISPLAY: ':0',
      PATH: `${folder}${delimiter}${process.env['PATH']}`,
    })
    await expect.poll(() => existsSync(told), PATIENCE).toBe(true)
    const address = readFileSync(told, 'utf8').trim()
    expect(address).not.toContain('token')
    const file = fileURLToPath(address)
    expect(readFileSync(file, 'utf8')).toContain(`url=${URL_WITH_TOKEN}"`)
    expect([statSync(file).mode & 0o777, statSync(join(file, '..')).mode & 0o777]).toEqual([0o600, 0o700])
    forget()
    expect(existsSync(join(file, '..'))).toBe(false)
  },
)

test('nothing is opened, and no file left, where nobody could see it', () => {
  const files = () => readdirSync(tmpdir()).filter((name) => name.startsWith('kalamos-open-'))
  const before = files()
  openInBrowser(URL_WITH_TOKEN, 'linux', {})
  expect(files()).toEqual(before)
})
