import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { encodeData, encodeHello, serialFrame } from '../../src/main/pen/codecs/pen-frame-encoder.ts'
import { openStore } from '../../src/main/store/index.ts'
import { PATIENCE } from '../support/patience.ts'
import { PtyPair, socatFound } from '../pen/ptys.ts'
import { openWindow, type VisitorWindow } from './visitor.ts'

/** Of one process, pens, database and windows together. */
const FILES = 128

let folder: string
let app: ChildProcess
let ended: Promise<unknown[]>
let url: string
let pen: PtyPair
let window: VisitorWindow
let stopWriting: () => void
const sockets: Socket[] = []
const windows: VisitorWindow[] = []

const database = () => join(folder, 'pens.db')
const port = () => Number(new URL(url).port)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-few-files-'))
  writeFileSync(join(folder, 'index.html'), '<title>page</title>')
  writeFileSync(
    join(folder, 'word.ndjson'),
    JSON.stringify({
      writer: 'w',
      label: 'a',
      rate_hz: 100,
      channels: ['force'],
      units: ['N'],
      samples: [[1], [2], [3]],
    }),
  )
  const child = fileURLToPath(new URL('children/serve-few-files.ts', import.meta.url))
  app = spawn('sh', ['-c', `ulimit -n ${FILES} && exec "$@"`, 'sh', process.execPath, child, database(), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  ended = once(app, 'exit')
  ;[url] = (await once(createInterface(app.stdout!), 'line')) as [string]
  pen = await PtyPair.plugged()
  stopWriting = write(pen)
  window = await openWindow(url)
})
afterEach(async () => {
  stopWriting()
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const { socket } of [window, ...windows.splice(0)]) socket.terminate()
  app.kill()
  await ended
  await pen.remove()
  rmSync(folder, { recursive: true })
})

/** A pen that is written with, at 100 frames a second. */
function write(pair: PtyPair): () => void {
  let sequence = 0
  const hello = encodeHello(
    {
      name: 'Pen',
      serial: '1',
      firmware: '1',
      rateHz: 100,
      channels: PEN_CHANNELS.map((channel) => ({ ...channel, fullScale: 16 })),
    },
    1,
    90,
  )
  const writing = setInterval(() => {
    const frame = encodeData(
      {
        sequence,
        deviceMicros: sequence * 10_000,
        batteryPercent: 90,
        counts: PEN_CHANNELS.map(({ name }) => (name === 'force' ? 30_000 : 100)),
      },
      1,
    )
    void pair
      .write(Buffer.concat([...(sequence++ % 100 === 0 ? [hello] : []), frame].map(serialFrame)))
      .catch(() => undefined)
  }, 10)
  return () => clearInterval(writing)
}

let asked = 0
async function ask<T = unknown>(request: string, input: unknown = {}): Promise<T> {
  const id = ++asked
  window.send({ id, request, input })
  for (;;) {
    const answer = (await window.next()) as { id?: number; output?: unknown; error?: unknown }
    if (answer.id !== id) continue
    if (answer.error !== undefined) throw new Error(JSON.stringify(answer.error))
    return answer.output as T
  }
}

const frames = async () =>
  (await ask<{ recordings: { frames: number }[] }>('recordings.list', { filter: {}, offset: 0, limit: 1 }))
    .recordings[0]?.frames ?? 0
const moreFrames = async () => {
  const before = await frames()
  await expect.poll(frames, PATIENCE).toBeGreaterThan(before)
}

async function startRecording(): Promise<void> {
  const deviceId = `serial:${pen.host}`
  await ask('devices.open', { deviceId, profileId: 'pen-frame' })
  await expect
    .poll(() => ask<{ id: string; state: string }[]>('devices.list'), PATIENCE)
    .toContainEqual(expect.objectContaining({ id: deviceId, state: 'streaming' }))
  const { id: writerId } = await ask<{ id: number }>('writers.create', { name: 'Ada', handedness: 'left' })
  await ask('record.start', { deviceId, writerId, prompts: ['am', 'an'], advance: 'key' })
  await moreFrames()
}

/** Comes to the door, says something, and never ends its own side. Resolves where it is in, or was turned away. */
function come(text: string): Promise<void> {
  const socket = connect({ port: port(), host: '127.0.0.1', allowHalfOpen: true })
  sockets.push(socket)
  socket.resume()
  return new Promise((resolve) =>
    socket.once('connect', () => socket.write(text, () => resolve())).once('error', () => resolve()),
  )
}

const upgrade = () =>
  `GET /socket HTTP/1.1\r\nHost: 127.0.0.1:${port()}\r\nOrigin: http://127.0.0.1:${port()}\r\nConnection: ` +
  `Upgrade\r\nUpgrade: websocket\r\n\r\n`
const openFiles = () => readdirSync(`/proc/${app.pid!}/fd`).length

/** What a person does: the page, a window, a look at a file, the ports, a backup. */
async function everythingWorks(): Promise<void> {
  expect(await (await fetch(new URL(url).origin)).text()).toContain('page')
  windows.push(await openWindow(url))
  expect(await ask('exchange.preview', { format: 'ndjson', path: join(folder, 'word.ndjson') })).toMatchObject({
    seen: { recordings: 1 },
  })
  await ask('backup.make', { path: join(folder, `backup-${asked}`) })
  await moreFrames()
}

describe.skipIf(!socatFound || process.platform !== 'linux')(
  'where a process may open few files (skipped where socat is missing: ptys stand for ports)',
  () => {
    test('a pen is recorded and the door is open, however many stand in it or keep their half of what was refused', async () => {
      await startRecording()
      const before = openFiles()
      await Promise.all(Array.from({ length: 300 }, () => come(upgrade())))
      await Promise.all(Array.from({ length: 300 }, () => come('')))
      await everythingWorks()
      expect(openFiles()).toBeLessThan(before + FILES / 2)
    })

    test('so many windows are let in, and whoever comes later learns why not', async () => {
      await startRecording()
      const refusals: unknown[] = []
      for (let i = 0; i < FILES; i++) {
        await openWindow(url).then(
          (opened) => windows.push(opened),
          (error: unknown) => refusals.push(error),
        )
      }
      expect(windows.length).toBeGreaterThan(20)
      expect(refusals).toHaveLength(FILES - windows.length)
      expect(refusals.map(String)).toEqual(refusals.map(() => expect.stringContaining('503')))
      const [left] = windows.splice(0, 1)
      left!.socket.terminate()
      await expect
        .poll(
          () =>
            openWindow(url).then(
              (opened) => windows.push(opened),
              () => 0,
            ),
          PATIENCE,
        )
        .toBeGreaterThan(0)
      await moreFrames()
    })

    test('what was recorded meanwhile is in the database', async () => {
      await startRecording()
      await Promise.all(Array.from({ length: 300 }, () => come('')))
      await moreFrames()
      await ask('record.next')
      app.kill()
      expect(await ended).toEqual([0, null])
      const store = openStore(database())
      expect([...store.recordings.each({})].map(({ frames: count, lostFrames }) => [count > 0, lostFrames])).toEqual([
        [true, 0],
      ])
      store.close()
    })
  },
)
