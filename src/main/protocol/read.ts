import * as v from 'valibot'
import { isNode, isPair, isScalar, LineCounter, parseDocument, isMap, visit, type Document } from 'yaml'
import { Protocol, type ProtocolFault } from '../../shared/api/protocols.ts'
import { editDistance } from '../../shared/text.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say, type Message, type Said } from '../../shared/messages/index.ts'
import { faultOf } from '../../shared/value-fault.ts'
import { isWordList, WORD_LISTS, wordList } from '../words/lists.ts'

/** A protocol's text, read: either the protocol, or everything that is wrong with it. */
export type ReadProtocol =
  { protocol: Protocol; faults: readonly [] } | { protocol: null; faults: readonly ProtocolFault[] }

/** More is no protocol; it also bounds what aliases may blow a text up to. */
const MOST_ALIASES = 100
/** Sixteen thousand prompts are shorter; a longer list lies in a file of its own. */
const MOST_LETTERS = 1 << 18
/** What is nested deeper keeps the reader of YAML busy; no protocol comes near. */
const DEEPEST = 1000
/** Nobody mends more faults at a time; to find the place of one takes a walk through the text. */
const MOST_FAULTS = 100

/**
 * What is wrong with a value that can be read: where it stands in the protocol, and what is wrong, in words that fit
 * beside its field.
 */
export interface Wrong {
  path: Path
  what: Said
}

/**
 * Reads a protocol in YAML 1.2. Never throws: what is wrong comes back with its line. `also` looks for what only its
 * caller can know of a protocol that fits the schema.
 */
export function readProtocol(source: string, also: (protocol: Protocol) => Wrong[] = () => []): ReadProtocol {
  const unfit = unfitFor(source)
  if (unfit !== null) return failed([{ line: 1, column: 1, path: [], ...alike(unfit) }])
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: false, prettyErrors: false })
  if (document.errors.length > 0) {
    return failed(
      document.errors.slice(0, MOST_FAULTS).map(({ pos, message }) => ({
        ...at(lines, pos[0]),
        path: [],
        ...alike(say('protocol.not-yaml', { message })),
      })),
    )
  }
  const twice = keysTwice(document, lines)
  if (twice.length > 0) return failed(twice.slice(0, MOST_FAULTS))
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    return failed([
      {
        line: 1,
        column: 1,
        path: [],
        ...alike(say('protocol.cannot-read', { message: error instanceof Error ? error.message : String(error) })),
      },
    ])
  }
  const result = v.safeParse(Protocol, value)
  if (!result.success) return failed(result.issues.slice(0, MOST_FAULTS).map((issue) => fault(issue, document, lines)))
  const wrong = [...contradictions(result.output), ...also(result.output)]
  if (wrong.length > 0) {
    return failed(
      wrong.map(({ path, what }) => ({
        ...place(path, document, lines, false),
        path: [...path],
        what,
        message: say('protocol.at', { place: inPath(path), fault: what }),
      })),
    )
  }
  return { protocol: result.output, faults: [] }
}

/** Reads a protocol and throws `invalid-input` with every fault, each named with its line. */
export function mustReadProtocol(source: string, name: Said): Protocol {
  const { protocol, faults } = readProtocol(source)
  if (protocol !== null) return protocol
  throw new KalamosError(
    'invalid-input',
    say('protocol.text', { name, faults: faults.map(inWords) }),
    say('protocol.correct-lines-nothing-saved'),
  )
}

export function inWords({ line, message }: ProtocolFault): Message {
  return say('protocol.line', { line, message })
}

/** Why a text is not even read as YAML; null where it is. */
function unfitFor(source: string): Said | null {
  if (source.length > MOST_LETTERS)
    return say('protocol.characters-protocol-most', { source: source.length, mostLetters: MOST_LETTERS })
  let depth = 0
  for (const letter of source) {
    if (letter === '[' || letter === '{') depth++
    else if (letter === ']' || letter === '}') depth--
    if (depth > DEEPEST) return say('protocol.nested-too-deep')
  }
  return null
}

/** Keys that stand twice in one map. The library's own check compares each with each. */
function keysTwice(document: Document, lines: LineCounter): ProtocolFault[] {
  const faults: ProtocolFault[] = []
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value))
          faults.push({
            ...at(lines, key.range?.[0] ?? 0),
            path: [],
            ...alike(say('protocol.not-yaml', { message: 'Map keys must be unique' })),
          })
        seen.add(key.value)
      }
    },
  })
  return faults
}

function failed(faults: ProtocolFault[]): ReadProtocol {
  return { protocol: null, faults: faults.sort((a, b) => a.line - b.line || a.column - b.column) }
}

type Path = readonly (string | number)[]

/** Of the text as a whole, where nothing has a place of its own. */
function alike(message: Said): { what: Said; message: Said } {
  return { what: message, message }
}

