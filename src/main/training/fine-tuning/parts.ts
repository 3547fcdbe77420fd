import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { KalamosError } from '../../../shared/errors.ts'
import { WeightsFile } from '../../ml/checkpoint/card.ts'
import { readCard, readWeights, writeCard, writeWeights } from '../../ml/checkpoint/weights.ts'
import type { Weights } from './blend.ts'

const Readings = v.array(v.tuple([v.number(), v.string()]))
/** Texts read, by recording. */
export type Readings = v.InferOutput<typeof Readings>

/** What an adaptation has found out so far: it goes on after the last part that is whole. */
const Parts = v.strictObject({
  format: v.literal('kalamos-adaptation'),
  version: v.literal(4),
  /** What it depends on: the same order on the same words, or it begins anew. */
  order: v.string(),
  seconds: v.number(),
  before: v.nullable(Readings),
  /** What its part read of every fold. */
  folds: v.array(Readings),
  /** The mean of the parts of these folds. */
  mean: v.nullable(WeightsFile),
})
export type Parts = Omit<v.InferOutput<typeof Parts>, 'mean'> & { mean: Weights | null }

const FILE = 'adaptation.json'
/** In turns, so that the one that the file names is never being written. */
const MEANS = ['adaptation-a.safetensors', 'adaptation-b.safetensors'] as const

/** What an interrupted adaptation of the same order left in its folder, or nothing yet. */
export function loadParts(folder: string, order: string): Parts {
  const fresh: Parts = {
    format: 'kalamos-adaptation',
    version: 4,
    order,
    seconds: 0,
    before: null,
    folds: [],
    mean: null,
  }
  const path = join(folder, FILE)
  if (!existsSync(path)) return fresh
  try {
    const found = readCard(path, Parts)
    if (found.order !== order) return fresh
    const { weights = {}, state = {} } = found.mean ? readWeights(path, found.mean) : {}
    return { ...found, mean: found.mean && { weights, state } }
  } catch (error) {
    // Files are written whole or not at all; what is damaged or gone all the same costs a minute, not the adaptation.
    if (error instanceof KalamosError && (error.code === 'checkpoint-damaged' || error.code === 'not-found'))
      return fresh
    throw error
  }
}

export function saveParts(folder: string, parts: Parts): void {
  const { weights, state } = parts.mean ?? {}
  const mean =
    weights && state ? writeWeights(join(folder, MEANS[parts.folds.length % MEANS.length]!), { weights, state }) : null
  writeCard(join(folder, FILE), { ...parts, mean })
}

/** They are of use only until the adaptation is finished. */
export function dropParts(folder: string): void {
  for (const file of [FILE, ...MEANS]) rmSync(join(folder, file), { force: true })
}
