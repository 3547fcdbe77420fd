import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { count } from '../../../shared/api/contract.ts'
import { WeightsFile } from '../checkpoint/card.ts'
import { readCard, readWeights, writeCard, writeWeights } from '../checkpoint/weights.ts'
import type { NamedArrays } from '../../compute/engine/types.ts'
import type { ImageConfig } from './config.ts'

/** How well an image network reads pictures that it was not trained on, and the losses of its training. */
export interface ImageScore {
  cer: number
  accuracy: number
  pictures: number
  losses: number[]
}

/** An image network and what it can read. */
export interface ImageNetwork {
  config: ImageConfig
  /** As the pen's network: letters for `ctc` (output k + 1 is class k), or whole labels. */
  classes: readonly string[]
  weights: NamedArrays
  /** Null after it was trained along with the pen's network. */
  score: ImageScore | null
}

const sizes = v.pipe(v.array(count), v.readonly())
const Card = v.strictObject({
  format: v.literal('kalamos-image-network'),
  version: v.literal(1),
  /** What it was trained by. */
  key: v.string(),
  network: v.strictObject({
    kind: v.literal('gated'),
    height: count,
    stem: count,
    blocks: sizes,
    pools: sizes,
    features: count,
    dropout: v.number(),
    classes: count,
    head: v.picklist(['ctc', 'class']),
  }),
  classes: v.pipe(v.array(v.string()), v.readonly()),
  score: v.nullable(
    v.strictObject({ cer: v.number(), accuracy: v.number(), pictures: count, losses: v.array(v.number()) }),
  ),
  weights: WeightsFile,
})

/**
 * Image networks in a folder, each as `<name>.safetensors` with `<name>.json`. `key` stands for all that a network
 * depends on: one that was trained by something else counts as not there.
 */
export class ImageNetworkStorage {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  save(name: string, key: string, { config, classes, weights, score }: ImageNetwork): void {
    const written = writeWeights(join(this.#folder, `${name}.safetensors`), { image: weights })
    writeCard(join(this.#folder, `${name}.json`), {
      format: 'kalamos-image-network',
      version: 1,
      key: digest(key),
      network: config,
      classes,
      score,
      weights: written,
    } satisfies v.InferOutput<typeof Card>)
  }

  /** Null where there is none for this key. Throws `checkpoint-damaged` for files that are not whole. */
  load(name: string, key: string): ImageNetwork | null {
    const path = join(this.#folder, `${name}.json`)
    if (!existsSync(path)) return null
    const card = readCard(path, Card)
    if (card.key !== digest(key)) return null
    return {
      config: card.network,
      classes: card.classes,
      weights: { ...readWeights(path, card.weights)['image'] },
      score: card.score,
    }
  }
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
