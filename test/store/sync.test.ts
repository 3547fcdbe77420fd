import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { heedProblems } from '../../src/main/process/background.ts'
import { Connection } from '../../src/main/store/connection.ts'
import type { Store } from '../../src/main/store/index.ts'
import { syncLog, syncLogNow, type SyncLog } from '../../src/main/store/sync-log.ts'
import { PATIENCE } from '../support/patience.ts'
import { frames, newSession, newStore, temporaryFolder } from './fixtures.ts'

const pen = frames(0, 0).channels

function begin(store: Store) {
  return store.recordings.begin({ sessionId: newSession(store).id, label: 'Haus', channels: pen, rateHz: 100 })
}

/** A store whose syncs wait for the test to end them, one after the other; its timers run when the test says so. */
function heldStore() {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const held: { resolve: () => void; reject: (problem: Error) => void }[] = []
  const sync: SyncLog = () => new Promise((resolve, reject) => held.push({ resolve, reject }))
  const store = newStore(undefined, { sync })
  const problems: unknown[] = []
  const recording = begin(store)
  recording.onProblem = (problem) => problems.push(problem)
  return { store, recording, held, problems }
}

const tick = () => vi.advanceTimersByTimeAsync(60)
/** A second, and the tick of the timer that follows it. */
const second = () => vi.advanceTimersByTimeAsync(1060)
const failure = () => Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO', syscall: 'fdatasync' })

describe('frames that the timer writes', () => {
  it('count as on the disk only when the sync has come back', async () => {
    const { store, recording, held } = heldStore()
    recording.append(frames(0, 5))
    await tick()
    expect(store.recordings.get(recording.id).frames).toBe(5)
    expect([recording.framesWritten, recording.framesOnDisk, recording.frames]).toEqual([5, 0, 5])
    held[0]!.resolve()
    await tick()
    expect(recording.framesOnDisk).toBe(5)
  })

  it('of a sync under way are not taken for those that came after it: one more sync follows for them', async () => {
    const { recording, held } = heldStore()
    recording.append(frames(0, 5))
    await tick()
    for (const from of [5, 10]) {
      recording.append(frames(from, 5))
      await tick()
    }
    expect(held.length).toBe(1)
    held[0]!.resolve()
    await tick()
    expect(held.length).toBe(2)
    expect(recording.framesOnDisk).toBe(5)
    held[1]!.resolve()
    await tick()
    expect(recording.framesOnDisk).toBe(15)
    expect(held.length).toBe(2)
  })

  it('come to the disk in time with the real sync', async () => {
    const store = newStore()
    const recording = begin(store)
    recording.append(frames(0, 5))
    await vi.waitFor(() => expect(recording.framesOnDisk).toBe(5), PATIENCE)
  })

  it('are committed without a sync, and every other commit with one', async () => {
    const { store, recording } = heldStore()
    const levels: unknown[] = []
    const unsynced = vi.spyOn(store.connection, 'transactionUnsynced')
    unsynced.mockImplementation((work) => {
      unsynced.mockRestore()
      return store.connection.transactionUnsynced(() => {
        levels.push(store.connection.pragma('synchronous'))
        return work()
      })
    })
    recording.append(frames(0, 5))
    await tick()
    levels.push(store.connection.pragma('synchronous'))
    expect(() =>
      store.connection.transactionUnsynced(() => {
        throw new Error('taken back')
      }),
    ).toThrow('taken back')
    levels.push(store.connection.pragma('synchronous'))
    expect(levels).toEqual([1, 2, 2])
  })

  it('leave syncing off where it was turned off', async () => {
    const { store, recording } = heldStore()
    store.connection.pragma('synchronous = OFF')
    recording.append(frames(0, 5))
    await tick()
    expect(store.connection.pragma('synchronous')).toBe(0)
  })

  it('wait where another transaction is open, which they are no part of', async () => {
    const { store, recording } = heldStore()
    expect(() =>
      store.transaction(() => {
        recording.append(frames(0, 40_000))
        throw new Error('taken back')
      }),
    ).toThrow('taken back')
    expect(recording.framesWritten).toBe(0)
    await tick()
    expect(recording.framesWritten).toBe(40_000)
    expect(store.recordings.signal(recording.id).frames).toBe(40_000)
  })
})

describe('a commit that is synced', () => {
  it('brings along what was written before, and a sync that comes back later takes nothing away', async () => {
    const { store, recording, held } = heldStore()
    recording.append(frames(0, 5))
    await tick()
    recording.append(frames(5, 5))
    store.flush()
    expect(recording.framesOnDisk).toBe(10)
    held[0]!.resolve()
    await tick()
    expect(recording.framesOnDisk).toBe(10)
  })

  it('is made by flush also where nothing waits to be written', async () => {
    const { store, recording } = heldStore()
    recording.append(frames(0, 5))
    await tick()
    store.flush()
    expect(recording.framesOnDisk).toBe(5)
  })

  it('of one recording counts for all', async () => {
    const { store, recording } = heldStore()
    const other = begin(store)
    for (const one of [recording, other]) one.append(frames(0, 5))
    await tick()
    other.finish()
    expect(recording.framesOnDisk).toBe(5)
  })

  it('counts only once the outermost transaction is through', async () => {
    const { store, recording } = heldStore()
    const other = begin(store)
    for (const one of [recording, other]) one.append(frames(0, 5))
    await tick()
    store.transaction(() => {
      other.finish()
      expect(recording.framesOnDisk).toBe(0)
    })
  })
})

