import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { balancedByLetters, letterCounts } from '../../src/main/protocol/balance.ts'
import { planFor, readProtocol, readyMadeProtocols } from '../../src/main/protocol/index.ts'
import { WORD_ALPHABET } from '../../src/shared/text.ts'
import { builtinWords } from '../../src/main/words/lists.ts'

function planOf(blocks: string, writer = 'w01', rest = '') {
  const { protocol, faults } = readProtocol(`id: test\nname: Test\n${rest}blocks:\n${blocks}`)
  expect(faults).toEqual([])
  return planFor(protocol!, writer)
}

const texts = (plan: ReturnType<typeof planOf>) => plan.prompts.map(({ text }) => text)

describe('the plan of a session', () => {
  it('goes through each block as often as it says', () => {
    const plan = planOf(
      '  - { name: A, prompts: { inline: [a, b, c] }, take: 2, repeat: 2 }\n  - { name: B, prompts: { inline: ' +
        '[z] }, tag: enrolment }\n',
    )
    expect(texts(plan)).toEqual(['a', 'b', 'a', 'b', 'z'])
    expect(plan.prompts.map(({ repetition, tag }) => [repetition, tag])).toEqual([
      [1, null],
      [1, null],
      [2, null],
      [2, null],
      [1, 'enrolment'],
    ])
  })

  it('draws other prompts for each writer, and the same ones again for the same writer and seed', () => {
    const block =
      `  - { name: A, prompts: { inline: [${Array.from({ length: 60 }, (_, i) => `w${i}`).join(', ')}] }, take: ` +
      `20, order: random, repeat: 2 }\n`
    const [first, again, other, reseeded] = [
      planOf(block),
      planOf(block),
      planOf(block, 'w02'),
      planOf(block, 'w01', 'seed: 2\n'),
    ]
    expect(texts(again)).toEqual(texts(first))
    expect(texts(other)).not.toEqual(texts(first))
    expect(texts(reseeded)).not.toEqual(texts(first))
    expect(new Set(texts(first).slice(0, 20))).toEqual(new Set(texts(first).slice(20)))
    expect(texts(first).slice(0, 20)).not.toEqual(texts(first).slice(20))
  })

  it('asks for consent, then questions, then calibration, before anything is read or written', () => {
    const plan = planOf(
      '  - { name: A, instructions: Begin., prompts: { inline: [a] } }\n',
      'w01',
      'instructions: Hello.\ncalibration: offered\nquestions: [{ id: hand, ask: Which? }]\nconsent: { version: ' +
        '"1", text: I agree. }\n',
    )
    expect(plan.sessionSteps.map(({ before, sessionStep }) => `${before} ${sessionStep.kind}`)).toEqual([
      '0 consent',
      '0 questions',
      '0 calibration',
      '0 instructions',
      '0 instructions',
    ])
  })

  it('has breaks within and between blocks, and none after the last prompt', () => {
    const plan = planOf(
      '  - { name: A, prompts: { inline: [a, b, c, d] }, break: { after: 2, seconds: 30 } }\n  - { name: B, ' +
        'prompts: { inline: [e, f] }, break: { after: 2 } }\n',
    )
    expect(plan.sessionSteps.map(({ before }) => before)).toEqual([2, 4])
  })

  it('gives free writing no label, and leaves its end to the key', () => {
    expect(planOf('  - { name: A, prompts: { inline: [Your way here] }, label: later }\n').prompts[0]).toMatchObject({
      text: 'Your way here',
      label: null,
      advance: 'key',
    })
  })

  it('leaves out what an earlier block asked for, where fresh prompts are wanted', () => {
    expect(
      texts(
        planOf(
          '  - { name: A, prompts: { inline: [a, b] } }\n  - { name: B, prompts: { inline: [b, c, d] }, take: ' +
            '2, fresh: true }\n',
        ),
      ),
    ).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('prompts balanced by letters', () => {
  it('cover the letters more evenly than the first ones of the list', () => {
    const words = builtinWords()
    const rarest = (prompts: string[]) =>
      Math.min(
        ...[...WORD_ALPHABET].map((letter) => letterCounts(prompts).find((each) => each.letter === letter)?.count ?? 0),
      )
    expect(rarest(balancedByLetters(words, 100))).toBeGreaterThan(rarest(words.slice(0, 100)))
  })

  it('are as many as asked for, each from the list and no more often than there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 20 }),
        fc.nat(25),
        (prompts, count) => {
          const chosen = balancedByLetters(prompts, count)
          expect(chosen).toHaveLength(Math.min(count, prompts.length))
          const left = [...prompts]
          for (const each of chosen) expect(left.splice(left.indexOf(each), 1)).toEqual([each])
        },
      ),
    )
  })
})

describe('the protocols that come with the app', () => {
  const all = [...readyMadeProtocols().values()].map(({ protocol }) => protocol)

  it('are what the field collects', () => {
    expect(all.map(({ id }) => id).sort()).toEqual(
      ['alphabet-and-digits', 'case-pairs', 'enrolment', 'free-writing', 'pangrams', 'words-balanced'].flatMap((id) => [
        id,
        `${id}-de`,
      ]),
    )
  })

  it.each(all.map((protocol) => [protocol.id, protocol] as const))(
    '%s asks for consent first and gives a session to run',
    (_, protocol) => {
      const plan = planFor(protocol, 'w01')
      expect(plan.sessionSteps[0]!.sessionStep.kind).toBe('consent')
      expect(plan.prompts.length).toBeGreaterThan(10)
    },
  )

  it('come in English and German, and ask for the same in both', () => {
    const asked = (id: string) =>
      planFor(
        all.find((protocol) => protocol.id === id)!,
        'w01',
      ).prompts.map(({ text, tag }) => `${text} ${tag}`)
    for (const { id } of all.filter((protocol) => !protocol.id.endsWith('-de') && protocol.id !== 'free-writing'))
      expect(asked(`${id}-de`)).toEqual(asked(id))
    expect(asked('free-writing-de')).toHaveLength(asked('free-writing').length)
  })

  it('hold every letter in each pangram', () => {
    const pangrams = all.find(({ id }) => id === 'pangrams')!
    for (const block of [0, 1]) {
      for (const sentence of pangrams.blocks[block]!.prompts.inline!)
        expect(
          [...'abcdefghijklmnopqrstuvwxyz'].filter((letter) => !sentence.toLowerCase().includes(letter)),
          sentence,
        ).toEqual([])
    }
  })

  it('end with one alphabet and 20 fresh words tagged as enrolment, where adaptation is measured', () => {
    const { prompts } = planFor(
      all.find(({ id }) => id === 'enrolment')!,
      'w01',
    )
    const slice = prompts.filter(({ tag }) => tag === 'enrolment')
    expect(prompts.slice(-slice.length)).toEqual(slice)
    expect(
      slice
        .slice(0, -20)
        .map(({ text }) => text)
        .sort(),
    ).toEqual([...WORD_ALPHABET].sort())
    const measured = new Set(prompts.filter(({ tag }) => tag === null).map(({ text }) => text))
    expect(slice.slice(-20).filter(({ text }) => measured.has(text))).toEqual([])
  })
})
