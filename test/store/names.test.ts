import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { childPath, runChild } from './child.ts'
import { newSession, newStore, signal, temporaryFolder } from './fixtures.ts'

const locked = expect.objectContaining({ code: 'database-locked' })
const running: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of running.splice(0)) await stop()
})

/** Another program that records into a database, until the test ends or says so. */
async function recorder(path: string): Promise<{ pid: number; kill: () => Promise<void> }> {
  const child = spawn(process.execPath, [childPath('record-forever.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  running.push(kill)
  await once(child.stdout, 'data')
  child.stdout.resume()
  return { pid: child.pid!, kill }
}

describe('a database that a program writes to', () => {
  it.each([
    ['a link', symlinkSync],
    ['a hard link', linkSync],
  ])('is refused to another one by the name of %s, and its open recordings stay open', async (_, link) => {
    const path = join(temporaryFolder(), 'pens.sqlite')
    const { pid } = await recorder(path)
    const alias = join(dirname(path), 'alias.sqlite')
    link(path, alias)
    expect(() => openStore(alias)).toThrow(
      expect.objectContaining({ code: 'database-locked', message: expect.stringContaining(`process ${pid}`) }),
    )
    expect(newStore(path, { readOnly: true }).recordings.count({ state: 'open' })).toBeGreaterThan(0)
  })

  it('is refused where its lock file was deleted', async () => {
    const path = join(temporaryFolder(), 'pens.sqlite')
    await recorder(path)
    rmSync(`${path}-lock`)
    expect(() => openStore(path)).toThrow(locked)
    expect(newStore(path, { readOnly: true }).recordings.count({ state: 'open' })).toBeGreaterThan(0)
  })

  it('is refused through a link to its folder, within one program too', () => {
    const store = newStore(join(temporaryFolder(), 'in', 'pens.sqlite'))
    const folder = join(temporaryFolder(), 'way')
    symlinkSync(dirname(store.path), folder)
    expect(() => openStore(join(folder, 'pens.sqlite'))).toThrow(locked)
    const alias = join(temporaryFolder(), 'alias.sqlite')
    linkSync(store.path, alias)
    expect(() => openStore(alias)).toThrow(locked)
  })

  it('can be copied, and the copy opened', async () => {
    const store = newStore()
    store.recordings.insert({ sessionId: newSession(store).id, label: 'Haus', signal: signal(20) })
    const copy = join(temporaryFolder(), 'copy.sqlite')
    for (const suffix of ['', '-wal']) copyFileSync(`${store.path}${suffix}`, `${copy}${suffix}`)
    expect(await runChild('count-recordings.ts', copy)).toBe(1)
  })

  it('is free once that program was killed, and its recordings are interrupted', async () => {
    const path = join(temporaryFolder(), 'pens.sqlite')
    const { kill } = await recorder(path)
    await kill()
    expect(newStore(path).recordings.count({ state: 'open' })).toBe(0)
  })

  it('after a kill is opened by the name that its log has, before any other will do', async () => {
    const path = join(temporaryFolder(), 'pens.sqlite')
    const alias = join(dirname(path), 'alias.sqlite')
    const { kill } = await recorder(path)
    await kill()
    linkSync(path, alias)
    expect(() => openStore(alias)).toThrow(
      expect.objectContaining({ code: 'conflict', hint: expect.stringContaining(path) }),
    )
    newStore(path).close()
    newStore(alias)
  })

  it('through a link has its files where it really is', () => {
    const folder = temporaryFolder()
    symlinkSync(join(folder, 'pens.sqlite'), join(folder, 'alias.sqlite'))
    const store = newStore(join(folder, 'alias.sqlite'))
    expect([store.path, store.files]).toEqual([join(folder, 'pens.sqlite'), join(folder, 'pens-files')])
    expect(existsSync(join(folder, 'alias-files'))).toBe(false)
  })
})

describe.skipIf(process.platform === 'win32')('what a database holds', () => {
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

  it('is for its owner alone: the file, its log, its lock, its folders', () => {
    const store = newStore(join(temporaryFolder(), 'new', 'pens.sqlite'))
    newSession(store)
    expect(['', '-wal', '-shm', '-lock'].map((suffix) => modeOf(`${store.path}${suffix}`))).toEqual([
      '600',
      '600',
      '600',
      '600',
    ])
    expect([modeOf(dirname(store.path)), modeOf(store.files)]).toEqual(['700', '700'])
  })

  it('is taken from those who could read it so far, unless somebody gave it to a group', () => {
    const store = newStore()
    store.close()
    for (const each of [store.path, `${store.path}-lock`]) chmodSync(each, 0o644)
    chmodSync(store.files, 0o755)
    newStore(store.path).close()
    expect([modeOf(store.path), modeOf(`${store.path}-lock`), modeOf(store.files)]).toEqual(['600', '600', '700'])
    chmodSync(store.path, 0o660)
    newStore(store.path).close()
    expect(modeOf(store.path)).toBe('660')
  })

  it('never takes rights from what is no file', () => {
    const before = modeOf('/dev/null')
    expect(() => openStore('/dev/null')).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: '/dev/null is a device.' }),
    )
    expect(modeOf('/dev/null')).toBe(before)
  })
})

describe.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')('a bind mount', () => {
  it.each(['folder', 'file'])('of its %s is the same database', async (kind) => {
    const folder = mkdtempSync(join(tmpdir(), 'kalamos-mount-'))
    const path = join(folder, 'real', 'pens.sqlite')
    await recorder(path)
    mkdirSync(join(folder, 'seen'))
    const seen = join(folder, 'seen', 'pens.sqlite')
    const [from, to] = kind === 'folder' ? [dirname(path), dirname(seen)] : [path, seen]
    const told = await runChild('open-mounted.ts', from, to, seen)
    expect(told).toMatchObject(told === 'no mounts here' ? {} : { code: 'database-locked' })
    for (const stop of running.splice(0)) await stop()
    rmSync(folder, { recursive: true, force: true })
  })
})
