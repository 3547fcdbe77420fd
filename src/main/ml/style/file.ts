import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { resource } from '../../files/paths.ts'
import { FONT_NAMES, FONT_ROLES, TRAIT_NAMES } from '../../simulator/traits.ts'
import { WeightsFile } from '../checkpoint/card.ts'
import { damaged, readCard, readWeights, writeCard, writeWeights } from '../checkpoint/weights.ts'
import type { NamedArray, NamedArrays } from '../../compute/engine/types.ts'
import type { StyleEstimator, StyleEstimateModel } from './estimate.ts'

const share = v.pipe(v.number(), v.maxValue(1))

/** How well styles were estimated of writers that were not learned from. */
const StyleEstimateScores = v.strictObject({
  writers: v.number(),
  /** Words of each. */
  words: v.number(),
  /** Share of writers whose most likely font is theirs, by role. */
  fonts: v.record(v.string(), share),
  /** Share of each trait's variance that is told (R², below 0 where the mean of all writers would be better). */
  traits: v.record(v.string(), share),
})
export type StyleEstimateScores = v.InferOutput<typeof StyleEstimateScores>

const HandCard = v.strictObject({
  format: v.literal('kalamos-style-estimator'),
  version: v.literal(1),
  /** Digest of the weights of the recogniser whose last layer it looks at. */
  recogniser: v.string(),
  traits: v.array(v.string()),
  fonts: v.array(v.string()),
  words: v.array(v.number()),
  measured: StyleEstimateScores,
  weights: WeightsFile,
})

const cardIn = (folder: string): string => join(folder, 'base.style.json')

/** Writes a style estimator beside its recogniser. */
export function saveStyleEstimator(
  folder: string,
  recogniser: string,
  reader: StyleEstimator,
  measured: StyleEstimateScores,
): void {
  const { models, ...common } = reader
  const told = Object.fromEntries(models.map(({ words, weights, factor }) => [`words${words}`, { weights, factor }]))
  const weights = writeWeights(join(folder, 'base.style.safetensors'), { common, ...told })
  writeCard(cardIn(folder), {
    format: 'kalamos-style-estimator',
    version: 1,
    recogniser,
    traits: [...TRAIT_NAMES],
    fonts: [...FONT_NAMES],
    words: models.map(({ words }) => words),
    measured,
    weights,
  } satisfies v.InferOutput<typeof HandCard>)
}

/**
 * The style estimator that was made for a recogniser, by the digest of its weights: of the folder, or null where that
 * has none or one for another. Throws `checkpoint-damaged` for one that cannot be trusted.
 */
export function findStyleEstimator(recogniser: string, folder = resource('models')): StyleEstimator | null {
  const path = cardIn(folder)
  if (!existsSync(path)) return null
  const card = readCard(path, HandCard)
  if (card.recogniser !== recogniser) return null
  if (String(card.traits) !== String(TRAIT_NAMES) || String(card.fonts) !== String(FONT_NAMES))
    throw damaged(path, 'it tells other traits or fonts than virtual writers have')
  const { common, ...told } = readWeights(path, card.weights)
  const models = card.words.map((words): StyleEstimateModel =>
    shaped(path, told[`words${words}`], ['weights', 'factor'], (arrays) => ({ words, ...arrays })),
  )
  return shaped(path, common, ['text', 'mean', 'scale', 'prior'], (arrays) => ({ ...arrays, models }))
}

function shaped<Name extends string, T>(
  path: string,
  arrays: NamedArrays | undefined,
  names: readonly Name[],
  made: (arrays: Record<Name, NamedArray>) => T,
): T {
  const missing = names.find((name) => !arrays?.[name])
  if (missing !== undefined) throw damaged(path, `it lacks "${missing}"`)
  const outputs = TRAIT_NAMES.length + FONT_ROLES.length * FONT_NAMES.length
  const prior = arrays!['prior']
  if (prior && prior.values.length !== outputs)
    throw damaged(path, `it tells ${prior.values.length} numbers instead of ${outputs}`)
  return made(arrays as Record<Name, NamedArray>)
}
