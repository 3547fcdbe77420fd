import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DECODING_DEFAULTS, Vocabulary } from '../../src/main/recognise/vocabulary.ts'
import { eraseWriter } from '../../src/main/store/erase.ts'
import { LISTED_WORDS } from '../../src/shared/api/recognition.ts'
import { WORD_ALPHABET } from '../../src/shared/text.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

const classes = [...WORD_ALPHABET]

function file(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

async function holds(vocabulary: Vocabulary, word: string): Promise<boolean> {
  return (await vocabulary.lexicon(classes)).holds(word)
}

/** So many different made-up words. */
function madeUp(count: number): string {
  const letters = (n: number): string => String(n).replace(/\d/g, (digit) => 'abdegiklmo'[Number(digit)]!)
  return Array.from({ length: count }, (_, n) => `w${letters(n)}`).join('\n')
}

describe('the lexicon', () => {
  it('holds the lists that ship and the user’s own list beside them, also after a restart', async () => {
    const store = newStore()
    const vocabulary = new Vocabulary(store)
    expect(await holds(vocabulary, 'Wochenende')).toBe(true)
    expect(await holds(vocabulary, 'Kalamos')).toBe(false)
    const { lexicon } = vocabulary.setLexicon(file('own.txt', '# mine\r\nKalamos\r\nU\u0308bung\r\n\r\n'))
    expect(lexicon.own).toMatchObject({ name: 'own.txt', words: 2 })
    for (const again of [vocabulary, new Vocabulary(store)]) {
      expect(await holds(again, 'Kalamos')).toBe(true)
      expect(await holds(again, 'Übung')).toBe(true)
    }
    expect(vocabulary.setLexicon(null).lexicon.own).toBeNull()
    expect(await holds(vocabulary, 'Kalamos')).toBe(false)
    expect(await holds(vocabulary, 'Wochenende')).toBe(true)
  })

  it('takes 100,000 words, and refuses one more', async () => {
    const vocabulary = new Vocabulary(newStore())
    expect(vocabulary.setLexicon(file('large.txt', madeUp(100_000))).lexicon.own?.words).toBe(100_000)
    expect(await holds(vocabulary, madeUp(1))).toBe(true)
    expect(() => vocabulary.setLexicon(file('larger.txt', madeUp(100_001)))).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: 'larger.txt holds more than 100,000 words.' }),
    )
    expect(vocabulary.settings.lexicon.own?.name).toBe('large.txt')
  })

  it('refuses what is no list of words, says why, and keeps the list that was there', async () => {
    const vocabulary = new Vocabulary(newStore())
    vocabulary.setLexicon(file('good.txt', 'gut\n'))
    vocabulary.setLexicon(file('good.txt', Buffer.from('\uFEFFgut\rfür', 'utf16le')))
    vocabulary.setLexicon(file('good.txt', Buffer.from('gut\r\nfür', 'latin1')), 'windows-1252')
    expect(vocabulary.words.own).toEqual(['gut', 'für'])
    const huge = file('huge.txt', 'a')
    truncateSync(huge, 5e9)
    const cases: [string, string][] = [
      [file('empty.txt', ''), 'empty.txt is empty'],
      [file('remarks.txt', '# nothing\n\n'), 'remarks.txt holds no word'],
      [
        file('latin1.txt', Uint8Array.from([0x55, 0x62, 0xfc, 0x0a])),
        'latin1.txt is not in UTF-8. Read as Windows-1252 it says “Ubü”',
      ],
      [file('utf16.txt', Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x62])), 'utf16.txt is not a text in UTF-8'],
      [file('binary.txt', Uint8Array.from([0x61, 0, 0, 0x62])), 'binary.txt is not a text in UTF-8'],
      [file('prose.txt', 'gut\nein ganzer Satz\n'), 'Line 2 of prose.txt holds more than one word'],
      [file('line.txt', 'x'.repeat(101)), 'Line 1 of line.txt is longer than 100 letters'],
      [huge, 'at most 16 MB'],
      [temporaryFolder(), 'is a folder'],
      ['/nowhere/words.txt', '/nowhere/words.txt cannot be read'],
    ]
    for (const [path, message] of cases)
      expect(() => vocabulary.setLexicon(path)).toThrow(
        expect.objectContaining({ message: expect.stringContaining(message), hint: expect.any(String) }),
      )
    expect(vocabulary.settings.lexicon.own?.name).toBe('good.txt')
    expect(await holds(vocabulary, 'gut')).toBe(true)
  })
})

