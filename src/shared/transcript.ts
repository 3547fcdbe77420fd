import type { ReadWord } from './api/recognition.ts'

type Written = Pick<ReadWord, 'text' | 'before' | 'doubtful' | 'readings'>

/** How many readings of a doubtful word stand in its place. */
export const OFFERED = 3
/** Stands for a word in which nothing was read. */
export const UNREAD = '…'

/**
 * A word as it is shown where it can be corrected: a doubtful one is not guessed, what it could be stands in its place.
 */
export function shownAs({ text, doubtful, readings }: Omit<Written, 'before'>): string {
  const options = doubtful ? readings.map((reading) => reading.text).filter((option) => option !== '') : []
  if (options.length > 1) return options.slice(0, OFFERED).join(' / ')
  if (text === '') return UNREAD
  return doubtful ? `${text} (?)` : text
}

/** A word as it goes on into other texts: the likeliest reading, not what else it could be. */
export function meantBy({ text }: Pick<Written, 'text'>): string {
  return text === '' ? UNREAD : text
}

/**
 * Words as they are meant, after an earlier text: a space or a new line before each, as they were written; every time
 * of reading begins a line.
 */
export function textOf(words: readonly Pick<Written, 'text' | 'before'>[], earlier = ''): string {
  return (
    earlier +
    words.map((word, at) => (earlier === '' && at === 0 ? '' : partingOf(word.before)) + meantBy(word)).join('')
  )
}

/** What stands between a word and the one before it. */
export function partingOf(before: ReadWord['before']): string {
  return before === 'space' ? ' ' : '\n'
}
