import { LANGUAGES, type Language, type Preferences } from './api/system.ts'

/** The language to speak: the one asked for, or the first that the system prefers and that is spoken, or English. */
export function languageFor(choice: Preferences['language'], preferred: readonly string[]): Language {
  if (choice !== 'system') return choice
  return preferred.map(languageOf).find((language) => language !== undefined) ?? 'en'
}

/** The language of a tag such as `de-AT`; undefined where it is none that is spoken. */
export function languageOf(tag: string): Language | undefined {
  const [language] = tag.toLowerCase().split('-')
  return LANGUAGES.find((known) => known === language)
}
