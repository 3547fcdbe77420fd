import * as v from 'valibot'
import { Said } from '../messages/message.ts'
import { command, count, done, encoding, event, id, instant, name, nothing, path, query } from './contract.ts'
import { Thresholds } from './quality.ts'

/** How a session is to run: what is written, in which order, with which words to the writer. */

const slug = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens'))
const text = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'), v.maxLength(20_000))
const prompt = v.pipe(
  v.string(),
  v.normalize('NFC'),
  v.trim(),
  v.nonEmpty('must not be empty'),
  v.maxLength(200),
  v.regex(/^[^\p{Cc}]*$/u, 'must not contain control characters'),
)
const several = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(3600))

/**
 * Where prompts come from, one of: a list that ships, a file beside the protocol (one a line), or the protocol itself.
 */
export const PromptSource = v.pipe(
  v.strictObject({
    list: v.optional(slug),
    file: v.optional(v.pipe(v.string(), v.nonEmpty('must name a file'))),
    inline: v.optional(v.pipe(v.array(prompt), v.minLength(1, 'must hold a prompt'))),
  }),
  v.check(
    (source) => Object.values(source).filter((given) => given !== undefined).length === 1,
    'must have exactly one of list, file and inline',
  ),
)
export type PromptSource = v.InferOutput<typeof PromptSource>

export const Block = v.strictObject({
  name,
  /** Shown before the block begins. */
  instructions: v.optional(text),
  prompts: PromptSource,
  /** Only so many of them; all without it. */
  take: v.optional(several),
  /**
   * `given`: the first ones, as they stand. `balanced`: those that cover the letters most evenly.
   * `random`: drawn and shuffled for each writer from the protocol's seed and the writer's pseudonym.
   */
  order: v.optional(v.picklist(['given', 'balanced', 'random']), 'given'),
  /** Leaves out what an earlier block asks for. */
  fresh: v.optional(v.boolean(), false),
  /** How often each prompt is written; the whole block is gone through so many times. */
  repeat: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 1),
  /** A break after so many prompts, and how long it should last at least. */
  break: v.optional(v.strictObject({ after: several, seconds: v.optional(seconds, 0), text: v.optional(text) })),
  /** Marks the recordings, such as `enrolment`. */
  tag: v.optional(slug),
  /** `prompt`: what was to be written. `later`: the writer writes freely, and somebody transcribes it afterwards. */
  label: v.optional(v.picklist(['prompt', 'later']), 'prompt'),
  /** How a word ends in this block; the protocol's way without it. */
  advance: v.optional(v.picklist(['pause', 'key'])),
})
export type Block = v.InferOutput<typeof Block>

export const Question = v.strictObject({
  id: slug,
  ask: text,
  /** Answers to choose from; any text without them. */
  choices: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'), v.maxLength(200))),
      v.minLength(2, 'must offer two answers'),
    ),
  ),
  /** The session goes on without an answer. */
  optional: v.optional(v.boolean(), false),
})
export type Question = v.InferOutput<typeof Question>

export const Protocol = v.strictObject({
  id: slug,
  name,
  about: v.optional(text),
  /** Shown before the first prompt. */
  instructions: v.optional(text),
  /** What the writer agrees to before the first sample. Whoever changes the text gives it a new version. */
  consent: v.optional(
    v.strictObject({ version: v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'), v.maxLength(50)), text }),
  ),
  /** Whether the pen is calibrated before the first prompt. */
  calibration: v.optional(v.picklist(['none', 'offered']), 'none'),
  questions: v.optional(v.array(Question), []),
  /** A pause ends a word, or the key does. */
  advance: v.optional(v.picklist(['pause', 'key']), 'pause'),
  /** Another seed draws other prompts for everybody. */
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_294_967_295)), 1),
  blocks: v.pipe(v.array(Block), v.minLength(1, 'must hold a block')),
  quality: v.optional(Thresholds, {}),
})
export type Protocol = v.InferOutput<typeof Protocol>

/** A protocol as it is kept: the text it was written as, and which version that is. */
export const StoredProtocol = v.object({
  id: slug,
  version: count,
  name: v.string(),
  about: v.nullable(v.string()),
  /** True for one that comes with the app and was never changed here. */
  builtIn: v.boolean(),
  savedAt: v.nullable(instant),
  /** The YAML text, to be edited. */
  source: v.string(),
  protocol: Protocol,
  /** Sessions that were recorded by any version of it; in a list of versions, by this one. */
  sessions: count,
})
export type StoredProtocol = v.InferOutput<typeof StoredProtocol>