describe('own words', () => {
  it('are those of a text that is typed or pasted, whatever signs are around them, and can be edited and removed', async () => {
    const store = newStore()
    const vocabulary = new Vocabulary(store)
    expect(
      vocabulary.setWords('# team\r\nDr. Wotzka, „Qwrtz“ (U\u0308xli)\n\nQwrtz 3-D-Stift').lexicon.own,
    ).toMatchObject({ name: '', words: 5 })
    expect(new Vocabulary(store).words.own).toEqual(['Dr', 'Wotzka', 'Qwrtz', 'Üxli', '3-D-Stift'])
    expect(await holds(vocabulary, 'Üxli')).toBe(true)
    vocabulary.setWords('Wotzka')
    expect(await holds(vocabulary, 'Üxli')).toBe(false)
    expect(vocabulary.setWords(' \n').lexicon.own).toBeNull()
    expect(vocabulary.words.own).toEqual([])
    expect(() => vocabulary.setWords(madeUp(100_001))).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })

  it('are learned from corrections where no list has them, and forgotten again', async () => {
    const store = newStore()
    const vocabulary = new Vocabulary(store)
    const { id } = store.writers.create({ name: 'w01', handedness: 'right' })
    expect(vocabulary.learn(id, 'Wotzka,')).toEqual(['Wotzka'])
    expect(vocabulary.learn(null, 'Üxli')).toEqual(['Üxli'])
    expect(vocabulary.learn(null, 'Wochenende')).toEqual([])
    expect(vocabulary.learn(null, 'The')).toEqual([])
    expect(vocabulary.learn(null, '7')).toEqual([])
    expect(vocabulary.settings.lexicon.learned).toBe(2)
    expect(await holds(vocabulary, 'Wotzka')).toBe(true)
    vocabulary.forgetWords(['Üxli'])
    expect(vocabulary.words.learned).toEqual(['Wotzka'])
    eraseWriter(store, id)
    expect(vocabulary.words.learned).toEqual([])
  })

  it('are saved to a new file, which can be taken over again', () => {
    const vocabulary = new Vocabulary(newStore())
    vocabulary.setWords('Wotzka Üxli')
    vocabulary.learn(null, 'Qwrtz')
    const path = join(temporaryFolder(), 'words.txt')
    expect(vocabulary.saveWords(path)).toBe(3)
    expect(() => vocabulary.saveWords(path)).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(() => vocabulary.saveWords('/nowhere/words.txt')).toThrow(expect.objectContaining({ code: 'not-writable' }))
    expect(new Vocabulary(newStore()).setLexicon(path).lexicon.own).toMatchObject({ name: 'words.txt', words: 3 })
  })
})

describe('the languages of the lexicon', () => {
  it('are chosen, and then only their words are likelier than others', async () => {
    const store = newStore()
    const vocabulary = new Vocabulary(store)
    expect(vocabulary.settings.lexicon).toMatchObject({
      languages: ['de', 'en'],
      builtIn: LISTED_WORDS.de + LISTED_WORDS.en,
    })
    expect(vocabulary.setLanguages(['en']).lexicon).toMatchObject({ languages: ['en'], builtIn: LISTED_WORDS.en })
    expect(await holds(new Vocabulary(store), 'Schreibmaschine')).toBe(false)
    expect(await holds(new Vocabulary(store), 'typewriter')).toBe(true)
    expect(vocabulary.setLanguages([]).lexicon.builtIn).toBe(0)
  })
})

describe('a model reads by default', () => {
  /** What becomes of the lexicon for a model of words over an alphabet. */
  async function useBy(alphabet: string, vocabulary = new Vocabulary(newStore())) {
    return (await vocabulary.decoderFor({ task: 'ctc', classes: [...alphabet] }, vocabulary.decoding)).lexicon
  }
  const without = (letters: RegExp): string => WORD_ALPHABET.replace(letters, '')

  it('with the words of both languages, also where its alphabet lacks the signs of some', async () => {
    expect(await useBy(WORD_ALPHABET)).toMatchObject({ state: 'used', languages: ['de', 'en'] })
    const { state, leftOut } = await useBy(without(/[ÄÖÜäöüß]/g))
    expect(state).toBe('used')
    expect(leftOut).toBeGreaterThan(40_000)
    expect((await useBy('Wdeilnrtz')).state).toBe('used')
  })

  it.each([
    ['digits', '0123456789'],
    ['equations', '0123456789+-·:='],
    ['capitals', without(/[^A-Z]/g)],
  ])('letter by letter where it knows %s alone', async (_, alphabet) => {
    expect(await useBy(alphabet)).toMatchObject({ state: 'alphabet', words: 0 })
  })

  it('the likeliest label where it knows whole labels, though these may be words', async () => {
    const vocabulary = new Vocabulary(newStore())
    const { decode, lexicon } = await vocabulary.decoderFor(
      { task: 'classes', classes: ['Hand', 'Hund'] },
      vocabulary.decoding,
    )
    expect(lexicon.state).toBe('labels')
    expect(decode({ values: Float32Array.from([0, 1]), frames: 1, outputs: 2 })).toMatchObject({
      text: 'Hund',
      inLexicon: null,
    })
  })

  it('with the user’s own words alone where no language is chosen, and letter by letter without them', async () => {
    const vocabulary = new Vocabulary(newStore())
    vocabulary.setLanguages([])
    expect(await useBy('0123456789', vocabulary)).toMatchObject({ state: 'empty' })
    vocabulary.setWords('1848 1918 1989 Mai')
    expect(await useBy('0123456789', vocabulary)).toEqual({ state: 'used', languages: [], words: 3, leftOut: 1 })
  })

  it('and is measured with the lexicon only where it reads with it', async () => {
    const vocabulary = new Vocabulary(newStore())
    expect(await vocabulary.lexiconFor({ task: 'ctc', classes: [...'0123456789'] })).toBeUndefined()
    expect((await vocabulary.lexiconFor({ task: 'ctc', classes }))?.holds('Hand')).toBe(true)
  })
})

