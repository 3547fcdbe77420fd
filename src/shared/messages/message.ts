import * as v from 'valibot'

/**
 * What the host says to people: a code that each language has a text for, and what varies in it. It is plain data: it passes
 * doors, threads and files as it is, and becomes a text only where somebody reads it.
 */
export interface Message {
  readonly code: string
  readonly values: Readonly<Record<string, Value>>
}

/** What varies: a text of its own (a name, a path, what a library said), a number, another message, or several of them. */
export type Value = string | number | Message | readonly (string | number | Message)[]

const OneValue = v.union([v.string(), v.number(), v.lazy(() => Message)])

const Message: v.GenericSchema<Message> = v.strictObject({
  code: v.pipe(v.string(), v.maxLength(100)),
  values: v.record(v.string(), v.union([OneValue, v.array(OneValue)])),
})

/** Whether something that came through a door or out of a file is a message. */
export function isMessage(value: unknown): value is Message {
  return v.is(Message, value)
}
