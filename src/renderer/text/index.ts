import { de } from './de/index.ts'
import type { en as english } from './en/index.ts'
import { en } from './en/index.ts'
import type { Language } from '../../shared/api/system.ts'
import { spoken } from './language.svelte.ts'

/** What a language must say: the shape of the English text. */
export type Texts = typeof english

export const texts: Record<Language, Texts> = { en, de }

/** The window's words in the language that is spoken now; where they are read in a template, they follow its change. */
export const t: Texts = new Proxy(en, { get: (_, section) => Reflect.get(texts[spoken.now], section) as unknown })
