import { existsSync, statSync } from 'node:fs'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { Checkpoints } from '../../src/main/store/checkpoints/index.ts'
import type { Store } from '../../src/main/store/index.ts'
import { PATIENCE } from '../support/patience.ts'
import { frames, newSession, newStore } from './fixtures.ts'

const SIX_SECONDS = 6000

// The clock alone is the test's: timers, threads and the disk are real.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
})

function record(store: Store) {
  const recording = store.recordings.begin({
    sessionId: newSession(store).id,
    label: 'Haus',
    channels: frames(0, 0).channels,
    rateHz: 100,
  })
  return async (from: number) => {
    recording.append(frames(from, 5000))
    await vi.waitFor(() => expect(recording.framesOnDisk).toBe(from + 5000), PATIENCE)
  }
}

const sizeOf = (path: string) => statSync(path).size
const pagesBeforeCommitsWait = (store: Store) => store.connection.pragma('wal_autocheckpoint')

describe('while frames are recorded', () => {
  it('a thread brings the log into the database, and whoever commits does not wait for that', async () => {
    const store = newStore()
    const write = record(store)
    await write(0)
    const before = sizeOf(store.path)
    expect(pagesBeforeCommitsWait(store)).toBe(16_384)
    vi.advanceTimersByTime(SIX_SECONDS)
    await write(5000)
    await vi.waitFor(() => expect(sizeOf(store.path)).toBeGreaterThan(before), PATIENCE)
    store.close()
    expect(existsSync(`${store.path}-wal`)).toBe(false)
  })

  it('commits do it as ever where the thread cannot', async () => {
    const store = newStore()
    const failures: unknown[] = []
    const checkpoints = new Checkpoints(
      store.connection,
      (error) => failures.push(error),
      new URL('nowhere.js', import.meta.url),
    )
    checkpoints.begin()
    vi.advanceTimersByTime(SIX_SECONDS)
    checkpoints.synced()
    await vi.waitFor(() => expect(pagesBeforeCommitsWait(store)).toBe(1000), PATIENCE)
    vi.advanceTimersByTime(SIX_SECONDS)
    checkpoints.synced()
    checkpoints.close()
    expect(failures).toEqual([])
    store.close()
  })
})
