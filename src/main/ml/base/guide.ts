import { middlesExtra } from '../programs/aligned.ts'
import type { TrainingJob } from '../train/types.ts'
import type { Middles } from './corpus.ts'

/** The share of the epochs over which the letters' places are told, less and less. */
const GUIDED = 0.6

/** Tells the recogniser where the letters of the recordings are, by their ids; towards the end it has to do without. */
export function guidedBy(middles: ReadonlyMap<number, Middles[number]>): NonNullable<TrainingJob['guide']> {
  return ({ selection }) => ({
    program: { name: 'aligned-recogniser', config: { model: selection.model } },
    extras(examples, { epoch, epochs }) {
      const weight = Math.max(0, 1 - epoch / (GUIDED * epochs))
      if (weight === 0) return {}
      return {
        middles: middlesExtra(examples.map(({ id, target }) => middles.get(id) ?? target.map(() => null))),
        guidance: { shape: [examples.length], values: new Float32Array(examples.length).fill(weight) },
      }
    },
  })
}
