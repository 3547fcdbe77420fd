import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBrowserServer, type BrowserServer } from '../../src/main/entrypoints/web.ts'
import { Transfers } from '../../src/main/entrypoints/web/transfers.ts'
import type { Admission } from '../../src/shared/wire.ts'
import { PATIENCE } from '../support/patience.ts'
import { admit, proofFor } from './visitor.ts'

let folder: string
let browserServer: BrowserServer
let session: Admission
const root = () => join(folder, 'transfers')
const lasting = () => join(folder, 'lasting')
const origin = () => new URL(browserServer.url).origin

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-transfers-'))
  writeFileSync(join(folder, 'index.html'), '<title>page</title>')
  // Left behind by a host that was killed.
  mkdirSync(join(root(), 'left'), { recursive: true })
  browserServer = await openBrowserServer({
    host: { request: () => Promise.resolve({}), listen: () => () => undefined },
    page: folder,
    transfers: root(),
    lasting: lasting(),
  })
  session = await admit(browserServer.url)
})
afterEach(async () => {
  await browserServer.close()
  rmSync(folder, { recursive: true })
})

async function ask(
  method: string,
  path: string,
  body?: string,
): Promise<{ status: number; answer: Record<string, unknown> }> {
  const headers = { Origin: origin(), Authorization: `Kalamos ${await proofFor(origin(), session)}` }
  const reply = await fetch(origin() + path, { method, headers, ...(body === undefined ? {} : { body }) })
  return { status: reply.status, answer: (await reply.json()) as Record<string, unknown> }
}

async function opened(): Promise<{ id: string; folder: string }> {
  return (await ask('POST', '/transfers')).answer as { id: string; folder: string }
}

describe('what a browser sends', () => {
  test('lies in a folder of its own that only this user may read, and goes when it is not needed any more', async () => {
    const { id, folder: place } = await opened()
    const { answer } = await ask('PUT', `/transfers/${id}/set/w%C3%B6rter%201.csv`, 'a,b')
    expect(answer).toEqual({ path: join(place, 'set', 'wörter 1.csv') })
    expect(readFileSync(String(answer['path']), 'utf8')).toBe('a,b')
    expect([place, String(answer['path'])].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600])
    await ask('DELETE', `/transfers/${id}`)
    expect(existsSync(place)).toBe(false)
  })

  test('goes when the host ends, and what an earlier one left behind when it starts', async () => {
    expect(existsSync(join(root(), 'left'))).toBe(false)
    await opened()
    await browserServer.close()
    expect(existsSync(root())).toBe(false)
  })

  test('stays when the host ends where it is needed for long, until it is broken off', async () => {
    const open = async () => (await ask('POST', '/transfers/lasting')).answer as { id: string; folder: string }
    const [kept, dropped] = [await open(), await open()]
    for (const { id } of [kept, dropped]) await ask('PUT', `/transfers/${id}/words/Haus.png`, 'x')
    await ask('DELETE', `/transfers/${dropped.id}`)
    for (let i = 0; i < 20; i++) await opened()
    await browserServer.close()
    expect(readdirSync(lasting())).toEqual([basename(kept.folder)])
    expect(readFileSync(join(kept.folder, 'words', 'Haus.png'), 'utf8')).toBe('x')
  })

  test.each(['..%2fout', '%2e%2e%2fout', 'a%00', 'a%5cb', ''])('is not written to %j', async (place) => {
    const { id, folder: inside } = await opened()
    expect((await ask('PUT', `/transfers/${id}/${place}`, 'x')).status).toBe(400)
    expect(readdirSync(inside)).toEqual([])
    expect(existsSync(join(root(), 'out'))).toBe(false)
  })

  test('is refused without a session, from another page, and for a folder that is not there', async () => {
    const { id } = await opened()
    const put = (headers: Record<string, string>) =>
      fetch(`${origin()}/transfers/${id}/x`, { method: 'PUT', body: 'x', headers })
    expect((await put({ Origin: origin() })).status).toBe(401)
    expect((await put({ Origin: origin(), Authorization: 'Kalamos a.b.c' })).status).toBe(401)
    const Authorization = `Kalamos ${await proofFor(origin(), session)}`
    expect((await put({ Origin: 'https://evil.example', Authorization })).status).toBe(403)
    expect((await put({ Authorization })).status).toBe(403)
    expect((await ask('PUT', `/transfers/${'x'.repeat(43)}/x`, 'x')).answer).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  test('leaves nothing where it is broken off', async () => {
    const { id, folder: place } = await opened()
    const headers = {
      Origin: origin(),
      Authorization: `Kalamos ${await proofFor(origin(), session)}`,
      'Content-Length': 1_000_000,
    }
    const sending = httpRequest(`${origin()}/transfers/${id}/half`, { method: 'PUT', headers }).on(
      'error',
      () => undefined,
    )
    sending.write('half of it')
    await expect.poll(() => readdirSync(place), PATIENCE).toEqual(['half'])
    sending.destroy()
    await expect.poll(() => readdirSync(place), PATIENCE).toEqual([])
  })

  test('is broken off where nothing more of it comes, with the reason, and leaves nothing', async () => {
    const impatient = await openBrowserServer({
      host: { request: () => Promise.resolve({}), listen: () => () => undefined },
      page: folder,
      transfers: join(folder, 'impatient'),
      uploadIdleMs: 500,
    })
    try {
      const { origin: there } = new URL(impatient.url)
      const own = await admit(impatient.url)
      const prove = async () => ({ Origin: there, Authorization: `Kalamos ${await proofFor(there, own)}` })
      const opening = await fetch(`${there}/transfers`, { method: 'POST', headers: await prove() })
      const { id, folder: place } = (await opening.json()) as { id: string; folder: string }
      const sending = httpRequest(`${there}/transfers/${id}/half`, {
        method: 'PUT',
        headers: { ...(await prove()), 'Content-Length': 1_000_000 },
      })
      sending.write('half of it')
      const [reply] = (await once(sending, 'response')) as [IncomingMessage]
      expect(await json(reply)).toEqual({
        error: {
          code: 'unavailable',
          message: 'Nothing more of this upload came for 0.5 seconds.',
          hint: 'Check the connection to the machine where Kalamos runs, and send it again.',
        },
      })
      expect(readdirSync(place)).toEqual([])
      sending.destroy()
    } finally {
      await impatient.close()
    }
  })

  test('takes as long as it takes while something of it comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const transfers = new Transfers(join(folder, 'slow'), join(folder, 'lasting'), { idleMs: 1000 })
      const { id, folder: place } = transfers.open()
      const body = new PassThrough()
      const received = transfers.receive(id, '/slow', null, body)
      for (let sent = 1; sent <= 4; sent++) {
        body.write('x')
        await expect.poll(() => statSync(join(place, 'slow'), { throwIfNoEntry: false })?.size, PATIENCE).toBe(sent)
        vi.advanceTimersByTime(900)
      }
      body.end()
      expect(readFileSync(await received, 'utf8')).toBe('xxxx')
    } finally {
      vi.useRealTimers()
    }
  })

  test('may come to so much and no more, whatever was said before', async () => {
    const transfers = new Transfers(join(folder, 'small'), join(folder, 'lasting'), { mostBytes: 10 })
    const { id, folder: place } = transfers.open()
    await expect(transfers.receive(id, '/a', 11, Readable.from(['']))).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(
      transfers.receive(id, '/b', null, Readable.from([Buffer.alloc(6), Buffer.alloc(6)])),
    ).rejects.toMatchObject({ message: expect.stringContaining('GB') })
    expect(readdirSync(place)).toEqual([])
    await transfers.receive(id, '/c', 10, Readable.from([Buffer.alloc(10)]))
    expect(readdirSync(place)).toEqual(['c'])
  })
})

