import type { ModelSignature } from '../data/types.ts'
import { decodeGreedy, likeliest } from './greedy.ts'

/** A letter (or a whole label) that was read, with its probability of 0 to 1. */
export interface ReadLetter {
  text: string
  probability: number
}

export interface ReadText {
  text: string
  /** Mean probability of the letters, 0 to 1; 0 where nothing was read. */
  confidence: number
  letters: ReadLetter[]
}

/**
 * What a network's logits say, greedily, for one row: `[rows, frames, outputs]` with `frames` valid ones for words,
 * `[rows, outputs]` for single labels.
 */
export function textOf(
  { task, classes }: Pick<ModelSignature, 'task' | 'classes'>,
  logits: { shape: readonly number[]; values: Float32Array },
  row: number,
  frames: number | undefined,
): ReadText {
  const outputs = logits.shape.at(-1)!
  if (task === 'classes') {
    const { best, probability } = likeliest(logits.values, row * outputs, outputs)
    const text = classes[best]!
    return { text, confidence: probability, letters: [{ text, probability }] }
  }
  const time = logits.shape[1]!
  const own = logits.values.subarray(row * time * outputs, (row + 1) * time * outputs)
  const decoded = decodeGreedy({ logits: own, frames: frames ?? time, classes: outputs, blank: 0 })
  const letters = decoded.letters.map(({ symbol, probability }) => ({ text: classes[symbol - 1]!, probability }))
  return { text: letters.map(({ text }) => text).join(''), confidence: decoded.confidence, letters }
}
