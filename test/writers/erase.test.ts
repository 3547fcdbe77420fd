import Database from 'better-sqlite3'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Events } from '../../src/main/process/events.ts'
import { readEmbedding, writeEmbedding } from '../../src/main/ml/embedding/file.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { writerDataHandlers } from '../../src/main/writers/handlers.ts'
import { eraseWriter } from '../../src/main/store/erase.ts'
import { nameOfWriters, type Store } from '../../src/main/store/index.ts'
import { planOfPrompts } from '../../src/main/protocol/index.ts'
import { frames, newStore, signal } from '../store/fixtures.ts'
import { PROFILE } from '../record/pens.ts'

/** A writer with recordings whose samples and texts can be told from all others. */
function record(store: Store, name: string, mark: number): { writerId: number; secrets: Buffer[] } {
  const writer = store.writers.create({ name, handedness: 'right' })
  const session = store.sessions.create({
    writerId: writer.id,
    deviceName: 'Desk pen',
    origin: 'recorded',
    profile: {},
  })
  store.promptedSessions.begin({
    sessionId: session.id,
    protocol: null,
    plan: planOfPrompts([`prompt of ${name}`], 'pause'),
    segmentation: PROFILE.segmentation,
    pen: { name: null, serial: null, firmware: null },
    surface: `table of ${name}`,
  })
  store.promptedSessions.consent(writer.id, session.id, '1', `consent of ${name}`)
  store.promptedSessions.answer(session.id, { age: `age of ${name}` })
  store.promptedSessions.note(session.id, null, `note on ${name}`)
  store.settings.set(nameOfWriters('pauses', writer.id, 'desk-pen'), { gaps: [], secret: `pauses of ${name}` })
  store.settings.set(nameOfWriters('words', writer.id), { words: [`word learned of ${name}`] })
  const values = new Float32Array(frames(0, 300).values.length).fill(mark)
  for (let i = 0; i < 20; i++) {
    // Through the chunks of an open recording, whose freed places keep copies.
    const recording = store.recordings.begin({
      sessionId: session.id,
      label: `label of ${name}`,
      channels: frames(0, 0).channels,
      rateHz: 100,
    })
    recording.append({ ...frames(0, 300), values })
    store.flush()
    recording.finish()
  }
  const [last] = store.recordings.list({ writerId: writer.id }, 0, 1).recordings
  store.recordings.relabel(last!.id, `new label of ${name}`)
  store.recordings.delete([last!.id])
  store.sessions.end(session.id)
  const texts = [
    name,
    `prompt of ${name}`,
    `table of ${name}`,
    `consent of ${name}`,
    `age of ${name}`,
    `note on ${name}`,
    `label of ${name}`,
    `pauses of ${name}`,
    `word learned of ${name}`,
  ]
  return {
    writerId: writer.id,
    secrets: [...texts.map((text) => Buffer.from(text)), Buffer.from(values.buffer, 0, 64)],
  }
}

/** Which of these bytes are found in the file or in the log beside it. */
function found(store: Store, secrets: readonly Buffer[]): string[] {
  const files = [store.path, `${store.path}-wal`].filter(existsSync).map((path) => readFileSync(path))
  return secrets.filter((secret) => files.some((bytes) => bytes.includes(secret))).map(String)
}

