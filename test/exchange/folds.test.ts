import { describe, expect, it } from 'vitest'
import { Events } from '../../src/main/process/events.ts'
import { extendFolds, foldsFileOf, NO_FOLDS, readFolds } from '../../src/main/exchange/folds.ts'
import { comingWith, foldsNow, freezeFolds, keepFoldsUp } from '../../src/main/exchange/freeze.ts'
import { openExchange } from '../../src/main/exchange/handlers.ts'
import { planOfPrompts } from '../../src/main/protocol/index.ts'
import type { RecorderState } from '../../src/shared/api/recordings.ts'
import type { Store } from '../../src/main/store/index.ts'
import { newSession, newStore, signal } from '../store/fixtures.ts'

function write(store: Store, writer: string, words: readonly string[]): void {
  const session = newSession(store, writer)
  for (const label of words) store.recordings.insert({ sessionId: session.id, label, signal: signal(10) })
}

/** A session that begins, with a plan and no word yet. */
function begin(store: Store, writer: string, prompts: readonly string[]): number {
  const { id } = newSession(store, writer)
  store.promptedSessions.begin({
    sessionId: id,
    protocol: null,
    plan: planOfPrompts(prompts, 'key'),
    segmentation: { by: 'force', threshold: 0.1, pauseMs: 600, minimumMs: 50 },
    pen: { name: null, serial: null, firmware: null },
    surface: null,
  })
  return id
}

describe('folds that are frozen while data is collected', () => {
  it('hold writers out before their first word, and never move anybody', async () => {
    const store = newStore()
    for (const writer of ['w01', 'w02', 'w03', 'w04']) write(store, writer, ['Haus', 'Maus'])
    const first = await freezeFolds(store, 0.2)
    expect(first).toMatchObject({ writers: 4, words: 2, holdout: [], share: 0.2, models: [] })
    await keepFoldsUp(store, comingWith(store, begin(store, 'w05', ['Baum'])))
    expect((await foldsNow(store)).holdout).toEqual(['w05'])
    write(store, 'w05', ['Baum'])
    expect([...store.recordings.each({})].filter(({ locked }) => locked).map(({ writerName }) => writerName)).toEqual([
      'w05',
    ])
    const before = await readFolds(foldsFileOf(store))
    await keepFoldsUp(store, comingWith(store, begin(store, 'w06', ['Haus', 'Zaun'])))
    const after = await readFolds(foldsFileOf(store))
    expect(after.holdout).toEqual(before.holdout)
    expect(after.writers).toMatchObject(before.writers)
    expect(after.words).toMatchObject(before.words)
    expect(Object.keys(after.writers)).toContain('w06')
    expect(Object.keys(after.words)).toContain('Zaun')
  })

  it('are none of a session, where nobody froze them', async () => {
    const store = newStore()
    await keepFoldsUp(store, comingWith(store, begin(store, 'w01', ['Haus'])))
    expect(await foldsNow(store)).toEqual({ writers: 0, words: 0, holdout: [], share: null, models: [] })
  })

  it('take up a session as it begins in the app', async () => {
    const [store, events] = [newStore(), new Events()]
    const { handlers, close } = openExchange({ store, events })
    await handlers['exchange.freeze']({ holdout: 0.1 })
    const sessionId = begin(store, 'w01', ['Haus', 'Maus'])
    events.emit('record.changed', { sessionId } as RecorderState)
    await close()
    expect(await foldsNow(store)).toMatchObject({ writers: 1, words: 2 })
  })

  it('hold out those whom no model has seen first', () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((writer) => ({ writer, device: 'pen', label: 'Haus' }))
    for (const free of ['a', 'c', 'e']) {
      const touched = new Set(['a', 'b', 'c', 'd', 'e'].filter((writer) => writer !== free))
      expect(extendFolds(NO_FOLDS, all, 0.2, touched).holdout).toEqual([free])
    }
  })
})
