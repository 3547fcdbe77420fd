import type { LongAxis } from '../../../shared/api/devices.ts'
import { findLongAxis } from '../../ml/data/long-axis.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'
import { resample } from '../../signal/resample.ts'
import { readLetters, type LetterSet } from '../letters/recordings.ts'
import { altered, type Alteration } from './altered.ts'
import type { Samples } from './course.ts'
import { posed, type Way } from './ways.ts'

/**
 * A set of single characters, once as evenly spaced samples; examples are made of them in the way that is asked for.
 */
export interface RollSet {
  signature: ModelSignature
  axis: LongAxis | null
  examples(way: Way, alteration?: Alteration): Example[]
}

/**
 * Reads a set that has gravity. The long axis is found from all of its recordings, labels unseen: it belongs to the
 * board and not to a writer. Throws what `readLetters` throws.
 */
export async function readRollSet(folder: string, set: LetterSet): Promise<RollSet> {
  const samples = new Map<number, Samples>()
  let at = 0
  const { signature, examples } = await readLetters(folder, set, (signal) => {
    const { values, channels } = resample(signal, set.rateHz)
    samples.set(++at, { values, channels, rateHz: set.rateHz })
    return values
  })
  const axis = findLongAxis([...samples.values()])?.axis ?? null
  const made = new Map<string, Example[]>()
  return {
    signature,
    axis,
    examples(way, alteration) {
      const key = `${way} ${alteration ?? ''}`
      const known = made.get(key)
      if (known) return known
      const all = examples.map((example): Example => {
        const plain = samples.get(example.id)!
        const values = posed(alteration ? altered(plain, alteration) : plain, way, axis)!
        return { ...example, values, frames: values.length / signature.channels.length }
      })
      made.set(key, all)
      return all
    },
  }
}
