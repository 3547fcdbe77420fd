import { describe, expect, it } from 'vitest'
import { Adaptations } from '../../src/renderer/state/adaptation.svelte.ts'
import type { Adaptation, AdaptationOrder, DoubtfulWord } from '../../src/shared/api/adaptation.ts'
import { recipeOf } from '../../src/shared/api/recipe.ts'
import { KalamosError } from '../../src/shared/errors.ts'
import { scriptedHost } from './scripted-host.ts'

const started: Adaptation = {
  id: 1,
  writerId: 7,
  writerName: 'turned',
  version: 1,
  recipe: 'all',
  loss: recipeOf({ kind: 'plain' }),
  state: 'queued',
  active: false,
  from: null,
  modelId: null,
  runId: 1,
  startedAt: 0,
  endedAt: null,
  progress: 0,
  words: 0,
  report: null,
  problem: null,
}

const doubtful = (recordingId: number, label: string): DoubtfulWord => ({
  recordingId,
  label,
  reads: 'Tor',
  doubt: 0.99,
})

/** A draft for writer 7; the host doubts what `words` holds when it is asked. */
function draftWhere(words: DoubtfulWord[] | KalamosError) {
  const doubted = { words }
  const host = scriptedHost({
    'adapt.doubtfulLabels': () => {
      if (doubted.words instanceof KalamosError) throw doubted.words
      return { looked: 20, words: doubted.words }
    },
    'adapt.start': () => started,
    'adapt.choices': () => [],
  })
  const adaptations = new Adaptations(host.api)
  adaptations.listen()
  const orders = () => host.asked.flatMap(([name, input]) => (name === 'adapt.start' ? [input] : []))
  const looks = () => host.asked.filter(([name]) => name === 'adapt.doubtfulLabels').length
  return { draft: adaptations.draftFor(7), adaptations, doubted, orders, looks, send: host.send }
}

describe('adapting', () => {
  it('looks for wrong labels first, and begins at once where none is in doubt', async () => {
    const { draft, orders, looks } = draftWhere([])
    expect(await draft.adapt()).toBe('started')
    expect(looks()).toBe(1)
    expect(orders()).toMatchObject([{ writerId: 7, recipe: 'all', leaveOut: [] }])
  })

  it('practises on synthetic writers unless a person wants none', async () => {
    const { draft, orders } = draftWhere([])
    await draft.adapt()
    draft.synthetic = false
    await draft.adapt()
    expect(orders().map((order) => (order as AdaptationOrder).synthetic)).toEqual([undefined, false])
  })

  it('stops at labels in doubt, proposes to leave them out, and begins with what a person made of it', async () => {
    const { draft, orders } = draftWhere([doubtful(3, 'Bild'), doubtful(5, 'Garten')])
    expect(await draft.adapt()).toBe('review')
    expect(orders()).toEqual([])
    expect(draft.leaveOut).toEqual([3, 5])
    draft.toggle(5)
    expect(await draft.adapt()).toBe('started')
    expect(orders()).toMatchObject([{ leaveOut: [3] }])
  })

  it('begins where a person has looked already, and stops again for what came into doubt since', async () => {
    const { draft, doubted, looks, send } = draftWhere([doubtful(3, 'Bild')])
    await draft.look()
    draft.toggle(3)
    expect(await draft.adapt()).toBe('started')
    expect(looks()).toBe(1)

    doubted.words = [doubtful(3, 'Bild'), doubtful(9, 'Wolke')]
    send('recordings.changed', { total: 21 })
    expect(await draft.adapt()).toBe('review')
    expect(draft.leaveOut).toEqual([9])
  })

  it('forgets a word whose label was put right', async () => {
    const { draft, doubted, orders, send } = draftWhere([doubtful(3, 'Bild')])
    await draft.adapt()
    doubted.words = []
    send('recordings.changed', { total: 20 })
    expect(await draft.adapt()).toBe('started')
    expect(orders()).toMatchObject([{ leaveOut: [] }])
  })

  it('does not begin where the words could not be looked through', async () => {
    const { draft, orders } = draftWhere(new KalamosError('not-found', 'There is no model to adapt.'))
    await expect(draft.adapt()).rejects.toMatchObject({ message: 'There is no model to adapt.' })
    expect(orders()).toEqual([])
    expect(draft.doubting).toBe(false)
  })

  it('is set up for each writer apart, and is as it was left when a person comes back', () => {
    const { adaptations, draft } = draftWhere([])
    draft.recipe = 'adapter'
    expect(adaptations.draftFor(7).recipe).toBe('adapter')
    expect(adaptations.draftFor(8).recipe).toBe('all')
  })
})
