import type { Handlers } from '../../shared/api.ts'
import { isWordList, WORD_LISTS, wordList } from './lists.ts'

/** Lists of prompts that ship with the app. */
export function wordHandlers() {
  return {
    'prompts.lists': () =>
      Object.entries(WORD_LISTS).flatMap(([id, name]) => (isWordList(id) ? [{ id, name, prompts: wordList(id) }] : [])),
  } satisfies Partial<Handlers>
}
