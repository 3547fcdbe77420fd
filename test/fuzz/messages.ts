import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { WebSocket, WebSocketServer } from 'ws'
import { requests, type RequestName } from '../../src/shared/api.ts'
import { KalamosError } from '../../src/shared/errors.ts'
import { english, Said } from '../../src/shared/messages/index.ts'
import { createApp } from '../../src/main/app/app.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { openStore } from '../../src/main/store/index.ts'
import { serveClient } from '../../src/main/entrypoints/web/client.ts'
import type { NamedRandom } from '../../src/main/random/named.ts'
import { fill } from '../exchange/corpus.ts'
import { damaged } from './damage.ts'
import { word } from './importers.ts'
import { inputFor, type Things } from './inputs.ts'
import { Defect, type Fate, type Target } from './target.ts'

const MESSAGES = 25
const PATIENCE_MS = 30_000
const NAMES = Object.keys(requests) as RequestName[]
const Answer = v.looseObject({
  id: v.nullable(v.number()),
  error: v.optional(v.looseObject({ code: v.string(), message: Said })),
})

/**
 * Messages of a window that is mistaken or means harm, to a whole app over a socket, while a pen writes. No training is
 * started.
 */
export async function messages(): Promise<Target> {
  const place = mkdtempSync(join(tmpdir(), 'kalamos-fuzz-'))
  const whole = join(place, 'whole.sqlite')
  const seeds = await prepare(whole, place)
  return {
    make(folder, random) {
      const things: Things = {
        paths: [...seeds, 'none', 'out', 'out.csv', 'all.sqlite', '', 'x\0y'].map((name) =>
          join('FOLDER', basename(name)),
        ),
        deviceIds: ['virtual:1', 'virtual:99', 'serial:/dev/null'],
      }
      const text = JSON.stringify(Array.from({ length: MESSAGES }, () => message(things, random)))
      writeFileSync(join(folder, 'messages.json'), text)
      return text.length
    },
    async run(folder): Promise<Fate> {
      const work = mkdtempSync(join(place, 'run-'))
      copyFileSync(whole, join(work, 'all.sqlite'))
      for (const seed of seeds) copyFileSync(seed, join(work, basename(seed)))
      const texts = JSON.parse(
        readFileSync(join(folder, 'messages.json'), 'utf8').replaceAll('FOLDER', JSON.stringify(work).slice(1, -1)),
      ) as string[]
      try {
        return (await ask(join(work, 'all.sqlite'), texts)) ? 'taken' : 'refused'
      } finally {
        rmSync(work, { recursive: true, force: true })
      }
    },
    close: () => rmSync(place, { recursive: true, force: true }),
  }
}

/** A database with two writers, and files of theirs. Returns the files. */
async function prepare(whole: string, place: string): Promise<string[]> {
  const store = openStore(whole)
  fill(store, [0, 1, 2, 3].map(word))
  const folder = join(place, 'seeds')
  mkdirSync(folder)
  const files = ['a.ndjson', 'a.csv', 'a.npz', 'a.xdf'].map((name) => join(folder, name))
  for (const file of files) await exportRecordings(store, file.slice(file.lastIndexOf('.') + 1) as 'csv', file)
  store.close()
  return files
}

function message(things: Things, random: NamedRandom): string {
  const name = random.pick(NAMES)
  const text = JSON.stringify({
    id: random.below(1000),
    request: name,
    input: inputFor(requests[name].input, things, random),
  })
  return random.chance(0.1) ? damaged(Buffer.from(text), random).toString('utf8') : text
}

/** Sends all of them at once and waits for the app to answer the last one. Returns whether anything was done. */
async function ask(databasePath: string, texts: readonly string[]): Promise<boolean> {
  const fork = (): never => {
    throw new KalamosError('unavailable', 'No training is started here.')
  }
  const app = await createApp({ databasePath, entryPoint: 'browser', fork })
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (socket) => serveClient(socket, app))
  await once(server, 'listening')
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  try {
    await once(socket, 'open')
    await openPen(app)
    let done = 0
    const faults: string[] = []
    const last = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Defect('the app did not answer')), PATIENCE_MS)
      socket.on('close', () => reject(new Defect('the app closed the connection')))
      socket.on('message', (data) => {
        const { id, error } = v.parse(Answer, JSON.parse(String(data)))
        if (error?.code === 'internal') faults.push(english(error.message))
        if (error === undefined) done++
        if (id === texts.length + 1000) resolve(clearTimeout(timer))
      })
    })
    for (const text of texts) socket.send(text)
    socket.send(JSON.stringify({ id: texts.length + 1000, request: 'system.info' }))
    await last
    if (faults.length > 0) throw new Defect(`answered as a defect: ${faults.join(' | ')}`)
    return done > 1
  } finally {
    socket.terminate()
    server.close()
    await app.close()
  }
}

/** A virtual pen that somebody records with, so that requests about devices and sessions find one. */
async function openPen(app: Awaited<ReturnType<typeof createApp>>): Promise<void> {
  const { id } = await app.request('devices.addVirtual', { seed: 1, handedness: 'any' })
  await app.request('devices.open', { deviceId: id })
  const writer = (await app.request('writers.list', {})).find(({ virtual }) => virtual)
  await app.request('record.start', { deviceId: id, writerId: writer!.id, prompts: ['am', 'an'], advance: 'pause' })
}
