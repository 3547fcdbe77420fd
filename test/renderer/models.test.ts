import { expect, it } from 'vitest'
import { Models } from '../../src/renderer/state/models.svelte.ts'
import type { Model } from '../../src/shared/api/training.ts'
import { scriptedHost } from './scripted-host.ts'

const base: Model = {
  id: 4,
  name: 'base',
  createdAt: 0,
  kind: 'rewi-s',
  task: 'ctc',
  parameters: 1,
  alphabet: 'ab',
  channels: ['force'],
  rateHz: 100,
  trainedOn: { recordings: 1, writers: 1, virtual: true },
  scores: null,
  runId: null,
}

it('the model that ships is offered while it is not among the models, and no longer once it was added', async () => {
  let stored: Model[] = []
  const host = scriptedHost({
    'models.list': () => stored,
    'models.base': () => (stored.length === 0 ? 'missing' : 'there'),
    'models.addBase': () => (stored = [base])[0]!,
    'models.delete': () => ((stored = []), {}),
  })
  const models = new Models(host.api)
  models.listen()
  await models.refresh()
  expect([models.all, models.base]).toEqual([[], 'missing'])
  expect((await models.addBase()).name).toBe('base')
  expect([models.all, models.base]).toEqual([[base], 'there'])
  await models.delete(4)
  expect([models.all, models.base]).toEqual([[], 'missing'])
})
