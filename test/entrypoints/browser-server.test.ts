import { once } from 'node:events'
import { chmod, mkdtemp, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { validInput, type EventName } from '../../src/shared/api.ts'
import type { Host } from '../../src/main/entrypoints/common/host.ts'
import { memoryIn } from '../../src/main/entrypoints/web/memory.ts'
import { openBrowserServer, type BrowserServer } from '../../src/main/entrypoints/web.ts'
import { admit, proofFor, socketHeaders } from './visitor.ts'

let folder: string
let browserServer: BrowserServer
let listeners: Map<EventName, Set<(payload: unknown) => void>>

const host: Host = {
  request: async (name, input) =>
    name === 'review.history'
      ? { entries: new Array<number>(5_000_000).fill(0.12345678) }
      : { asked: name, input: validInput(name, input) },
  listen: (event, listener) => {
    const heard = listeners.get(event) ?? new Set()
    listeners.set(event, heard.add(listener))
    return () => heard.delete(listener)
  },
}

const tell = (event: EventName, payload: unknown) => listeners.get(event)?.forEach((listener) => listener(payload))
const token = () => new URL(browserServer.url).hash.slice('#token='.length)
const origin = () => new URL(browserServer.url).origin

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kalamos-door-'))
  await mkdir(join(folder, 'page', 'assets'), { recursive: true })
  await writeFile(join(folder, 'page', 'index.html'), '<title>page</title>')
  await writeFile(join(folder, 'page', 'assets', 'a.js'), 'export {}')
  await writeFile(join(folder, 'secret.txt'), 'not for the web')
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  listeners = new Map()
  browserServer = await openBrowserServer({ host, page: join(folder, 'page') })
})
afterEach(() => browserServer.close())

interface Reply {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** A raw request: unlike `fetch`, it sends paths and Host headers as they are given. */
function ask(
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest({ host: '127.0.0.1', port: browserServer.port, path, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
    })
    asking.on('error', reject).end(body)
  })
}

function enter(given: unknown, headers: Record<string, string> = { Origin: origin() }): Promise<Reply> {
  return enterWith({ token: given }, headers)
}

function enterWith(body: unknown, headers: Record<string, string> = { Origin: origin() }): Promise<Reply> {
  return ask('/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

/** A window: a WebSocket whose messages can be awaited one by one. */
async function openWindow(headers: Record<string, string>) {
  const { 'Sec-WebSocket-Protocol': protocols = '', ...rest } = headers
  const socket = new WebSocket(
    `ws://127.0.0.1:${browserServer.port}/socket`,
    protocols === '' ? [] : protocols.split(', '),
    {
      headers: rest,
    },
  )
  const queue: unknown[] = []
  const waiting: ((message: unknown) => void)[] = []
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as object
    // That the host is there is said all the time.
    if ('beat' in message) return
    const next = waiting.shift()
    if (next) next(message)
    else queue.push(message)
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('unexpected-response', (_request, response) => reject(new Error(`refused with ${response.statusCode}`)))
    socket.once('error', reject)
  })
  return {
    socket,
    send: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: () => (queue.length > 0 ? Promise.resolve(queue.shift()) : new Promise((resolve) => waiting.push(resolve))),
  }
}

const openOwnWindow = async () =>
  openWindow(socketHeaders(origin(), await proofFor(origin(), await admit(browserServer.url))))

