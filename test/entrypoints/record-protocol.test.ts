import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runProgram } from '../../src/main/entrypoints/cli/program.ts'
import { openStore } from '../../src/main/store/index.ts'

const STUDY = `id: study
name: Study
instructions: Write at ease.
consent: { version: "2", text: I take part of my own free will. }
questions:
  - { id: hand, ask: Which hand?, choices: [right, left] }
  - { id: paper, ask: Which paper?, optional: true }
  - { id: grip, ask: Which grip? }
blocks:
  - name: Words
    prompts: { inline: [ab] }
`

let folder: string
let database: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-record-'))
  database = join(folder, 'pens.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs `record` with somebody at the keys, who presses what they want next whenever the terminal says something. */
async function record(args: string[], pressed: (said: string) => string = () => '') {
  let [out, err] = ['', '']
  let heard = (): void => undefined
  async function* keys(): AsyncGenerator<string> {
    for (let read = 0; ;) {
      const said = err.slice(read)
      read = err.length
      yield* pressed(said)
      if (read === err.length) await new Promise<void>((resolve) => (heard = resolve))
    }
  }
  const say = (text: string): void => {
    err += text
    heard()
  }
  const writer = args.includes('--resume') ? [] : ['--writer', 'w01']
  const code = await runProgram(['record', '--device', 'virtual:3', ...writer, '--database', database, ...args], {
    out: (text) => (out += text),
    err: say,
    signal: new AbortController().signal,
    keys,
  })
  return { code, out, err }
}

function studyFile(text = STUDY): string {
  const file = join(folder, 'study.yaml')
  writeFileSync(file, text)
  return file
}

describe('record --protocol', () => {
  test('asks for consent and answers, shows what is to be read, and records by the version that was read', async () => {
    const replies: [string, string][] = [
      ['I agree', 'xy'],
      ['Which hand?', '9 2'],
      ['Which paper?', '\n'],
      ['Which grip?', '\nquiX\u007fet\n'],
      ['Write at ease', '\n'],
    ]
    const { code, out, err } = await record(['--protocol', studyFile(), '--surface', 'paper', '--json'], (said) =>
      replies
        .filter(([cue]) => said.includes(cue))
        .map(([, reply]) => reply)
        .join(''),
    )
    expect([code, err]).toEqual([0, expect.stringContaining('1/1  ab')])
    expect(JSON.parse(out)).toMatchObject({ protocol: { id: 'study', version: 1 }, recordings: 1, prompts: 1 })
    const store = openStore(database)
    expect(store.promptedSessions.get(1)).toMatchObject({
      protocol: { id: 'study', version: 1 },
      surface: 'paper',
      answers: { hand: 'left', grip: 'quiet' },
    })
    expect(store.promptedSessions.consents(store.writers.find('w01')!.id)).toMatchObject([
      { version: '2', text: 'I take part of my own free will.' },
    ])
    expect(store.recordings.get(1)).toMatchObject({ label: 'ab', virtual: true })
    store.close()
  })

  test('without consent records nothing', async () => {
    const { code, out } = await record(['--protocol', studyFile(), '--json'], (said) =>
      said.includes('I agree') ? 'q' : '',
    )
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ recordings: 0 })])
  })

  test('names the line of a protocol that is wrong, and what there is of those that are not', async () => {
    expect((await record(['--protocol', studyFile(`${STUDY}colour: red\n`)])).err).toContain('unknown key “colour”')
    expect((await record(['--protocol', 'none'])).err).toMatch(/no protocol none[^]*There are/)
    expect((await record(['--protocol', 'none.yaml'])).err).toContain('none.yaml cannot be read')
    expect((await record(['--protocol', 'study', '--prompts', 'first-minutes'])).err).toContain(
      'A protocol already says what is to be written.',
    )
  })
})

describe('record by keys', () => {
  const three = (): string => {
    const file = join(folder, 'three.txt')
    writeFileSync(file, 'ab\ncd\nef')
    return file
  }

  test('says what became of each word, takes notes and breaks, and goes on with a session that was stopped', async () => {
    const replies: [string, string][] = [
      ['2/3  cd', 'nTired\n'],
      ['Tired\n', 'b'],
      ['A break', 'q'],
    ]
    const first = await record(['--prompt-file', three(), '--json'], (said) =>
      replies
        .filter(([cue]) => said.includes(cue))
        .map(([, reply]) => reply)
        .join(''),
    )
    expect([first.code, first.err]).toEqual([0, expect.stringMatching(/ {3}ab: (good|to check|to redo)\./)])
    const { sessionId } = JSON.parse(first.out) as { sessionId: number }
    const again = await record(['--resume', String(sessionId), '--json'], (said) => (said.includes('/3  ') ? 's' : ''))
    const { recordings, skipped, ...rest } = JSON.parse(again.out) as {
      recordings: number
      skipped: number
      sessionId: number
    }
    expect([recordings + skipped, rest]).toEqual([3, expect.objectContaining({ sessionId, prompts: 3 })])
    const store = openStore(database)
    expect(store.promptedSessions.notes(sessionId)).toMatchObject([
      { text: 'Tired', recordingId: expect.any(Number) as number },
    ])
    store.close()
  })

  test('reads prompts in another encoding once that is said, and says before what they would be', async () => {
    const file = join(folder, 'notepad.txt')
    writeFileSync(file, Buffer.from('f\xfcr\nStra\xdfe\n', 'latin1'))
    const refused = await record(['--prompt-file', file])
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(/Read as Windows-1252 it says “für”, “Straße”(.|\n)*--encoding windows-1252/),
    ])
    const { code, out, err } = await record(['--prompt-file', file, '--encoding', 'windows-1252', '--json'], (said) =>
      said.includes('/2  ') ? 's' : '',
    )
    expect([code, err]).toEqual([0, expect.stringMatching(/1\/2 {2}für(.|\n)*2\/2 {2}Straße/)])
    expect(JSON.parse(out)).toMatchObject({ prompts: 2, skipped: 2 })
  })

  test('wants a writer, or a session to go on with, and not both', async () => {
    const said = async (...args: string[]) => {
      let err = ''
      await runProgram(['record', '--device', 'virtual:3', '--database', database, ...args], {
        out: () => undefined,
        err: (text) => (err += text),
        signal: new AbortController().signal,
        keys: () => null,
      })
      return err
    }
    expect(await said()).toContain('No writer was given.')
    expect(await said('--resume', '1', '--writer', 'w01')).toContain('A resumed session already has its writer')
    expect(await said('--resume', '77')).toContain('77')
  })
})
