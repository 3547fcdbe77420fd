import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EventName } from '../../src/shared/api.ts'
import { openBrowserServer, type BrowserServer } from '../../src/main/entrypoints/web.ts'
import { openWindow, type VisitorWindow } from './visitor.ts'

const FLOOD = 3000

let folder: string
let browserServer: BrowserServer
let windows: VisitorWindow[]
/** What was asked, in the order in which it was begun. */
let begun: string[]
/** How to let the requests end that wait for it. */
let release: () => void
const listeners = new Map<EventName, Set<(payload: unknown) => void>>()

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-busy-'))
  writeFileSync(join(folder, 'index.html'), '<title>page</title>')
  ;[windows, begun] = [[], []]
  listeners.clear()
  const { promise: released, resolve } = Promise.withResolvers<undefined>()
  release = () => resolve(undefined)
  const host = {
    request: async (name: string) => {
      begun.push(name)
      if (name === 'exchange.import') await released
      return { asked: name }
    },
    listen: (event: EventName, listener: (payload: unknown) => void) => {
      const heard = listeners.get(event) ?? new Set()
      listeners.set(event, heard.add(listener))
      return () => heard.delete(listener)
    },
  }
  browserServer = await openBrowserServer({ host, page: folder })
})
afterEach(async () => {
  for (const { socket } of windows) socket.terminate()
  await browserServer.close()
  rmSync(folder, { recursive: true })
})

async function open(): Promise<VisitorWindow> {
  const window = await openWindow(browserServer.url)
  windows.push(window)
  return window
}

describe('a window that asks more than anybody can', () => {
  test('is answered in full, one request in each turn of the host, so that recording and others have theirs', async () => {
    const [busy, other] = [await open(), await open()]
    let turns = 0
    const turn = (): void => {
      turns++
      for (const listener of listeners.get('devices.samples') ?? []) listener({ turn: turns })
      if (begun.length < FLOOD) setImmediate(turn)
    }
    other.send({ subscribe: 'devices.samples' })
    other.send({ id: 1, request: 'system.info' })
    await other.next()
    for (let id = 0; id < FLOOD; id++) busy.send({ id, request: 'recordings.list' })
    other.send({ id: 2, request: 'record.state' })
    setImmediate(turn)
    const answered = new Set<number>()
    while (answered.size < FLOOD) answered.add(((await busy.next()) as { id: number }).id)
    expect(turns).toBeGreaterThan(FLOOD * 0.9)
    expect(begun.indexOf('record.state')).toBeLessThan(FLOOD / 10)
    const heard: unknown[] = []
    while (heard.length < turns) {
      const message = (await other.next()) as { id?: number }
      if (message.id === undefined) heard.push(message)
    }
    expect(heard).toEqual(
      Array.from({ length: turns }, (_, at) => ({ event: 'devices.samples', payload: { turn: at + 1 } })),
    )
  })

  test('has so many works under way and no more; what is beyond is refused, and it may ask again afterwards', async () => {
    const [busy, other] = [await open(), await open()]
    for (let id = 0; id < 200; id++) busy.send({ id, request: 'exchange.import' })
    const refused = []
    while (refused.length < 200 - 64) refused.push(await busy.next())
    for (const answer of refused)
      expect(answer).toMatchObject({
        error: { code: 'unavailable', message: 'This window waits for 64 answers already.', hint: expect.any(String) },
      })
    expect(begun).toHaveLength(64)
    other.send({ id: 1, request: 'system.info' })
    expect(await other.next()).toMatchObject({ id: 1, output: {} })
    release()
    for (let i = 0; i < 64; i++) expect(await busy.next()).toMatchObject({ output: {} })
    busy.send({ id: 201, request: 'system.info' })
    expect(await busy.next()).toMatchObject({ id: 201, output: {} })
  })
})
