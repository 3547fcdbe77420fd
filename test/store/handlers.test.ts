import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { Events } from '../../src/main/process/events.ts'
import { storeHandlers } from '../../src/main/store/index.ts'
import { wordHandlers } from '../../src/main/words/handlers.ts'
import { requests } from '../../src/shared/api.ts'
import { newSession, newStore, signal } from './fixtures.ts'

function lab() {
  const store = newStore()
  const events = new Events()
  const totals: number[] = []
  events.on('recordings.changed', ({ total }) => totals.push(total))
  const session = newSession(store)
  for (const label of ['Haus', 'Maus'])
    store.recordings.insert({ sessionId: session.id, label, signal: { ...signal(4), gaps: [{ at: 2, lost: 1 }] } })
  return { store, handlers: storeHandlers({ store, events }), totals }
}

describe('what the window asks of the store', () => {
  it('is answered in the shape of the contract', async () => {
    const { handlers } = lab()
    const answers = {
      'writers.list': handlers['writers.list'](),
      'sessions.list': handlers['sessions.list'](),
      'recordings.list': handlers['recordings.list']({ filter: {}, offset: 0, limit: 10 }),
      'recordings.get': handlers['recordings.get']({ id: 1, raw: false }),
      'prompts.lists': wordHandlers()['prompts.lists'](),
    } as const
    for (const [name, answer] of Object.entries(answers)) {
      expect(v.safeParse(requests[name as keyof typeof answers].output, await answer).issues).toBeUndefined()
    }
  })

  it('gives samples with times from the first frame, and gaps', async () => {
    const { handlers } = lab()
    const { timesMs, values, gaps } = await handlers['recordings.get']({ id: 1, raw: false })
    expect(timesMs).toEqual([0, 10, 20, 30])
    expect(values).toHaveLength(4 * 13)
    expect(gaps).toEqual([{ at: 2, lost: 1 }])
  })

  it('gives of a very long recording every so many frames, and of its gaps the first', async () => {
    const { store, handlers } = lab()
    const long = signal(100_000)
    const gaps = Array.from({ length: 2000 }, (_, at) => ({ at: at + 1, lost: 2 }))
    store.recordings.insert({ sessionId: 1, label: 'lang', signal: { ...long, gaps } })
    const answer = await handlers['recordings.get']({ id: 3, raw: false })
    expect([answer.every, answer.timesMs.length, answer.values.length]).toEqual([2, 50_000, 50_000 * 13])
    expect(answer.values.slice(13, 26)).toEqual([...long.values.subarray(26, 39)])
    expect(answer.timesMs.slice(0, 3)).toEqual([0, 20, 40])
    expect([answer.gaps.length, answer.allGaps]).toEqual([1000, { gaps: 2000, lost: 4000 }])
  })

  it('tells everybody when recordings change, or the name of who wrote them', async () => {
    const { handlers, totals } = lab()
    await handlers['recordings.delete']({ ids: [1] })
    await handlers['recordings.relabel']({ id: 2, label: 'aus' })
    expect(await handlers['recordings.undo']()).toEqual({ undone: 'Label of recording 2 from “Maus” to “aus”' })
    await handlers['recordings.undo']()
    expect(await handlers['recordings.undo']()).toEqual({ undone: null })
    handlers['writers.update']({ id: 1, name: 'w02', handedness: 'left' })
    expect(totals).toEqual([1, 1, 1, 2, 2])
  })
})
