import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../src/main/backup/archive.ts'
import type { Manifest } from '../../src/main/backup/manifest.ts'
import { finishRestore, waitingRestore } from '../../src/main/backup/restore.ts'
import { backUp, restoreFrom } from '../../src/main/backup/thread.ts'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { doorFile, passingFolder } from '../../src/main/store/places.ts'
import { newSession, newStore, signal, temporaryFolder } from '../store/fixtures.ts'
import { membersOf, writeFolder, writeMembers, type Members } from './zips.ts'

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

/** A backup of a filled store, and what it holds. */
async function saved(folder: string): Promise<{ store: Store; file: string; members: Members; manifest: Manifest }> {
  const store = filled(folder)
  const { path: file } = await backUp(store.path, join(folder, 'saved.zip'))
  const members = await membersOf(file)
  return { store, file, members, manifest: JSON.parse(String(members['backup.json'])) as Manifest }
}

async function namesIn(file: string): Promise<string[]> {
  const archive = await openArchive(file)
  archive.close()
  return archive.manifest.files.map(({ path }) => path).sort()
}

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
    const making = backUp(store.path, join(folder, 'saved.zip'), {
      progress: ({ work, step }) => steps.add(`${work} ${step}`),
    }).finally(() => (done = true))
    for (let word = 0; !done; word++) {
      store.recordings.insert({ sessionId: session.id, label: `later ${word}`, signal: signal(30) })
      await setImmediate()
    }
    const summary = await making
    expect(summary).toMatchObject({ path: join(folder, 'saved.zip'), writers: 2, models: 1 })
    expect([...steps].sort()).toEqual(['backup checking', 'backup database', 'backup files'])
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
    if (process.platform !== 'win32') expect(statSync(summary.path).mode & 0o077).toBe(0)

    await restoreFrom(summary.path, join(folder, 'new', 'pens.db'))
    const back = opened(join(folder, 'new', 'pens.db'))
    expect(labels(back)).toEqual(labels(store).slice(0, summary.recordings))
    expect(labels(back).slice(0, 2)).toEqual(['Haus', 'Maus'])
    expect(readFileSync(back.models.paths(1)[0]!)).toEqual(readFileSync(store.models.paths(1)[0]!))
  })

  it('is a zip file that any program unpacks into files as they were', async () => {
    const { file, members, store } = await saved(temporaryFolder())
    expect(Object.keys(members).sort()).toEqual(['backup.json', 'files/models/one.safetensors', 'kalamos.db'])
    expect(members['files/models/one.safetensors']).toEqual(readFileSync(store.models.paths(1)[0]!))
    expect(readFileSync(file).includes(members['kalamos.db']!)).toBe(true)
  })

  it('is made for a browser that fetches it, and holds nothing that only passes, nor what is of this machine', async () => {
    const store = filled(temporaryFolder())
    const passing = passingFolder(store.path)
    mkdirSync(join(passing, 'one'), { recursive: true })
    writeFileSync(join(passing, 'one', 'sent.csv'), 'a')
    for (const path of [doorFile(store.path), `${doorFile(store.path)}.partial`]) writeFileSync(path, 'secret')
    const { path } = await backUp(store.path, join(passing, 'two', 'saved'))
    expect(path).toBe(join(passing, 'two', 'saved.zip'))
    expect(await namesIn(path)).toEqual(['files/models/one.safetensors', 'kalamos.db'])
  })

  it('is refused where something is already, and within what it copies', async () => {
    const folder = temporaryFolder()
    const store = filled(folder)
    await expect(backUp(store.path, folder)).rejects.toMatchObject({
      code: 'conflict',
      hint: `Name a file in it, such as ${join(folder, 'kalamos.zip')}.`,
    })
    writeFileSync(join(folder, 'mine.ZIP'), 'mine')
    writeFileSync(join(folder, 'mine.zip'), 'mine')
    for (const name of ['mine', 'mine.ZIP'])
      await expect(backUp(store.path, join(folder, name))).rejects.toMatchObject({ code: 'conflict' })
    expect(readFileSync(join(folder, 'mine.zip'), 'utf8')).toBe('mine')
    await expect(backUp(store.path, join(store.files, 'saved'))).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(backUp(join(folder, 'none.db'), join(folder, 'saved'))).rejects.toMatchObject({ code: 'not-found' })
    expect(readdirSync(folder).filter((name) => name.startsWith('saved'))).toEqual([])
  })

  it('that is cancelled leaves nothing behind', async () => {
    const folder = temporaryFolder()
    const store = filled(folder)
    const stop = new AbortController()
    await expect(
      backUp(store.path, join(folder, 'saved.zip'), { signal: stop.signal, progress: () => stop.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(folder).filter((name) => name.startsWith('saved'))).toEqual([])
  })

  it('that the disk has no room for is not begun', async () => {
    const folder = temporaryFolder()
    const store = filled(folder)
    // Takes no room itself.
    writeFileSync(join(store.files, 'models', 'huge'), '')
    truncateSync(join(store.files, 'models', 'huge'), 8e12)
    await expect(backUp(store.path, join(folder, 'saved.zip'))).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/no room for .*saved\.zip: 8,000,\d\d\d MB are needed/) as string,
    })
    expect(readdirSync(folder).filter((name) => name.startsWith('saved'))).toEqual([])
  })
})

