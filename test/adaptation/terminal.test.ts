import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProgram } from '../../src/main/entrypoints/cli/program.ts'
import { openStore } from '../../src/main/store/index.ts'
import type { Adaptation } from '../../src/shared/api/adaptation.ts'
import { folderFor, signalOf } from '../training/small-store.ts'
import { addCandidate, addGeneralModel, FIRST, TURNED, turned, writersStore } from './writers.ts'

type Said = { code: number; out: string; err: string }

async function runOn(path: string, args: string[]): Promise<Said> {
  let [out, err] = ['', '']
  const code = await runProgram([...args, '--database', path], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    signal: new AbortController().signal,
    keys: () => null,
  })
  return { code, out, err }
}

describe('adapt in the terminal', () => {
  const words = writersStore(['ab', 'ba'])
  const { path } = words.store
  const run = (...args: string[]): Promise<Said> => runOn(path, args)
  beforeAll(async () => {
    await addGeneralModel(words)
    words.store.close()
  })
  afterAll(() => openStore(path).close())

  it('says which writers there are, and what is missing where words are too few', async () => {
    expect(await run('adapt', '--writer', 'nobody')).toEqual({
      code: 1,
      out: '',
      err: 'There is no writer nobody.\nThere are turned, w1, w2.\n',
    })
    expect(await run('adapt', '--writer', TURNED, '--json')).toEqual({
      code: 1,
      out: '',
      err:
        'There are only 2 words of turned to adapt with; at least 5 are needed.\nRecord an enrolment of 20 words, ' +
        'or correct some words while reading live.\n',
    })
  })

  it('takes a recipe that there is, and lists versions', async () => {
    expect((await run('adapt', '--writer', TURNED, '--recipe', 'most')).code).toBe(2)
    expect(await run('adapt', '--writer', TURNED, '--list', '--json')).toEqual({ code: 0, out: '[]\n', err: '' })
    expect((await run('adapt', '--help')).out).toContain('npm run -s kalamos -- adapt --writer w03')
  })

  it('knows the versions of a writer by their numbers, and says which there are', async () => {
    expect(await run('adapt', '--writer', TURNED, '--keep', '1')).toEqual({
      code: 1,
      out: '',
      err: 'turned has no version 1.\nNone has been made yet.\n',
    })
    expect((await run('adapt', '--writer', TURNED, '--keep', 'first')).code).toBe(2)
    expect((await run('adapt', '--writer', TURNED, '--keep', '1', '--delete', '2')).err).toContain(
      "cannot be used with option '--delete <version>'",
    )
  })
})

describe('the versions of a writer in the terminal', () => {
  const words = writersStore(['ab', 'ba', 'aab', 'bba', 'abb', 'baa'])
  const { path } = words.store
  const adapt = (...args: string[]): Promise<Said> => runOn(path, ['adapt', '--writer', TURNED, ...args])
  const listed = async (): Promise<unknown[]> =>
    (JSON.parse((await adapt('--list', '--json')).out) as Adaptation[]).map(({ version, state, active }) => [
      version,
      state,
      active,
    ])
  beforeAll(async () => {
    const modelId = await addGeneralModel(words)
    await addCandidate(words, modelId)
    await addCandidate(words, modelId)
    const { store } = words
    const session = store.sessions.create({
      writerId: store.writers.find(TURNED)!.id,
      deviceName: 'test signal',
      origin: 'simulated',
      profile: {},
    })
    store.recordings.insert({ sessionId: session.id, label: 'abab', signal: turned(signalOf('abab', 9000)) })
    store.sessions.end(session.id)
    store.close()
  })
  afterAll(() => openStore(path).close())

  it('are kept, put aside for another, and taken again', async () => {
    expect(await adapt('--keep', '1')).toEqual({
      code: 0,
      out: 'Version 1 is kept and reads turned from now on.\n',
      err: '',
    })
    await adapt('--keep', '2')
    expect(await adapt('--restore', '1')).toEqual({ code: 0, out: 'Version 1 reads turned from now on.\n', err: '' })
    expect(await listed()).toEqual([
      [2, 'kept', false],
      [1, 'kept', true],
    ])
    expect((await adapt('--deactivate')).out).toBe(
      'No version reads turned now. Model: general. The newest model that fits: none was chosen.\n',
    )
    expect(await adapt('--keep', '2')).toMatchObject({ code: 1, err: 'Version 2 is no candidate: it is kept.\n' })
  })

  it('are compared with the model they were made from, or with another, on words that neither learned from', async () => {
    const { out } = await adapt('--compare', '1')
    expect(out).toMatch(
      /^1 words that neither was trained on, read by general and then by version 1:\n {2}CER .* to .*\n {2}WER /,
    )
    expect(
      JSON.parse((await adapt('--compare', '1', '--with', 'general, turned, version 2', '--json')).out),
    ).toMatchObject({ comparison: { words: 1, writers: 1 } })
    expect(await adapt('--compare', '1', '--with', 'nothing')).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no model nothing.') as string,
    })
  })

  it('are exported into a folder', async () => {
    expect(await adapt('--export', '2')).toEqual({
      code: 1,
      out: '',
      err: 'No folder to export to was given.\nName a folder with --to.\n',
    })
    const folder = join(folderFor('terminal-export'), 'new')
    expect(JSON.parse((await adapt('--export', '2', '--to', folder, '--json')).out)).toEqual({
      folder,
      files: ['turned-version-2.safetensors', 'turned-version-2.json'],
    })
    expect(readdirSync(folder).sort()).toEqual(['turned-version-2.json', 'turned-version-2.safetensors'])
  })

  it('are deleted, and are those of one writer alone', async () => {
    expect(await runOn(path, ['adapt', '--writer', FIRST, '--delete', '2'])).toMatchObject({
      code: 1,
      err: `${FIRST} has no version 2.\nNone has been made yet.\n`,
    })
    expect(await adapt('--delete', '2')).toEqual({ code: 0, out: 'Version 2 of turned was deleted.\n', err: '' })
    expect(await listed()).toEqual([[1, 'kept', false]])
    expect(await adapt('--restore', '2')).toMatchObject({
      code: 1,
      err: 'turned has no version 2.\nThere is version 1.\n',
    })
  })
})
