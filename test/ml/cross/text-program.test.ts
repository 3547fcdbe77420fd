import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { textContrastive, type TextContrastiveConfig } from '../../../src/main/ml/cross/text-program.ts'
import type { NamedTensors, TensorBatch } from '../../../src/main/compute/engine/types.ts'
import { namedConfig } from '../../../src/main/ml/models/index.ts'
import { someValues } from './gradient-check.ts'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

const config: TextContrastiveConfig = {
  pen: { ...namedConfig('small', { channels: 3, classes: 5 }), dropout: 0 },
  penLayer: 'lstm',
  size: 8,
  letter: 6,
  errors: 1,
}
const mode = { training: true, seed: 1, rowOffset: 0 }
const batch = (): TensorBatch => ({
  rows: 3,
  totalRows: 3,
  x: someValues([3, 24, 3]) as tf.Tensor3D,
  lengths: Int32Array.of(24, 24, 20),
  labels: [[1, 2], [3, 1], [4]],
  extra: {
    text: tf.tensor2d(
      [
        [1, 2],
        [3, 1],
        [4, 0],
      ],
      [3, 2],
      'int32',
    ),
    textLengths: tf.tensor1d([2, 2, 1], 'int32'),
    spoilt: tf.tensor3d(
      [
        [
          [1, 2, 3],
          [1, 0, 0],
        ],
        [
          [3, 0, 0],
          [3, 2, 0],
        ],
        [
          [4, 4, 0],
          [2, 0, 0],
        ],
      ],
      [3, 2, 3],
      'int32',
    ),
    spoiltLengths: tf.tensor2d(
      [
        [3, 1],
        [1, 2],
        [2, 1],
      ],
      [3, 2],
      'int32',
    ),
    weight: tf.ones([3]),
    group: tf.tensor1d([0, 1, 2], 'int32'),
  },
})

function reached(part: string): string[] {
  const program = textContrastive(config)
  const { weights, state } = program.initial(4)
  const names = Object.keys(weights)
  const values = names.map((name) => tf.tensor(weights[name]!.values, [...weights[name]!.shape]))
  const kept = Object.fromEntries(
    Object.entries(state).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
  )
  const of = (given: tf.Tensor[]): tf.Scalar => {
    const all: NamedTensors = { ...kept, ...Object.fromEntries(given.map((value, i) => [names[i]!, value])) }
    return tf.addN([
      program.loss(all, batch(), mode).parts![part]!,
      ...given.map((value) => tf.mul(tf.sum(value), 0) as tf.Scalar),
    ])
  }
  const gradients = tf.grads((...given) => of(given))(values)
  return [
    ...new Set(
      names
        .filter((_, i) => tf.norm(gradients[i]!).dataSync()[0]! > 1e-7)
        .map((name) =>
          name
            .split('.')
            .slice(0, name.startsWith('cross') ? 2 : 1)
            .join('.'),
        ),
    ),
  ].sort()
}

describe('contrast against texts', () => {
  test("the contrastive losses reach the pen's network up to the embedded layer and the text branch, the task loss only the pen's", () => {
    const backbone = ['conv0', 'conv1', 'lstm0', 'norm0', 'norm1']
    const text = ['cross.letters', 'cross.logScale', 'cross.lstm0', 'cross.pen', 'cross.text']
    expect(reached('cross')).toEqual([...backbone, ...text].sort())
    expect(reached('errors')).toEqual([...backbone, ...text].sort())
    expect(reached('task')).toEqual(['classes', ...backbone, 'dense'].sort())
  })

  test('a network for single labels is refused', () => {
    expect(() => textContrastive({ ...config, pen: { ...config.pen, head: 'class' } })).toThrow(/reads words/)
  })
})
