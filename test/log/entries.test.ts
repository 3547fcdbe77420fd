import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asText } from '../../src/main/log/entry.ts'
import { written } from '../../src/main/log/private.ts'
import { KalamosError } from '../../src/shared/errors.ts'

const AT = new Date(Date.UTC(2027, 0, 31, 12))

/** An entry as it stands in the file. */
function entry(message: string, detail?: unknown): string {
  const { beside, below } = written(detail)
  return asText({ level: 'error', area: 'pens', message, beside, below }, 'browser:4711', AT)
}

/** All ways in which a word can get into something that is thrown. */
function thrownWith(word: string): unknown[] {
  return [
    word,
    new Error(word),
    new TypeError(`Cannot use 'in' operator to search for 'x' in ${word}`),
    new KalamosError('not-found', `There is no writer ${word}.`, `Is it ${word}?`, { cause: new Error(word) }),
    Object.assign(new Error(`ENOENT: no such file or directory, open '/home/x/${word}.csv'`), {
      code: 'ENOENT',
      syscall: 'open',
      path: word,
    }),
    new Error(`first\n    at ${word} (file:///x.js:1:1)\n${word}`),
    Object.assign(new Error('x'), { name: `${word} !`, code: `${word} !` }),
    { name: word, label: word, path: word, [`key`]: { nested: word }, list: [word, 1] },
    [word],
    Symbol(word),
    () => word,
  ]
}

describe('an entry of the log', () => {
  it('is one line: time, level, area, process, message, and what is known to be harmless', () => {
    expect(
      entry('a device is open', {
        kind: 'serial',
        frames: 12,
        virtual: false,
        counts: [1, 2],
        name: 'Anna',
        problem: null,
      }),
    ).toBe(
      '2027-01-31T12:00:00.000Z error pens browser:4711 a device is open: kind=serial frames=12 virtual=false ' +
        'counts=[1, 2] problem=null',
    )
  })

  it('has of an error its name, its code and its stack, and of its causes the same', () => {
    const cause = Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' })
    const lines = entry('it failed', {
      run: 3,
      error: new KalamosError('disk-full', 'The disk is full.', undefined, { cause }),
    }).split('\n')
    expect(lines[0]).toMatch(/it failed: run=3 KalamosError code=disk-full$/)
    expect(lines[1]).toMatch(/^ {4}at .*entries\.test\.ts:\d+:\d+\)?$/)
    expect(lines.some((line) => line === '    caused by Error code=ENOSPC syscall=write')).toBe(true)
  })

  it.each([
    [() => (undefined as unknown as { x: { y: number } }).x.y, 'TypeError Cannot read properties of undefined'],
    [() => new Array(-1), 'RangeError Invalid array length'],
    [() => (5 as unknown as () => void)(), 'TypeError'],
  ])('says of a defect in the code what the engine says, without values: %s', (work, said) => {
    let caught: unknown
    try {
      work()
    } catch (error) {
      caught = error
    }
    expect(entry('it failed', caught).split('\n')[0]).toContain(said)
  })

  it('never holds a word that came with what was thrown, whatever the word is', () => {
    // A word that the entry has anyway, such as "at", tells nothing.
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => `§${text}§`)
    fc.assert(
      fc.property(word, (text) => {
        for (const thrown of thrownWith(text)) expect(entry('it failed', thrown)).not.toContain(text.slice(0, 2))
      }),
    )
    for (const name of ['Anna Müller', 'O’Neill', 'Ann_1', 'at', 'undefined', 'TypeError: x']) {
      for (const thrown of thrownWith(`${name}Q7`)) expect(entry('it failed', thrown)).not.toContain('Q7')
    }
  })

  it('keeps control characters from looking like another entry or moving a cursor, and is bounded', () => {
    const text = entry('it failed', {
      code: 'a\n2027-01-31T12:00:00.000Z error pens x forged\u001b[2J\u202e',
      state: 'x'.repeat(10_000),
    })
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(text.length).toBeLessThanOrEqual(4096)
  })
})
