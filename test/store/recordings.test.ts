import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Channel } from '../../src/shared/signal.ts'
import { frames, newSession, newStore, signal } from './fixtures.ts'

const pen = frames(0, 0).channels

describe('a recording that is being written', () => {
  it('is on the disk within 100 ms where the disk takes no time, and whole when it is finished', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const store = newStore(undefined, { sync: () => Promise.resolve() })
    const recording = store.recordings.begin({
      sessionId: newSession(store).id,
      label: 'Haus',
      channels: pen,
      rateHz: 100,
    })
    recording.append(frames(0, 5))
    expect(recording.framesOnDisk).toBe(0)
    await vi.advanceTimersByTimeAsync(100)
    expect(recording.framesOnDisk).toBe(5)
    recording.append(frames(5, 5))
    recording.finish()
    expect(store.recordings.get(recording.id)).toMatchObject({
      label: 'Haus',
      state: 'finished',
      frames: 10,
      durationMs: 100,
      lostFrames: 0,
      startedAt: 1_700_000_000_000,
    })
    expect(store.recordings.signal(recording.id).values).toEqual(frames(0, 10).values)
  })

  it('keeps gaps at their frames across chunks', () => {
    const store = newStore()
    const recording = store.recordings.begin({
      sessionId: newSession(store).id,
      label: null,
      channels: pen,
      rateHz: 100,
    })
    for (const from of [0, 4, 8]) {
      const block = frames(from, 4)
      block.lostBefore[1] = 2
      recording.append(block)
      store.flush()
    }
    recording.finish()
    expect(store.recordings.signal(recording.id).gaps).toEqual([1, 5, 9].map((at) => ({ at, lost: 2 })))
    expect(store.recordings.get(recording.id).lostFrames).toBe(6)
  })

  it('shows what it has while it grows', () => {
    const store = newStore()
    const recording = store.recordings.begin({
      sessionId: newSession(store).id,
      label: null,
      channels: pen,
      rateHz: 100,
    })
    recording.append(frames(0, 3))
    store.flush()
    expect(store.recordings.get(recording.id)).toMatchObject({ state: 'open', frames: 3 })
    expect(store.recordings.signal(recording.id).frames).toBe(3)
  })

  it('can be cut to the frames that belong to the word', () => {
    const store = newStore()
    const recording = store.recordings.begin({
      sessionId: newSession(store).id,
      label: null,
      channels: pen,
      rateHz: 100,
    })
    const block = frames(0, 10)
    block.lostBefore[2] = 1
    block.lostBefore[8] = 1
    recording.append(block)
    store.flush()
    recording.finish({ frames: 6 })
    expect(store.recordings.signal(recording.id)).toMatchObject({
      frames: 6,
      values: frames(0, 6).values,
      gaps: [{ at: 2, lost: 1 }],
    })
  })

  it('without a single sample is refused and leaves nothing behind', () => {
    const store = newStore()
    const recording = store.recordings.begin({
      sessionId: newSession(store).id,
      label: 'Haus',
      channels: pen,
      rateHz: 100,
    })
    expect(() => recording.finish()).toThrow(expect.objectContaining({ code: 'empty-recording' }))
    expect(store.recordings.count({})).toBe(0)
  })

  it('takes no frames of other channels', () => {
    const store = newStore()
    const recording = store.recordings.begin({
      sessionId: newSession(store).id,
      label: null,
      channels: pen,
      rateHz: 100,
    })
    const other: Channel[] = [{ name: 'force', unit: 'N' }]
    expect(() => recording.append(frames(0, 1, other))).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining('force') }),
    )
  })

  it('keeps a copy: the block may be used again by its owner', () => {
    const store = newStore()
    const recording = store.recordings.begin({
      sessionId: newSession(store).id,
      label: null,
      channels: pen,
      rateHz: 100,
    })
    const block = frames(0, 2)
    recording.append(block)
    block.values.fill(NaN)
    recording.finish()
    expect(store.recordings.signal(recording.id).values).toEqual(frames(0, 2).values)
  })

  it('is kept as interrupted when the store closes under it', () => {
    const store = newStore()
    const recording = store.recordings.begin({
      sessionId: newSession(store).id,
      label: 'Haus',
      channels: pen,
      rateHz: 100,
    })
    recording.append(frames(0, 5))
    store.close()
    expect(newStore(store.path).recordings.get(recording.id)).toMatchObject({
      state: 'interrupted',
      frames: 5,
      label: 'Haus',
    })
  })

  it('writes many at a time in one transaction', () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const store = newStore()
    const session = newSession(store)
    const open = Array.from({ length: 4 }, () =>
      store.recordings.begin({ sessionId: session.id, label: null, channels: pen, rateHz: 100 }),
    )
    for (let i = 0; i < 10; i++) {
      for (const recording of open) recording.append(frames(i, 1))
      vi.advanceTimersByTime(10)
    }
    for (const recording of open) recording.finish()
    for (const recording of open) expect(store.recordings.signal(recording.id).values).toEqual(frames(0, 10).values)
  })
})

