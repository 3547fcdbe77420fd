import { catalogue } from './en/index.ts'
import { renderer } from './render.ts'
import { isMessage, type Message, type Said, type Value } from './message.ts'

export { isMessage, Problem, Said, type Message, type Value } from './message.ts'

/** Every code with what is said in English. */
export type English = typeof catalogue
export type Code = keyof English

/** The names of what varies in a text. */
type Places<Text extends string> = Text extends `${string}{${infer Place}}${infer Rest}`
  ? (Place extends `${infer Name}:${string}` ? Name : Place) | Places<Rest>
  : never

/** What a code needs to become a text. */
export type ValuesOf<C extends Code> = { readonly [Name in Places<English[C]>]: Value }

/** A message by its code, with what varies in it. */
export function say<C extends Code>(
  code: C,
  ...[values]: [Places<English[C]>] extends [never] ? [] : [ValuesOf<C>]
): Message {
  return { code, values: values ?? {} }
}

const rendered = renderer(catalogue, 'en')

/** What is said in English, as the log and the terminal have it. */
export function english(said: Said): string {
  return typeof said === 'string' ? said : rendered(said)
}

/** Puts every message that data hold into English, for a reader that speaks no other language. */
export function inEnglish<T>(data: T): T {
  const turn = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (isMessage(value)) return english(value)
    if (Array.isArray(value)) return value.map(turn)
    if (Object.getPrototypeOf(value) !== Object.prototype) return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, turn(one)]))
  }
  return turn(data) as T
}
