import { describe, expect, it } from 'vitest'
import { readProtocol } from '../../src/main/protocol/index.ts'
import { english } from '../../src/shared/messages/index.ts'

const WORDS = `id: words
name: Words
blocks:
  - name: First
    prompts: { inline: [Haus, Maus] }
`

/** What is said about a text, a line each. */
function faultsOf(source: string): string[] {
  return readProtocol(source).faults.map(({ line, message }) => `${line}: ${english(message)}`)
}

describe('a protocol in YAML', () => {
  it('needs a name and what is to be written, and gets defaults for the rest', () => {
    expect(readProtocol(WORDS).protocol).toMatchObject({
      id: 'words',
      advance: 'pause',
      seed: 1,
      questions: [],
      calibration: 'none',
      blocks: [{ name: 'First', prompts: { inline: ['Haus', 'Maus'] }, order: 'given', repeat: 1, label: 'prompt' }],
      quality: { lostShare: { check: 0.005, redo: 0.05 } },
    })
  })

  it('keeps the other thresholds when one is given', () => {
    expect(readProtocol(`${WORDS}quality:\n  gapMs: { check: 10 }\n`).protocol!.quality).toMatchObject({
      gapMs: { check: 10, redo: 150 },
      jitter: { check: 0.25 },
    })
  })

  it('names an unknown key with its line, and the key that was meant', () => {
    expect(faultsOf(WORDS.replace('prompts:', 'promts:'))).toEqual([
      '4: “prompts” is missing in blocks 1',
      '5: unknown key “promts” in blocks 1: did you mean “prompts”?',
    ])
    expect(faultsOf(`${WORDS}colour: red\n`)).toEqual([
      expect.stringMatching(/^6: unknown key “colour”: there are id, name, /),
    ])
    expect(faultsOf(`${WORDS}quality:\n  lost-share: { check: 1 }\n`)).toEqual([
      '7: unknown key “lost-share” in quality: did you mean “lostShare”?',
    ])
  })

  it.each([
    ['a number that is none', `${WORDS}seed: many\n`, '6: seed: must be a number, not “many”'],
    [
      'a number out of bounds',
      WORDS.replace('name: First', 'name: First\n    repeat: 0'),
      '5: blocks 1, repeat: must be at least 1',
    ],
    ['a word that is not offered', `${WORDS}advance: blink\n`, '6: advance: must be'],
    ['an empty prompt', WORDS.replace('Maus', '" "'), '5: blocks 1, prompts, inline 2: must not be empty'],
    [
      'two sources of prompts',
      WORDS.replace('inline: [Haus, Maus]', 'inline: [Haus], list: equations'),
      '5: blocks 1, prompts: must have exactly one of list, file and inline',
    ],
    [
      'a list that there is not',
      WORDS.replace('inline: [Haus, Maus]', 'list: attic'),
      '5: blocks 1, prompts: there is no list “attic”',
    ],
    [
      'more prompts than a list has',
      WORDS.replace('inline: [Haus, Maus]', 'list: first-minutes').replace('name: First', 'name: First\n    take: 25'),
      '5: blocks 1, take: there are only 24 prompts to take 25 of',
    ],
    [
      'more prompts than there are',
      WORDS.replace('name: First', 'name: First\n    take: 3'),
      '5: blocks 1, take: there are only 2 prompts to take 3 of',
    ],
    [
      'a choice of prompts without a number',
      WORDS.replace('name: First', 'name: First\n    order: balanced'),
      '5: blocks 1, order: “balanced” chooses prompts',
    ],
    [
      'a question asked twice',
      `${WORDS}questions:\n  - { id: age, ask: How old? }\n  - { id: age, ask: Again? }\n`,
      '8: questions 2, id: “age” is asked twice',
    ],
    [
      'thresholds the wrong way round',
      `${WORDS}quality:\n  gapMs: { check: 200, redo: 100 }\n`,
      '7: quality, gapMs: “redo” (100) must be the worse figure',
    ],
    ['a key given twice', `${WORDS}name: Again\n`, '6: this is not YAML: '],
    ['a text that is no YAML', 'id: [words', '1: this is not YAML: '],
    ['nothing at all', '', '1: the protocol: must be'],
  ])('says what is wrong and where: %s', (_, source, start) => {
    const { protocol } = readProtocol(source)
    expect(protocol).toBeNull()
    expect(faultsOf(source)[0]).toContain(start)
  })

  it('is not blown up by aliases of aliases', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(', ')}]`),
    ].join('\n')
    expect(faultsOf(bomb)[0]).toMatch(/this cannot be read: .*alias/i)
  })
})
