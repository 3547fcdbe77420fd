import { KalamosError } from '../../../shared/errors.ts'
import type { Head } from '../models/index.ts'

/**
 * A small member of the family of gated fully convolutional text recognisers (GTR): a strided first convolution, then
 * blocks of [3 x 3 convolution to twice the channels, gate, instance norm, ELU], pooling after some of them; then for
 * words the mean over the height, for single labels the picture at four places across; one dense layer with ELU,
 * classes.
 */
export interface ImageConfig {
  kind: 'gated'
  /** Lines of a picture. */
  height: number
  /** Channels of the first convolution, which halves both sides. */
  stem: number
  /** Channels of each block. */
  blocks: readonly number[]
  /** Blocks that are followed by pooling in both directions. */
  pools: readonly number[]
  /** Size of the dense layer: the embedding. */
  features: number
  dropout: number
  /** Outputs; with the `ctc` head, class 0 is the blank. */
  classes: number
  head: Head
}

/**
 * Sizes by name: `words` reads with CTC and has a column for every four pixels, `letter` tells single pictures apart,
 * `tiny` is for tests.
 */
export function imageConfig(
  name: 'words' | 'letter' | 'tiny',
  { classes, head, height = 32 }: { classes: number; head: Head; height?: number },
): ImageConfig {
  const common = { kind: 'gated', height, classes, head } as const
  switch (name) {
    case 'words':
      return { ...common, stem: 16, blocks: [32, 48, 64, 96], pools: [1], features: 100, dropout: 0.2 }
    case 'letter':
      return { ...common, stem: 8, blocks: [16, 24, 32], pools: [0, 1], features: 64, dropout: 0.2 }
    case 'tiny':
      return { ...common, stem: 4, blocks: [8], pools: [0], features: 12, dropout: 0 }
  }
}

/** How many columns of pixels become one output frame. */
export function columnReduction({ pools }: Pick<ImageConfig, 'pools'>): number {
  return 2 ** (1 + pools.length)
}

/** Output frames for each picture's width; throws `invalid-input` where nothing would be left. */
export function outputColumns(config: ImageConfig, widths: Int32Array): Int32Array {
  const stemmed = widths.map((width) => Math.ceil(width / 2))
  const columns = config.pools.reduce((left) => left.map((width) => Math.floor(width / 2)), stemmed)
  const row = columns.indexOf(0)
  if (row >= 0)
    throw new KalamosError(
      'invalid-input',
      `picture ${row} is ${widths[row]} pixels wide; this network needs at least ${columnReduction(config)}`,
    )
  return columns
}
