import type { ReadWord } from './api/recognition.ts'

/** Words after an earlier text: a space or a new line before each, as they were written; every time of reading begins a line. */
export function textOf(words: readonly Pick<ReadWord, 'text' | 'before'>[], earlier = ''): string {
  return earlier + words.map(({ text, before }, at) => (earlier === '' && at === 0 ? '' : partingOf(before)) + text).join('')
}

/** What stands between a word and the one before it. */
export function partingOf(before: ReadWord['before']): string {
  return before === 'space' ? ' ' : '\n'
}
