import type { WordImageSource } from '../../words/images.ts'
import type { Engine, ExtraArray, NamedArray } from '../../compute/engine/types.ts'
import { pictureBatch } from './pictures.ts'

/** The embedding of one picture: `values` is `[frames, size]`. */
export interface PictureEmbedding {
  frames: number
  values: Float32Array
}

/** Embeddings of several pictures of each label, by label. */
export type PictureEmbeddings = ReadonlyMap<string, readonly PictureEmbedding[]>

/**
 * Embeds `variants` pictures of each label with a trained image network, once for all. Values are brought to mean 0 and
 * deviation 1 over all pictures, channel by channel, so that distances and margins mean the same whatever the network's
 * scale. Pictures of `also` are embedded beside them and scaled as they are, without a say in the scale.
 */
export async function embedPictures(
  engine: Engine,
  {
    labels,
    also = [],
    ...how
  }: {
    labels: readonly string[]
    also?: readonly string[]
    source: WordImageSource
    variants: number
    layer: string
    batchSize: number
  },
): Promise<PictureEmbeddings> {
  const embedded = await embedAll(engine, labels, how)
  const others = also.filter((label) => !labels.includes(label))
  const beside = await embedAll(engine, others, how)
  standardise(embedded, beside)
  const byLabel = (all: readonly PictureEmbedding[]) => (label: string, at: number) =>
    [label, all.slice(at * how.variants, (at + 1) * how.variants)] as const
  return new Map([...labels.map(byLabel(embedded)), ...others.map(byLabel(beside))])
}

async function embedAll(
  engine: Engine,
  labels: readonly string[],
  {
    source,
    variants,
    layer,
    batchSize,
  }: { source: WordImageSource; variants: number; layer: string; batchSize: number },
): Promise<PictureEmbedding[]> {
  const wanted = labels.flatMap((label) => Array.from({ length: variants }, (_, seed) => ({ label, seed })))
  const embedded: PictureEmbedding[] = []
  for (let from = 0; from < wanted.length; from += batchSize) {
    const images = wanted.slice(from, from + batchSize).map(({ label, seed }) => source.image(label, seed))
    const { outputs, lengths } = await engine.predict(
      pictureBatch(
        images,
        images.map(() => []),
      ),
      { layers: [layer] },
    )
    for (let row = 0; row < images.length; row++) embedded.push(rowOf(outputs[layer]!, row, lengths?.[row] ?? 1))
  }
  return embedded
}

function rowOf({ shape, values }: NamedArray, row: number, frames: number): PictureEmbedding {
  const [, second, third] = shape
  const [time, size] = third === undefined ? [1, second!] : [second!, third]
  const from = row * time * size
  return {
    frames: third === undefined ? 1 : frames,
    values: values.slice(from, from + (third === undefined ? 1 : frames) * size),
  }
}

/** Brings `embedded` to mean 0 and deviation 1, and `beside` to the same scale. */
function standardise(embedded: readonly PictureEmbedding[], beside: readonly PictureEmbedding[]): void {
  const first = embedded[0]
  if (!first) return
  const size = first.values.length / first.frames
  const frames = embedded.reduce((sum, picture) => sum + picture.frames, 0)
  for (let channel = 0; channel < size; channel++) {
    let [sum, squares] = [0, 0]
    for (const { values } of embedded) {
      for (let at = channel; at < values.length; at += size) {
        sum += values[at]!
        squares += values[at]! ** 2
      }
    }
    const mean = sum / frames
    const deviation = Math.sqrt(Math.max(squares / frames - mean ** 2, 1e-12))
    for (const { values } of [...embedded, ...beside])
      for (let at = channel; at < values.length; at += size) values[at] = (values[at]! - mean) / deviation
  }
}

/** Embeddings as further inputs of a batch of recordings: `[rows, frames, size]` and `[rows]`. */
export function embeddingExtras(name: string, embeddings: readonly PictureEmbedding[]): Record<string, ExtraArray> {
  const size = embeddings[0]!.values.length / embeddings[0]!.frames
  const lengths = Int32Array.from(embeddings, ({ frames }) => frames)
  const time = lengths.reduce((longest, length) => Math.max(longest, length), 1)
  const values = new Float32Array(embeddings.length * time * size)
  embeddings.forEach((embedding, row) => values.set(embedding.values, row * time * size))
  return {
    [name]: { shape: [embeddings.length, time, size], values },
    [`${name}Lengths`]: { shape: [embeddings.length], values: lengths },
  }
}
