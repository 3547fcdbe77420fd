import { describe, expect, it } from 'vitest'
import { Language, LISTED_WORDS } from '../../src/shared/api/recognition.ts'
import { frequencyList, isListed } from '../../src/main/words/frequencies.ts'

describe.each(Language.options)('the list of frequent words in %s', (language) => {
  const words = [...frequencyList(language)]

  it('has at least 100,000 words, as many as it is said to have, each once and as composed letters', () => {
    expect(words.length).toBeGreaterThanOrEqual(100_000)
    expect(words.length).toBe(LISTED_WORDS[language])
    expect(new Set(words.map(({ word }) => word)).size).toBe(words.length)
    expect(words.every(({ word }) => word === word.normalize('NFC') && !/[\s\p{Cc}]/u.test(word))).toBe(true)
  })

  it('has shares of running text that sum to about one, the most frequent words first', () => {
    const shares = words.map(({ share }) => share)
    expect(shares).toEqual([...shares].sort((a, b) => b - a))
    const sum = shares.reduce((a, b) => a + b, 0)
    expect(sum).toBeGreaterThan(0.9)
    expect(sum).toBeLessThan(1.1)
  })
})

describe('a word', () => {
  it('is listed as it is spelled, or without the capital of a sentence', () => {
    expect(isListed('Haus', ['de'])).toBe(true)
    expect(isListed('haus', ['de'])).toBe(false)
    expect(isListed('gehen', ['de'])).toBe(true)
    expect(isListed('Gehen', ['de'])).toBe(true)
    expect(isListed('The', ['en'])).toBe(true)
    expect(isListed('Wotzka', ['de', 'en'])).toBe(false)
    expect(isListed('', ['de'])).toBe(false)
  })
})
