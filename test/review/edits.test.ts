import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/main/store/index.ts'
import type { Signal } from '../../src/shared/signal.ts'
import { frames, newSession, newStore, signal } from '../store/fixtures.ts'

/** A session with words of 20 frames; each begins a second after the one before. */
function words(labels = ['Haus', 'Maus', 'Klaus']) {
  const store = newStore()
  store.connection.pragma('synchronous = OFF')
  const session = newSession(store)
  const ids = labels.map((label, i) =>
    Number(store.recordings.insert({ sessionId: session.id, label, signal: word(i) })),
  )
  return { store, session, ids }
}

function word(number: number): Signal {
  const { channels, values, deviceMicros, hostMillis, count } = frames(100 * number, 20)
  return {
    channels,
    rateHz: 100,
    frames: count,
    values,
    deviceMicros,
    hostMillis,
    gaps: [
      { at: 6, lost: 2 },
      { at: 12, lost: 1 },
    ],
  }
}

/** The frames that are shown, by the value of their first channel. */
function shown(store: Store, id: number): number[] {
  const { values, channels, frames: count } = store.recordings.signal(id)
  return Array.from({ length: count }, (_, frame) => values[frame * channels.length]!)
}

const range = (from: number, end: number): number[] => Array.from({ length: end - from }, (_, i) => from + i)

describe('trimming', () => {
  it('shows the frames between the marks, with the gaps inside and figures of its own', () => {
    const { store, ids } = words()
    store.edits.trim(ids[0]!, 6, 15)
    expect(shown(store, ids[0]!)).toEqual(range(6, 15))
    expect(store.recordings.signal(ids[0]!).gaps).toEqual([{ at: 6, lost: 1 }])
    expect(store.recordings.get(ids[0]!)).toMatchObject({
      frames: 9,
      lostFrames: 1,
      durationMs: 90,
      startedAt: 1_700_000_000_060,
      cut: true,
      label: 'Haus',
    })
  })

  it('leaves what was recorded where it is, and counts on in what is shown', () => {
    const { store, ids } = words()
    store.edits.trim(ids[0]!, 5, 15)
    store.edits.trim(ids[0]!, 2, 4)
    expect(shown(store, ids[0]!)).toEqual([7, 8])
    expect(store.recordings.rawSignal(ids[0]!)).toEqual(word(0))
  })

  it('to nothing, to everything or to frames that are not there is refused before anything changes', () => {
    const { store, ids } = words()
    for (const [first, end, message] of [
      [4, 4, 'Nothing of recording 1 would be left between frame 4 and frame 4.'],
      [9, 4, 'Nothing of recording 1 would be left between frame 9 and frame 4.'],
      [0, 21, 'Frame 21 is not in recording 1, which has 20 frames.'],
      [-1, 5, 'Frame -1 is not in recording 1, which has 20 frames.'],
      [0.5, 5, 'Frame 0.5 is not in recording 1, which has 20 frames.'],
      [0, 20, 'Recording 1 has no more than these 20 frames: there is nothing to cut off.'],
    ] as const) {
      expect(() => store.edits.trim(ids[0]!, first, end)).toThrow(
        expect.objectContaining({ code: 'invalid-input', message, hint: expect.any(String) as string }),
      )
    }
    expect(store.history.entries(10)).toEqual([])
  })
})

describe('splitting', () => {
  it('makes two recordings of one, which share what was recorded', () => {
    const { store, session, ids } = words()
    const added = store.edits.split(ids[0]!, 12, ['Ha', 'us'])
    expect([shown(store, ids[0]!), shown(store, added)]).toEqual([range(0, 12), range(12, 20)])
    expect(store.recordings.get(added)).toMatchObject({
      sessionId: session.id,
      label: 'us',
      frames: 8,
      lostFrames: 0,
      startedAt: 1_700_000_000_120,
    })
    expect(store.connection.get('SELECT count(*) AS n FROM samples')).toEqual({ n: 3 })
    expect(store.sessions.get(session.id).recordings).toBe(4)
    store.history.undo()
    expect(store.sessions.get(session.id).recordings).toBe(3)
    expect(() => store.recordings.get(added)).toThrow(expect.objectContaining({ code: 'not-found' }))
    store.history.redo()
    expect([shown(store, ids[0]!), shown(store, added)]).toEqual([range(0, 12), range(12, 20)])
  })

  it('at an end, outside, or with a label that is none is refused before anything changes', () => {
    const { store, ids } = words()
    for (const [at, label, message] of [
      [0, null, 'one part would be empty'],
      [20, null, 'one part would be empty'],
      [21, null, 'Frame 21 is not in recording 1'],
      [10, 'two\nlines', 'two\\nlines'],
    ] as const) {
      expect(() => store.edits.split(ids[0]!, at, ['Ha', label])).toThrow(
        expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining(message) as string }),
      )
    }
    expect([store.recordings.count({}), store.history.entries(10)]).toEqual([3, []])
  })

  it('keeps what was recorded for the other part when one part is deleted for good', () => {
    const { store, ids } = words()
    const added = store.edits.split(ids[0]!, 12, ['Ha', 'us'])
    store.edits.delete({ ids: [ids[0]!] })
    store.history.purge(Date.now() + 1)
    expect(shown(store, added)).toEqual(range(12, 20))
    store.edits.delete({ ids: [added] })
    store.history.purge(Date.now() + 1)
    store.history.purge(Date.now() + 1)
    expect(store.connection.get('SELECT count(*) AS n FROM samples')).toEqual({ n: 2 })
  })
})

