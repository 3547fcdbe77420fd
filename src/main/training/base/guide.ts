import type { VirtualRecording } from '../../simulator/simulate.ts'
import type { ModelConfig } from '../../ml/models/index.ts'
import { middlesExtra } from '../../ml/programs/middles.ts'
import type { Guide, TrainingJob } from '../types.ts'

/**
 * Where the letters of each recording are, in the order of their ids: the middle of each as a share of the recording.
 */
export type Middles = (number | null)[][]

/** The share of the epochs over which the letters' places are told, less and less. */
const GUIDED = 0.6

/** The middle of each letter of a simulated word, as a share of the recording. */
export function letterMiddles({ letters, signal }: Pick<VirtualRecording, 'letters' | 'signal'>): Middles[number] {
  return letters.map((letter) => letter && (letter.start + letter.stop) / 2 / signal.frames)
}

/** Tells a training where the letters of its recordings are, by their ids. */
export function guidedBy(middles: ReadonlyMap<number, Middles[number]>): NonNullable<TrainingJob['guide']> {
  return ({ selection }) => guideFor(selection.model, middles)
}

/** Tells a recogniser where the letters of the recordings are, by their ids; towards the end it has to do without. */
export function guideFor(model: ModelConfig, middles: ReadonlyMap<number, Middles[number]>): Guide {
  return {
    program: { name: 'aligned-recogniser', config: { model } },
    extras(examples, { epoch, epochs }) {
      const weight = Math.max(0, 1 - epoch / (GUIDED * epochs))
      if (weight === 0) return {}
      return {
        middles: middlesExtra(examples.map(({ id, target }) => middles.get(id) ?? target.map(() => null))),
        guidance: { shape: [examples.length], values: new Float32Array(examples.length).fill(weight) },
      }
    },
  }
}
