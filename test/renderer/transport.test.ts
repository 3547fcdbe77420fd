import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBrowserDoor, type BrowserDoor } from '../../src/main/web.ts'
import { BrowserTransport, type LinkState } from '../../src/renderer/transport/browser.ts'
import { takeToken } from '../../src/renderer/transport/session.ts'

const page = mkdtempSync(join(tmpdir(), 'kalamos-page-'))
writeFileSync(join(page, 'index.html'), '<!doctype html><title>Kalamos</title>')

it('takes the token out of the address and leaves none behind', () => {
  const seen: unknown[] = []
  const token = takeToken({ hash: '#token=s3cret', pathname: '/', search: '?a=1' }, { replaceState: (...change) => seen.push(change[2]) })
  expect(token).toBe('s3cret')
  expect(seen).toEqual(['/?a=1'])
})

it('leaves an address without a token alone', () => {
  const token = takeToken({ hash: '#/record', pathname: '/', search: '' }, { replaceState: () => expect.unreachable() })
  expect(token).toBeNull()
})

describe('a page without a session', () => {
  let door: BrowserDoor
  beforeEach(async () => (door = await openBrowserDoor({ host: { request: () => Promise.resolve({}), listen: () => () => undefined }, page })))
  afterEach(() => door.close())

  it('says so instead of trying again and again, and what was asked fails', async () => {
    const states: LinkState[] = []
    const transport = new BrowserTransport({ origin: `http://127.0.0.1:${door.port}`, token: 'wrong', onState: (state) => states.push(state) })
    await expect(transport.request('devices.list', {})).rejects.toMatchObject({ code: 'unavailable' })
    expect(states.map((state) => state.kind)).toEqual(['connecting', 'refused'])
  })
})

describe('a page whose host is away', () => {
  it('tries again with growing waits', async () => {
    const waits: number[] = []
    await new Promise<void>((resolve) => {
      const transport = new BrowserTransport({
        // Port 9 is reserved for discarding; nobody listens there.
        origin: 'http://127.0.0.1:9',
        token: null,
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
