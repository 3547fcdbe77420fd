import * as v from 'valibot'
import { stringify } from 'yaml'
import type { Block, Protocol, Question } from '../../../shared/api/protocols.ts'
import { Thresholds } from '../../../shared/api/quality.ts'

/** A protocol as the fields of a form hold it: what is not said is empty. */
export interface ProtocolForm {
  id: string
  name: string
  about: string
  instructions: string
  consentVersion: string
  consentText: string
  calibration: Protocol['calibration']
  advance: Protocol['advance']
  seed: number
  questions: QuestionForm[]
  blocks: BlockForm[]
  quality: Thresholds
}

export interface QuestionForm {
  id: string
  ask: string
  /** One a line; any text without them. */
  choices: string
  optional: boolean
}

export interface BlockForm {
  name: string
  instructions: string
  from: 'inline' | 'list' | 'file'
  /** Prompts, one a line; or the name of the list or file. */
  prompts: string
  take: number | null
  order: Block['order']
  fresh: boolean
  repeat: number
  breakAfter: number | null
  breakSeconds: number
  breakText: string
  tag: string
  label: Block['label']
  advance: 'pause' | 'key' | 'protocol'
}

export function emptyBlock(name: string): BlockForm {
  return {
    name,
    instructions: '',
    from: 'inline',
    prompts: '',
    take: null,
    order: 'given',
    fresh: false,
    repeat: 1,
    breakAfter: null,
    breakSeconds: 0,
    breakText: '',
    tag: '',
    label: 'prompt',
    advance: 'protocol',
  }
}

/** The form of a protocol that was read. */
export function formOf({
  id,
  name,
  about,
  instructions,
  consent,
  calibration,
  questions,
  advance,
  seed,
  blocks,
  quality,
}: Protocol): ProtocolForm {
  return {
    id,
    name,
    about: about ?? '',
    instructions: instructions ?? '',
    consentVersion: consent?.version ?? '1',
    consentText: consent?.text ?? '',
    calibration,
    advance,
    seed,
    questions: questions.map(({ id, ask, choices, optional }) => ({
      id,
      ask,
      choices: (choices ?? []).join('\n'),
      optional,
    })),
    blocks: blocks.map(blockForm),
    quality,
  }
}

/** The form as the text of a protocol, without what goes without saying. */
export function sourceOf(form: ProtocolForm): string {
  const {
    id,
    name,
    about,
    instructions,
    consentVersion,
    consentText,
    calibration,
    advance,
    seed,
    questions,
    blocks,
    quality,
  } = form
  const thresholds = Object.entries(quality).filter(
    ([figure, pair]) => JSON.stringify(pair) !== JSON.stringify(USUAL[figure as keyof Thresholds]),
  )
  const source = {
    id,
    name,
    ...said('about', about),
    ...said('instructions', instructions),
    ...(consentText.trim() === '' ? {} : { consent: { version: consentVersion, text: consentText } }),
    ...(calibration === 'none' ? {} : { calibration }),
    ...(questions.length === 0 ? {} : { questions: questions.map(questionSource) }),
    ...(advance === 'pause' ? {} : { advance }),
    ...(seed === 1 ? {} : { seed }),
    blocks: blocks.map(blockSource),
    ...(thresholds.length === 0 ? {} : { quality: Object.fromEntries(thresholds) }),
  }
  return stringify(source, { lineWidth: 110, flowCollectionPadding: true })
}

const USUAL = v.parse(Thresholds, {})

function blockForm(block: Block): BlockForm {
  const { name, instructions, prompts, take, order, fresh, repeat, tag, label, advance } = block
  const from = prompts.list !== undefined ? 'list' : prompts.file !== undefined ? 'file' : 'inline'
  return {
    name,
    instructions: instructions ?? '',
    from,
    prompts: prompts.list ?? prompts.file ?? (prompts.inline ?? []).join('\n'),
    take: take ?? null,
    order,
    fresh,
    repeat,
    breakAfter: block.break?.after ?? null,
    breakSeconds: block.break?.seconds ?? 0,
    breakText: block.break?.text ?? '',
    tag: tag ?? '',
    label,
    advance: advance ?? 'protocol',
  }
}

function blockSource(block: BlockForm): object {
  const {
    name,
    instructions,
    from,
    prompts,
    take,
    order,
    fresh,
    repeat,
    breakAfter,
    breakSeconds,
    breakText,
    tag,
    label,
    advance,
  } = block
  return {
    name,
    ...said('instructions', instructions),
    prompts: { [from]: from === 'inline' ? linesOf(prompts) : prompts.trim() },
    ...(take === null ? {} : { take }),
    ...(order === 'given' ? {} : { order }),
    ...(fresh ? { fresh } : {}),
    ...(repeat === 1 ? {} : { repeat }),
    ...(breakAfter === null
      ? {}
      : {
          break: {
            after: breakAfter,
            ...(breakSeconds === 0 ? {} : { seconds: breakSeconds }),
            ...said('text', breakText),
          },
        }),
    ...said('tag', tag),
    ...(label === 'prompt' ? {} : { label }),
    ...(advance === 'protocol' ? {} : { advance }),
  }
}

function questionSource({ id, ask, choices, optional }: QuestionForm): Partial<Question> {
  const answers = linesOf(choices)
  return { id, ask, ...(answers.length === 0 ? {} : { choices: answers }), ...(optional ? { optional } : {}) }
}

function said(key: string, text: string): Record<string, string> {
  return text.trim() === '' ? {} : { [key]: text }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