describe('what is downloaded', () => {
  test('is the file that was written, fetched once by a browser that saves it', async () => {
    const { id, folder: place } = await opened()
    writeFileSync(join(place, "wörter'.csv"), 'a,b')
    const { url } = (await ask('POST', `/transfers/${id}`)).answer
    const reply = await fetch(`${origin()}${String(url)}`)
    expect(reply.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''w%C3%B6rter%27.csv")
    expect(await reply.text()).toBe('a,b')
    expect((await fetch(`${origin()}${String(url)}`)).status).toBe(404)
    await expect.poll(() => existsSync(place), PATIENCE).toBe(false)
  })

  test('is a zip where there is more than one', async () => {
    const { id, folder: place } = await opened()
    mkdirSync(join(place, 'set'))
    writeFileSync(join(place, 'set', 'a.csv'), 'a')
    writeFileSync(join(place, 'set', 'b.csv'), 'b')
    const { url } = (await ask('POST', `/transfers/${id}`)).answer
    const reply = await fetch(`${origin()}${String(url)}`)
    expect(reply.headers.get('content-disposition')).toContain('set.zip')
    const bytes = Buffer.from(await reply.arrayBuffer()).toString('latin1')
    for (const name of ['set/a.csv', 'set/b.csv']) expect(bytes).toContain(name)
  })

  test('is gone with its folder', async () => {
    const { id, folder: place } = await opened()
    writeFileSync(join(place, 'a.csv'), 'a')
    const { url } = (await ask('POST', `/transfers/${id}`)).answer
    await ask('DELETE', `/transfers/${id}`)
    expect((await fetch(`${origin()}${String(url)}`)).status).toBe(404)
  })

  test('is nothing where nothing was written', async () => {
    const { id } = await opened()
    expect(await ask('POST', `/transfers/${id}`)).toMatchObject({
      status: 400,
      answer: { error: { code: 'not-found' } },
    })
  })
})
