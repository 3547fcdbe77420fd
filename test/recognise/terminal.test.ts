import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runProgram } from '../../src/main/entrypoints/cli/program.ts'
import { Vocabulary } from '../../src/main/recognise/vocabulary.ts'
import { openStore } from '../../src/main/store/index.ts'
import { temporaryFolder } from '../store/fixtures.ts'

/** Reads from a pen that is not there: what comes before is done. */
async function recognise(database: string, ...args: string[]) {
  let err = ''
  const code = await runProgram(['recognise', '--device', 'replay:99', '--database', database, ...args], {
    out: () => undefined,
    err: (text) => (err += text),
    signal: new AbortController().signal,
    keys: () => null,
  })
  return { code, err }
}

function settings(database: string) {
  const store = openStore(database)
  const { lexicon, language } = new Vocabulary(store).settings
  store.close()
  return { lexicon: lexicon.own?.words ?? null, language: language?.words ?? null }
}

describe('recognise in the terminal', () => {
  it('takes over a list of words and a text, which stay until they are removed', async () => {
    const folder = temporaryFolder()
    const database = join(folder, 'pens.db')
    const list = join(folder, 'own.txt')
    const text = join(folder, 'book.txt')
    writeFileSync(list, 'Kalamos\nGriffel\n')
    writeFileSync(text, 'Der Griffel schreibt.')
    const { err } = await recognise(database, '--lexicon', list, '--text', text)
    expect(err).toMatch(/The lexicon holds the 2 words of own\.txt beside the \d+ that come with the app\.\n/)
    expect(err).toContain('The language model is taught by the 3 words of book.txt; beam and lexicon use it.\n')
    expect(settings(database)).toEqual({ lexicon: 2, language: 3 })
    await recognise(database, '--lexicon', 'none')
    expect(settings(database)).toEqual({ lexicon: null, language: 3 })
  })

  it('refuses a list that is none before it opens the pen, and says why', async () => {
    const folder = temporaryFolder()
    const list = join(folder, 'prose.txt')
    writeFileSync(list, 'ein ganzer Satz\n')
    expect(await recognise(join(folder, 'pens.db'), '--lexicon', list)).toEqual({
      code: 1,
      err:
        'Line 1 of prose.txt holds more than one word.\nWrite one word a line; a running text can teach the ' +
        'language model instead.\n',
    })
  })

  it('says with which lexicon it reads, or why without', async () => {
    const database = join(temporaryFolder(), 'pens.db')
    const read = (...args: string[]) =>
      recognise(database, '--device', 'virtual:7', '--model', 'base', '--virtual-text', 'Hand', '--words', '1', ...args)
    expect((await read()).err).toMatch(
      /Reads with the lexicon: \d{6} different words \(German and English\) are loaded\. \d+ more need signs that the model does not know\. --decoding greedy reads without it\.\n/,
    )
    expect((await read('--decoding', 'greedy')).err).toContain(
      'Reads without the lexicon: another decoding is chosen; --decoding lexicon reads with it.\n',
    )
  })

  it('lets a virtual pen write what it can, and says of each word what it left out', async () => {
    const { err, code } = await recognise(
      join(temporaryFolder(), 'pens.db'),
      '--device',
      'virtual:7',
      '--model',
      'base',
      '--virtual-text',
      'Hand 漢字 naïve',
      '--words',
      '1',
    )
    expect(err).toContain(
      '“漢字” was not written: the virtual pen has no shape for 漢 字.\n“naïve” was written as “nave”: the virtual ' +
        'pen has no shape for ï.\n',
    )
    expect(code).toBe(0)
  })
})
