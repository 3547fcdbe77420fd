import { describe, expect, it } from 'vitest'
import { inventWords } from '../../../src/main/training/base/invented.ts'
import { BASE_RECIPE, baseWords, QUICK_RECIPE } from '../../../src/main/training/base/recipe.ts'
import { WORD_ALPHABET } from '../../../src/shared/text.ts'

const words = baseWords(BASE_RECIPE)

describe('the words of the base model', () => {
  it('never holds a word that it is measured on', () => {
    const { train, unseen } = words
    const known = new Set(train)
    expect(unseen).toHaveLength(100)
    expect(unseen.filter((word) => known.has(word))).toEqual([])
  })

  it('teaches every letter of the alphabet', () => {
    expect([...WORD_ALPHABET].filter((letter) => !words.train.some((word) => word.includes(letter)))).toEqual([])
  })

  it('is the same every time', () => {
    expect(baseWords(QUICK_RECIPE)).toEqual(baseWords(QUICK_RECIPE))
    expect(inventWords(['Haus', 'Maus', 'raus'], 3, { seed: 1 })).not.toEqual(
      inventWords(['Haus', 'Maus', 'raus'], 3, { seed: 2 }),
    )
  })
})

describe('invented words', () => {
  it('are new, of 2 to 12 letters, out of the letters of their models', () => {
    const models = ['Garten', 'Winter', 'Sommer', 'Straße', 'Übung']
    const words = inventWords(models, 50, { seed: 7, avoid: ['Garter'] })
    expect(new Set(words).size).toBe(50)
    for (const word of words) {
      expect([...word].length).toBeGreaterThanOrEqual(2)
      expect([...word].length).toBeLessThanOrEqual(12)
      expect([...models, 'Garter']).not.toContain(word)
      for (const letter of word) expect(models.join('')).toContain(letter)
    }
  })

  it('have capitals at their start alone, and letters beside each other that their models never have', () => {
    const models = ['Garten', 'Winter', 'Sommer', 'Straße', 'Übung']
    const words = inventWords(models, 300, { seed: 7 })
    const pairs = (of: readonly string[]): Set<string> =>
      new Set(of.flatMap((word) => [...word].slice(1).map((letter, at) => [...word][at]! + letter)))
    expect(words.filter((word) => [...word].slice(1).join('') !== [...word].slice(1).join('').toLowerCase())).toEqual(
      [],
    )
    const [theirs, given] = [pairs(words), pairs(models)]
    expect([...theirs].filter((pair) => !given.has(pair)).length).toBeGreaterThan(20)
  })

  it('says so when there is nothing left to invent', () => {
    expect(() => inventWords(['aa'], 1000, { seed: 1 })).toThrowError(
      expect.objectContaining({ code: 'invalid-input' }),
    )
  })
})