describe('a sync that fails', () => {
  it('is told once, tried again every second, and told when it works again', async () => {
    const { store, recording, held, problems } = heldStore()
    recording.append(frames(0, 5))
    await tick()
    held[0]!.reject(failure())
    await tick()
    recording.append(frames(5, 5))
    await second()
    held[1]!.reject(failure())
    await tick()
    expect(problems).toEqual([
      expect.objectContaining({ code: 'not-writable', message: expect.stringContaining(store.path) }),
    ])
    expect(recording.framesOnDisk).toBe(0)
    await second()
    held[2]!.resolve()
    await tick()
    expect(problems).toEqual([expect.anything(), null])
    expect(recording.framesOnDisk).toBe(10)
    expect(store.recordings.signal(recording.id).values).toEqual(frames(0, 10).values)
  })

  it('says that the disk is full where it is', async () => {
    const { recording, held, problems } = heldStore()
    recording.append(frames(0, 5))
    await tick()
    held[0]!.reject(Object.assign(failure(), { code: 'ENOSPC' }))
    await tick()
    expect(problems).toEqual([expect.objectContaining({ code: 'disk-full' })])
  })

  it('is not made good by a sync alone: what was in the log is written anew, and counts only then', async () => {
    const { store, recording, held, problems } = heldStore()
    recording.append(frames(0, 5))
    await tick()
    held[0]!.reject(failure())
    await tick()
    // Somebody who reads an older state keeps the log as it is.
    store.connection.pragma('busy_timeout = 0')
    const reader = new Connection(store.path, { readOnly: true, busyMillis: 0 })
    reader.execute('BEGIN')
    reader.get('SELECT count(*) FROM recordings')
    expect(() => store.flush()).toThrow(expect.objectContaining({ code: 'not-writable' }))
    await second()
    held[1]!.resolve()
    await tick()
    expect(recording.framesOnDisk).toBe(0)
    reader.close()
    await second()
    held[2]!.resolve()
    await tick()
    expect(recording.framesOnDisk).toBe(5)
    expect(problems).toEqual([expect.anything(), null])
  })

  it('is told to a recording that begins while it lasts, and tried again when nothing is recorded any more', async () => {
    const { store, recording, held } = heldStore()
    recording.append(frames(0, 5))
    await tick()
    held[0]!.reject(failure())
    await tick()
    recording.finish()
    const next = begin(store)
    const problems: unknown[] = []
    next.onProblem = (problem) => problems.push(problem)
    await second()
    held[1]!.reject(failure())
    await tick()
    expect(problems).toEqual([expect.objectContaining({ code: 'not-writable' })])
    next.discard()
    await second()
    held[2]!.resolve()
    await tick()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a sync that comes back late', () => {
  it.each([
    ['finished', (_: Store, recording: ReturnType<typeof begin>) => recording.finish()],
    ['thrown away', (_: Store, recording: ReturnType<typeof begin>) => recording.discard()],
    ['interrupted, with its store closed', (store: Store) => store.close()],
  ])('finds its recording %s, and changes nothing of it', async (_, end) => {
    const { store, recording, held, problems } = heldStore()
    const unheard: unknown[] = []
    onTestFinished(heedProblems((problem) => unheard.push(problem)))
    recording.append(frames(0, 5))
    await tick()
    end(store, recording)
    held[0]!.reject(failure())
    await tick()
    expect(recording.framesOnDisk).toBeLessThanOrEqual(recording.framesWritten)
    expect(problems).toEqual([])
    expect(unheard).toEqual([])
  })
})

describe('the sync of the log', () => {
  it('passes where there is no log', async () => {
    await expect(syncLog(join(temporaryFolder(), 'none.sqlite'))).resolves.toBeUndefined()
  })

  it.runIf(existsSync('/proc/locks'))('lets go of no lock that SQLite has on the database', async () => {
    const store = newStore()
    begin(store)
    const held = locksOn(store.path)
    expect(held.length).toBeGreaterThan(1)
    await syncLog(store.path)
    syncLogNow(store.path)
    expect(locksOn(store.path)).toEqual(held)
  })
})

/** What the system lists of locks on a database and the index of its log. */
function locksOn(database: string): string[] {
  const inodes = [database, `${database}-shm`].map((file) => `:${statSync(file).ino} `)
  const lines = readFileSync('/proc/locks', 'utf8').split('\n')
  return lines.filter((line) => inodes.some((inode) => line.includes(inode))).map((line) => line.replace(/^\d+: /, ''))
}
