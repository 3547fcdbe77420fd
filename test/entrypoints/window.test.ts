import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventEmitter } from 'node:events'
import type { IpcMain, Session, WebContents } from 'electron'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHANNELS } from '../../src/shared/channels.ts'
import type { Language } from '../../src/shared/api/system.ts'
import type { Host } from '../../src/main/entrypoints/common/host.ts'
import { databaseFrom } from '../../src/main/entrypoints/electron/arguments.ts'
import { confineContents, confineSession } from '../../src/main/entrypoints/electron/confine.ts'
import { menuTemplate } from '../../src/main/entrypoints/electron/menu.ts'
import { MENU_TEXTS } from '../../src/main/entrypoints/electron/menu-text.ts'
import { fitPlace, keepPlace, readPlace, type Place } from '../../src/main/entrypoints/electron/place.ts'
import { BUILT_PAGE } from '../../src/main/entrypoints/electron/page.ts'
import { PAGE_URL, isOwnPage, pageFrom } from '../../src/main/entrypoints/electron/scheme.ts'
import { serveWindow } from '../../src/main/entrypoints/electron/transport.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-window-'))
  mkdirSync(join(folder, 'page'))
  writeFileSync(join(folder, 'page', 'index.html'), '<title>page</title>')
  writeFileSync(join(folder, 'secret.txt'), 'not for the window')
})
afterAll(() => rmSync(folder, { recursive: true }))

const PROMPT_URL = BUILT_PAGE.promptUrl
const FOREIGN = [
  'https://evil.example/',
  'file:///etc/passwd',
  'kalamos://evil/index.html',
  'kalamos://app.evil/',
  'kalamos://user@app/',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  '',
  'not a url',
]

describe('the scheme', () => {
  test.each(FOREIGN)('%j is not the app', (url) => expect(isOwnPage(url)).toBe(false))

  test('serves the page with its policy', async () => {
    const response = await pageFrom(join(folder, 'page'))(new Request(PAGE_URL))
    expect(await response.text()).toBe('<title>page</title>')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  test.each([
    'kalamos://app/../secret.txt',
    'kalamos://app/%2e%2e/secret.txt',
    'kalamos://app/..%2fsecret.txt',
    'kalamos://app/..%5csecret.txt',
    'kalamos://other/index.html',
    'kalamos://app/none.js',
    'kalamos://app/%',
  ])('finds nothing at %s', async (url) => {
    const response = await pageFrom(join(folder, 'page'))(new Request(url))
    expect(response.status).toBe(404)
  })

  test('takes no other method than GET', async () => {
    expect((await pageFrom(join(folder, 'page'))(new Request(PAGE_URL, { method: 'POST' }))).status).toBe(404)
  })
})

/** A window's contents as far as the entry points use them: an emitter that remembers its open handler. */
class Contents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | undefined
  mainFrame = { url: PAGE_URL }
  sent: unknown[][] = []
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }
  getURL = (): string => PAGE_URL
  isDestroyed = (): boolean => false
  send(...args: unknown[]): void {
    this.sent.push(args)
  }
}

