import type { NamedArrays } from '../../compute/engine/types.ts'
import { hash32 } from '../../compute/ops/hash.ts'

/** Collects freshly drawn weights by name. The same seed and name give the same values, whatever else is drawn. */
export class InitialWeights {
  readonly arrays: NamedArrays = {}
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed
  }

  /**
   * Uniform in ±1/sqrt(fanIn), `times` of them added up: PyTorch's default for convolutions, dense layers and LSTMs.
   */
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

export function initialConv(into: InitialWeights, name: string, width: number, inputs: number, outputs: number): void {
  into.uniform(`${name}.kernel`, [width, inputs, outputs], width * inputs)
  into.uniform(`${name}.bias`, [outputs], width * inputs)
}

export function initialDense(into: InitialWeights, name: string, inputs: number, outputs: number): void {
  into.uniform(`${name}.weight`, [inputs, outputs], inputs)
  into.uniform(`${name}.bias`, [outputs], inputs)
}

export function initialNorm(into: InitialWeights, name: string, channels: number): void {
  into.constant(`${name}.gamma`, channels, 1)
  into.constant(`${name}.beta`, channels, 0)
}

/** Layers `lstm0`, `lstm1`, … of two directions each. */
export function initialBilstm(into: InitialWeights, inputs: number, hidden: number, layers: number): void {
  for (let layer = 0; layer < layers; layer++) {
    for (const direction of ['forward', 'backward']) {
      const name = `lstm${layer}.${direction}`
      into.uniform(`${name}.input`, [layer === 0 ? inputs : 2 * hidden, 4 * hidden], hidden)
      into.uniform(`${name}.recurrent`, [hidden, 4 * hidden], hidden)
      into.uniform(`${name}.bias`, [4 * hidden], hidden, 2)
    }
  }
}
