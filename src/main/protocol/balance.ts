import { symbols } from '../../shared/text.ts'

/**
 * Chooses `count` prompts whose letters come as evenly as can be: one after the other the prompt that adds most to
 * letters that are still rare. A letter that was written n times is worth 1 / (n + 1), and the worth of a prompt is its
 * letters' mean, so that long prompts are not preferred for their length. Ties go to the earlier prompt.
 */
export function balancedByLetters(prompts: readonly string[], count: number): string[] {
  const written = new Map<string, number>()
  const left = prompts.map((prompt) => ({ prompt, letters: symbols(prompt).filter((letter) => letter.trim() !== '') }))
  const chosen: string[] = []
  while (chosen.length < count && left.length > 0) {
    let best = 0
    let bestWorth = -1
    left.forEach(({ letters }, i) => {
      const worth = worthOf(letters, written)
      if (worth > bestWorth) [best, bestWorth] = [i, worth]
    })
    const [{ prompt, letters }] = left.splice(best, 1) as [{ prompt: string; letters: string[] }]
    for (const letter of letters) written.set(letter, (written.get(letter) ?? 0) + 1)
    chosen.push(prompt)
  }
  return chosen
}

function worthOf(letters: readonly string[], written: ReadonlyMap<string, number>): number {
  const here = new Map<string, number>()
  let worth = 0
  for (const letter of letters) {
    const before = (written.get(letter) ?? 0) + (here.get(letter) ?? 0)
    worth += 1 / (before + 1)
    here.set(letter, (here.get(letter) ?? 0) + 1)
  }
  return letters.length === 0 ? 0 : worth / letters.length
}

/** How often each letter comes in some prompts, most frequent first. */
export function letterCounts(prompts: readonly string[]): { letter: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const prompt of prompts)
    for (const letter of symbols(prompt)) if (letter.trim() !== '') counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return [...counts]
    .map(([letter, count]) => ({ letter, count }))
    .sort((a, b) => b.count - a.count || (a.letter < b.letter ? -1 : 1))
}