describe('the language model', () => {
  const signature = { task: 'ctc', classes } as const
  /** Logits that cannot decide between two letters after q. */
  const undecided = (() => {
    const outputs = classes.length + 1
    const rows = ['q', '', 'uv', ''].map((letters) => {
      const row = new Float32Array(outputs).fill(-6)
      if (letters === '') row[0] = 6
      for (const letter of letters) row[classes.indexOf(letter) + 1] = letter === 'v' ? 6.2 : 6
      return row
    })
    return { values: Float32Array.from(rows.flatMap((row) => [...row])), frames: rows.length, outputs }
  })()

  it('comes from a text of the user’s choice, and lasts', async () => {
    const store = newStore()
    const decoding = { ...DECODING_DEFAULTS, method: 'beam' } as const
    const read = async (): Promise<string> =>
      (await new Vocabulary(store).decoderFor(signature, decoding)).decode(undecided).text
    expect(await read()).toBe('qv')
    expect(
      new Vocabulary(store).setLanguage(file('latin.txt', 'qui quae quod qua quo '.repeat(30))).language,
    ).toMatchObject({ name: 'latin.txt', words: 150 })
    expect(await read()).toBe('qu')
    new Vocabulary(store).setLanguage(null)
    expect(await read()).toBe('qv')
  })

  it('is not made of what is no text with words; says why, and keeps the text that was there', () => {
    const vocabulary = new Vocabulary(newStore())
    vocabulary.setLanguage(file('good.txt', 'Guter Text'))
    const huge = file('huge.txt', 'a')
    truncateSync(huge, 5e9)
    const cases: [string, string][] = [
      [file('digits.txt', '1 2 3'), 'digits.txt holds no word'],
      [file('empty.txt', ' \n'), 'empty.txt is empty'],
      [
        file('latin1.txt', Uint8Array.from([0x55, 0x62, 0xfc, 0x0a])),
        'latin1.txt is not in UTF-8. Read as Windows-1252 it says “Ubü”',
      ],
      [file('utf16.txt', Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x62])), 'utf16.txt is not a text in UTF-8'],
      [file('binary.txt', Uint8Array.from([0x61, 0, 0, 0x62])), 'binary.txt is not a text in UTF-8'],
      [huge, 'at most 16 MB'],
      [temporaryFolder(), 'is a folder'],
      ['/nowhere/book.txt', '/nowhere/book.txt cannot be read'],
    ]
    for (const [path, message] of cases)
      expect(() => vocabulary.setLanguage(path)).toThrow(
        expect.objectContaining({ message: expect.stringContaining(message), hint: expect.any(String) }),
      )
    expect(vocabulary.settings.language).toMatchObject({ name: 'good.txt', words: 2 })
  })

  it('is made of a text of any length up to 16 MB', () => {
    const book = file('book.txt', 'Wort für Wort '.repeat(200_000))
    expect(new Vocabulary(newStore()).setLanguage(book).language).toMatchObject({ words: 600_000 })
  })
})

describe('settings of reading', () => {
  it('are remembered one by one, beside the defaults', () => {
    const store = newStore()
    new Vocabulary(store).configure({ method: 'beam' })
    new Vocabulary(store).configure({ doubtBelow: 0.7 })
    expect(new Vocabulary(store).decoding).toEqual({ ...DECODING_DEFAULTS, method: 'beam', doubtBelow: 0.7 })
  })
})
