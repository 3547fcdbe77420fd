import type { Language } from '../../shared/api/system.ts'
import { english, type Message, type Said } from '../../shared/messages/index.ts'
import { renderer } from '../../shared/messages/render.ts'
import { catalogue } from './de/host/index.ts'
import { sentences } from './de/sentences/index.ts'
import { spoken } from './language.svelte.ts'
import { translator } from './sentences.ts'

const from: Record<Language, (said: string) => string> = { en: (said) => said, de: translator(sentences) }
const rendered: Record<Language, (said: Message) => string> = { en: english, de: renderer(catalogue, 'de', from.de) }

/**
 * What the host told, in the language that is spoken now: a message by its code, or one of the English sentences that
 * are the keys of `de/sentences/`. Wrap whatever it sends for people: problems, reasons, verdicts, findings.
 */
export function hostMessage(said: Said): string {
  return typeof said === 'string' ? from[spoken.now](said) : rendered[spoken.now](said)
}
