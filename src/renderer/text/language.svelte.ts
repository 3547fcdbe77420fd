import { LANGUAGES, type Language, type Preferences } from '../../shared/api/system.ts'

/** The languages that the window speaks, in their own words. */
export const NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' }

/** Which language is spoken now. Texts, numbers and dates read it, so that whatever shows them follows at once. */
class Spoken {
  /** What the person asked for. */
  choice = $state<Preferences['language']>('system')
  /** What their system prefers, best first, as `navigator.languages` tells it. */
  preferred = $state.raw<readonly string[]>([])

  readonly now: Language = $derived(this.choice === 'system' ? firstSpoken(this.preferred) : this.choice)
  /** For numbers and dates: the variant of the language that the system names, such as `de-AT`. */
  readonly locale: string = $derived(this.preferred.find((tag) => languageOf(tag) === this.now) ?? this.now)
}

export const spoken = new Spoken()

function firstSpoken(tags: readonly string[]): Language {
  return tags.map(languageOf).find((language) => language !== undefined) ?? 'en'
}

function languageOf(tag: string): Language | undefined {
  const [language] = tag.toLowerCase().split('-')
  return LANGUAGES.find((known) => known === language)
}