describe('the session', () => {
  test('a token of 32 random bytes is in the fragment, where no server log sees it', () => {
    expect(new URL(browserServer.url).hostname).toBe('127.0.0.1')
    expect(Buffer.from(token(), 'base64url')).toHaveLength(32)
  })

  test('the right token is exchanged for a session that no cookie carries: browsers send those to every port', async () => {
    const reply = await enter(token())
    expect(reply.status).toBe(200)
    expect(reply.headers['set-cookie']).toBeUndefined()
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(JSON.parse(reply.body)).toEqual({
      id: expect.any(String),
      key: expect.stringMatching(/^[\w-]{43}$/),
      lasting: expect.any(String),
    })
    expect(reply.body).not.toContain(token())
  })

  test('the host proves that it knows a session before the page proves that it has it', async () => {
    const { id } = await admit(browserServer.url)
    const reply = await ask(`/session?id=${id}&asked=0123456789abcdef`)
    expect(JSON.parse(reply.body)).toEqual({
      nonce: expect.any(String),
      run: expect.any(String),
      lasting: expect.any(String),
    })
    for (const query of ['', '?id=x&asked=0123456789abcdef', `?id=${id}&asked=short`])
      expect((await ask(`/session${query}`)).status).toBe(401)
  })

  test('a proof opens the door once, and one with another key never', async () => {
    const session = await admit(browserServer.url)
    const proof = await proofFor(origin(), session)
    await openWindow(socketHeaders(origin(), proof))
    await expect(openWindow(socketHeaders(origin(), proof))).rejects.toThrow('401')
    const forged = await proofFor(origin(), { ...session, key: session.lasting })
    await expect(openWindow(socketHeaders(origin(), forged))).rejects.toThrow('401')
  })

  const wrongTokens: [string, unknown][] = [
    ['that is wrong', 'wrong'],
    ['that is empty', ''],
    ['that is missing', undefined],
    ['that is a number', 42],
    ['that is a list', ['x']],
    ['that is far too long', 'x'.repeat(100_000)],
  ]
  test.each(wrongTokens)('a token %s is refused with the way in', async (_how, given) => {
    const reply = await enter(given)
    expect(reply.status).toBe(401)
    expect(JSON.parse(reply.body)).toMatchObject({
      error: { code: 'unauthorised', hint: expect.stringContaining('#token=') },
    })
  })

  test('wrong tokens, however many, and the cookies of other servers keep the right one out of nothing', async () => {
    for (let i = 0; i < 12; i++) expect((await enter(`guess ${i}`)).status).toBe(401)
    const cookies = { Cookie: Array.from({ length: 40 }, (_, i) => `other${i}=${'x'.repeat(4000)}`).join('; ') }
    expect((await enter(token(), { Origin: origin(), ...cookies })).status).toBe(200)
    const headers = socketHeaders(origin(), await proofFor(origin(), await admit(browserServer.url)))
    await openWindow({ ...headers, ...cookies })
  })

  test('the token is not taken from a form, which other sites can send', async () => {
    const reply = await ask('/session', {
      method: 'POST',
      headers: { Origin: origin(), 'Content-Type': 'text/plain' },
      body: JSON.stringify({ token: token() }),
    })
    expect(reply.status).toBe(401)
  })
})

describe('who is turned away', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '[::2]:80'])(
    'a request for the host %j, as after DNS rebinding',
    async (name) => {
      const reply = await ask('/', { headers: { Host: name } })
      expect(reply.status).toBe(421)
      expect(reply.body).not.toContain('<title>')
    },
  )

  test('the page reached under other names of this machine is served, also through a tunnel at another port', async () => {
    for (const name of [`localhost:${browserServer.port}`, '127.0.0.1:9', '[::1]:9000'])
      expect((await ask('/', { headers: { Host: name } })).status).toBe(200)
  })

  test.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost'])(
    'a page of %s, with the right token',
    async (foreign) => {
      expect((await enter(token(), { Origin: foreign })).status).toBe(403)
      expect((await ask('/', { headers: { Origin: foreign } })).status).toBe(403)
    },
  )

  test('a token sent without saying an origin', async () => {
    expect((await enter(token(), {})).status).toBe(403)
  })

  test('a WebSocket without a session, from another origin, for another host, or elsewhere', async () => {
    const session = await admit(browserServer.url)
    const headers = async (from: string) => socketHeaders(from, await proofFor(origin(), session))
    await expect(openWindow({ Origin: origin() })).rejects.toThrow('401')
    await expect(openWindow(socketHeaders(origin(), 'x.y.z'))).rejects.toThrow('401')
    await expect(openWindow(await headers('https://evil.example'))).rejects.toThrow('403')
    const { Origin: _, ...withoutOrigin } = await headers(origin())
    await expect(openWindow(withoutOrigin)).rejects.toThrow('403')
    await expect(openWindow({ ...(await headers('http://evil.example')), Host: 'evil.example' })).rejects.toThrow('421')
  })

  test('a session of another server on this machine', async () => {
    const other = await openBrowserServer({ host, page: join(folder, 'page') })
    const foreign = await admit(other.url)
    await expect(openWindow(socketHeaders(origin(), await proofFor(origin(), foreign)))).rejects.toThrow('401')
    await other.close()
  })

  test('a refused WebSocket is closed, also where the other side keeps its half open, and many that wait leave room for one more', async () => {
    const halves = await Promise.all(
      Array.from({ length: 300 }, () =>
        halfOpen(
          `GET /socket HTTP/1.1\r\nHost: 127.0.0.1:${browserServer.port}\r\nOrigin: ${origin()}\r\nConnection: ` +
            `Upgrade\r\nUpgrade: websocket\r\n\r\n`,
        ),
      ),
    )
    await Promise.all(halves.map(({ ended }) => ended))
    const waiting = await Promise.all(Array.from({ length: 300 }, () => halfOpen('')))
    expect((await ask('/')).status).toBe(200)
    for (const { socket } of [...halves, ...waiting]) socket.destroy()
  })
})

