import { symbols } from '../../shared/text.ts'
import { balancedByLetters } from '../protocol/balance.ts'

/** Words to write, and which letters of the model they hold. */
export interface Enrolment {
  prompts: string[]
  covered: string
  missing: string
}

/**
 * Chooses `count` real words that cover as much of an alphabet as can be: one after the other the word with most
 * letters that are not covered yet (greedy set cover, at most a factor ln n from the best: Chvátal 1979); once no word
 * adds a letter, those that make letters come most evenly. Words with other letters, and those in `avoid`, are not
 * chosen.
 */
export function coverAlphabet(
  words: readonly string[],
  alphabet: readonly string[],
  count: number,
  avoid: ReadonlySet<string> = new Set(),
): Enrolment {
  const known = new Set(alphabet)
  const left = words.filter((word) => !avoid.has(word) && symbols(word).every((letter) => known.has(letter)))
  const open = new Set(alphabet)
  const prompts: string[] = []
  while (prompts.length < count && open.size > 0) {
    const gains = left.map((word) => new Set(symbols(word).filter((letter) => open.has(letter))).size)
    const most = Math.max(0, ...gains)
    if (most === 0) break
    const [word] = left.splice(gains.indexOf(most), 1) as [string]
    for (const letter of symbols(word)) open.delete(letter)
    prompts.push(word)
  }
  prompts.push(...balancedByLetters(left, count - prompts.length))
  return { prompts, ...coverage(prompts, alphabet) }
}

/** Which letters of an alphabet some labels hold, and which they do not. */
export function coverage(labels: readonly string[], alphabet: readonly string[]): { covered: string; missing: string } {
  const held = new Set(labels.flatMap(symbols))
  return {
    covered: alphabet.filter((letter) => held.has(letter)).join(''),
    missing: alphabet.filter((letter) => !held.has(letter)).join(''),
  }
}
