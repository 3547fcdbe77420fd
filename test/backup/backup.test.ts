import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { readManifest, type Manifest } from '../../src/main/backup/manifest.ts'
import { finishRestore, waitingRestore } from '../../src/main/backup/restore.ts'
import { backUp, restoreFrom } from '../../src/main/backup/thread.ts'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { passingFolder } from '../../src/main/store/places.ts'
import { newSession, newStore, signal, temporaryFolder } from '../store/fixtures.ts'

const model = {
  name: 'm',
  kind: 'cnn',
  task: 'ctc',
  parameters: 1,
  alphabet: 'ab',
  channels: [],
  rateHz: 100,
  trainedOn: { recordings: 0, writers: 0, virtual: false },
  scores: null,
  runId: null,
} as const

/** A store with words, a model and a file that an experiment left. */
function filled(folder: string, words: readonly string[] = ['Haus', 'Maus']): Store {
  const store = newStore(join(folder, 'pens.db'))
  const session = newSession(store, 'Ada')
  for (const label of words) store.recordings.insert({ sessionId: session.id, label, signal: signal(30) })
  store.sessions.end(session.id)
  mkdirSync(join(store.files, 'models'), { recursive: true })
  writeFileSync(join(store.files, 'models', 'one.safetensors'), Buffer.alloc(3_000_000, 7))
  store.models.create({ ...model, channels: [], files: ['models/one.safetensors'] })
  return store
}

const labels = (store: Store): (string | null)[] => [...store.recordings.each({})].map(({ label }) => label)

/** Opens what is at a place, as a start of the app does. */
function opened(database: string): Store {
  finishRestore(database)
  return newStore(database)
}

