import type { Augmentation } from '../../../shared/api/training.ts'
import { BY_RECORDING, normalise, type Normalisation } from '../data/normalise.ts'
import type { Random } from '../../random/random.ts'
import { blackout, drift, noise, scale, speckle } from './amplitude.ts'
import { rotate } from './rotate.ts'
import { tempo, warp } from './time.ts'
import type { Change, Piece } from './types.ts'

interface Step {
  name: Augmentation
  change: Change
  /** Share of recordings it is applied to. */
  probability: number
  /** Before the z-score in physical units, or after it in deviations. */
  on: 'physical' | 'normal'
}

/** All augmentations in the order in which they are applied. */
const STEPS: readonly Step[] = [
  { name: 'rotate', change: rotate, probability: 1, on: 'physical' },
  { name: 'tempo', change: tempo, probability: 1, on: 'physical' },
  { name: 'warp', change: warp, probability: 0.25, on: 'physical' },
  { name: 'scale', change: scale, probability: 1, on: 'normal' },
  { name: 'noise', change: noise, probability: 1, on: 'normal' },
  { name: 'speckle', change: speckle, probability: 0.25, on: 'normal' },
  { name: 'drift', change: drift, probability: 0.25, on: 'normal' },
  { name: 'blackout', change: blackout, probability: 0.25, on: 'normal' },
]

/** What `augment: true` stands for: measured to cut the writer-independent error on real letters from 38 % to 33 %. */
export { USUAL_AUGMENTATIONS } from '../../../shared/api/training.ts'

/** The augmentations of REWI (arXiv 2502.20954), each on a quarter of the recordings. */
export const REWI_AUGMENTATIONS: readonly Augmentation[] = ['speckle', 'drift', 'blackout', 'warp']

/**
 * A recording as a network sees it: augmented, and normalised per channel. Without augmentations only the latter.
 * Returns `[frames, channels]`; `piece.values` stays as it is. A change that would make the recording shorter than
 * `minimumFrames` is not made: its label could no longer be spelled.
 */
export function present(
  piece: Piece,
  chosen: readonly Augmentation[],
  random: Random,
  minimumFrames: number,
  how: Normalisation = BY_RECORDING,
): Float32Array {
  const { names } = piece
  const apply = (values: Float32Array, on: Step['on']): Float32Array =>
    STEPS.filter((step) => step.on === on && chosen.includes(step.name)).reduce((current, { change, probability }) => {
      if (!random.chance(probability)) return current
      const changed = change({ values: current, names }, random)
      return changed.length >= Math.min(current.length, minimumFrames * names.length) ? changed : current
    }, values)
  const physical = apply(piece.values.slice(), 'physical')
  normalise(physical, names.length, how)
  return apply(physical, 'normal')
}
