import type { CtcLogits, Decoded } from './types.ts'

/**
 * Greedy CTC decoding: the likeliest class of every frame, repeats merged, blanks dropped (Graves 2006, best path).
 * `logits` is `[frames, classes]` and need not be normalised; class `blank` is no letter.
 * A letter's probability is the highest that any of its frames gives it.
 */
export function decodeGreedy({ logits, frames, classes, blank }: CtcLogits): Decoded {
  const letters: Decoded['letters'] = []
  let previous = blank
  for (let frame = 0; frame < frames; frame++) {
    const { best, probability } = likeliest(logits, frame * classes, classes)
    if (best !== blank) {
      const last = letters.at(-1)
      if (best === previous && last) last.probability = Math.max(last.probability, probability)
      else letters.push({ symbol: best, probability, frame })
    }
    previous = best
  }
  return { letters, confidence: meanProbability(letters) }
}

/** The likeliest of `classes` logits from `offset` on, with its softmax probability. The first wins a tie. */
export function likeliest(
  logits: Float32Array,
  offset: number,
  classes: number,
): { best: number; probability: number } {
  let best = 0
  for (let k = 1; k < classes; k++) if (logits[offset + k]! > logits[offset + best]!) best = k
  let sum = 0
  for (let k = 0; k < classes; k++) sum += Math.exp(logits[offset + k]! - logits[offset + best]!)
  return { best, probability: 1 / sum }
}

function meanProbability(letters: Decoded['letters']): number {
  return letters.length === 0 ? 0 : letters.reduce((sum, letter) => sum + letter.probability, 0) / letters.length
}