describe('the window', () => {
  const contents = new Contents()
  confineContents(contents as unknown as WebContents)
  const isStopped = (event: string, url: string): boolean => {
    let stopped = false
    contents.emit(event, { url, preventDefault: () => (stopped = true) })
    return stopped
  }

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('refuses to leave by %s', (event) => {
    for (const url of FOREIGN) expect(isStopped(event, url)).toBe(true)
    expect(isStopped(event, `${PAGE_URL}#/train`)).toBe(false)
  })

  test('opens no other window than that of the writer, and embeds no view', () => {
    for (const url of [
      ...FOREIGN,
      PAGE_URL,
      `${PAGE_URL}#/train`,
      `${PROMPT_URL}/`,
      `${PAGE_URL}?x#/prompt`,
      PROMPT_URL.replace('app', 'evil'),
    ]) {
      expect(contents.openHandler!({ url })).toEqual({ action: 'deny' })
    }
    expect(isStopped('will-attach-webview', PAGE_URL)).toBe(true)
  })

  test('lets the writer have a window that may do no more than its own', () => {
    const opened = contents.openHandler!({ url: PROMPT_URL }) as {
      action: string
      overrideBrowserWindowOptions: { webPreferences: object }
    }
    expect(opened.action).toBe('allow')
    expect(opened.overrideBrowserWindowOptions.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    })
  })

  test('is granted nothing but to copy text, and only as the app itself', () => {
    const set: Record<string, (...args: never[]) => unknown> = {}
    const keep = (name: string) => (handler: (...args: never[]) => unknown) => (set[name] = handler)
    const session = {
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      on: () => undefined,
    }
    confineSession(session as unknown as Session)
    const asks = (permission: string, url: string): unknown => {
      let granted: unknown
      const request = set['request'] as (
        contents: unknown,
        permission: string,
        decide: (granted: boolean) => void,
        details: unknown,
      ) => void
      request(contents, permission, (value) => (granted = value), { requestingUrl: url })
      return granted
    }
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'midi',
      'hid',
      'serial',
      'usb',
      'openExternal',
      'fullscreen',
      'clipboard-read',
    ])
      expect(asks(permission, PAGE_URL)).toBe(false)
    expect(asks('clipboard-sanitized-write', PAGE_URL)).toBe(true)
    expect(asks('clipboard-sanitized-write', 'https://evil.example/')).toBe(false)
    expect(set['device']!()).toBe(false)
  })

  test('saves what it has made itself, such as a picture, and downloads nothing else', () => {
    const session = Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: () => undefined,
      setPermissionCheckHandler: () => undefined,
      setDevicePermissionHandler: () => undefined,
    })
    confineSession(session as unknown as Session)
    const isSaved = (url: string): boolean => {
      let prevented = false
      session.emit('will-download', { preventDefault: () => (prevented = true) }, { getURL: () => url })
      return !prevented
    }
    expect(isSaved(`blob:${new URL(PAGE_URL).protocol}//app/0f2c`)).toBe(true)
    for (const url of [...FOREIGN, PAGE_URL, 'blob:https://evil.example/0f2c', 'blob:null/0f2c', 'data:image/png,x'])
      expect(isSaved(url)).toBe(false)
  })
})

describe('the transport', () => {
  const heard = new Set<(payload: unknown) => void>()
  const host: Host = {
    request: async (name) => ({ asked: name }),
    listen: (_event, listener) => (heard.add(listener), () => heard.delete(listener)),
  }
  const ipc = Object.assign(new EventEmitter(), {
    handlers: new Map<string, (...args: unknown[]) => Promise<unknown>>(),
  })
  serveWindow(
    Object.assign(ipc, {
      handle: (channel: string, handler: (...args: unknown[]) => Promise<unknown>) =>
        ipc.handlers.set(channel, handler),
    }) as unknown as IpcMain,
    host,
  )
  const from = (sender: Contents, frame: { url: string } | null = sender.mainFrame) => ({ sender, senderFrame: frame })
  const ask = (event: unknown, ...args: unknown[]) => ipc.handlers.get(CHANNELS.request)!(event, ...args)

  test('answers the page of the app', async () => {
    expect(await ask(from(new Contents()), 'system.info', {})).toEqual({ output: { asked: 'system.info' } })
  })

  test('answers no other page, no frame within the page, and no frame that has gone', async () => {
    const contents = new Contents()
    for (const frame of [{ url: PAGE_URL }, null])
      expect(await ask(from(contents, frame), 'system.info', {})).toMatchObject({ error: { code: 'unauthorised' } })
    contents.mainFrame.url = 'https://evil.example/'
    expect(await ask(from(contents), 'system.info', {})).toMatchObject({ error: { code: 'unauthorised' } })
  })

  test.each(['no.such', '__proto__', 7, null])('knows no request %j', async (name) => {
    expect(await ask(from(new Contents()), name, {})).toMatchObject({ error: { code: 'invalid-input' } })
  })

  test('tells a page what it subscribed to, until it unsubscribes, reloads or closes', () => {
    for (const end of [
      (page: Contents) => ipc.emit(CHANNELS.unsubscribe, from(page), 'record.changed'),
      (page: Contents) => page.emit('did-navigate'),
      (page: Contents) => page.emit('destroyed'),
    ]) {
      const page = new Contents()
      ipc.emit(CHANNELS.subscribe, from(page), 'record.changed')
      ipc.emit(CHANNELS.subscribe, from(page), 'record.changed')
      expect(heard.size).toBe(1)
      for (const listener of heard) listener(null)
      expect(page.sent).toEqual([[CHANNELS.event, 'record.changed', null]])
      end(page)
      expect(heard.size).toBe(0)
    }
  })

  test('tells nothing to a foreign page or about an event that is none', () => {
    const page = new Contents()
    ipc.emit(CHANNELS.subscribe, from(page), 'no.such')
    page.mainFrame.url = 'https://evil.example/'
    ipc.emit(CHANNELS.subscribe, from(page), 'record.changed')
    expect(heard.size).toBe(0)
  })
})

