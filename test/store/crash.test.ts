import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { childPath } from './child.ts'
import { frames, newSession, newStore, temporaryFolder } from './fixtures.ts'

/** Lets a program record until it has acknowledged so often, kills it, and returns what it had acknowledged by then. */
async function recordAndKill(path: string, times: number): Promise<Map<number, { frames: number; finished: boolean }>> {
  const child = spawn(process.execPath, [childPath('record-forever.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text))
  while (told.split('\n').length <= times) await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'close')
  const acknowledged = new Map<number, { frames: number; finished: boolean }>()
  for (const line of told.split('\n').slice(0, -1)) {
    const [id, count, finished] = line.split(' ')
    acknowledged.set(Number(id), { frames: Number(count), finished: finished !== undefined })
  }
  return acknowledged
}

describe('after kill -9', () => {
  it('everything acknowledged is there, and what was open is interrupted, not lost', async () => {
    const path = join(temporaryFolder(), 'pens.sqlite')
    // The first word of the first pen ends after 150 lines, that of the second after 300, that of the third after 450.
    for (const times of [1, 60, 149, 160, 310, 470]) {
      const acknowledged = await recordAndKill(path, times)
      const store = newStore(path)
      expect(acknowledged.size).toBeGreaterThan(0)
      for (const [id, { frames: count, finished }] of acknowledged) {
        if (count === 0) continue
        const recording = store.recordings.get(id)
        expect(recording.frames).toBeGreaterThanOrEqual(count)
        expect(finished ? ['finished'] : ['finished', 'interrupted']).toContain(recording.state)
        const { values, frames: stored } = store.recordings.signal(id)
        expect(stored).toBe(recording.frames)
        expect(values).toEqual(frames(0, stored).values)
      }
      expect(store.recordings.count({ state: 'open' })).toBe(0)
      expect(store.sessions.list().every((session) => session.endedAt !== null)).toBe(true)
      store.close()
    }
  })

  it('a training that was under way is interrupted', () => {
    const store = newStore()
    store.runs.create({} as never)
    store.close()
    expect(
      newStore(store.path)
        .runs.list()
        .map((run) => run.state),
    ).toEqual(['interrupted'])
  })
})

describe('on a full disk', () => {
  it('says so once, keeps what was acknowledged, holds the rest and goes on when there is room', () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const store = newStore()
    const pen = frames(0, 0).channels
    const recording = store.recordings.begin({
      sessionId: newSession(store).id,
      label: 'Haus',
      channels: pen,
      rateHz: 100,
    })
    const problems: unknown[] = []
    recording.onProblem = (problem) => problems.push(problem)
    recording.append(frames(0, 100))
    store.flush()
    const room = Number(store.connection.pragma('max_page_count'))
    store.connection.pragma(`max_page_count = ${store.connection.pragma('page_count')}`)

    for (let i = 1; i <= 20; i++) recording.append(frames(i * 100, 100))
    expect(() => store.flush()).toThrow(
      expect.objectContaining({ code: 'disk-full', message: expect.stringContaining(store.path) }),
    )
    expect(() => recording.finish()).toThrow(expect.objectContaining({ code: 'disk-full' }))
    vi.advanceTimersByTime(200)
    expect(problems).toEqual([expect.objectContaining({ code: 'disk-full' })])
    expect(recording.framesOnDisk).toBe(100)
    expect(store.recordings.signal(recording.id).values).toEqual(frames(0, 100).values)

    store.connection.pragma(`max_page_count = ${room}`)
    recording.finish()
    expect(store.recordings.signal(recording.id).values).toEqual(frames(0, 2100).values)
  })

  it('a recording left unfinished is kept as interrupted by the next start', () => {
    const store = newStore()
    const recording = store.recordings.begin({
      sessionId: newSession(store).id,
      label: 'Haus',
      channels: frames(0, 0).channels,
      rateHz: 100,
    })
    recording.append(frames(0, 100))
    store.flush()
    store.connection.pragma(`max_page_count = ${store.connection.pragma('page_count')}`)
    recording.append(frames(100, 5000))
    expect(() => store.close()).toThrow(expect.objectContaining({ code: 'disk-full' }))
    expect(newStore(store.path).recordings.get(recording.id)).toMatchObject({ state: 'interrupted', frames: 100 })
  })
})
