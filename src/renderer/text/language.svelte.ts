import type { Language, Preferences } from '../../shared/api/system.ts'
import { languageFor, languageOf } from '../../shared/language.ts'

/** The languages that the window speaks, in their own words. */
export const NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' }

/** Which language is spoken now. Texts, numbers and dates read it, so that whatever shows them follows at once. */
class Spoken {
  /** What the person asked for. */
  choice = $state<Preferences['language']>('system')
  /** What their system prefers, best first, as `navigator.languages` tells it. */
  preferred = $state.raw<readonly string[]>([])

  readonly now: Language = $derived(languageFor(this.choice, this.preferred))
  /** For numbers and dates: the variant of the language that the system names, such as `de-AT`. */
  readonly locale: string = $derived(this.preferred.find((tag) => languageOf(tag) === this.now) ?? this.now)
}

export const spoken = new Spoken()
