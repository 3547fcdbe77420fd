import type { WebContents } from 'electron'
import { expect, test } from 'vitest'
import { confineContents } from '../../../src/main/entrypoints/electron/confine.ts'
import { BUILT_PAGE, pageFor } from '../../../src/main/entrypoints/electron/page.ts'
import { FakeContents } from '../../electron-fake/contents.ts'

const DEVELOPMENT = { isPackaged: false, address: 'http://localhost:5173' }

test('in development, the window shows the page of the development server', () => {
  const page = pageFor(DEVELOPMENT)
  expect(page.url).toBe('http://localhost:5173/')
  expect(page.promptUrl).toBe('http://localhost:5173/#/prompt')
})

test('an installed app shows its own page, whatever the environment says', () => {
  expect(pageFor({ ...DEVELOPMENT, isPackaged: true })).toBe(BUILT_PAGE)
  expect(pageFor({ isPackaged: false, address: undefined })).toBe(BUILT_PAGE)
})

test.each([
  'http://192.168.0.7:5173',
  'https://example.org',
  'http://localhost.evil.example',
  'http://127.0.0.1.evil.example',
  'file:///tmp/page.html',
  'localhost:5173',
  '',
])('no page is loaded from %j', (address) => expect(pageFor({ isPackaged: false, address })).toBe(BUILT_PAGE))

test.each(['http://127.0.0.1:5173', 'http://[::1]:5173', 'https://localhost:5173/'])(
  'a page may come from %s',
  (address) => {
    expect(pageFor({ isPackaged: false, address }).isOwn(address)).toBe(true)
  },
)

test('the window is confined to exactly that origin then', () => {
  const contents = new FakeContents()
  const page = pageFor(DEVELOPMENT)
  confineContents(contents as unknown as WebContents, page)
  const isStopped = (url: string): boolean => {
    let stopped = false
    contents.emit('will-navigate', { url, preventDefault: () => (stopped = true) })
    return stopped
  }
  expect(isStopped('http://localhost:5173/#/train')).toBe(false)
  for (const url of [
    'http://localhost:5174/',
    'https://localhost:5173/',
    'http://127.0.0.1:5173/',
    'http://user@localhost.example:5173/',
    BUILT_PAGE.url,
  ])
    expect(isStopped(url)).toBe(true)
  expect(contents.openHandler?.({ url: page.promptUrl })).toMatchObject({ action: 'allow' })
  expect(contents.openHandler?.({ url: BUILT_PAGE.promptUrl })).toEqual({ action: 'deny' })
})
