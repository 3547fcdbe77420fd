import { expect, it } from 'vitest'
import { idFrom } from '../../src/renderer/pages/protocols/ids.ts'

it.each([
  ['Two words', [], 'two-words'],
  ['Größe & Maß', [], 'groesse-mass'],
  ['Été', [], 'ete'],
  ['  — ', [], 'protocol'],
  ['Two words', ['two-words', 'two-words-2'], 'two-words-3'],
  ['a'.repeat(80), [], 'a'.repeat(56)],
])('makes an id of the name “%s” that nobody of %j has', (name, taken, id) => {
  expect(idFrom(name, taken)).toBe(id)
})