describe('the place of the window', () => {
  const screen = { x: 0, y: 25, width: 1920, height: 1055 }
  const place: Place = { x: 100, y: 100, width: 1280, height: 800, maximised: false }

  test('is kept and found again; a file that is damaged or absent is no place', async () => {
    const file = join(folder, 'state', 'window.json')
    expect(readPlace(file)).toBeNull()
    await keepPlace(file, place)
    expect(readPlace(file)).toEqual(place)
    writeFileSync(file, '{"x":1')
    expect(readPlace(file)).toBeNull()
    writeFileSync(file, JSON.stringify({ ...place, width: 0 }))
    expect(readPlace(file)).toBeNull()
  })

  test('is given up where its screen is gone', () => {
    expect(fitPlace({ ...place, x: 2500 }, [screen])).toBeNull()
    expect(fitPlace({ ...place, x: 2500 }, [screen, { x: 1920, y: 0, width: 1920, height: 1080 }])).toMatchObject({
      x: 2500,
    })
    expect(fitPlace(null, [screen])).toBeNull()
  })

  test('is moved and shrunk to where it can be reached', () => {
    expect(fitPlace({ ...place, x: -1000, y: 0 }, [screen])).toMatchObject({ x: 0, y: 25 })
    expect(fitPlace({ ...place, width: 4000, height: 3000 }, [screen])).toMatchObject({
      x: 0,
      y: 25,
      width: 1920,
      height: 1055,
    })
  })
})

test('every page is one key away in the menu', () => {
  const gone: string[] = []
  const go = menuTemplate({ go: (page) => gone.push(page), showDatabase: () => undefined }, MENU_TEXTS.en).find(
    ({ label }) => label === '&Go',
  )
  const items = go!.submenu as { accelerator: string; click: () => void }[]
  expect(items.map(({ accelerator }) => accelerator)).toEqual([
    'CmdOrCtrl+1',
    'CmdOrCtrl+2',
    'CmdOrCtrl+3',
    'CmdOrCtrl+4',
    'CmdOrCtrl+5',
    'CmdOrCtrl+6',
    'CmdOrCtrl+7',
    'CmdOrCtrl+8',
  ])
  for (const item of items) item.click()
  expect(gone).toEqual(['devices', 'record', 'recordings', 'train', 'recognise', 'adapt', 'protocols', 'settings'])
})

test('the menu speaks both languages, item for item', () => {
  const said = (language: Language) =>
    menuTemplate({ go: () => undefined, showDatabase: () => undefined }, MENU_TEXTS[language], 'linux').flatMap(
      ({ label, submenu }) => [label, ...(submenu as { label?: string }[]).map((item) => item.label)],
    )
  const [en, de] = [said('en'), said('de')]
  expect(de).toHaveLength(en.length)
  expect(Object.keys(MENU_TEXTS.de.pages)).toEqual(Object.keys(MENU_TEXTS.en.pages))
  expect(en.filter((label, i) => label !== undefined && label === de[i])).toEqual([])
})

test.runIf(process.platform !== 'win32')('the command line of the window can name a database', () => {
  expect(databaseFrom(['electron', '.', '--database', 'pens.db'], '/home/ada')).toBe('/home/ada/pens.db')
  expect(databaseFrom(['electron', '.', '--database=/data/pens.db'], '/home/ada')).toBe('/data/pens.db')
  expect(databaseFrom(['electron', '.'])).toMatch(/kalamos\.db$/)
})