/** A connection that says something and never ends its own side. */
async function halfOpen(text: string): Promise<{ socket: Socket; ended: Promise<unknown> }> {
  const socket = connect({ port: browserServer.port, host: '127.0.0.1', allowHalfOpen: true })
  const ended = new Promise((resolve) => socket.once('end', resolve).on('error', resolve))
  await new Promise((resolve) => socket.once('connect', resolve).once('error', resolve))
  socket.resume().write(text)
  return { socket, ended }
}

describe('a host that is started anew', () => {
  const startAnew = async (at = browserServer.port) => {
    await browserServer.close()
    browserServer = await openBrowserServer({
      host,
      page: join(folder, 'page'),
      port: at,
      memory: memoryIn(join(folder, 'browser.json')),
    })
  }
  beforeEach(() => startAnew(0))
  afterEach(() => rm(join(folder, 'browser.json'), { force: true }))

  test('takes the port of the last time and lets a page resume its session, with the key that lasts alone', async () => {
    const [before, session] = [browserServer.port, await admit(browserServer.url)]
    await startAnew(0)
    expect(browserServer.port).toBe(before)
    await expect(openWindow(socketHeaders(origin(), await proofFor(origin(), session)))).rejects.toThrow('401')
    const resume = (key: string) =>
      proofFor(origin(), { ...session, key }).then((proof) => enterWith({ resume: proof }))
    expect((await resume(session.key)).status).toBe(401)
    const resumed = await resume(session.lasting)
    expect(resumed.status).toBe(200)
    await openWindow(socketHeaders(origin(), await proofFor(origin(), JSON.parse(resumed.body) as typeof session)))
  })

  test('takes another port where that of the last time is taken, and knows no session of there', async () => {
    const [before, session] = [browserServer.port, await admit(browserServer.url)]
    await browserServer.close()
    const squatter = createServer().listen(before, '127.0.0.1')
    await once(squatter, 'listening')
    browserServer = await openBrowserServer({
      host,
      page: join(folder, 'page'),
      memory: memoryIn(join(folder, 'browser.json')),
    })
    expect(browserServer.port).not.toBe(before)
    expect((await enterWith({ resume: await proofFor(origin(), { ...session, key: session.lasting }) })).status).toBe(
      401,
    )
    squatter.close()
  })

  test('keeps what it remembers from other users, and forgets what they could read', async () => {
    const path = join(folder, 'browser.json')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const { secret } = memoryIn(path)
    expect(memoryIn(path).secret).toBe(secret)
    await chmod(path, 0o644)
    expect(memoryIn(path).secret).not.toBe(secret)
  })
})

describe('files', () => {
  test('the page comes with a strict policy and is never kept, its hashed assets are', async () => {
    const page = await ask('/')
    expect(page).toMatchObject({ status: 200, body: '<title>page</title>' })
    expect(page.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
    })
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';")
    expect((await ask('/assets/a.js')).headers['cache-control']).toContain('immutable')
  })

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%00',
    '/%',
    '//etc/passwd',
    '/assets',
    '/none.js',
  ])('there is nothing at %s', async (path) => {
    const reply = await ask(path)
    expect(reply.status).toBe(404)
    expect(reply.body).not.toContain('not for the web')
  })

  test('other methods are refused', async () => {
    expect((await ask('/', { method: 'PUT', headers: { Origin: origin() } })).status).toBe(405)
  })
})

