import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { memoryIn } from '../../src/main/entrypoints/web/memory.ts'
import { openBrowserServer, type BrowserServer } from '../../src/main/entrypoints/web.ts'
import { BrowserTransport, type BrowserTransportOptions, type LinkState } from '../../src/renderer/transport/browser.ts'
import { PATIENCE } from '../support/patience.ts'
import { takeToken, tokenIn } from '../../src/renderer/transport/session.ts'

const page = mkdtempSync(join(tmpdir(), 'kalamos-page-'))
afterAll(() => rmSync(page, { recursive: true }))
writeFileSync(join(page, 'index.html'), '<!doctype html><title>Kalamos</title>')

it('takes the token out of the address and leaves none behind', () => {
  const seen: unknown[] = []
  const token = takeToken(
    { hash: '#token=s3cret', pathname: '/', search: '?a=1' },
    { replaceState: (...change) => seen.push(change[2]) },
  )
  expect(token).toBe('s3cret')
  expect(seen).toEqual(['/?a=1'])
})

it('leaves an address without a token alone', () => {
  const token = takeToken({ hash: '#/record', pathname: '/', search: '' }, { replaceState: () => expect.unreachable() })
  expect(token).toBeNull()
})

describe('a page without a session', () => {
  let browserServer: BrowserServer
  beforeEach(
    async () =>
      (browserServer = await openBrowserServer({
        host: { request: () => Promise.resolve({}), listen: () => () => undefined },
        page,
      })),
  )
  afterEach(() => browserServer.close())

  it('says so instead of trying again and again, and what was asked fails', async () => {
    const states: LinkState[] = []
    const transport = new BrowserTransport({
      origin: `http://127.0.0.1:${browserServer.port}`,
      token: 'wrong',
      onState: (state) => states.push(state),
    })
    await expect(transport.request('devices.list', {})).rejects.toMatchObject({ code: 'unavailable' })
    expect(states.map((state) => state.kind)).toEqual(['connecting', 'refused'])
  })
})

describe('a page with a session', () => {
  const nothing = () => Promise.resolve({})
  const file = join(page, 'browser.json')
  const open = (port = 0) =>
    openBrowserServer({ host: { request: nothing, listen: () => () => undefined }, page, port, memory: memoryIn(file) })
  let browserServer: BrowserServer
  let transport: BrowserTransport
  let states: LinkState['kind'][]

  beforeEach(async () => {
    asBrowser()
    browserServer = await open()
    states = []
  })
  afterEach(async () => {
    transport.close()
    await browserServer.close()
    vi.unstubAllGlobals()
  })

  function visit(options: Partial<BrowserTransportOptions> = {}): void {
    const { origin, hash } = new URL(browserServer.url)
    transport = new BrowserTransport({
      origin,
      token: tokenIn(hash),
      firstRetryMs: 1,
      onState: ({ kind }) => states.push(kind),
      ...options,
    })
  }
  const isAway = () => expect.poll(() => states.at(-1), PATIENCE).not.toBe('open')
  const isOpen = () => expect.poll(() => states.at(-1), PATIENCE).toBe('open')

  it('finds a host that was started anew by itself, and what is asked meanwhile is answered then', async () => {
    visit()
    await isOpen()
    await browserServer.close()
    await isAway()
    const answer = transport.request('devices.list', {})
    browserServer = await open()
    expect(await answer).toEqual({})
    expect(states.at(-1)).toBe('open')
    expect(states).not.toContain('refused')
  })

  it('does nothing later that was pressed while the host was away', async () => {
    visit()
    await isOpen()
    await browserServer.close()
    await isAway()
    await expect(transport.request('record.next', {})).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('not done'),
    })
  })

  it('proves nothing to another server that has taken the port', async () => {
    visit()
    await isOpen()
    await browserServer.close()
    const seen: string[] = []
    const stranger = createServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`)
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ nonce: 'n', run: 'r', lasting: 'l' }))
    }).listen(browserServer.port, '127.0.0.1')
    await expect.poll(() => states.at(-1), PATIENCE).toBe('refused')
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatch(/^GET \/session\?id=[\w-]+&asked=[\w-]+ /)
    stranger.close()
    stranger.closeAllConnections()
  })

  it('keeps over a reload what this host alone understands, and never the key that lasts', async () => {
    const kept = new Map<string, string>()
    const keeper = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    }
    visit({ keeper })
    await isOpen()
    transport.close()
    states = []
    visit({ keeper, token: null })
    await isOpen()
    expect(Object.keys(JSON.parse([...kept.values()].join()) as object)).toEqual(['id', 'key'])
  })

  it('notices a host that says nothing any more, and that it is back', async () => {
    // Three beats of its own pass before the host sends its first.
    visit({ beatMs: 300 })
    await isOpen()
    await expect
      .poll(() => states.slice(states.indexOf('open')).slice(0, 3), PATIENCE)
      .toEqual(['open', 'silent', 'open'])
  })
})

/** A page in a browser says where it is from; Node's own client does not. */
function asBrowser(): void {
  const { fetch } = globalThis
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), Origin: new URL(url).origin } }),
  )
  vi.stubGlobal(
    'WebSocket',
    class extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols, { origin: new URL(url).origin.replace('ws', 'http') })
      }
    },
  )
}

describe('a page whose host is away', () => {
  it('tries again with growing waits', async () => {
    const waits: number[] = []
    await new Promise<void>((resolve) => {
      const transport = new BrowserTransport({
        // Port 9 is reserved for discarding; nobody listens there.
        origin: 'http://127.0.0.1:9',
        token: 'any',
        firstRetryMs: 1,
        onState: (state) => {
          if (state.kind !== 'waiting') return
          waits.push(state.retryInMs)
          if (waits.length < 7) return
          transport.close()
          resolve()
        },
      })
    })
    expect(waits).toEqual([1, 2, 4, 8, 16, 20, 20])
  })
})