describe('stored recordings', () => {
  it('are listed newest first, in pages, with the number of all', () => {
    const store = newStore()
    const { id } = newSession(store)
    const ids = Array.from({ length: 5 }, (_, i) =>
      store.recordings.insert({ sessionId: id, label: `word ${i}`, signal: signal(3) }),
    )
    const page = store.recordings.list({}, 1, 2)
    expect(page.total).toBe(5)
    expect(page.recordings.map((recording) => recording.id)).toEqual([ids[3], ids[2]])
  })

  it('are found by writer, session, state and part of a label, wild cards taken by the letter', () => {
    const store = newStore()
    const [ada, ben] = [newSession(store, 'Ada'), newSession(store, 'Ben')]
    store.recordings.insert({ sessionId: ada.id, label: 'Haus', signal: signal(3) })
    store.recordings.insert({ sessionId: ben.id, label: '100 % Haustür', signal: signal(3), state: 'interrupted' })
    const labels = (filter: Parameters<typeof store.recordings.list>[0]) => {
      const { total, recordings } = store.recordings.list(filter, 0, 10)
      expect(total).toBe(recordings.length)
      expect(store.recordings.count(filter)).toBe(total)
      return recordings.map((recording) => recording.label)
    }
    expect(labels({ writerId: ada.writerId })).toEqual(['Haus'])
    expect(labels({ sessionId: ben.id })).toEqual(['100 % Haustür'])
    expect(labels({ label: 'Haus' })).toHaveLength(2)
    expect(labels({ label: '%' })).toEqual(['100 % Haustür'])
    expect(labels({ label: 'tu\u0308r' })).toEqual(['100 % Haustür'])
    expect(labels({ state: 'interrupted' })).toEqual(['100 % Haustür'])
    expect(labels({ state: 'finished', writerId: ben.writerId })).toEqual([])
  })

  it('can be walked through while others are read', () => {
    const store = newStore()
    const { id } = newSession(store)
    store.transaction(() => {
      for (let i = 0; i < 1100; i++) store.recordings.insert({ sessionId: id, label: String(i), signal: signal(1) })
    })
    let seen = 0
    for (const recording of store.recordings.each({})) {
      expect(recording.label).toBe(String(seen++))
      store.recordings.signal(recording.id)
    }
    expect(seen).toBe(1100)
  })

  it('from one source are stored once, and are not mixed up with others of the same name', () => {
    const store = newStore()
    const { id } = newSession(store)
    const first = { sessionId: id, label: 'Haus', signal: signal(3), sourceId: 'w01-001' }
    expect(store.recordings.insert(first)).toEqual(expect.any(Number))
    expect(store.recordings.insert(first)).toBe('duplicate')
    expect(store.recordings.insert({ ...first, label: 'Maus' })).not.toBe('duplicate')
    expect(store.recordings.insert({ ...first, signal: signal(4) })).not.toBe('duplicate')
  })

  it('of zero samples are refused', () => {
    const store = newStore()
    expect(() => store.recordings.insert({ sessionId: newSession(store).id, label: 'x', signal: signal(0) })).toThrow(
      expect.objectContaining({ code: 'empty-recording' }),
    )
  })

  it('have labels of one line, in composed form; an empty one is none', () => {
    const store = newStore()
    const { id } = newSession(store)
    const insert = (label: string) =>
      store.recordings.get(Number(store.recordings.insert({ sessionId: id, label, signal: signal(1) }))).label
    expect(insert('u\u0308ber')).toBe('über')
    expect(insert('')).toBeNull()
    expect(() => insert('two\nlines')).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining('two\\nlines') }),
    )
    expect(() => insert('x'.repeat(201))).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })
})

