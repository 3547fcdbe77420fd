import type { EmbeddingFrame, EmbeddingPicture } from '../../../../shared/api/embedding.ts'

/** How many recordings of a word there are, and how many of them lie nearest to their own word's pictures. */
export interface WordTally {
  recordings: number
  right: number
}

/** By word, in the picture's order. */
export function tallyOf({ words, points }: EmbeddingPicture, { nearest }: EmbeddingFrame): WordTally[] {
  const tallies = words.map((): WordTally => ({ recordings: 0, right: 0 }))
  points.forEach(({ side, word }, at) => {
    const other = nearest[at]
    if (side !== 'pen' || other === null || other === undefined) return
    const tally = tallies[word]!
    tally.recordings++
    if (points[other]!.word === word) tally.right++
  })
  return tallies
}
