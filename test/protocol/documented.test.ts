import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planFor, readProtocol, readyMadeProtocols } from '../../src/main/protocol/index.ts'
import { resolvePrompts } from '../../src/main/protocol/resolve.ts'
import { WORD_LISTS } from '../../src/main/words/lists.ts'
import { Block, Protocol, Question } from '../../src/shared/api/protocols.ts'
import { Thresholds } from '../../src/shared/api/quality.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/protocols.md'), 'utf8')
const example = /```yaml\n([^]*?)```/.exec(page)![1]!

describe('the page on protocols', () => {
  it('has an example without a fault, of which a session can be made', () => {
    const { protocol, faults } = readProtocol(example)
    expect(faults).toEqual([])
    const { prompts, sessionSteps } = planFor(resolvePrompts(protocol!, null), 'w01')
    expect(prompts).toHaveLength(3 + 6 + 3)
    expect(prompts.slice(-3).map(({ label, tag }) => [label, tag])).toEqual([
      ['Haus', 'enrolment'],
      ['Weg', 'enrolment'],
      ['Zug', 'enrolment'],
    ])
    expect(sessionSteps.map(({ sessionStep }) => sessionStep.kind)).toEqual(
      expect.arrayContaining(['consent', 'questions', 'calibration', 'instructions', 'break']),
    )
  })

  it('names every key of the schema, every list and every protocol that ships', () => {
    const keys = [Protocol, Block, Question, Thresholds].flatMap(({ entries }) => Object.keys(entries))
    expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([])
    expect(Object.keys(WORD_LISTS).filter((list) => !page.includes(`\`${list}\``))).toEqual([])
    expect([...readyMadeProtocols().keys()].filter((id) => !page.includes(`\`${id.replace(/-de$/, '')}\``))).toEqual([])
  })
})
