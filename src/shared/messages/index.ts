import { catalogue } from './en/index.ts'
import { renderer } from './render.ts'
import type { Message, Value } from './message.ts'

export { isMessage, type Message, type Value } from './message.ts'

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

/** A message in English, as the log and the terminal have it. */
export const english = renderer(catalogue, 'en')