describe('restoring', () => {
  it('keeps what was there with what only its log holds, as a program that was killed leaves it', async () => {
    const folder = temporaryFolder()
    const store = filled(folder)
    await backUp(store.path, join(folder, 'saved.zip'))
    newSession(store, 'Ben')
    const killed = join(folder, 'killed.db')
    for (const part of ['', '-wal']) copyFileSync(store.path + part, killed + part)
    await restoreFrom(join(folder, 'saved.zip'), killed)
    expect(waitingRestore(killed)).toMatchObject({ recordings: 2 })
    const { keptIn } = finishRestore(killed)!
    expect(openStoreOnce(killed)).toEqual(['Ada'])
    expect(openStoreOnce(join(keptIn!, 'killed.db'))).toEqual(['Ada', 'Ben'])
  })

  it('takes place when nobody has the database open, and moves what was there aside', async () => {
    const folder = temporaryFolder()
    const store = filled(folder)
    await backUp(store.path, join(folder, 'saved.zip'))
    newSession(store, 'Ben')
    await restoreFrom(join(folder, 'saved.zip'), store.path)
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
    await backUp(store.path, join(folder, 'saved.zip'))
    newSession(store, 'Ben')
    store.close()
    await restoreFrom(join(folder, 'saved.zip'), store.path)
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

  it('takes what earlier versions wrote: a folder, and a folder in a zip file', async () => {
    const folder = temporaryFolder()
    const { members } = await saved(folder)
    const unpacked = writeFolder(join(folder, 'kalamos-2026-11-30'), members)
    const inFolder = Object.fromEntries(
      Object.entries(members).map(([name, bytes]) => [`kalamos-2026-11-30/${name}`, bytes]),
    )
    const fetched = await writeMembers(join(folder, 'fetched.zip'), inFolder)
    for (const [name, place] of Object.entries({ unpacked, fetched })) {
      await restoreFrom(place, join(folder, `${name}.db`))
      expect(labels(opened(join(folder, `${name}.db`)))).toEqual(['Haus', 'Maus'])
    }
  })

  it('leaves what the browser server knows of this machine where it is', async () => {
    const folder = temporaryFolder()
    const { store, members, manifest } = await saved(folder)
    // As earlier versions wrote it.
    const theirs = Buffer.from('theirs')
    const held = { path: 'files/browser.json', bytes: 6, sha256: createHash('sha256').update(theirs).digest('hex') }
    const file = await writeMembers(join(folder, 'with-door.zip'), {
      ...members,
      'files/browser.json': theirs,
      'backup.json': Buffer.from(JSON.stringify({ ...manifest, files: [...manifest.files, held] })),
    })
    writeFileSync(doorFile(store.path), 'ours')
    store.close()
    await restoreFrom(file, store.path)
    const { keptIn } = finishRestore(store.path)!
    expect(readFileSync(doorFile(store.path), 'utf8')).toBe('ours')
    expect(existsSync(join(keptIn!, 'pens-files', 'browser.json'))).toBe(false)
    await restoreFrom(file, join(folder, 'new.db'))
    finishRestore(join(folder, 'new.db'))
    expect(existsSync(doorFile(join(folder, 'new.db')))).toBe(false)
  })

  it('refuses what is damaged, breaks off, leads out of it, or is no backup, and leaves nothing of it', async () => {
    const folder = temporaryFolder()
    const { file, members, manifest } = await saved(folder)
    const there = join(folder, 'there.db')
    /** What is no backup is refused before anything is unpacked. */
    const refused = async (place: string, code: string, why: string): Promise<void> =>
      expect(
        code === 'database-damaged' ? restoreFrom(place, there) : openArchive(place),
        `${place}: ${why}`,
      ).rejects.toMatchObject({ code, message: expect.stringContaining(why) as string })
    const write = (changed: Members): Promise<string> => writeMembers(join(folder, 'changed.zip'), changed)
    const withFiles = (files: Manifest['files']): Promise<string> =>
      write({ ...members, 'backup.json': Buffer.from(JSON.stringify({ ...manifest, files })) })

    await refused(folder, 'invalid-input', 'no table of contents')
    await refused(join(folder, 'none.zip'), 'not-found', 'none.zip')
    writeFileSync(join(folder, 'text.zip'), 'Haus')
    await refused(join(folder, 'text.zip'), 'invalid-input', 'not a zip file')
    await refused(await write({ 'photo.png': Buffer.from('x') }), 'invalid-input', 'no table of contents')
    for (const share of [0.3, 0.9, 0.999]) {
      writeFileSync(join(folder, 'cut.zip'), readFileSync(file).subarray(0, share * statSync(file).size))
      await refused(join(folder, 'cut.zip'), 'invalid-input', 'breaks off')
    }

    const none = { bytes: 1, sha256: '0'.repeat(64) }
    for (const path of ['../../etc/passwd', '/etc/passwd', 'files/../../x', 'files\\..\\x', '', 'kalamos.db-wal'])
      await refused(await withFiles([...manifest.files, { path, ...none }]), 'invalid-input', 'contents is damaged')
    await refused(await withFiles([...manifest.files, ...manifest.files]), 'invalid-input', 'contents is damaged')
    await refused(
      await withFiles([...manifest.files, { path: 'files/none', ...none }]),
      'database-damaged',
      'files/none is missing',
    )

    const model = 'files/models/one.safetensors'
    for (const bytes of [Buffer.alloc(3_000_000, 8), Buffer.alloc(2_999_999, 7), Buffer.alloc(30_000_000, 7)])
      await refused(await write({ ...members, [model]: bytes }), 'database-damaged', model)
    await refused(
      writeFolder(join(folder, 'changed'), { ...members, [model]: Buffer.alloc(9) }),
      'database-damaged',
      model,
    )
    const spoilt = readFileSync(file)
    spoilt[spoilt.indexOf(members[model]!.subarray(0, 1000)) + 5000]! ^= 1
    writeFileSync(join(folder, 'spoilt.zip'), spoilt)
    await refused(join(folder, 'spoilt.zip'), 'database-damaged', model)
    expect(readdirSync(folder).filter((name) => name.startsWith('there'))).toEqual([])
  })

  it('unpacks nothing but what its table of contents names, wherever else a member would lead', async () => {
    const folder = temporaryFolder()
    const { members } = await saved(folder)
    const file = await writeMembers(join(folder, 'more.zip'), { ...members, 'files/extra': Buffer.from('x') })
    const bytes = readFileSync(file).toString('latin1').replaceAll('files/extra', '../../extra')
    writeFileSync(file, bytes, 'latin1')
    mkdirSync(join(folder, 'a', 'b'), { recursive: true })
    const database = join(folder, 'a', 'b', 'pens.db')
    await restoreFrom(file, database)
    expect(labels(opened(database))).toEqual(['Haus', 'Maus'])
    expect([...readdirSync(folder), ...readdirSync(join(folder, 'a'))]).not.toContain('extra')
    expect(readdirSync(join(folder, 'a', 'b', 'pens-files'))).toEqual(['models'])
  })

  it('refuses what would fill the disk before it writes any of it', async () => {
    const folder = temporaryFolder()
    const { members, manifest } = await saved(folder)
    const huge = manifest.files.map((file) => ({ ...file, bytes: 8e12 }))
    const contents = { 'backup.json': Buffer.from(JSON.stringify({ ...manifest, files: huge })) }
    await expect(
      restoreFrom(await writeMembers(join(folder, 'bomb.zip'), { ...members, ...contents }), join(folder, 'there.db')),
    ).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('it would unpack to far more') as string,
    })
    await expect(
      restoreFrom(writeFolder(join(folder, 'huge'), { ...members, ...contents }), join(folder, 'there.db')),
    ).rejects.toMatchObject({ code: 'disk-full' })
    expect(readdirSync(folder).filter((name) => name.startsWith('there'))).toEqual([])
  })

  it('that is cancelled leaves what was there, and nothing else', async () => {
    const folder = temporaryFolder()
    const { file, store } = await saved(folder)
    const before = readdirSync(folder).sort()
    const stop = new AbortController()
    await expect(
      restoreFrom(file, store.path, { signal: stop.signal, progress: () => stop.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' })
    expect([waitingRestore(store.path), readdirSync(folder).sort()]).toEqual([null, before])
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
