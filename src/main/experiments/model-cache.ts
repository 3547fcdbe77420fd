import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { WeightsFile } from '../ml/checkpoint/card.ts'
import { readCard, readWeights, writeCard, writeWeights } from '../ml/checkpoint/weights.ts'
import type { NamedArrays } from '../compute/engine/types.ts'
import type { ExperimentContext } from './experiment.ts'

const Card = v.object({ weights: WeightsFile })

export interface CachedNetwork {
  weights: NamedArrays
  state: NamedArrays
}

/**
 * A network that trials share: read from the room's folder where it was made from the same description before, or made
 * and kept there, so that an experiment that goes on does not train it again. A room without a folder keeps nothing.
 * Throws what `make` throws, and `checkpoint-damaged` for a file that is not what was written.
 */
export async function cachedNetwork(
  { folder }: Pick<ExperimentContext, 'folder'>,
  name: string,
  description: unknown,
  make: () => Promise<CachedNetwork>,
): Promise<CachedNetwork> {
  if (folder === undefined) return make()
  const of = createHash('sha256').update(JSON.stringify(description)).digest('hex').slice(0, 12)
  const card = join(folder, `${name}-${of}.json`)
  if (existsSync(card)) {
    const { weights, state } = readWeights(card, readCard(card, Card).weights)
    return { weights: weights!, state: state ?? {} }
  }
  const { weights, state } = await make()
  writeCard(card, { description, weights: writeWeights(join(folder, `${name}-${of}.safetensors`), { weights, state }) })
  return { weights, state }
}
