/** Words with their shares of running text: the lists that ship, made by scripts/lexicon.mjs. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { resource } from '../files/paths.ts'
import type { Language } from '../../shared/api/recognition.ts'

export interface WeighedWord {
  word: string
  /** Share of running text, 0 to 1. */
  share: number
}

/** The share of a word at a place of the Zipf scale: log10 of how often it occurs in a billion words. */
export function shareAt(zipf: number): number {
  return 10 ** (zipf - 9)
}

const loaded = new Map<Language, Buffer>()

/** The words of a language, one after another, the most frequent first. */
export function* frequencyList(language: Language): Generator<WeighedWord> {
  for (const line of listOf(language).toString('utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const [zipf, ...words] = line.split(' ')
    const share = shareAt(Number(zipf))
    for (const word of words) yield { word, share }
  }
}

/** Whether a list has a word as it is spelled, or without the capital that it begins with. */
export function isListed(word: string, languages: readonly Language[]): boolean {
  const forms = new Set([word, word.charAt(0).toLocaleLowerCase('und') + word.slice(1)])
  return languages.some((language) =>
    [...forms].some((form) => [' ', '\n'].some((end) => listOf(language).includes(` ${form}${end}`))),
  )
}

/** A list as bytes, which are searched in a millisecond. */
function listOf(language: Language): Buffer {
  let list = loaded.get(language)
  if (list === undefined) {
    list = gunzipSync(readFileSync(resource('lexicon', `${language}.txt.gz`)))
    loaded.set(language, list)
  }
  return list
}