describe('a window', () => {
  test('asks, and gets the answer with its own id', async () => {
    const window = await openOwnWindow()
    window.send({ id: 7, request: 'system.info', input: {} })
    expect(await window.next()).toEqual({ id: 7, output: { asked: 'system.info', input: {} } })
  })

  test('that asks for more than can be sent gets an error for that, and the next answer', async () => {
    const window = await openOwnWindow()
    window.send({ id: 1, request: 'review.history', input: { limit: 1 } })
    expect(await window.next()).toEqual({
      id: 1,
      error: {
        code: 'unavailable',
        message: 'The answer to review.history is too large to be shown.',
        hint: expect.any(String),
      },
    })
    window.send({ id: 2, request: 'system.info', input: {} })
    expect(await window.next()).toMatchObject({ id: 2, output: { asked: 'system.info' } })
  })

  test('hears only the events it subscribed to, until it no longer does', async () => {
    const window = await openOwnWindow()
    window.send({ subscribe: 'recordings.changed' })
    window.send({ id: 1, request: 'system.info', input: {} })
    await window.next()
    tell('record.changed', null)
    tell('recordings.changed', { total: 3 })
    expect(await window.next()).toEqual({ event: 'recordings.changed', payload: { total: 3 } })
    window.send({ unsubscribe: 'recordings.changed' })
    window.send({ id: 2, request: 'system.info', input: {} })
    await window.next()
    expect(listeners.get('recordings.changed')?.size).toBe(0)
  })

  test('and another at the same time each get their own answers and both hear what happens', async () => {
    const [a, b] = [await openOwnWindow(), await openOwnWindow()]
    for (const window of [a, b]) window.send({ subscribe: 'recordings.changed' })
    a.send({ id: 1, request: 'writers.list', input: {} })
    b.send({ id: 1, request: 'sessions.list', input: {} })
    expect(await a.next()).toMatchObject({ output: { asked: 'writers.list' } })
    expect(await b.next()).toMatchObject({ output: { asked: 'sessions.list' } })
    tell('recordings.changed', { total: 1 })
    for (const window of [a, b]) expect(await window.next()).toMatchObject({ payload: { total: 1 } })
  })

  test('that closes is forgotten, and the other goes on', async () => {
    const [a, b] = [await openOwnWindow(), await openOwnWindow()]
    for (const window of [a, b]) {
      window.send({ subscribe: 'recordings.changed' })
      window.send({ id: 1, request: 'system.info' })
      await window.next()
    }
    a.socket.terminate()
    await expect.poll(() => listeners.get('recordings.changed')?.size).toBe(1)
    tell('recordings.changed', { total: 2 })
    expect(await b.next()).toMatchObject({ payload: { total: 2 } })
  })

  test.each([
    'garbage',
    '{"id":1',
    '[]',
    'null',
    '{"id":"1","request":"system.info"}',
    '{"id":1.5,"request":"system.info"}',
    '{"subscribe":7}',
    '{"id":1,"request":"system.info","extra":1}',
  ])('that sends %s is told so and can go on', async (message) => {
    const window = await openOwnWindow()
    window.send(message)
    expect(await window.next()).toMatchObject({ id: null, error: { code: 'invalid-input' } })
    window.send({ id: 2, request: 'system.info', input: {} })
    expect(await window.next()).toMatchObject({ id: 2 })
  })

  test('that sends bytes is told so', async () => {
    const window = await openOwnWindow()
    window.socket.send(Buffer.from([1, 2, 3]))
    expect(await window.next()).toMatchObject({ id: null, error: { code: 'invalid-input' } })
  })

  test.each(['no.such', '__proto__', 'constructor', 'toString'])(
    'that asks for %s learns that there is none',
    async (request) => {
      const window = await openOwnWindow()
      window.send({ id: 3, request, input: {} })
      expect(await window.next()).toMatchObject({
        id: 3,
        error: { code: 'invalid-input', message: expect.stringContaining(request) },
      })
      window.send({ subscribe: request })
      expect(await window.next()).toMatchObject({ id: null, error: { code: 'invalid-input' } })
    },
  )

  test('that sends an input which does not fit learns which field', async () => {
    const window = await openOwnWindow()
    window.send({ id: 4, request: 'devices.open', input: { deviceId: 5 } })
    expect(await window.next()).toMatchObject({
      id: 4,
      error: { code: 'invalid-input', message: expect.stringContaining('deviceId') },
    })
  })

  test('that sends more than any request needs is let go, and others are not', async () => {
    const [large, other] = [await openOwnWindow(), await openOwnWindow()]
    const closed = new Promise((resolve) => large.socket.once('close', resolve))
    large.send('x'.repeat((8 << 20) + 1))
    expect(await closed).toBe(1009)
    other.send({ id: 1, request: 'system.info', input: {} })
    expect(await other.next()).toMatchObject({ id: 1 })
  })

  test('that reads too slowly misses live samples but nothing else', async () => {
    const window = await openOwnWindow()
    window.send({ subscribe: 'devices.samples' })
    window.send({ subscribe: 'recordings.changed' })
    window.send({ id: 1, request: 'system.info', input: {} })
    await window.next()
    window.socket.pause()
    const samples = { values: Array.from({ length: 50_000 }, (_, i) => i) }
    for (let i = 0; i < 100; i++) tell('devices.samples', samples)
    tell('recordings.changed', { total: 9 })
    window.socket.resume()
    let heard = 0
    for (;;) {
      const message = (await window.next()) as { event: string }
      if (message.event === 'recordings.changed') break
      heard++
    }
    expect(heard).toBeGreaterThan(0)
    expect(heard).toBeLessThan(100)
  })
})

test('a port in use is named, with the way out', async () => {
  await expect(openBrowserServer({ host, page: folder, port: browserServer.port })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(String(browserServer.port)),
    hint: expect.stringContaining('--port'),
  })
})
