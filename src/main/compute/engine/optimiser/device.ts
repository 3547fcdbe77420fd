import * as tf from '@tensorflow/tfjs'
import { gradientNorm, moveWeights, type Stretch } from '../../kernels/webgpu/adamw.ts'
import { adamwFactors } from '../../ops/adamw.ts'
import { paddedSize, trainedRanges, type Range } from '../layout.ts'
import type { SharedNumbers } from '../memory.ts'
import type { LossSums, StepTask, ThreadSetup } from '../tasks.ts'
import type { Loss, NamedTensors } from '../types.ts'
import { diverged, type Optimiser, type Outcome } from './optimiser.ts'

/**
 * Weights, moments and state on the GPU, where they stay from step to step. AdamW moves all weights at once in one
 * block `[3, size]` (weights, first and second moments, laid out as in shared memory), from which each layer gets its
 * own copied. Of a step only the numbers for the record come back.
 */
export class DeviceOptimiser implements Optimiser {
  readonly #setup: ThreadSetup
  readonly #numbers: SharedNumbers
  readonly #tensors: NamedTensors = {}
  #block: tf.Tensor2D | undefined
  #version = -1

  constructor(setup: ThreadSetup, numbers: SharedNumbers) {
    this.#setup = setup
    this.#numbers = numbers
  }

  tensors(version: number): NamedTensors {
    if (version === this.#version) return this.#tensors
    const { weights, state } = this.#setup
    this.#block?.dispose()
    this.#block = tf.keep(tf.tensor2d(Float32Array.from(this.#numbers.trained), [3, weights.size]))
    this.#copyOut(weights.entries.map(({ name }) => name))
    for (const { name, shape, offset, size } of state.entries) {
      this.#keep(name, tf.tensor(Float32Array.from(this.#numbers.state.subarray(offset, offset + size)), [...shape]))
    }
    this.#version = version
    return this.#tensors
  }

  async step({ names, gradients, loss }: Outcome, { part, options, step }: StepTask): Promise<LossSums> {
    const joined = join(gradients)
    const norm = gradientNorm(joined, part.totalRows)
    try {
      const stretches = stretchesOf(trainedRanges(this.#setup.weights, options.frozen ?? []))
      moveWeights(this.#block!, stretches, {
        gradients: joined,
        rows: part.totalRows,
        norm,
        loss: loss.loss,
        clipNorm: options.clipNorm,
        factors: adamwFactors(options, step),
      })
      // The weights move without waiting for these, and go by the same numbers.
      const sums = await readNumbers(loss, norm)
      if (!Number.isFinite(sums.loss)) throw diverged(`the loss became ${sums.loss}`)
      if (!Number.isFinite(sums.gradientNorm)) throw diverged('the gradient is not a finite number')
      this.#copyOut(names)
      for (const [name, tensor] of Object.entries(loss.state ?? {})) this.#keep(name, tensor.clone())
      return sums
    } finally {
      tf.dispose([joined, norm])
    }
  }

  async publish(): Promise<void> {
    const { weights, state } = this.#setup
    for (let line = 0; line < 3; line++) {
      // Never the block itself: what was read of a tensor once is not read again.
      const copy = tf.slice(this.#block!, [line, 0], [1, weights.size])
      this.#numbers.trained.set((await copy.data()) as Float32Array, line * weights.size)
      copy.dispose()
    }
    for (const { name, offset } of state.entries)
      this.#numbers.state.set((await this.#tensors[name]!.data()) as Float32Array, offset)
  }

  dispose(): void {
    tf.dispose(Object.values(this.#tensors))
    this.#block?.dispose()
  }

  /** Gives these weights the tensors that the layers compute with. */
  #copyOut(names: readonly string[]): void {
    const wanted = new Set(names)
    for (const { name, shape, offset, size } of this.#setup.weights.entries) {
      if (wanted.has(name))
        this.#keep(
          name,
          tf.tidy(() => tf.reshape(tf.slice(this.#block!, [0, offset], [1, size]), [...shape])),
        )
    }
  }

  #keep(name: string, tensor: tf.Tensor): void {
    this.#tensors[name]?.dispose()
    this.#tensors[name] = tf.keep(tensor)
  }
}

/**
 * Gradients one behind the other, each filled up with zeros as far as its weights are in the block; disposes of them.
 */
function join(gradients: tf.Tensor[]): tf.Tensor1D {
  try {
    return tf.tidy(() =>
      tf.concat1d(
        gradients.flatMap((gradient) => {
          const spare = paddedSize(gradient.size) - gradient.size
          return [tf.reshape(gradient, [gradient.size]), ...(spare > 0 ? [tf.zeros([spare])] : [])] as tf.Tensor1D[]
        }),
      ),
    )
  } finally {
    tf.dispose(gradients)
  }
}

/** Where the gradients of each range begin, which follow each other without gaps. */
function stretchesOf(ranges: readonly Range[]): Stretch[] {
  let passed = 0
  return ranges.map(({ from, to }) => {
    const stretch = { from, count: to - from, gradients: passed }
    passed += to - from
    return stretch
  })
}

/** All numbers of a step, asked for at once. */
async function readNumbers({ loss, parts = {} }: Loss, norm: tf.Tensor1D): Promise<LossSums> {
  const joined = tf.tidy(() =>
    tf.concat1d([norm, loss, ...Object.values(parts)].map((tensor) => tf.reshape(tensor, [1]) as tf.Tensor1D)),
  )
  try {
    const [gradientNorm, sum, ...others] = (await joined.data()) as unknown as [number, number, ...number[]]
    return {
      loss: sum,
      gradientNorm,
      parts: Object.fromEntries(Object.keys(parts).map((name, index) => [name, others[index]!])),
    }
  } finally {
    joined.dispose()
  }
}
