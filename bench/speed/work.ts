import { instantiateKernels } from '../../src/main/compute/kernels/wasm/module.ts'
import type { ModelConfig } from '../../src/main/ml/models/index.ts'

/** Floating-point operations (a multiplication and an addition are two) of the matrix products on these rows. */
export function flops(config: ModelConfig, lengths: Int32Array): { forward: number; step: number } {
  let forward = 0
  let first = 0
  for (const length of lengths) {
    const own = rowFlops(config, length)
    forward += own.reduce((sum, layer) => sum + layer, 0)
    first += own[0]!
  }
  // Backwards each product is done twice more, for its input and for its weights; the network's input needs none.
  return { forward, step: 3 * forward - first }
}

/** One entry for each layer, in order. */
function rowFlops(config: ModelConfig, length: number): number[] {
  const layers: number[] = []
  let frames = length
  let inputs = config.channels
  const product = (k: number, n: number) => layers.push(2 * frames * k * n)
  if (config.kind === 'ott') {
    for (let block = 0; block < config.blocks; block++) {
      product(config.kernel * inputs, config.filters)
      frames = Math.floor(frames / 2)
      inputs = config.filters
    }
  } else {
    for (const width of config.widths) {
      frames = Math.floor(frames / 2)
      product(2 * inputs, width)
      for (let block = 0; block < config.depth; block++) product(config.expand * width, width)
      inputs = width
    }
  }
  for (let layer = 0; layer < config.layers; layer++) {
    product(inputs + config.hidden, 8 * config.hidden)
    inputs = 2 * config.hidden
  }
  if (config.kind === 'ott') {
    product(inputs, config.dense)
    inputs = config.dense
  }
  product(inputs, config.classes)
  return layers
}

/** Rate of the matrix kernel on one core, in GFLOP/s: the best of several convolutions that fit the cache. */
export function matrixRate(): number {
  const memory = new WebAssembly.Memory({ initial: 256 })
  const kernels = instantiateKernels(memory)
  const [time, inputs, outputs] = [120, 256, 256]
  const floats = time * inputs
  const lengths = 64
  new Int32Array(memory.buffer)[lengths / 4] = time
  new Float32Array(memory.buffer, 1024, 4 * floats + inputs * outputs).fill(0.5)
  const [x, y, kernel] = [1024, 1024 + 4 * floats, 1024 + 8 * floats]
  const scratch = kernel + 4 * inputs * outputs + 1024
  let best = Infinity
  for (let i = 0; i < 400; i++) {
    const start = performance.now()
    kernels.conv(1, time, inputs, outputs, 1, 1, 0, time, lengths, lengths, x, kernel, 0, y, scratch)
    best = Math.min(best, performance.now() - start)
  }
  return (2 * time * inputs * outputs) / best / 1e6
}
