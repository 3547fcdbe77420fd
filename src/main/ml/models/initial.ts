import type { NamedArrays } from '../engine/types.ts'
import { hash32 } from '../ops/composite/dropout.ts'

/** Collects freshly drawn weights by name. The same seed and name give the same values, whatever else is drawn. */
export class InitialWeights {
  readonly arrays: NamedArrays = {}
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed
  }

  /** Uniform in ±1/sqrt(fanIn), `times` of them added up: PyTorch's default for convolutions, dense layers and LSTMs. */
  uniform(name: string, shape: number[], fanIn: number, times = 1): void {
    const bound = 1 / Math.sqrt(fanIn)
    const key = [...name].reduce((hash, letter) => hash32(hash + letter.charCodeAt(0)), hash32(this.#seed))
    const size = shape.reduce((product, extent) => product * extent, 1)
    const values = new Float32Array(size)
    for (let draw = 0; draw < size * times; draw++) {
      values[Math.floor(draw / times)]! += ((hash32(key + draw) >>> 0) / 2 ** 31 - 1) * bound
    }
    this.arrays[name] = { shape, values }
  }

  constant(name: string, size: number, value: number): void {
    this.arrays[name] = { shape: [size], values: new Float32Array(size).fill(value) }
  }
}
