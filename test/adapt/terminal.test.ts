import { afterAll, describe, expect, it } from 'vitest'
import { runProgram } from '../../src/main/cli/program.ts'
import { openStore } from '../../src/main/store/index.ts'
import { addGeneralModel, TURNED, writersStore } from './writers.ts'

const words = writersStore(['ab', 'ba'])
await addGeneralModel(words)
const { path } = words.store
words.store.close()
afterAll(() => openStore(path).close())

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await runProgram([...args, '--database', path], { out: (text) => (out += text), err: (text) => (err += text), signal: new AbortController().signal, keys: () => null })
  return { code, out, err }
}

describe('adapt in the terminal', () => {
  it('says which writers there are, and what is missing where words are too few', async () => {
    expect(await run('adapt', '--writer', 'nobody')).toEqual({ code: 1, out: '', err: 'There is no writer nobody.\nThere are turned, w1, w2.\n' })
    expect(await run('adapt', '--writer', TURNED, '--json')).toEqual({ code: 1, out: '', err: 'There are only 2 words of turned to adapt with; at least 5 are needed.\nRecord an enrolment of 20 words, or correct some words while reading live.\n' })
  })

  it('takes a recipe that there is, and lists versions', async () => {
    expect((await run('adapt', '--writer', TURNED, '--recipe', 'most')).code).toBe(2)
    expect(await run('adapt', '--writer', TURNED, '--list', '--json')).toEqual({ code: 0, out: '[]\n', err: '' })
    expect((await run('adapt', '--help')).out).toContain('npm run -s kalamos -- adapt --writer w03')
  })
})
