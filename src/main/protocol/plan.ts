import type { Block, SessionStep, Plan, PlannedPrompt, Protocol } from '../../shared/api/protocols.ts'
import { balancedByLetters } from './balance.ts'
import type { Random } from '../random/random.ts'
import { TextRandom } from '../random/text.ts'

/**
 * A protocol as it runs for one writer: the same for the same pseudonym, seed and protocol. Its prompts must be
 * resolved. Consent comes before everything, then questions, calibration and instructions; no sample is taken before
 * them.
 */
export function planFor(protocol: Protocol, writer: string): Plan {
  const prompts: PlannedPrompt[] = []
  const sessionSteps: Plan['sessionSteps'] = opening(protocol).map((sessionStep) => ({ before: 0, sessionStep }))
  protocol.blocks.forEach((block, index) => {
    const first = prompts.length
    if (block.instructions !== undefined)
      sessionSteps.push({
        before: first,
        sessionStep: { kind: 'instructions', title: block.name, text: block.instructions },
      })
    for (let repetition = 1; repetition <= block.repeat; repetition++) {
      const random = new TextRandom(JSON.stringify([protocol.seed, writer.normalize('NFC'), index, repetition]))
      const available = block.fresh ? without(block, prompts.slice(0, first)) : (block.prompts.inline ?? [])
      for (const text of chosen(block, available, protocol, writer, index, random)) {
        const advance = block.label === 'later' ? 'key' : (block.advance ?? protocol.advance)
        prompts.push({
          text,
          label: block.label === 'later' ? null : text,
          block: index,
          repetition,
          tag: block.tag ?? null,
          advance,
        })
      }
    }
    sessionSteps.push(...breaks(block, first, prompts.length))
  })
  // A break after the last prompt of all would keep somebody waiting for nothing.
  return {
    blocks: protocol.blocks.map(({ name }) => name),
    prompts,
    sessionSteps: sessionSteps.filter(({ before }) => before < prompts.length),
  }
}

function opening({ name, consent, questions, calibration, instructions }: Protocol): SessionStep[] {
  return [
    ...(consent === undefined ? [] : [{ kind: 'consent' as const, ...consent }]),
    ...(questions.length === 0 ? [] : [{ kind: 'questions' as const, questions }]),
    ...(calibration === 'none' ? [] : [{ kind: 'calibration' as const }]),
    ...(instructions === undefined ? [] : [{ kind: 'instructions' as const, title: name, text: instructions }]),
  ]
}

/** A plain list of prompts as a plan. */
export function planOfPrompts(prompts: readonly string[], advance: 'pause' | 'key'): Plan {
  return {
    blocks: [''],
    sessionSteps: [],
    prompts: prompts.map((text) => ({ text, label: text, block: 0, repetition: 1, tag: null, advance })),
  }
}

/**
 * The prompts of one time through a block. Which ones a writer gets is the same each time; their order is not, where it
 * is random.
 */
function chosen(
  block: Block,
  all: readonly string[],
  protocol: Protocol,
  writer: string,
  index: number,
  random: Random,
): string[] {
  const count = block.take ?? all.length
  if (block.order === 'balanced') return balancedByLetters(all, count)
  if (block.order === 'given') return all.slice(0, count)
  const drawn = new TextRandom(JSON.stringify([protocol.seed, writer.normalize('NFC'), index]))
    .shuffled(all)
    .slice(0, count)
  return random.shuffled(drawn)
}

function without(block: Block, earlier: readonly PlannedPrompt[]): string[] {
  const known = new Set(earlier.map(({ text }) => text))
  return (block.prompts.inline ?? []).filter((prompt) => !known.has(prompt))
}

function breaks(block: Block, first: number, end: number): Plan['sessionSteps'] {
  const rest = block.break
  if (rest === undefined) return []
  const places: Plan['sessionSteps'] = []
  for (let before = first + rest.after; before <= end; before += rest.after) {
    places.push({ before, sessionStep: { kind: 'break', seconds: rest.seconds, text: rest.text ?? null } })
  }
  return places
}
