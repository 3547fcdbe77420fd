import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WORD_ALPHABET } from '../../src/shared/text.ts'
import { WORD_LISTS, builtinWords, isWordList, readWordFile, wordList } from '../../src/main/words/lists.ts'
import { writableSymbols } from '../../src/main/simulator/shapes.ts'

describe('the built-in 500 words', () => {
  const words = builtinWords()

  it('are 500 different words of 5.4 letters on average', () => {
    expect(new Set(words).size).toBe(500)
    expect(words.join('').length / 500).toBeCloseTo(5.4, 1)
  })
  it('cover every letter of the word sets and no other, every capital at least three times', () => {
    const all = words.join('')
    expect(new Set(all)).toEqual(new Set(WORD_ALPHABET))
    for (const capital of 'ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ')
      expect(all.split(capital).length - 1, capital).toBeGreaterThanOrEqual(3)
  })
})

describe('every word list that ships', () => {
  it.each(Object.keys(WORD_LISTS).filter(isWordList))('%s can be written by the virtual pen', (name) => {
    for (const word of wordList(name)) expect(writableSymbols(word).join('')).toBe(word)
  })
})

describe('a word list of the user', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kalamos-words-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is read line by line, without remarks, blanks and repeats, in composed letters', () => {
    const file = join(folder, 'words.txt')
    writeFileSync(file, '# mine\r\nHaus\r\n\n  Ta\u0308ler \nHaus\n')
    expect(readWordFile(file)).toEqual(['Haus', 'Täler'])
  })
  it('in another encoding is read by its mark, or when somebody says it', () => {
    const file = join(folder, 'others.txt')
    writeFileSync(file, Buffer.from('\uFEFFfür\rStraße', 'utf16le'))
    expect(readWordFile(file)).toEqual(['für', 'Straße'])
    writeFileSync(file, Buffer.from('für\r\nStraße', 'latin1'))
    expect(() => readWordFile(file)).toThrow(expect.objectContaining({ code: 'not-utf8' }))
    expect(readWordFile(file, 'windows-1252')).toEqual(['für', 'Straße'])
  })
  it('is refused by name when it is missing or empty', () => {
    writeFileSync(join(folder, 'empty.txt'), '# nothing\n')
    expect(() => readWordFile(join(folder, 'none.txt'))).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(() => readWordFile(join(folder, 'empty.txt'))).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })
})
