import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { Events } from '../../src/main/process/events.ts'
import { openReview, type ReviewHandlers } from '../../src/main/review/handlers.ts'
import { requests, type Input, type Output } from '../../src/shared/api.ts'
import { newSession, newStore, signal } from '../store/fixtures.ts'

function lab() {
  const store = newStore()
  const events = new Events()
  const told: unknown[] = []
  events.on('review.edited', (state) => told.push(state))
  const session = newSession(store)
  const ids = ['Haus', 'Maus', 'Klaus'].map((label) =>
    Number(store.recordings.insert({ sessionId: session.id, label, signal: signal(20) })),
  )
  const { handlers } = openReview({
    store,
    events,
    openEngine: () => Promise.reject(new Error('no model is loaded here')),
  })
  const ask = async <N extends keyof ReviewHandlers>(name: N, input: Input<N>): Promise<Output<N>> => {
    const answer = await (handlers[name] as (input: unknown) => unknown)(v.parse(requests[name].input, input))
    expect(v.safeParse(requests[name].output, answer).issues, name).toBeUndefined()
    return answer as Output<N>
  }
  return { store, ids, ask, told }
}

describe('what the window asks of the review', () => {
  it('is answered in the shape of the contract', async () => {
    const { ask, ids } = lab()
    const id = ids[0]!
    await ask('review.list', { filter: {}, limit: 10 })
    await ask('review.get', { id })
    expect((await ask('review.image', { id }))?.dataUrl).toMatch(/^data:image\/png;base64,/)
    await ask('review.choices', {})
    await ask('review.overview', {})
    await ask('review.read', { id })
    await ask('review.trim', { id, first: 2, end: 18 })
    const { recordings } = await ask('review.split', { id, at: 8, labels: ['Ha', 'us'] })
    expect(recordings.map(({ label, frames, cut }) => [label, frames, cut])).toEqual([
      ['Ha', 8, true],
      ['us', 8, true],
    ])
    await ask('review.merge', { ids: [recordings[0]!.id, recordings[1]!.id], label: 'Haus' })
    await ask('review.exclude', { which: { ids }, reason: 'wrong pen' })
    await ask('review.include', { which: { filter: { label: 'Maus' } } })
    await ask('review.relabel', { id, label: 'Häuser' })
    await ask('review.relabelAll', { which: { ids }, label: 'Haus' })
    await ask('review.tag', { which: { ids }, tag: 'enrolment' })
    await ask('review.delete', { which: { ids: [id] } })
    await ask('review.history', {})
    await ask('review.undo', {})
    await ask('review.redo', {})
  })

  it('tells everybody what can be taken back now', async () => {
    const { ask, ids, told } = lab()
    await ask('review.exclude', { which: { ids: [ids[0]!] }, reason: 'wrong pen' })
    await ask('review.undo', {})
    await ask('review.undo', {})
    expect(told).toEqual([
      { undo: `Exclusion of recording ${ids[0]}: wrong pen`, redo: null },
      { undo: null, redo: `Exclusion of recording ${ids[0]}: wrong pen` },
    ])
  })
})
