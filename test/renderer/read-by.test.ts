import { afterEach, describe, expect, it } from 'vitest'
import { readBy, readerOf, readersOf, withReader } from '../../src/renderer/text/read-by.ts'
import { spoken } from '../../src/renderer/text/language.svelte.ts'
import type { ModelChoice } from '../../src/shared/api/adaptation.ts'
import type { Model } from '../../src/shared/api/training.ts'

const model = (id: number, name: string): Model => ({ id, name }) as Model
const choice = (over: Partial<ModelChoice>): ModelChoice => ({
  model: model(1, 'Base model'),
  why: 'base',
  version: null,
  reason: '',
  ...over,
})
afterEach(() => void (spoken.choice = 'en'))

describe('beside a writer in a list', () => {
  it('stands which model reads them: a general one by its name, their own by its number', () => {
    expect(readBy(choice({}))).toBe('read by Base model')
    expect(readBy(choice({ model: model(2, 'Base model, w03, version 2'), why: 'version', version: 2 }))).toBe(
      'read by own version 2',
    )
    expect(readBy(choice({ model: null, why: 'none' }))).toBe('read by no model')
    expect(withReader('12 recordings', choice({}))).toBe('12 recordings · read by Base model')
  })

  it('stands nothing of it until it is known', () => {
    expect(withReader('12 recordings', undefined)).toBe('12 recordings')
  })

  it('stands the name alone in a column of its own', () => {
    expect([undefined, choice({}), choice({ version: 2 }), choice({ model: null })].map(readerOf)).toEqual([
      '–',
      'Base model',
      'Version 2',
      'No model fits',
    ])
  })

  it('stands it in the language that is spoken', () => {
    spoken.choice = 'de'
    expect(withReader('12 Aufnahmen', choice({ version: 2 }))).toBe('12 Aufnahmen · liest die eigene Version 2')
  })
})

it('a model names those it reads', () => {
  const writers = [
    { id: 3, name: 'w03' },
    { id: 4, name: 'w04' },
    { id: 5, name: 'w05' },
  ]
  const choices = { 3: choice({}), 4: choice({ model: model(2, 'other') }), 5: choice({}) }
  expect(readersOf(1, writers, choices)).toEqual(['w03', 'w05'])
})
