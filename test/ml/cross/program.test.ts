import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { crossModal, type CrossModalConfig } from '../../../src/main/ml/cross/program.ts'
import type { Mode, NamedTensors, TensorBatch } from '../../../src/main/compute/engine/types.ts'
import { imageConfig } from '../../../src/main/ml/image/config.ts'
import { namedConfig } from '../../../src/main/ml/models/index.ts'
import { recogniser } from '../../../src/main/ml/programs/recogniser.ts'
import { someValues } from './gradient-check.ts'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

const pen = { ...namedConfig('small', { channels: 3, classes: 5 }), dropout: 0 }
const config: CrossModalConfig = {
  pen,
  penLayer: 'lstm',
  image: imageConfig('tiny', { classes: 5, head: 'ctc', height: 16 }),
  imageLayer: 'features',
  imageNetwork: 'along',
  projection: 8,
  loss: 'triplet',
  distance: 'cosine',
}
const mode: Mode = { training: true, seed: 1, rowOffset: 0 }

function batchFor({ imageNetwork }: CrossModalConfig, weight = 1): TensorBatch {
  const size = imageNetwork === 'along' ? 16 : 12
  return {
    rows: 4,
    totalRows: 4,
    x: someValues([4, 24, 3]) as tf.Tensor3D,
    lengths: Int32Array.of(24, 24, 20, 16),
    labels: [[1, 2], [3, 1], [1, 2], [4]],
    extra: {
      positive: tf.abs(someValues([4, 20, size], 2)),
      positiveLengths: tf.tensor1d([20, 16, 18, 20], 'int32'),
      negative: tf.expandDims(tf.abs(someValues([4, 20, size], 3)), 1),
      negativeLengths: tf.tensor2d([20, 18, 20, 16], [4, 1], 'int32'),
      weight: tf.fill([4], weight),
      margin: tf.fill([4, 1], 1),
      group: tf.tensor1d([0, 1, 0, 2], 'int32'),
    },
  }
}

function start(config: CrossModalConfig): { trained: NamedTensors; state: NamedTensors } {
  const { weights, state } = crossModal(config).initial(5)
  const tensors = (arrays: typeof weights): NamedTensors =>
    Object.fromEntries(Object.entries(arrays).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]))
  return { trained: tensors(weights), state: tensors(state) }
}

/** Gradient of one part of the loss, by weight. */
function gradientsOf(
  config: CrossModalConfig,
  part: 'task' | 'cross' | 'image' | 'loss',
  batch = batchFor(config),
  how = mode,
): Record<string, tf.Tensor> {
  const { trained, state } = start(config)
  const names = Object.keys(trained)
  const of = (...values: tf.Tensor[]): tf.Scalar => {
    const weights = { ...state, ...Object.fromEntries(values.map((value, i) => [names[i]!, value])) }
    const { loss, parts } = crossModal(config).loss(weights, batch, how)
    return part === 'loss' ? loss : parts![part]!
  }
  // A part that does not depend on a weight has no gradient there at all, unless it is added to it with the factor
  // zero.
  const gradients = tf.grads((...values) =>
    tf.addN([of(...values), ...values.map((value) => tf.mul(tf.sum(value), 0) as tf.Scalar)]),
  )(Object.values(trained))
  return Object.fromEntries(gradients.map((gradient, i) => [names[i]!, gradient]))
}

/** Norm of the gradient of one part of the loss, by weight. */
function reach(...args: Parameters<typeof gradientsOf>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(gradientsOf(...args)).map(([name, gradient]) => [name, tf.norm(gradient).dataSync()[0]!]),
  )
}

const reached = (norms: Record<string, number>): string[] =>
  [
    ...new Set(
      Object.entries(norms).flatMap(([name, norm]) =>
        norm > 1e-7
          ? [name.split('.')[0] === 'cross' ? name.split('.').slice(0, 2).join('.') : name.split('.')[0]!]
          : [],
      ),
    ),
  ].sort()

