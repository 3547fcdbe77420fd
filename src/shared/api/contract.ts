import * as v from 'valibot'
import { SAID_ENCODINGS } from '../encoding.ts'

/** The building blocks of the contract: what may be asked of the host, and what it tells unasked. */

export type Schema = v.GenericSchema

/** Something the host can be asked: `input` is validated where it enters, `output` is what comes back. */
export interface RequestSpec<I extends Schema = Schema, O extends Schema = Schema> {
  kind: 'query' | 'command'
  input: I
  output: O
}

/** Something the host tells whoever has subscribed to it. */
export interface EventSpec<P extends Schema = Schema> {
  payload: P
}

/** A question: changes nothing, may be asked again. */
export function query<I extends Schema, O extends Schema>(input: I, output: O): RequestSpec<I, O> {
  return { kind: 'query', input, output }
}

/** An order: changes something. */
export function command<I extends Schema, O extends Schema>(input: I, output: O): RequestSpec<I, O> {
  return { kind: 'command', input, output }
}

export function event<P extends Schema>(payload: P): EventSpec<P> {
  return { payload }
}

export const nothing = v.strictObject({})
export const done = v.strictObject({})
export const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
export const name = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'), v.maxLength(200))
/** What a text is in that has no byte order mark; left out, it must be UTF-8. */
export const encoding = v.optional(v.picklist(SAID_ENCODINGS))
/**
 * A file or folder of the host's machine. No system takes a zero byte in one, and some ask for what stands before it.
 */
export const path = v.pipe(
  v.string(),
  v.nonEmpty('must not be empty'),
  v.maxLength(4096),
  v.excludes('\0', 'must not contain a zero byte'),
)
/** Milliseconds since 1970, as the host's clock tells them. */
export const instant = v.number()
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
