import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp, type App } from '../../src/main/app/app.ts'
import { inBackground } from '../../src/main/process/background.ts'
import { runProgram } from '../../src/main/entrypoints/cli/program.ts'
import { openLog, type OpenLog } from '../../src/main/log/index.ts'
import { requests, type RequestName } from '../../src/shared/api.ts'
import { temporaryFolder } from '../store/fixtures.ts'

/** Words that stand nowhere else: what a person wrote, and who that was. */
const SECRETS = {
  writer: 'Zyxwriter',
  prompt: 'quokka',
  typed: 'Typedsecret',
  file: 'Filesecret',
  column: 'Columnsecret',
}

let app: App
let opened: OpenLog
let folder: string

beforeEach(async () => {
  folder = temporaryFolder()
  opened = openLog({ folder: join(folder, 'logs'), entryPoint: 'browser', verbose: true })
  app = await createApp({ databasePath: join(folder, 'pens.db'), entryPoint: 'browser' })
})
afterEach(() => app.close())

/** All that was written, also into older files. */
async function whole(): Promise<string> {
  await app.close()
  opened.close()
  return readdirSync(join(folder, 'logs'))
    .map((file) => readFileSync(join(folder, 'logs', file), 'utf8'))
    .join('')
}

function expectNoSecret(text: string): void {
  for (const secret of Object.values(SECRETS)) expect(text.toLowerCase()).not.toContain(secret.toLowerCase())
}

describe('the log in all its detail', () => {
  it('holds no writer, no label and no name of a file, when all goes well', { timeout: 60_000 }, async () => {
    const writer = await app.request('writers.create', { name: SECRETS.writer, handedness: 'right', virtual: true })
    const { id: deviceId } = await app.request('devices.addVirtual', { seed: 3, handedness: 'any' })
    await app.request('devices.open', { deviceId })
    await app.request('record.start', {
      deviceId,
      writerId: writer.id,
      prompts: [SECRETS.prompt, SECRETS.prompt],
      advance: 'pause',
    })
    await app.request('record.note', { text: SECRETS.typed, aboutLast: false })
    await expect
      .poll(async () => (await app.request('record.state', {}))?.recordedIds.length, { timeout: 40_000 })
      .toBe(2)
    await app.request('record.stop', {})
    const [recording] = (await app.request('recordings.list', { filter: {}, offset: 0, limit: 1 })).recordings
    expect(recording).toMatchObject({ label: SECRETS.prompt })
    await app.request('recordings.relabel', { id: recording!.id, label: SECRETS.typed })
    const path = join(folder, `${SECRETS.file}.ndjson`)
    await app.request('exchange.export', { format: 'ndjson', path, filter: {} })
    await app.request('exchange.import', { format: 'ndjson', path, writerPrefix: SECRETS.typed })
    const [model] = await app.request('models.list', {})
    await app.request('recognise.start', { modelId: model!.id, deviceId, writerId: writer.id })
    const read = new Promise<void>((resolve) => app.listen('recognise.word', () => resolve()))
    await app.request('devices.writeText', { deviceId, text: SECRETS.prompt })
    await read
    await app.request('recognise.correct', { index: 0, text: SECRETS.typed })
    await app.request('recognise.stop', {})

    const text = await whole()
    for (const happened of [
      'a device is open',
      'a session has begun',
      'a session has ended: session=1 recordings=2',
      'recordings went out: format=ndjson extension=.ndjson',
      'recordings came in',
    ])
      expect(text).toContain(happened)
    expectNoSecret(text)
  })

  it('holds nothing of what was asked, whatever request fails with it', { timeout: 60_000 }, async () => {
    const file = join(folder, `${SECRETS.file}.csv`)
    writeFileSync(file, `${SECRETS.column};label\n${SECRETS.typed};${SECRETS.prompt}\n`)
    const values: unknown[] = [SECRETS.typed, file, 987_654, [SECRETS.prompt], { text: SECRETS.typed }]
    const asked = Object.keys(requests).filter(
      (name) => !/^system\.(doctor|log|showLog)$|Preview$/.test(name),
    ) as RequestName[]
    for (const name of asked) {
      for (const value of values) {
        const fields = {
          id: value,
          name: value,
          path: file,
          folder,
          text: value,
          label: value,
          deviceId: value,
          writerId: value,
          modelId: value,
          runId: value,
          sessionId: value,
          format: 'csv',
          filter: { label: value },
          prompts: [value],
          source: { from: 'file', path: file },
          speed: 1,
        }
        await app.request(name, fields).catch(() => undefined)
        const { entries = {} } = requests[name].input as { entries?: object }
        // Only the fields that the request has, so that some of them get past the check.
        const fitting = Object.fromEntries(
          Object.keys(entries).flatMap((key) => (key in fields ? [[key, fields[key as keyof typeof fields]]] : [])),
        )
        await app.request(name, fitting).catch(() => undefined)
      }
    }
    await app.request('exchange.import', { format: 'ndjson', path: file }).catch(() => undefined)
    await app.request('exchange.import', { format: 'csv', path: file }).catch(() => undefined)
    inBackground('exchange', 'a file could not be read', () => JSON.parse(SECRETS.typed))
    inBackground('exchange', 'a file could not be read', () => readFileSync(join(folder, SECRETS.file)))

    const text = await whole()
    expect(text).toContain('a request was refused')
    expect(text).toContain('a file could not be read: SyntaxError')
    expectNoSecret(text)
  })

  it('holds nothing of a command line, and is said on stderr alone where that is wanted', async () => {
    await app.close()
    opened.close()
    let [out, err] = ['', '']
    const terminal = {
      out: (text: string) => (out += text),
      err: (text: string) => (err += text),
      signal: new AbortController().signal,
      keys: () => null,
    }
    const code = await runProgram(
      [
        'record',
        '--device',
        'virtual:3',
        '--writer',
        SECRETS.writer,
        '--prompts',
        SECRETS.prompt,
        '--verbose',
        '--database',
        join(folder, 'pens.db'),
      ],
      terminal,
    )
    expect({ code, out }).toEqual({ code: 1, out: '' })
    const said = err.split('\n').filter((line) => /^\d{4}-\d\d-\d\dT/.test(line))
    expect(said).toEqual(
      expect.arrayContaining([expect.stringMatching(/info entrypoint terminal:\d+ a command has begun: verb=record$/)]),
    )
    expectNoSecret(said.join('\n'))
  })
})