function fault(issue: v.BaseIssue<unknown>, document: Document, lines: LineCounter): ProtocolFault {
  const path = (issue.path ?? []).map(({ key }) => key as string | number)
  const owner = inPath(path.slice(0, -1))
  const key = path.at(-1)
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return {
      ...place(path, document, lines, true),
      path,
      ...alike(unknownKey(String(key), owner, issue)),
    }
  }
  if (issue.type === 'strict_object' && issue.input === undefined) {
    return {
      ...place(path.slice(0, -1), document, lines, false),
      path,
      what: say('protocol.missing'),
      message:
        owner === ''
          ? say('protocol.missing-key', { key: String(key) })
          : say('protocol.missing-key-in', { key: String(key), owner }),
    }
  }
  const what = faultOf(issue)
  return {
    ...place(path, document, lines, false),
    path,
    what,
    message: say('protocol.at', {
      place: key === undefined ? say('protocol.the-protocol') : inPath(path),
      fault: what,
    }),
  }
}

/** Where in the text the value of a path stands, or its key. What is not there stands where its owner does. */
function place(path: Path, document: Document, lines: LineCounter, key: boolean): { line: number; column: number } {
  for (let length = path.length; length >= 0; length--) {
    const known = path.slice(0, length)
    const last = known.at(-1)
    if (typeof last === 'string' && (key || length > 0)) {
      const owner = length === 1 ? document.contents : document.getIn(known.slice(0, -1), true)
      const pair = isMap(owner)
        ? owner.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === last)
        : undefined
      if (pair && isNode(pair.key) && pair.key.range) return at(lines, pair.key.range[0])
      continue
    }
    const node = length === 0 ? document.contents : document.getIn(known, true)
    if (isNode(node) && node.range) return at(lines, node.range[0])
  }
  return { line: 1, column: 1 }
}

function at(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

/** "blocks 2, prompts": blocks are counted as people count them. */
function inPath(path: Path): string {
  return path.reduce<string>(
    (said, part) => (typeof part === 'number' ? `${said} ${part + 1}` : `${said}${said === '' ? '' : ', '}${part}`),
    '',
  )
}

/** Tells the keys of the schema at the place of an unknown one, or the nearest where one is near. */
function unknownKey(key: string, ownerPath: string, issue: v.BaseIssue<unknown>): Said {
  const unknown =
    ownerPath === '' ? say('protocol.unknown-key', { key }) : say('protocol.unknown-key-in', { key, owner: ownerPath })
  const owner = issue.path?.at(-2)?.key
  const known =
    KEYS[typeof owner === 'string' ? owner : typeof owner === 'number' ? String(issue.path?.at(-3)?.key) : '']
  if (known === undefined) return unknown
  const [nearest] = known
    .map((name) => ({ name, distance: editDistance(name, key) }))
    .sort((a, b) => a.distance - b.distance)
  if (nearest !== undefined && nearest.distance <= Math.max(1, Math.floor(key.length / 3)))
    return say('protocol.unknown-key-did-you-mean', { unknown, nearest: nearest.name })
  return say('protocol.unknown-key-there-are', { unknown, known })
}

const blockKeys = Object.keys(Protocol.entries.blocks.pipe[0].item.entries)
const KEYS: Record<string, readonly string[]> = {
  '': Object.keys(Protocol.entries),
  blocks: blockKeys,
  prompts: ['list', 'file', 'inline'],
  break: ['after', 'seconds', 'text'],
  consent: ['version', 'text'],
  questions: ['id', 'ask', 'choices', 'optional'],
  quality: Object.keys(Protocol.entries.quality.wrapped.entries),
}

/** What each field alone allows but all together do not. */
function contradictions({ blocks, questions, quality }: Protocol): Wrong[] {
  const wrong: Wrong[] = []
  blocks.forEach((block, i) => {
    const given = promptsGiven(block.prompts)
    if (block.prompts.list !== undefined && given === undefined) {
      wrong.push({
        path: ['blocks', i, 'prompts'],
        what: say('protocol.no-list', { list: block.prompts.list, wordLists: Object.keys(WORD_LISTS).join(', ') }),
      })
    }
    if (block.take !== undefined && given !== undefined && block.take > given) {
      wrong.push({ path: ['blocks', i, 'take'], what: say('protocol.only-prompts-take', { given, take: block.take }) })
    }
    if (block.order === 'balanced' && block.take === undefined) {
      wrong.push({ path: ['blocks', i, 'order'], what: say('protocol.balanced-chooses-prompts-take') })
    }
    if (block.label === 'later' && block.advance === 'pause') {
      wrong.push({
        path: ['blocks', i, 'advance'],
        what: say('protocol.free-writing-pauses-own'),
      })
    }
  })
  questions.forEach(({ id }, i) => {
    if (questions.findIndex((other) => other.id === id) < i)
      wrong.push({ path: ['questions', i, 'id'], what: say('protocol.asked-twice', { id }) })
  })
  for (const [name, pair] of Object.entries(quality)) {
    if (pair === undefined) continue
    const lessIsWorse = name === 'tipDownShare' || name === 'shortestLetterMs'
    if (lessIsWorse ? pair.redo > pair.check : pair.redo < pair.check) {
      wrong.push({
        path: ['quality', name],
        what: say('protocol.redo-worse-figure-beyond', { redo: pair.redo, check: pair.check }),
      })
    }
  }
  return wrong
}

/**
 * How many prompts a block names itself or by a list that ships; undefined for a file, and a list that there is not.
 */
function promptsGiven({ inline, list }: Protocol['blocks'][number]['prompts']): number | undefined {
  if (inline !== undefined) return inline.length
  return list !== undefined && isWordList(list) ? wordList(list).length : undefined
}
