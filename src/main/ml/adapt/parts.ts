import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { KalamosError } from '../../../shared/errors.ts'
import { readCard, writeCard } from '../checkpoint/weights.ts'

const Readings = v.array(v.tuple([v.number(), v.string()]))
/** Texts read, by recording. */
export type Readings = v.InferOutput<typeof Readings>

/** What an adaptation has found out so far: it goes on after the last part that is whole. */
const Parts = v.strictObject({
  format: v.literal('kalamos-adaptation'),
  version: v.literal(2),
  /** What it depends on: the same order on the same words, or it begins anew. */
  order: v.string(),
  seconds: v.number(),
  before: v.nullable(Readings),
  /** Of every fold, what was read at each strength. */
  folds: v.array(v.array(Readings)),
})
export type Parts = v.InferOutput<typeof Parts>

const FILE = 'adaptation.json'

/** What an interrupted adaptation of the same order left in its folder, or nothing yet. */
export function loadParts(folder: string, order: string): Parts {
  const fresh: Parts = { format: 'kalamos-adaptation', version: 2, order, seconds: 0, before: null, folds: [] }
  const path = join(folder, FILE)
  if (!existsSync(path)) return fresh
  try {
    const found = readCard(path, Parts)
    return found.order === order ? found : fresh
  } catch (error) {
    // It is written whole or not at all; one that is damaged all the same costs a minute, not the adaptation.
    if (error instanceof KalamosError && error.code === 'checkpoint-damaged') return fresh
    throw error
  }
}

export function saveParts(folder: string, parts: Parts): void {
  writeCard(join(folder, FILE), parts)
}

/** The texts are of use only until the adaptation is finished. */
export function dropParts(folder: string): void {
  rmSync(join(folder, FILE), { force: true })
}