describe('gradients of a cross-modal training', () => {
  test("the pen's task loss reaches the pen's network only", () => {
    expect(reached(reach(config, 'task'))).toEqual(['classes', 'conv0', 'conv1', 'dense', 'lstm0', 'norm0', 'norm1'])
  })

  test('the cross-modal loss reaches both networks up to the embedded layers, and the maps between', () => {
    const norms = reach(config, 'cross')
    expect(reached(norms)).toEqual(['conv0', 'conv1', 'cross.image', 'cross.pen', 'image', 'lstm0', 'norm0', 'norm1'])
    expect(norms['image.classes.weight']).toBe(0)
    expect(norms['image.features.weight']).toBeGreaterThan(0)
    expect(norms['image.stem.kernel']).toBeGreaterThan(0)
  })

  test("what lies behind an earlier layer of the pen's network is not reached", () => {
    expect(reached(reach({ ...config, penLayer: 'cnn0' }, 'cross'))).toEqual([
      'conv0',
      'cross.image',
      'cross.pen',
      'image',
      'norm0',
    ])
  })

  test("the image network's own task loss reaches the image network only", () => {
    expect(reached(reach(config, 'image'))).toEqual(['image'])
  })

  test('a frozen image network has no weights here that could change', () => {
    const frozen: CrossModalConfig = {
      ...config,
      imageNetwork: 'frozen',
      projection: null,
      penLayer: 'dense',
      pen: { ...pen, kind: 'ott', blocks: 2, filters: 16, kernel: 4, dense: 12 },
    }
    expect(
      Object.keys(start(frozen).trained).filter((name) => name.startsWith('image') || name.startsWith('cross')),
    ).toEqual([])
    expect(reached(reach(frozen, 'cross'))).toEqual(['conv0', 'conv1', 'dense', 'lstm0', 'norm0', 'norm1'])
  })

  test('with weight 0 the cross-modal loss changes nothing', () => {
    expect(reached(reach(config, 'cross', batchFor(config, 0)))).toEqual([])
    const plain = recogniser({ model: pen })
    const { trained, state } = start(config)
    const batch = batchFor(config, 0)
    const { loss } = plain.loss({ ...trained, ...state }, batch, mode)
    expect(
      crossModal(config)
        .loss({ ...trained, ...state }, batch, mode)
        .parts!['task']!.dataSync()[0],
    ).toBeCloseTo(loss.dataSync()[0]!, 5)
  })

  test.each(['contrastive', 'triplet'] as const)(
    'several negatives count as the mean of the %s losses with each of them',
    (loss) => {
      const frozen: CrossModalConfig = { ...config, loss, imageNetwork: 'frozen' }
      const { trained, state } = start(frozen)
      const crossOf = (change: NamedTensors): number => {
        const batch = batchFor(frozen)
        return crossModal(frozen)
          .loss({ ...trained, ...state }, { ...batch, extra: { ...batch.extra, ...change } }, mode)
          .parts!['cross']!.dataSync()[0]!
      }
      const one = batchFor(frozen).extra
      const other = {
        negative: tf.abs(someValues([4, 1, 20, 12], 9)),
        negativeLengths: tf.tensor2d([12, 20, 16, 20], [4, 1], 'int32'),
        margin: tf.fill([4, 1], 0.5),
      }
      const both = Object.fromEntries(
        Object.entries(other).map(([name, tensor]) => [name, tf.concat([one[name]!, tensor], 1)]),
      )
      expect(crossOf(both)).toBeCloseTo((crossOf({}) + crossOf(other)) / 2, 4)
    },
  )

  test.each(['contrastive', 'triplet'] as const)(
    'a step along the gradient of the %s loss brings positives nearer than negatives',
    (loss) => {
      const { trained, state } = start({ ...config, loss })
      const names = Object.keys(trained)
      const program = crossModal({ ...config, loss })
      const parts = (weights: NamedTensors): number[] => {
        const { parts } = program.loss({ ...state, ...weights }, batchFor(config), mode)
        return [parts!['positive']!.dataSync()[0]!, parts!['negative']!.dataSync()[0]!]
      }
      const [positiveBefore, negativeBefore] = parts(trained)
      const cross = (...values: tf.Tensor[]): tf.Scalar =>
        program.loss(
          { ...state, ...Object.fromEntries(values.map((value, i) => [names[i]!, value])) },
          batchFor(config),
          mode,
        ).parts!['cross']!
      const gradients = tf.grads((...values) =>
        tf.addN([cross(...values), ...values.map((value) => tf.mul(tf.sum(value), 0) as tf.Scalar)]),
      )(Object.values(trained))
      const moved = Object.fromEntries(
        names.map((name, i) => [name, tf.sub(trained[name]!, tf.mul(gradients[i]!, 0.05))]),
      )
      const [positiveAfter, negativeAfter] = parts(moved)
      expect(positiveAfter! - negativeAfter!).toBeLessThan(positiveBefore! - negativeBefore!)
    },
  )
})

