import * as v from 'valibot'

/**
 * What the host says to people: a code that each language has a text for, and what varies in it. It is plain data: it
 * passes entry points, threads and files as it is, and becomes a text only where somebody reads it.
 */
export interface Message {
  readonly code: string
  readonly values: Readonly<Record<string, Value>>
}

/**
 * What varies: a text of its own (a name, a path, what a library said), a number, another message, or several of them.
 */
export type Value = string | number | Message | readonly (string | number | Message)[]

const OneValue = v.union([v.string(), v.number(), v.lazy(() => Coded)])

const Coded: v.GenericSchema<Message> = v.strictObject({
  code: v.pipe(v.string(), v.maxLength(100)),
  values: v.record(v.string(), v.union([OneValue, v.array(OneValue)])),
})

/** What is said: a message, or a text that is the same in every language, such as what a library said. */
export type Said = Message | string

/** The same where it comes through an entry point. */
export const Said: v.GenericSchema<Said> = v.union([v.string(), Coded])

/** What went wrong, and the way out. */
export const Problem = v.object({ message: Said, hint: Said })
export type Problem = v.InferOutput<typeof Problem>

/** Whether something that came through an entry point or out of a file is a message. */
export function isMessage(value: unknown): value is Message {
  return v.is(Coded, value)
}
