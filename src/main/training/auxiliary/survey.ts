import type { EmbeddedPoint, EmbeddingFrame, EmbeddingPicture } from '../../../shared/api/embedding.ts'
import { batchOf, padded } from '../../ml/batches/batches.ts'
import type { AuxiliaryNetwork } from './network.ts'
import type { ModelSignature } from '../../ml/data/types.ts'
import type { Engine, PredictedArrays } from '../../compute/engine/types.ts'
import type { Distance } from '../../compute/ops/distance.ts'
import type { ShownWord } from '../../ml/embedding/choose.ts'
import { deleteEmbedding, readEmbedding, writeEmbedding } from '../../ml/embedding/file.ts'
import { principalAxes, turnedTowards } from '../../ml/embedding/pca.ts'
import { pointsOf, squaredDistance } from '../../ml/embedding/vectors.ts'

export interface SurveyMaterial {
  /** The run's folder: the picture lies beside the checkpoint. */
  folder: string
  words: readonly ShownWord[]
  /** Labels that are trained on. */
  trained: ReadonlySet<string>
  auxiliary: Pick<AuxiliaryNetwork, 'others'>
  signature: ModelSignature
  /** What the loss compares with. */
  distance: Distance
  epochs: number
  /** The epoch that the training begins with; frames from there on are taken anew. */
  from: number
}

/** Pictures of a word, and frames over a whole training: enough to see, cheap beside an epoch. */
const [PICTURES, FRAMES] = [4, 40]

/**
 * Looks at the shared embedding of a training as it goes on: a few held-out recordings and the other side of their
 * words.
 */
export class EmbeddingSurvey {
  readonly #material: SurveyMaterial
  readonly #others: ReturnType<AuxiliaryNetwork['others']>
  readonly #points: EmbeddedPoint[]
  #frames: EmbeddingFrame[]

  constructor(material: SurveyMaterial) {
    const { words, auxiliary, folder, from } = material
    this.#material = material
    this.#others = auxiliary.others(
      words.map(({ text }) => text),
      PICTURES,
    )
    const place = new Map(words.map(({ text }, word) => [text, word]))
    this.#points = [
      ...words.flatMap(({ examples }, word) =>
        examples.map(({ id }): EmbeddedPoint => ({ side: 'pen', word, recordingId: id, writer: null })),
      ),
      ...this.#others.labels.map((text): EmbeddedPoint => ({
        side: this.#others.kind,
        word: place.get(text)!,
        recordingId: null,
        writer: null,
      })),
    ]
    const before = from > 0 ? readEmbedding(folder) : null
    this.#frames =
      before && JSON.stringify(before.points) === JSON.stringify(this.#points)
        ? before.frames.filter(({ epoch }) => epoch < from)
        : []
    if (this.#frames.length === 0) deleteEmbedding(folder)
  }

  /**
   * Takes a frame after an epoch, unless so many epochs are to come that some are passed over, and writes the picture.
   */
  async look(engine: Engine, epoch: number): Promise<void> {
    const { epochs, folder, words, trained } = this.#material
    const every = Math.ceil(epochs / FRAMES)
    if (epoch > 0 && epoch < epochs - 1 && (epoch + 1) % every !== 0) return
    const { pen, other, size } = await this.#embedded(engine)
    this.#frames = [...this.#frames, frameOf(epoch, this.#points, [...pen, ...other], this.#frames.at(-1))]
    const picture: EmbeddingPicture = {
      words: words.map(({ text }) => ({ text, trained: trained.has(text) })),
      points: this.#points,
      frames: this.#frames,
      size,
    }
    writeEmbedding(folder, picture)
  }

  async #embedded(engine: Engine): Promise<{ pen: Float64Array[]; other: Float64Array[]; size: number }> {
    const { words, signature, distance } = this.#material
    const examples = words.flatMap((word) => word.examples)
    const shared = await engine.predict(batchOf(examples, signature), { layers: ['shared', 'sharedLengths'] })
    const { labels, extra } = this.#others
    const nothing = padded(
      labels.map(() => new Float32Array(0)),
      signature,
    )
    const counterpart = await engine.predict(
      { ...nothing, labels: labels.map(() => []), extra },
      { layers: ['counterpart', 'counterpartLengths'] },
    )
    return {
      pen: pointsOf(sequences(shared, 'shared'), distance),
      other: pointsOf(sequences(counterpart, 'counterpart'), distance),
      size: shared.outputs['shared']!.shape[2]!,
    }
  }
}

function sequences({ outputs }: PredictedArrays, name: string): Parameters<typeof pointsOf>[0] {
  return { ...outputs[name]!, lengths: outputs[`${name}Lengths`]!.values }
}

/** Where points lie, seen along the two axes in which they differ most. */
export function frameOf(
  epoch: number,
  points: readonly EmbeddedPoint[],
  vectors: readonly Float64Array[],
  before?: EmbeddingFrame,
): EmbeddingFrame {
  const { at, explained } = principalAxes(vectors, 2)
  const placed = before ? turnedTowards(at, before.at) : at.map(([x = 0, y = 0]): [number, number] => [x, y])
  const others = points.flatMap(({ side }, index) => (side === 'pen' ? [] : [index]))
  const sums = { own: [0, 0], other: [0, 0] }
  const nearest = points.map(({ side, word }, index) => {
    if (side !== 'pen') return null
    const distances = others.map((other) => squaredDistance(vectors[index]!, vectors[other]!))
    distances.forEach((distance, i) => {
      const sum = sums[points[others[i]!]!.word === word ? 'own' : 'other']
      sum[0]! += distance
      sum[1]! += 1
    })
    return others[distances.indexOf(Math.min(...distances))] ?? null
  })
  const mean = ([sum = 0, number = 0]: number[]): number => short(sum / Math.max(1, number))
  return {
    epoch,
    at: placed.map(([x, y]) => [short(x), short(y)]),
    nearest,
    explained: short(explained),
    own: mean(sums.own),
    other: mean(sums.other),
  }
}

/** Six digits are more than any eye or chart tells apart. */
function short(value: number): number {
  return Number(value.toPrecision(6))
}