describe('the in-batch loss over several threads', () => {
  const inBatch: CrossModalConfig = {
    ...config,
    loss: 'in-batch',
    pen: { ...namedConfig('rewi-s', { channels: 3, classes: 5 }), dropout: 0 },
    penLayer: 'cnn0',
  }
  // Two threads cannot run at once here: each is given what the other would have sent, recorded in a run before.
  function inTwo(): { share: TensorBatch; how: () => Mode }[] {
    const whole = batchFor(inBatch)
    const rowsOf = (value: tf.Tensor, first: number, count: number): tf.Tensor =>
      tf.slice(
        value,
        [first, ...Array<number>(value.rank - 1).fill(0)],
        [count, ...Array<number>(value.rank - 1).fill(-1)],
      )
    const shares = [
      [0, 1],
      [1, 3],
    ].map(([first, count]) => ({
      ...whole,
      rows: count!,
      x: rowsOf(whole.x, first!, count!) as tf.Tensor3D,
      lengths: whole.lengths.slice(first!, first! + count!),
      labels: whole.labels.slice(first!, first! + count!),
      extra: Object.fromEntries(
        Object.entries(whole.extra).map(([name, value]) => [name, rowsOf(value, first!, count!)]),
      ),
    }))
    const sent = shares.map((share, thread) => {
      const calls: Float64Array[] = []
      const { trained, state } = start(inBatch)
      crossModal(inBatch).loss({ ...trained, ...state }, share, {
        ...mode,
        rowOffset: thread,
        reduce: (values) => (calls.push(values.slice()), values),
      })
      return calls
    })
    const summed = sent[0]!.map((values, call) => values.map((value, i) => value + sent[1]![call]![i]!))
    return shares.map((share, thread) => ({
      share,
      how: () => ((call = 0): Mode => ({ ...mode, rowOffset: thread, reduce: () => summed[call++]! }))(),
    }))
  }

  test('adds up to the loss of one thread', () => {
    const { trained, state } = start(inBatch)
    const lossOf = (batch: TensorBatch, how: Mode): number =>
      crossModal(inBatch)
        .loss({ ...trained, ...state }, batch, how)
        .parts!['cross']!.dataSync()[0]!
    const [first, second] = inTwo().map(({ share, how }) => lossOf(share, how()))
    expect(first! + second!).toBeCloseTo(lossOf(batchFor(inBatch), mode), 3)
  })

  test('adds up to the gradients of one thread, of the embeddings as of the learnable scale', () => {
    const alone = gradientsOf(inBatch, 'cross')
    const [first, second] = inTwo().map(({ share, how }) => gradientsOf(inBatch, 'cross', share, how()))
    for (const name of [
      'cross.logScale',
      'cross.pen.weight',
      'cross.image.query',
      'image.stem.kernel',
      'stage0.kernel',
    ]) {
      const size = tf.norm(alone[name]!).dataSync()[0]!
      expect(size, name).toBeGreaterThan(1e-6)
      expect(tf.norm(tf.sub(tf.add(first![name]!, second![name]!), alone[name]!)).dataSync()[0]!, name).toBeLessThan(
        1e-3 * size + 1e-6,
      )
    }
  })
})

describe('sizes are checked before training', () => {
  test('layers of different size need a projection', () => {
    expect(() => crossModal({ ...config, projection: null })).toThrow(
      /"lstm".*32 values.*"features".*12.*cannot be compared/,
    )
  })

  test('a layer that does not exist is named, with those that do', () => {
    expect(() => crossModal({ ...config, penLayer: 'cnn9' })).toThrow(/no layer "cnn9"/)
    expect(() => crossModal({ ...config, imageLayer: 'lstm' })).toThrow(/image network has no layer "lstm"/)
  })

  test('a batch without its pictures is refused', () => {
    const batch = { rows: 1, time: 8, channels: 3, x: new Float32Array(24), lengths: Int32Array.of(8), labels: [[1]] }
    const weight = { shape: [1], values: Float32Array.of(1) }
    expect(() => crossModal(config).check?.({ ...batch, extra: { weight } })).toThrow(
      /lacks positive, positiveLengths, margin, negative/,
    )
  })

  test("a batch without anything beside its recordings is measured by the pen's task alone", () => {
    const { trained, state } = start(config)
    const { loss, parts } = crossModal(config).loss({ ...trained, ...state }, { ...batchFor(config), extra: {} }, mode)
    expect(Object.keys(parts!)).toEqual(['task'])
    expect(loss.dataSync()[0]).toBe(parts!['task']!.dataSync()[0])
  })
})
