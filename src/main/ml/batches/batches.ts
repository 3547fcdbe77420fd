import type { Augmentation } from '../../../shared/api/training.ts'
import { present } from '../augment/augment.ts'
import { KeyedRandom, textKey } from '../../random/keyed.ts'
import type { Example, ModelSignature } from '../data/types.ts'
import type { Batch } from '../../compute/engine/types.ts'

const ORDER = textKey('order')
const PRESENT = textKey('present')

/** Lengths are compared after stretching each by up to this share, so that neighbours change from epoch to epoch. */
const JITTER = 0.15

/**
 * Shares examples out over batches of similar length, in an order that depends on the seed and the epoch alone.
 * Every example is in exactly one batch; all batches but one are full.
 */
export function fillBatches(examples: readonly Example[], size: number, seed: number, epoch: number): Example[][] {
  const random = new KeyedRandom(seed, ORDER, epoch)
  const keyed = examples.map((example) => ({ example, length: example.frames * (1 + random.between(-JITTER, JITTER)) }))
  keyed.sort((a, b) => a.length - b.length)
  return random.shuffled(
    inRuns(
      keyed.map(({ example }) => example),
      size,
    ),
  )
}

/** Batches for reading: similar lengths, in order, nothing drawn. */
export function orderedBatches<T extends { frames: number }>(examples: readonly T[], size: number): T[][] {
  return inRuns(
    [...examples].sort((a, b) => a.frames - b.frames),
    size,
  )
}

function inRuns<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
}

/** How examples are presented while training; without it as they are. */
export interface Presentation {
  augmentations: readonly Augmentation[]
  seed: number
  epoch: number
  /** Input frames that one output frame stands for: bounds how far a recording may be sped up. */
  reduction: number
}

/** Examples as one batch: augmented if asked for, normalised, padded with zeros to the longest. */
export function batchOf(
  examples: readonly Example[],
  signature: Pick<ModelSignature, 'channels' | 'minimumFrames' | 'normalisation'>,
  how?: Presentation,
): Batch {
  const pieces = examples.map((example) => {
    const random = new KeyedRandom(how?.seed ?? 0, PRESENT, how?.epoch ?? 0, example.id)
    const least = how ? 2 * example.target.length * how.reduction : 0
    return present(
      { values: example.values, names: signature.channels },
      how?.augmentations ?? [],
      random,
      least,
      signature.normalisation,
    )
  })
  return { ...padded(pieces, signature), labels: examples.map(({ target }) => target) }
}

/**
 * Pieces `[frames, channels]` of different lengths in one block, zero behind each.
 * A piece shorter than `minimumFrames` counts as that long: the zeros behind it are a pen at rest.
 */
export function padded(
  pieces: readonly Float32Array[],
  { channels, minimumFrames }: Pick<ModelSignature, 'channels' | 'minimumFrames'>,
): Omit<Batch, 'labels'> {
  const width = channels.length
  const lengths = Int32Array.from(pieces, (piece) => Math.max(minimumFrames, piece.length / width))
  const time = lengths.reduce((longest, length) => Math.max(longest, length), 0)
  const x = new Float32Array(pieces.length * time * width)
  pieces.forEach((piece, row) => x.set(piece, row * time * width))
  return { rows: pieces.length, time, channels: width, x, lengths }
}
