import type { Language } from '../../shared/api/system.ts'
import { sentences } from './de/host/index.ts'
import { spoken } from './language.svelte.ts'
import { translator } from './sentences.ts'

const from: Record<Language, (said: string) => string> = { en: (said) => said, de: translator(sentences) }

/**
 * What the host told, in the language that is spoken now. The host speaks English, in its log as in its answers; its
 * sentences are the keys of `de/host/`. Wrap whatever it sends for people: problems, reasons, verdicts, findings.
 */
export function told(said: string): string {
  return from[spoken.now](said)
}