describe('deleting and relabelling', () => {
  function three() {
    const store = newStore()
    const { id } = newSession(store)
    const ids = ['eins', 'zwei', 'drei'].map((label) =>
      Number(store.recordings.insert({ sessionId: id, label, signal: signal(3), sourceId: label })),
    )
    return { store, session: id, ids }
  }

  it('can be taken back, the last one first', () => {
    const { store, ids } = three()
    store.recordings.delete([ids[0]!, ids[1]!])
    store.recordings.relabel(ids[2]!, 'vier')
    expect(store.recordings.list({}, 0, 10).recordings.map(({ label }) => label)).toEqual(['vier'])
    expect(store.recordings.undo()).toBe(`Label of recording ${ids[2]} from “drei” to “vier”`)
    expect(store.recordings.undo()).toBe('Deletion of 2 recordings')
    expect(store.recordings.list({}, 0, 10).recordings.map(({ label }) => label)).toEqual(['drei', 'zwei', 'eins'])
    expect(store.recordings.undo()).toBeNull()
  })

  it('survives the end of the program', () => {
    const { store, ids } = three()
    store.recordings.delete([ids[0]!])
    store.close()
    const again = newStore(store.path)
    expect(again.recordings.count({})).toBe(2)
    expect(again.recordings.undo()).toBe(`Deletion of recording ${ids[0]}`)
    expect(again.recordings.get(ids[0]!).label).toBe('eins')
  })

  it('keeps the counts of writers and sessions right', () => {
    const { store, session, ids } = three()
    store.recordings.delete([ids[0]!])
    expect([
      store.writers.list()[0]!.recordings,
      store.sessions.get(session).recordings,
      store.recordings.count({}),
    ]).toEqual([2, 2, 2])
    store.recordings.undo()
    expect([
      store.writers.list()[0]!.recordings,
      store.sessions.get(session).recordings,
      store.recordings.count({}),
    ]).toEqual([3, 3, 3])
  })

  it('of something that is not there deletes nothing at all', () => {
    const { store, ids } = three()
    expect(() => store.recordings.delete([ids[0]!, 999])).toThrow(
      expect.objectContaining({ code: 'not-found', message: 'There is no recording 999.' }),
    )
    expect(store.recordings.count({})).toBe(3)
  })

  it('is refused for a recording that is being written', () => {
    const { store, session } = three()
    const open = store.recordings.begin({ sessionId: session, label: null, channels: pen, rateHz: 100 })
    expect(() => store.recordings.delete([open.id])).toThrow(expect.objectContaining({ code: 'conflict' }))
    open.discard()
  })

  it('is final once purged', () => {
    const { store, ids } = three()
    store.recordings.delete([ids[0]!])
    expect(store.recordings.purge(Date.now() - 1000)).toBe(0)
    expect(store.recordings.purge(Date.now() + 1)).toBe(1)
    expect(store.recordings.undo()).toBeNull()
  })

  it('does not bring a recording back that was imported again since', () => {
    const { store, session, ids } = three()
    store.recordings.delete([ids[0]!])
    expect(
      store.recordings.insert({ sessionId: session, label: 'eins', signal: signal(3), sourceId: 'eins' }),
    ).not.toBe('duplicate')
    store.recordings.undo()
    expect(store.recordings.count({ label: 'eins' })).toBe(1)
  })
})