describe('merging', () => {
  it('puts two that follow each other into the earlier one, and counts the pause between them as missing', () => {
    const { store, ids } = words()
    expect(store.edits.merge([ids[1]!, ids[0]!], 'Haus Maus')).toBe(ids[0])
    expect(shown(store, ids[0]!)).toEqual([...range(0, 20), ...range(100, 120)])
    expect(store.recordings.signal(ids[0]!).gaps).toContainEqual({ at: 20, lost: 80 })
    expect(store.recordings.get(ids[0]!)).toMatchObject({
      label: 'Haus Maus',
      frames: 40,
      lostFrames: 86,
      durationMs: 1200,
    })
    expect(store.recordings.count({})).toBe(2)
  })

  it('keeps both as they were recorded, and says which frames of them are shown', () => {
    const { store, ids } = words()
    store.edits.trim(ids[0]!, 2, 20)
    store.edits.merge([ids[0]!, ids[1]!], 'both')
    const { signal: raw, shown: stretches } = store.recordings.raw(ids[0]!)
    expect([raw.frames, stretches]).toEqual([
      40,
      [
        [2, 20],
        [20, 40],
      ],
    ])
  })

  it('does not ask for its second word again when the session goes on', () => {
    const { store, session, ids } = words()
    ids.forEach((id, prompt) => store.promptedSessions.belongs(id, prompt, null))
    store.edits.merge([ids[0]!, ids[1]!], 'both')
    expect(store.promptedSessions.outcomes(session.id).map((outcome) => outcome?.recordingId)).toEqual(ids)
  })

  it('of the two parts of a split gives the recording as it was, to the bit', () => {
    const { store, ids } = words()
    const added = store.edits.split(ids[0]!, 12, ['Ha', 'us'])
    store.edits.merge([ids[0]!, added], 'Haus')
    expect(store.recordings.signal(ids[0]!)).toEqual(word(0))
    expect(store.recordings.get(ids[0]!)).toMatchObject({ label: 'Haus', cut: false })
  })

  it('counts what was cut out between two parts as missing', () => {
    const { store, ids } = words()
    const added = store.edits.split(ids[0]!, 10, ['Ha', 'us'])
    store.edits.trim(added, 4, 10)
    store.edits.merge([ids[0]!, added], 'Haus')
    expect(store.recordings.signal(ids[0]!).gaps).toEqual([
      { at: 6, lost: 2 },
      { at: 10, lost: 5 },
    ])
  })

  it('is known when the same file is imported again', () => {
    const { store, session } = words([])
    const insert = (i: number) =>
      store.recordings.insert({ sessionId: session.id, label: `w${i}`, signal: word(i), sourceId: `s${i}` })
    const [one, two] = [Number(insert(0)), Number(insert(1))]
    store.edits.merge([one, two], 'both')
    expect([insert(0), insert(1)]).toEqual(['duplicate', 'duplicate'])
  })

  it('refuses what does not belong together, and says why', () => {
    const { store, session, ids } = words()
    const insert = (sessionId: number, like: Partial<Signal>) =>
      Number(store.recordings.insert({ sessionId, label: 'x', signal: { ...word(3), ...like } }))
    const stranger = insert(newSession(store, 'w02').id, {})
    const otherSession = insert(newSession(store).id, {})
    const fast = insert(session.id, { rateHz: 200 })
    const narrow = insert(session.id, { channels: [{ name: 'force', unit: 'N' }], values: new Float32Array(20) })
    const late = insert(session.id, {
      hostMillis: word(3).hostMillis.map((time) => time + 60_000),
      deviceMicros: word(3).deviceMicros.map((time) => time + 60e6),
    })
    const reason = (a: number, b: number): string => {
      try {
        store.edits.merge([a, b], null)
        return 'merged'
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(reason(ids[2]!, stranger)).toContain('two writers wrote them')
    expect(reason(ids[2]!, otherSession)).toContain('they are of two sessions')
    expect(reason(ids[2]!, fast)).toContain('one has 100 frames a second, the other 200')
    expect(reason(fast, narrow)).toContain('the other 100')
    expect(reason(ids[2]!, narrow)).toContain('their channels differ')
    expect(reason(ids[0]!, ids[2]!)).toContain(`recording ${ids[1]} lies between them`)
    expect(reason(ids[0]!, ids[0]!)).toContain('one and the same')
    store.edits.delete({ ids: [fast, narrow] })
    expect(reason(ids[2]!, late)).toContain('61 s apart')
    expect(store.history.entries(10)).toHaveLength(1)
  })
})

describe('excluding', () => {
  it('takes a reason along, and counts as a change only where there is one', () => {
    const { store, ids } = words()
    expect(store.edits.exclude({ ids: ids.slice(0, 2) }, ' wrong pen ')).toBe(2)
    expect(store.edits.exclude({ ids }, 'wrong pen')).toBe(1)
    expect(store.edits.exclude({ ids }, 'wrong pen')).toBe(0)
    expect(store.recordings.get(ids[0]!).excluded).toBe('wrong pen')
    expect(store.recordings.count({ excluded: true })).toBe(3)
    expect(() => store.edits.exclude({ ids }, ' ')).toThrow(expect.objectContaining({ code: 'invalid-input' }))
    expect(store.history.entries(10).map(({ description, recordings }) => [description, recordings])).toEqual([
      ['Exclusion of 1 recordings: wrong pen', 1],
      ['Exclusion of 2 recordings: wrong pen', 2],
    ])
  })

  it('of all that match a filter, and including them again, is one edit each', () => {
    const { store, ids } = words()
    expect(store.edits.exclude({ filter: { label: 'aus' } }, 'all alike')).toBe(3)
    expect(store.edits.include({ filter: { label: 'Klaus' } })).toBe(1)
    expect(store.recordings.count({ excluded: true })).toBe(2)
    store.history.undo()
    store.history.undo()
    expect(store.recordings.get(ids[2]!).excluded).toBeNull()
    expect(store.recordings.count({ excluded: false })).toBe(3)
  })

  it('of something that is not there changes nothing at all', () => {
    const { store, ids } = words()
    expect(() => store.edits.exclude({ ids: [ids[0]!, 999] }, 'why')).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    expect(store.recordings.count({ excluded: true })).toBe(0)
  })
})

describe('labels and tags of many recordings', () => {
  it('are one edit, of those that differ', () => {
    const { store, session, ids } = words()
    expect(store.edits.relabelAll({ filter: { label: 'aus' } }, 'Haus')).toBe(2)
    expect([...store.recordings.each({ sessionId: session.id })].map(({ label }) => label)).toEqual([
      'Haus',
      'Haus',
      'Haus',
    ])
    expect(store.edits.relabelAll({ ids }, 'Haus')).toBe(0)
    expect(store.edits.tag({ ids: ids.slice(0, 2) }, 'enrolment')).toBe(2)
    expect(store.edits.tag({ ids }, 'enrolment')).toBe(1)
    expect(store.recordings.count({ tag: 'enrolment' })).toBe(3)
    expect(store.edits.tag({ ids: [ids[0]!] }, null)).toBe(1)
    for (let steps = 0; steps < 4; steps++) store.history.undo()
    expect(store.recordings.count({ tag: 'enrolment' })).toBe(0)
    expect([...store.recordings.each({ sessionId: session.id })].map(({ label }) => label)).toEqual([
      'Haus',
      'Maus',
      'Klaus',
    ])
    expect(store.history.state()).toEqual({ undo: null, redo: 'Label of 2 recordings to “Haus”' })
  })

  it('with a label that is none are refused before anything changes', () => {
    const { store, ids } = words()
    expect(() => store.edits.relabelAll({ ids }, 'two\nlines')).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    )
    expect(() => store.edits.tag({ ids: [ids[0]!, 999] }, 'x')).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(store.history.entries(10)).toEqual([])
  })
})

describe('the history', () => {
  it('goes back the last edit first and forth again, also after the app was started anew', () => {
    const { store, ids } = words()
    store.edits.trim(ids[0]!, 2, 18)
    store.edits.relabel(ids[0]!, 'Hau')
    store.edits.exclude({ ids: [ids[0]!] }, 'slip')
    store.edits.delete({ ids: [ids[0]!] })
    store.close()
    const again = newStore(store.path)
    expect(again.history.undo()?.description).toBe('Deletion of recording 1')
    expect(again.history.undo()?.description).toBe('Exclusion of recording 1: slip')
    expect(again.history.undo()?.description).toBe('Label of recording 1 from “Haus” to “Hau”')
    expect(again.history.undo()?.description).toBe('Trimming of recording 1 from 20 to 16 frames')
    expect(again.history.undo()).toBeNull()
    expect(again.recordings.signal(ids[0]!)).toEqual(word(0))
    again.history.redo()
    again.history.redo()
    expect(again.recordings.get(ids[0]!)).toMatchObject({ frames: 16, label: 'Hau', excluded: null })
    expect(again.history.state()).toEqual({
      undo: 'Label of recording 1 from “Haus” to “Hau”',
      redo: 'Exclusion of recording 1: slip',
    })
  })

  it('forgets what could be done again as soon as there is a new edit', () => {
    const { store, ids } = words()
    store.edits.trim(ids[0]!, 2, 18)
    store.history.undo()
    store.edits.relabel(ids[1]!, 'Laus')
    expect(store.history.state().redo).toBeNull()
    store.history.undo()
    expect(store.history.redo()?.description).toContain('Laus')
    expect(store.history.redo()).toBeNull()
    expect(store.recordings.get(ids[0]!).frames).toBe(20)
  })

  it('tells each recording its own edits, with time and what became of them', () => {
    const { store, ids } = words()
    store.edits.trim(ids[0]!, 2, 18)
    store.edits.delete({ ids: [ids[1]!] })
    store.history.undo()
    expect(store.history.entries(10, ids[0]!)).toMatchObject([
      { kind: 'trim', undoneAt: null, at: expect.any(Number) as number },
    ])
    expect(store.history.entries(10, ids[1]!)).toMatchObject([
      { kind: 'delete', undoneAt: expect.any(Number) as number },
    ])
  })

  it('keeps a recording from edits while it is written', () => {
    const { store, session, ids } = words()
    const open = store.recordings.begin({ sessionId: session.id, label: 'x', channels: word(0).channels, rateHz: 100 })
    open.append(frames(0, 10))
    store.flush()
    for (const edit of [
      () => store.edits.trim(open.id, 1, 5),
      () => store.edits.split(open.id, 5, [null, null]),
      () => store.edits.merge([ids[2]!, open.id], null),
      () => store.edits.exclude({ ids: [open.id] }, 'why'),
    ]) {
      expect(edit).toThrow(
        expect.objectContaining({ code: 'conflict', message: `Recording ${open.id} is still being written.` }),
      )
    }
    open.discard()
  })

  it('goes with the writer whose recordings it is about', () => {
    const { store, session, ids } = words()
    store.edits.relabel(ids[0]!, 'secret')
    store.edits.split(ids[1]!, 5, ['a', 'b'])
    store.edits.merge([ids[2]!, store.edits.split(ids[2]!, 5, ['a', 'b'])], 'ab')
    store.sessions.end(session.id)
    store.writers.delete(session.writerId)
    expect(store.connection.get('SELECT count(*) AS n FROM changes')).toEqual({ n: 0 })
    expect(store.history.undo()).toBeNull()
  })
})

describe('what models read', () => {
  it('is forgotten when frames change, and held against the label as it is', () => {
    const { store, ids } = words()
    const model = store.models.create({
      name: 'm',
      kind: 'cnn-bilstm',
      task: 'ctc',
      parameters: 1,
      alphabet: 'ab',
      channels: [],
      rateHz: 100,
      trainedOn: { recordings: 0, writers: 0, virtual: false },
      scores: null,
      runId: null,
      files: [],
    })
    for (const id of ids) store.readings.keep(model.id, id, { text: 'Haus', confidence: 0.5 })
    expect(store.recordings.count({ reading: { modelId: model.id, outcome: 'right' } })).toBe(1)
    store.edits.relabel(ids[1]!, 'Haus')
    expect(store.recordings.count({ reading: { modelId: model.id, outcome: 'right' } })).toBe(2)
    store.edits.trim(ids[0]!, 1, 5)
    expect(store.readings.of(ids[0]!)).toEqual([])
    expect(store.recordings.count({ reading: { modelId: model.id, outcome: 'none' } })).toBe(1)
  })
})

it('a recording as it was imported has no pieces of its own', () => {
  const store = newStore()
  const id = Number(store.recordings.insert({ sessionId: newSession(store).id, label: 'x', signal: signal(4) }))
  expect(store.samples.cutPieces(id)).toBeNull()
})
