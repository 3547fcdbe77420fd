import type { Random } from '../../random/random.ts'

/** A recording on its way into a batch: `values` is `[frames, channels]`; `names` are the channels'. */
export interface Piece {
  values: Float32Array
  names: readonly string[]
}

/** Changes a piece as a person's hand or a pen might have. Returns `[frames, channels]`, perhaps of another length. */
export type Change = (piece: Piece, random: Random) => Float32Array