describe('a backup', () => {
  it('holds all that was kept when it began, however much is written meanwhile, for this account alone', async () => {
    const folder = temporaryFolder()
    const store = filled(folder)
    const session = newSession(store, 'Ben')
    const steps = new Set<string>()
    let done = false
    const making = backUp(store.path, join(folder, 'saved'), {
      progress: ({ work, step }) => steps.add(`${work} ${step}`),
    }).finally(() => (done = true))
    for (let word = 0; !done; word++) {
      store.recordings.insert({ sessionId: session.id, label: `later ${word}`, signal: signal(30) })
      await setImmediate()
    }
    const summary = await making
    expect(summary).toMatchObject({ path: join(folder, 'saved'), writers: 2, models: 1 })
    expect([...steps].sort()).toEqual(['backup checking', 'backup database', 'backup files'])
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
    if (process.platform !== 'win32')
      expect(
        ['', 'kalamos.db', 'backup.json', 'files/models/one.safetensors'].map(
          (name) => statSync(join(folder, 'saved', name)).mode & 0o077,
        ),
      ).toEqual([0, 0, 0, 0])

    await restoreFrom(join(folder, 'saved'), join(folder, 'new', 'pens.db'))
    const back = opened(join(folder, 'new', 'pens.db'))
    expect(labels(back)).toEqual(labels(store).slice(0, summary.recordings))
    expect(labels(back).slice(0, 2)).toEqual(['Haus', 'Maus'])
    expect(readFileSync(back.models.paths(1)[0]!)).toEqual(readFileSync(store.models.paths(1)[0]!))
  })

  it('is made for a browser that fetches it, and holds nothing that only passes', async () => {
    const store = filled(temporaryFolder())
    const passing = passingFolder(store.path)
    mkdirSync(join(passing, 'one'), { recursive: true })
    writeFileSync(join(passing, 'one', 'sent.csv'), 'a')
    await backUp(store.path, join(passing, 'two', 'saved'))
    expect(
      readManifest(join(passing, 'two', 'saved'))
        .files.map(({ path }) => path)
        .sort(),
    ).toEqual(['files/models/one.safetensors', 'kalamos.db'])
  })

  it('is refused where something is already, and within what it copies', async () => {
    const folder = temporaryFolder()
    const store = filled(folder)
    await expect(backUp(store.path, folder)).rejects.toMatchObject({ code: 'conflict' })
    await expect(backUp(store.path, join(store.files, 'saved'))).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(backUp(join(folder, 'none.db'), join(folder, 'saved'))).rejects.toMatchObject({ code: 'not-found' })
    expect(existsSync(join(folder, 'saved'))).toBe(false)
  })

  it('that is cancelled leaves nothing behind', async () => {
    const folder = temporaryFolder()
    const store = filled(folder)
    const stop = new AbortController()
    await expect(
      backUp(store.path, join(folder, 'saved'), { signal: stop.signal, progress: () => stop.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(folder).filter((name) => name.startsWith('saved'))).toEqual([])
  })
})

describe('restoring', () => {
  it('keeps what was there with what only its log holds, as a program that was killed leaves it', async () => {
    const folder = temporaryFolder()
    const store = filled(folder)
    await backUp(store.path, join(folder, 'saved'))
    newSession(store, 'Ben')
    const killed = join(folder, 'killed.db')
    for (const part of ['', '-wal']) copyFileSync(store.path + part, killed + part)
    await restoreFrom(join(folder, 'saved'), killed)
    expect(waitingRestore(killed)).toMatchObject({ recordings: 2 })
    const { keptIn } = finishRestore(killed)!
    expect(openStoreOnce(killed)).toEqual(['Ada'])
    expect(openStoreOnce(join(keptIn!, 'killed.db'))).toEqual(['Ada', 'Ben'])
  })

  it('takes place when nobody has the database open, and moves what was there aside', async () => {
    const folder = temporaryFolder()
    const store = filled(folder)
    await backUp(store.path, join(folder, 'saved'))
    newSession(store, 'Ben')
    await restoreFrom(join(folder, 'saved'), store.path)
    expect(() => finishRestore(store.path)).toThrow(expect.objectContaining({ code: 'database-locked' }))
    store.close()
    const restored = finishRestore(store.path)!
    expect(
      newStore(store.path)
        .writers.list()
        .map(({ name }) => name),
    ).toEqual(['Ada'])
    expect(
      newStore(join(restored.keptIn!, 'pens.db'))
        .writers.list()
        .map(({ name }) => name),
    ).toEqual(['Ada', 'Ben'])
    expect(existsSync(join(restored.keptIn!, 'pens-files', 'models', 'one.safetensors'))).toBe(true)
    expect([finishRestore(join(folder, 'other.db')), waitingRestore(store.path)]).toEqual([null, null])
  })

  it.each([0, 1, 2])('goes on where it was broken off after %i moves', async (moves) => {
    const folder = temporaryFolder()
    const store = filled(folder)
    await backUp(store.path, join(folder, 'saved'))
    newSession(store, 'Ben')
    store.close()
    await restoreFrom(join(folder, 'saved'), store.path)
    const kept = join(folder, 'pens.db-before-restore-2026-11-30T00-00-00')
    mkdirSync(kept)
    writeFileSync(join(kept, 'moving'), '')
    for (const name of ['pens-files', 'pens.db'].slice(0, moves)) renameSync(join(folder, name), join(kept, name))
    expect(finishRestore(store.path)?.keptIn).toBe(kept)
    expect(
      newStore(store.path)
        .writers.list()
        .map(({ name }) => name),
    ).toEqual(['Ada'])
    expect(openStoreOnce(join(kept, 'pens.db'))).toEqual(['Ada', 'Ben'])
    expect(existsSync(join(kept, 'moving'))).toBe(false)
  })

  it('refuses a backup that is damaged, a way out of it, and a folder that is none', async () => {
    const folder = temporaryFolder()
    const store = filled(folder)
    await backUp(store.path, join(folder, 'saved'))
    const there = join(folder, 'there.db')
    await expect(restoreFrom(folder, there)).rejects.toMatchObject({ code: 'invalid-input' })
    const contents = join(folder, 'saved', 'backup.json')
    const manifest = readManifest(join(folder, 'saved'))
    const write = (change: Partial<Manifest>): void =>
      writeFileSync(contents, JSON.stringify({ ...manifest, ...change }))
    for (const path of ['../../etc/passwd', '/etc/passwd', 'files/../../x', 'files\\..\\x', '']) {
      write({ files: [...manifest.files, { path, bytes: 1, sha256: '0'.repeat(64) }] })
      await expect(restoreFrom(join(folder, 'saved'), there), path).rejects.toMatchObject({ code: 'invalid-input' })
    }
    write({})
    appendFileSync(join(folder, 'saved', 'files', 'models', 'one.safetensors'), 'x')
    await expect(restoreFrom(join(folder, 'saved'), there)).rejects.toMatchObject({
      code: 'database-damaged',
      message: expect.stringContaining('one.safetensors') as string,
    })
    expect(readdirSync(folder).filter((name) => name.startsWith('there'))).toEqual([])
  })
})

function openStoreOnce(path: string): string[] {
  const store = openStore(path)
  try {
    return store.writers.list().map(({ name }) => name)
  } finally {
    store.close()
  }
}
