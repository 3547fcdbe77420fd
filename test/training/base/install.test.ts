import { expect, test } from 'vitest'
import { addBase, baseState, isBase } from '../../../src/main/training/base/install.ts'
import { newStore } from '../../store/fixtures.ts'

test('a store knows whether it has the model that ships, so that the window can offer to add it', () => {
  const store = newStore()
  expect(baseState(store)).toBe('missing')
  const { id, createdAt: _, ...model } = addBase(store)
  expect(baseState(store)).toBe('there')
  expect(addBase(store).id).toBe(id)

  store.models.delete(id)
  expect(baseState(store)).toBe('missing')
  const earlier = store.models.create({ ...model, files: ['base-000000000000.safetensors', 'base-000000000000.json'] })
  expect([isBase(store, earlier.id), baseState(store)]).toEqual([true, 'earlier'])
  expect(addBase(store).id).not.toBe(earlier.id)
  expect([store.models.list().length, baseState(store)]).toEqual([2, 'there'])
})