/** One prompt of a session: what is shown, and what the recording is called. */
export const PlannedPrompt = v.object({
  text: v.string(),
  /** Null where somebody transcribes it afterwards. */
  label: v.nullable(v.string()),
  block: count,
  /** Which time this prompt is written, from 1. */
  repetition: count,
  tag: v.nullable(v.string()),
  advance: v.picklist(['pause', 'key']),
})
export type PlannedPrompt = v.InferOutput<typeof PlannedPrompt>

/** Something between prompts that the writer reads or answers; no samples are taken meanwhile. */
export const SessionStep = v.variant('kind', [
  v.object({ kind: v.literal('consent'), version: v.string(), text: v.string() }),
  v.object({ kind: v.literal('questions'), questions: v.array(Question) }),
  v.object({ kind: v.literal('calibration') }),
  v.object({ kind: v.literal('instructions'), title: v.string(), text: v.string() }),
  v.object({ kind: v.literal('break'), seconds: v.number(), text: v.nullable(v.string()) }),
])
export type SessionStep = v.InferOutput<typeof SessionStep>

/** A session as it will run for one writer: its prompts in order, and what comes before which of them. */
export const Plan = v.object({
  /** Names of the blocks. */
  blocks: v.array(v.string()),
  prompts: v.array(PlannedPrompt),
  sessionSteps: v.array(v.object({ before: count, sessionStep: SessionStep })),
})
export type Plan = v.InferOutput<typeof Plan>

/**
 * What is wrong with a protocol's text, and where: lines and columns count from 1. `path` leads to the value in the
 * protocol, empty where it is about the text as a whole; `what` is said beside its field, `message` names the place
 * too.
 */
export const ProtocolFault = v.object({
  line: count,
  column: count,
  path: v.array(v.union([v.string(), count])),
  what: Said,
  message: Said,
})
export type ProtocolFault = v.InferOutput<typeof ProtocolFault>

export const LetterCount = v.object({ letter: v.string(), count })

const which = v.strictObject({ id: slug })
const source = v.pipe(v.string(), v.maxLength(1_000_000, 'is longer than a megabyte'))
/** The protocol that a text was made from; null for a new one, which takes the id of no other. */
const of = v.optional(v.nullable(slug), null)

export const protocols = {
  'protocols.list': query(nothing, v.array(StoredProtocol)),
  /** One version; the newest without a number. */
  'protocols.get': query(v.strictObject({ id: slug, version: v.optional(count) }), StoredProtocol),
  /** Every version of one, the newest first; version 0 is how one came with the app. */
  'protocols.versions': query(which, v.array(StoredProtocol)),
  /** The newest version of each that was taken out of the list. */
  'protocols.removed': query(nothing, v.array(StoredProtocol)),
  /** Looks for faults without saving. */
  'protocols.check': query(
    v.strictObject({ source, of }),
    v.object({ protocol: v.nullable(Protocol), faults: v.array(ProtocolFault) }),
  ),
  /** What a writer of this name would be asked to write, and how often each letter comes. */
  'protocols.preview': query(
    v.strictObject({ source, writer: v.optional(v.string(), 'w01') }),
    v.object({ plan: Plan, letters: v.array(LetterCount) }),
  ),
  /**
   * Saves a text as the next version of the protocol that it was made from, or as a new protocol; the same text again
   * changes nothing. `conflict` where its id belongs to another protocol.
   */
  'protocols.save': command(v.strictObject({ source, of }), StoredProtocol),
  /**
   * Reads a protocol from a file; the prompt files it names lie beside it. It is the next version of the protocol with
   * its id and name. Where only the id is the same, that is a `conflict`, unless it is asked to be the next version.
   */
  'protocols.import': command(
    v.strictObject({ path, nextVersion: v.optional(v.boolean(), false), encoding }),
    StoredProtocol,
  ),
  /** Makes an earlier version the newest one, and brings a removed protocol back into the list. */
  'protocols.restore': command(v.strictObject({ id: slug, version: count }), StoredProtocol),
  /**
   * Takes a protocol out of the list; recordings made by it keep knowing it. One that comes with the app goes back to
   * how it came.
   */
  'protocols.remove': command(which, done),
}

export const protocolEvents = {
  'protocols.changed': event(v.object({ id: slug })),
}

/** A session by protocol that was interrupted and can go on. */
export const OpenPromptedSession = v.object({
  sessionId: id,
  writerId: id,
  writerName: name,
  deviceName: v.string(),
  protocol: v.nullable(v.object({ id: slug, version: count, name: v.string() })),
  startedAt: instant,
  done: count,
  prompts: count,
})
export type OpenPromptedSession = v.InferOutput<typeof OpenPromptedSession>
