import type { TensorInfo } from '@tensorflow/tfjs'

/** A packed copy of a matrix `[rows, columns]` with a bias. */
interface Packed {
  bias: object | undefined
  rows: number
  columns: number
  /** 0 for one that was seen, but not packed yet. */
  address: number
}

/** How to make a packed copy and give its memory back. */
export interface Packing {
  pack(weight: TensorInfo, bias: TensorInfo | undefined, rows: number, columns: number): number
  free(address: number): void
}

/**
 * Weights in the order in which the matrix kernel reads them. They are packed at their second use, and kept for as long
 * as their tensors live: reading word after word packs once, while training, where each step has new weights that are
 * used once, keeps nothing.
 */
export class PackedWeights {
  readonly #packing: Packing
  readonly #seen = new Map<object, Packed>()

  constructor(packing: Packing) {
    this.#packing = packing
  }

  /** Where the packed copy lies; 0 where there is none, and the kernel has to pack for itself. */
  address(weight: TensorInfo, bias: TensorInfo | undefined, rows: number, columns: number): number {
    const seen = this.#seen.get(weight.dataId)
    if (!seen) {
      this.#seen.set(weight.dataId, { bias: bias?.dataId, rows, columns, address: 0 })
      return 0
    }
    if (seen.bias !== bias?.dataId || seen.rows !== rows || seen.columns !== columns) return 0
    if (seen.address === 0) seen.address = this.#packing.pack(weight, bias, rows, columns)
    return seen.address
  }

  /** Forgets what was kept for a tensor that is gone. */
  forget(dataId: object): void {
    const seen = this.#seen.get(dataId)
    if (!seen) return
    this.#seen.delete(dataId)
    if (seen.address !== 0) this.#packing.free(seen.address)
  }
}
