import Database from 'better-sqlite3'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { examineDatabase } from '../../src/main/doctor/database.ts'
import { openStore } from '../../src/main/store/index.ts'
import { DEVELOPMENT_VERSIONS } from '../../src/main/store/migrations/index.ts'
import { newSession, newStore, signal, temporaryFolder } from './fixtures.ts'
import { runChild } from './child.ts'

const problem = (code: string, path: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(path), hint: expect.stringMatching(/./) })

/** A database with a recording in it, closed. */
function written(): string {
  const store = newStore()
  for (let i = 0; i < 20; i++)
    store.recordings.insert({ sessionId: newSession(store).id, label: 'Haus', signal: signal(200) })
  store.close()
  return store.path
}

describe('opening a database', () => {
  it('makes the file, its folder and a folder for models', () => {
    const path = join(temporaryFolder(), 'deep', 'er', 'pens.sqlite')
    const store = newStore(path)
    expect(store.writers.list()).toEqual([])
    expect(store.files).toBe(join(dirname(path), 'pens-files'))
    expect(existsSync(store.files)).toBe(true)
  })

  it('finds everything again', () => {
    const store = newStore(written())
    expect(store.recordings.count({})).toBe(20)
    expect(store.recordings.signal(1)).toEqual(signal(200))
  })

  it('keeps commits through a power failure: the log is synced at each', () => {
    const store = newStore()
    expect(store.connection.pragma('journal_mode')).toBe('wal')
    expect(store.connection.pragma('synchronous')).toBe(2)
  })

  it('refuses one of a newer Kalamos and leaves every byte of its folder as it was', () => {
    const path = written()
    const database = new Database(path)
    database.pragma('user_version = 999')
    database.close()
    const before = [readdirSync(dirname(path)), readFileSync(path)]
    expect(() => openStore(path)).toThrow(problem('database-newer', path))
    expect(() => openStore(path, { readOnly: true })).toThrow(problem('database-newer', path))
    expect([readdirSync(dirname(path)), readFileSync(path)]).toEqual(before)
  })

  it.each(Array.from({ length: DEVELOPMENT_VERSIONS }, (_, at) => at + 1))(
    'refuses one of a development state, schema %i, says what to do, and leaves every byte as it was',
    (version) => {
      const path = join(temporaryFolder(), 'pens.sqlite')
      const database = new Database(path)
      database.exec(readFileSync(join(import.meta.dirname, 'development-state.sql'), 'utf8'))
      database.pragma(`user_version = ${version}`)
      database.close()
      const before = [readdirSync(dirname(path)), readFileSync(path)]
      const refused = expect.objectContaining({
        code: 'conflict',
        message:
          `${path} was made by a development state of Kalamos, from before its first release (schema ${version}). ` +
          'It was left untouched.',
        hint:
          'Export its recordings with that state and import them here, or choose another database with --database ' +
          '<file>.',
      })
      expect(() => openStore(path)).toThrow(refused)
      expect(() => openStore(path, { readOnly: true })).toThrow(refused)
      expect(examineDatabase(path, false)).toMatchObject({
        ok: false,
        detail: expect.stringContaining('development state'),
        hint: expect.stringContaining('import them here'),
      })
      expect([readdirSync(dirname(path)), readFileSync(path)]).toEqual(before)
    },
  )

  it.each([
    ['text', (path: string) => writeFileSync(path, 'These are not the bytes you are looking for.'.repeat(10))],
    ['a scrap', (path: string) => writeFileSync(path, 'SQLite format 3\0')],
    [
      'a database cut in half',
      (path: string) => truncateSync(path, Math.floor(readFileSync(path).length / 8192) * 4096),
    ],
    [
      'a database with a page of rubbish',
      (path: string) => writeFileSync(path, readFileSync(path).fill(0xa5, 4096, 12288)),
    ],
  ])('reports %s with its path and leaves it alone', (_, damage) => {
    const path = written()
    damage(path)
    const before = readFileSync(path)
    expect(() => openStore(path)).toThrow(problem('database-damaged', path))
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('does not move into the database of another program', () => {
    const path = join(temporaryFolder(), 'addresses.sqlite')
    const database = new Database(path)
    database.exec('CREATE TABLE addresses (name TEXT)')
    database.close()
    const before = readFileSync(path)
    expect(() => openStore(path)).toThrow(problem('database-damaged', path))
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('reports a damaged recording by its number when it is read, and goes on with the others', () => {
    const path = written()
    const database = new Database(path)
    database.prepare('UPDATE samples SET block = ? WHERE recording_id = 3').run(Buffer.from('KLM1 but not for long'))
    database.close()
    const store = newStore(path)
    expect(() => store.recordings.signal(3)).toThrow(
      expect.objectContaining({ code: 'database-damaged', message: 'The samples of recording 3 are damaged.' }),
    )
    expect(store.recordings.signal(4).frames).toBe(200)
  })

  it('lets one program write at a time, and the next one as soon as that has ended', () => {
    const store = newStore()
    expect(() => openStore(store.path)).toThrow(problem('database-locked', store.path))
    store.close()
    newStore(store.path)
  })

  it('names the process that holds a database, unless that is one that has ended', () => {
    const path = written()
    const lock = new Database(`${path}-lock`)
    lock.exec('BEGIN EXCLUSIVE')
    const heldBy = (holder: { pid: number; host: string }): void => {
      const database = new Database(path)
      database
        .prepare('INSERT OR REPLACE INTO settings (name, value, changed_at) VALUES (?, ?, 0)')
        .run('held by', JSON.stringify(holder))
      database.close()
    }
    heldBy({ pid: process.pid, host: hostname() })
    expect(() => openStore(path)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(`process ${process.pid}`),
        hint: expect.stringContaining(`end process ${process.pid}`),
      }),
    )
    const { pid } = spawnSync(process.execPath, ['--version'])
    for (const holder of [
      { pid, host: hostname() },
      { pid: process.pid, host: 'another machine' },
    ]) {
      heldBy(holder)
      expect(() => openStore(path)).toThrow(
        expect.objectContaining({ message: expect.stringContaining('another program') }),
      )
    }
    lock.close()
  })

  it('waits for another writer a moment, then says that the file is locked', () => {
    const path = written()
    const other = new Database(path)
    other.exec('BEGIN IMMEDIATE')
    expect(() => openStore(path)).toThrow(problem('database-locked', path))
    other.exec('ROLLBACK')
    other.close()
    newStore(path)
  })

  it('lets others read while one writes', () => {
    const store = newStore()
    const session = newSession(store)
    const reader = openStore(store.path, { readOnly: true })
    store.recordings.insert({ sessionId: session.id, label: 'Haus', signal: signal(3) })
    expect(reader.recordings.get(1).label).toBe('Haus')
    expect(() => reader.recordings.relabel(1, 'Maus')).toThrow(problem('not-writable', store.path))
    reader.close()
  })

  it('for reading wants a file that is there', () => {
    const path = join(temporaryFolder(), 'none.sqlite')
    expect(() => openStore(path, { readOnly: true })).toThrow(problem('not-found', path))
    expect(existsSync(path)).toBe(false)
  })

  it('says so when the path is a folder', () => {
    const folder = temporaryFolder()
    expect(() => openStore(folder)).toThrow(problem('invalid-input', folder))
  })

  it('says so when the folder may not be written', async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o755)
    const closed = join(folder, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0o555)
    expect(await runChild('open-as-nobody.ts', join(closed, 'pens.sqlite'))).toMatchObject({
      code: 'not-writable',
      message: expect.stringContaining(closed),
    })
  })

  it('says so when the file may not be written', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'pens.sqlite')
    copyFileSync(written(), path)
    chmodSync(path, 0o444)
    chmodSync(folder, 0o777)
    expect(await runChild('open-as-nobody.ts', path)).toMatchObject({
      code: 'not-writable',
      message: expect.stringContaining(path),
    })
  })
})