describe('deleting a writer', () => {
  it('leaves no byte of theirs in the file, and everything of the others', () => {
    const store = newStore()
    const gone = record(store, 'Pseudonym-Eule', 1.2345678)
    const stays = record(store, 'Pseudonym-Biber', 8.7654321)
    expect(found(store, gone.secrets)).toHaveLength(gone.secrets.length)

    const report = eraseWriter(store, gone.writerId)
    expect(report).toMatchObject({
      writer: 'Pseudonym-Eule',
      sessions: 1,
      recordings: 20,
      frames: 6000,
      consents: 1,
      notes: 1,
      models: [],
      traces: null,
    })
    expect(report.bytesAfter).toBeLessThan(report.bytesBefore + 1)
    expect(found(store, gone.secrets)).toEqual([])
    expect(found(store, stays.secrets)).toHaveLength(stays.secrets.length)
    expect(store.writers.list().map(({ name }) => name)).toEqual(['Pseudonym-Biber'])
    expect(store.recordings.signal(store.recordings.list({}, 0, 1).recordings[0]!.id).values[0]).toBeCloseTo(8.7654321)
    expect(store.recordings.undo()).toMatch(/^Deletion/)
    expect(store.connection.pragma('integrity_check')).toBe('ok')
  })

  it('is refused while a session of theirs is running, and nothing is changed', () => {
    const store = newStore()
    const { writerId, secrets } = record(store, 'Pseudonym-Eule', 1.5)
    const session = store.sessions.create({ writerId, deviceName: 'Desk pen', origin: 'recorded', profile: {} })
    expect(() => eraseWriter(store, writerId)).toThrow(
      expect.objectContaining({ code: 'conflict', message: 'A session of Pseudonym-Eule is running.' }),
    )
    expect(store.recordings.count({ writerId })).toBe(19)
    expect(found(store, secrets)).toHaveLength(secrets.length)
    store.sessions.end(session.id)
    eraseWriter(store, writerId)
    expect(found(store, secrets)).toEqual([])
  })

  it('names the models that learned from them', () => {
    const store = newStore()
    const { writerId } = record(store, 'Pseudonym-Eule', 1.5)
    const ids = store.recordings.list({ writerId }, 0, 3).recordings.map(({ id }) => id)
    writeFileSync(join(store.files, 'm.json'), JSON.stringify({ trainedOn: { ids } }))
    writeFileSync(join(store.files, 'n.json'), JSON.stringify({ trainedOn: { ids: [9999] } }))
    const model = store.models.create({ name: 'Eule reads', files: ['m.safetensors', 'm.json'] } as never)
    store.models.create({ name: 'Other', files: ['n.safetensors', 'n.json'] } as never)
    expect(eraseWriter(store, writerId).models).toEqual([{ id: model.id, name: 'Eule reads' }])
  })

  it('leaves the name in no file beside the database either, though an earlier version wrote it there', async () => {
    const store = newStore()
    const { writerId } = record(store, 'Pseudonym-Eule', 1.5)
    const folder = join(store.files, 'runs', '1')
    mkdirSync(folder, { recursive: true })
    writeEmbedding(folder, {
      words: [{ text: 'Haus', trained: true }],
      points: [{ side: 'pen', word: 0, recordingId: 1, writer: 'Pseudonym-Eule' }],
      frames: [{ epoch: 0, at: [[0, 0]], nearest: [null], explained: 1, own: 0, other: 0 }],
      size: 2,
    })
    const name = Buffer.from('Pseudonym-Eule')
    const files = () =>
      readdirSync(store.files, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    expect(files().filter((path) => readFileSync(path).includes(name))).toHaveLength(1)
    await writerDataHandlers({ store, events: new Events() })['writers.delete']({ id: writerId })
    expect(files().filter((path) => readFileSync(path).includes(name))).toEqual([])
    expect(readEmbedding(folder)?.points).toEqual([{ side: 'pen', word: 0, recordingId: 1, writer: null }])
  })

  it.each(['before the files go', 'before the file is written anew', 'before the log is emptied'])(
    'is finished by the next start where the program was killed %s',
    async (moment) => {
      const store = newStore()
      const gone = record(store, 'Pseudonym-Eule', 1.2345678)
      const stays = record(store, 'Pseudonym-Biber', 8.7654321)
      writeFileSync(
        join(store.files, 'folds.json'),
        JSON.stringify({
          version: 1,
          folds: 5,
          holdout: ['Pseudonym-Eule'],
          writers: { 'Pseudonym-Biber': 0 },
          words: {},
        }),
      )
      mkdirSync(join(store.files, 'runs', '7'), { recursive: true })
      writeFileSync(join(store.files, 'fitted.json'), '{}')
      store.close()
      expect(await killedWhileErasing(store.path, gone.writerId, moment)).toBe('SIGKILL')

      const again = newStore(store.path)
      expect(again.writers.list().map(({ name }) => name)).toEqual(['Pseudonym-Biber'])
      expect(readFileSync(join(again.files, 'folds.json'), 'utf8')).not.toContain('Eule')
      expect(readdirSync(join(again.files, 'runs'))).toEqual([])
      expect(existsSync(join(again.files, 'fitted.json'))).toBe(false)
      expect(again.models.list()).toEqual([])
      expect(found(again, gone.secrets)).toEqual([])
      expect(found(again, stays.secrets)).toHaveLength(stays.secrets.length)
      expect(again.connection.get("SELECT 1 FROM settings WHERE name = 'erasing'")).toBeUndefined()
    },
  )

  it('deletes nothing outside of the folder of its files on the word of a database', () => {
    const store = newStore()
    const outside = join(store.files, '..', 'mine.txt')
    writeFileSync(outside, 'mine')
    store.settings.set('erasing', { name: null, models: [], runs: [], files: ['../mine.txt', '', '.'] })
    store.close()
    newStore(store.path)
    expect([existsSync(outside), existsSync(store.files)]).toEqual([true, true])
  })

  it('names trainings that learned from them, and where exports with them were written', async () => {
    const store = newStore()
    const { writerId } = record(store, 'Pseudonym-Eule', 1.5)
    const ids = store.recordings.list({ writerId }, 0, 3).recordings.map(({ id }) => id)
    const run = store.runs.create({ name: 'winter' } as never)
    mkdirSync(join(store.files, 'runs', String(run.id)), { recursive: true })
    writeFileSync(
      join(store.files, 'runs', String(run.id), 'checkpoint.json'),
      JSON.stringify({ recipe: { trainedOn: { ids } } }),
    )
    const place = join(store.files, '..', 'words.ndjson')
    await exportRecordings(store, 'ndjson', place)
    expect(eraseWriter(store, writerId)).toMatchObject({
      runs: [{ id: run.id, name: 'winter' }],
      exports: [{ path: place, at: expect.any(Number) }],
    })
  })

  it('says which traces are left where the file could not be written anew', () => {
    const store = newStore()
    const { writerId } = record(store, 'Pseudonym-Eule', 1.5)
    const reader = newReader(store)
    const report = eraseWriter(store, writerId)
    reader.end()
    expect(report.traces).toMatch(/another program|could not be written anew/i)
    expect(store.writers.list()).toEqual([])
  })

  it('has nobody to delete where there is nobody', () => {
    expect(() => eraseWriter(newStore(), 7)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  it('keeps single recordings of others apart', () => {
    const store = newStore()
    const { writerId } = record(store, 'A', 1.5)
    const other = store.writers.create({ name: 'B', handedness: 'left' })
    const session = store.sessions.create({
      writerId: other.id,
      deviceName: 'Desk pen',
      origin: 'imported',
      profile: {},
    })
    const id = store.recordings.insert({ sessionId: session.id, label: 'Haus', signal: signal(50) }) as number
    eraseWriter(store, writerId)
    expect(store.recordings.get(id)).toMatchObject({ label: 'Haus', frames: 50 })
  })
})

/** Lets another program delete a writer and be killed in the middle. Returns how it ended. */
async function killedWhileErasing(path: string, writerId: number, moment: string): Promise<unknown> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('children/erase-and-die.ts', import.meta.url)), path, String(writerId), moment],
    { stdio: 'inherit' },
  )
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  return signal ?? code
}

/** Somebody else who is reading the database. */
function newReader(store: Store): { end: () => void } {
  const reader = new Database(store.path)
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM writers').get()
  return {
    end: () => {
      reader.exec('COMMIT')
      reader.close()
    },
  }
}
