import type { Example } from '../data/types.ts'

/** A few words that everybody can tell apart, and enough recordings of each to see whether they lie together. */
const [WORDS, RECORDINGS] = [8, 8]

/** A word to look at, with recordings of it. */
export interface ShownWord {
  text: string
  examples: Example[]
}

/**
 * The words of held-out recordings to look at: those with most recordings, as many writers of each as possible.
 * Words that `canBeShown` denies, such as one that no font can draw, are passed over. Nothing is drawn by lot.
 */
export function chooseWords(heldOut: readonly Example[], canBeShown: (text: string) => boolean): ShownWord[] {
  const byText = Map.groupBy(heldOut, ({ label }) => label.normalize('NFC'))
  return [...byText]
    .sort(([a, as], [b, bs]) => bs.length - as.length || (a < b ? -1 : 1))
    .filter(([text]) => canBeShown(text))
    .slice(0, WORDS)
    .map(([text, examples]) => ({ text, examples: acrossWriters(examples).slice(0, RECORDINGS) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
}

/** The first recording of each writer, then the second ones, and so on. */
function acrossWriters(examples: readonly Example[]): Example[] {
  const byWriter = [
    ...Map.groupBy(
      [...examples].sort((a, b) => a.id - b.id),
      ({ writerId }) => writerId,
    ).values(),
  ]
  const most = byWriter.reduce((longest, own) => Math.max(longest, own.length), 0)
  return Array.from({ length: most }, (_, round) => byWriter.flatMap((own) => own.slice(round, round + 1))).flat()
}
