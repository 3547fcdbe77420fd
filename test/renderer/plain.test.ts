import { expect, it } from 'vitest'
import { plain, plainLine } from '../../src/shared/plain.ts'

it.each([
  ['a title and a cleared screen', '\x1b]0;PWNED\x07\x1b[2J', '\\u001b]0;PWNED\\u0007\\u001b[2J'],
  ['the same with one sign (C1)', '\x9b2J', '\\u009b2J'],
  ['a line that is written over', 'good\rbad', 'good\\u000dbad'],
  ['an order that is turned', 'gpj.\u202exe', 'gpj.\\u202exe'],
  ['an isolate', '\u2066x\u2069', '\\u2066x\\u2069'],
  ['a sign of no width', 'a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
  ['half a sign', '\ud83d', '\\ud83d'],
])('%s shows what it is', (_what, text, shown) => {
  expect(plain(text)).toBe(shown)
})

it.each(['Ürümqi ß', 'one\ttwo\nthree', '👩‍👩‍👧 क्‍ष می‌خواهم', 'שלום', '<b>&amp;', String.raw`C:\new`])(
  '%j stays as it is',
  (text) => {
    expect(plain(text)).toBe(text)
  },
)

it('a line of JSON stays the same value', () => {
  const value = { name: 'w\x1b\x9b\u202e\u2028\x7f' }
  expect(JSON.parse(plain(JSON.stringify(value)))).toEqual(value)
})

it('in a cell of a table there is no second line', () => {
  expect(plainLine('w01\n2 words')).toBe('w01\\n2 words')
})
