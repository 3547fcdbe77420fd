import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../support/properties.ts'
import type { Store } from '../../src/main/store/index.ts'
import { KalamosError } from '../../src/shared/errors.ts'
import type { Signal } from '../../src/shared/signal.ts'
import { newSession, newStore } from '../store/fixtures.ts'

/** What an edit may be asked for, sensible or not; numbers are taken as shares or turns of what is there. */
const wish = fc.record({
  kind: fc.constantFrom(
    'trim',
    'split',
    'merge',
    'relabel',
    'relabelAll',
    'tag',
    'exclude',
    'include',
    'delete',
    'undo',
    'redo',
  ),
  which: fc.nat(6),
  other: fc.nat(6),
  first: fc.integer({ min: -1, max: 12 }),
  end: fc.integer({ min: -1, max: 14 }),
  text: fc.constantFrom('a', 'Haus', '', 'ü'),
})
type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never

const word = fc.record({
  frames: fc.integer({ min: 1, max: 12 }),
  gaps: fc.uniqueArray(fc.nat(11), { maxLength: 3 }),
  timed: fc.boolean(),
})

describe('any sequence of edits', () => {
  it('that is taken back gives what was recorded, to the bit, and done again gives the edits again', () => {
    const store = newStore()
    // Nothing of this outlives the test: waiting for the drive at every edit would only make it slow.
    store.connection.pragma('synchronous = OFF')
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.array(wish, { maxLength: 12 }),
        (recorded, wishes) => {
          const session = newSession(store)
          recorded.forEach((each, i) =>
            store.recordings.insert({ sessionId: session.id, label: 'Haus', signal: asSignal(each, i) }),
          )
          const before = everything(store, session.id)
          for (const each of wishes) doOrRefuse(store, session.id, each)
          const edited = everything(store, session.id)
          let steps = 0
          while (store.history.undo() !== null) steps++
          expect(everything(store, session.id)).toEqual(before)
          for (let i = 0; i < steps; i++) store.history.redo()
          if (!wishes.some(({ kind }) => kind === 'undo')) expect(everything(store, session.id)).toEqual(edited)
          store.sessions.takeBack([session.id], [])
          store.history.purge(0)
        },
      ),
      { numRuns: 25 },
    )
  })
})

function asSignal({ frames, gaps, timed }: { frames: number; gaps: number[]; timed: boolean }, number: number): Signal {
  return {
    channels: [{ name: 'force', unit: 'N' }],
    rateHz: 100,
    frames,
    values: Float32Array.from({ length: frames }, (_, i) => Math.fround(Math.sin(number * 100 + i))),
    deviceMicros: Float64Array.from({ length: frames }, (_, i) => (timed ? (number * 100 + i) * 10_000 : NaN)),
    hostMillis: Float64Array.from({ length: frames }, (_, i) => 1_700_000_000_000 + (number * 100 + i) * 10),
    gaps: gaps
      .filter((at) => at < frames)
      .sort((a, b) => a - b)
      .map((at) => ({ at, lost: at + 1 })),
  }
}

/** All that is shown of a session, and every sample of it. */
function everything(store: Store, sessionId: number) {
  return [...store.recordings.each({ sessionId })].map((recording) => ({
    ...recording,
    signal: store.recordings.signal(recording.id),
    raw: store.samples.cutPieces(recording.id),
  }))
}

/** An edit is done whole or refused with a reason; then nothing has changed. */
function doOrRefuse(store: Store, sessionId: number, each: Wish): void {
  const present = [...store.recordings.each({ sessionId })]
  const [one, other] = [present[each.which % present.length], present[each.other % present.length]]
  if (one === undefined || other === undefined) return
  const before = everything(store, sessionId)
  try {
    if (each.kind === 'trim') store.edits.trim(one.id, each.first, each.end)
    else if (each.kind === 'split') store.edits.split(one.id, each.first, [each.text, null])
    else if (each.kind === 'merge') store.edits.merge([one.id, other.id], each.text)
    else if (each.kind === 'relabel') store.edits.relabel(one.id, each.text)
    else if (each.kind === 'relabelAll') store.edits.relabelAll({ ids: [one.id, other.id] }, each.text)
    else if (each.kind === 'tag') store.edits.tag({ ids: [one.id, other.id] }, each.text === '' ? null : each.text)
    else if (each.kind === 'exclude') store.edits.exclude({ ids: [one.id, other.id] }, each.text)
    else if (each.kind === 'include') store.edits.include({ filter: { sessionId } })
    else if (each.kind === 'delete') store.edits.delete({ ids: [one.id] })
    else if (each.kind === 'undo') store.history.undo()
    else store.history.redo()
  } catch (error) {
    if (!(error instanceof KalamosError)) throw error
    expect(everything(store, sessionId)).toEqual(before)
  }
}
