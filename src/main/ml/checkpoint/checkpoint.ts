import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Snapshot } from '../../compute/engine/types.ts'
import { CheckpointCard, type Progress, type Recipe } from './card.ts'
import { damaged, readCard, readWeights, writeCard, writeWeights } from './weights.ts'

/** A training at rest: its recipe, how far it has come, and all numbers it needs to go on. */
export interface Checkpoint {
  recipe: Recipe
  progress: Progress
  snapshot: Snapshot
}

const CARD = 'checkpoint.json'

/**
 * Writes a checkpoint into the run's folder. The numbers go into a new file, then the card that names it replaces
 * the old card, then older numbers are deleted: at every moment the card in place names a whole file.
 */
export function saveCheckpoint(folder: string, { recipe, progress, snapshot }: Checkpoint): void {
  const file = `checkpoint-${String(progress.step).padStart(8, '0')}.safetensors`
  const { weights, state, optimiser } = snapshot
  const written = writeWeights(join(folder, file), {
    weights,
    state,
    'optimiser/first': optimiser.first,
    'optimiser/second': optimiser.second,
  })
  const card: CheckpointCard = {
    format: 'kalamos-checkpoint',
    version: 1,
    recipe,
    progress,
    optimiserStep: optimiser.step,
    weights: written,
  }
  writeCard(join(folder, CARD), card)
  for (const other of readdirSync(folder)) {
    if (/^checkpoint-.*\.safetensors$/.test(other) && other !== file) rmSync(join(folder, other), { force: true })
  }
}

/** Whether a run's folder holds a checkpoint to go on from. */
export function hasCheckpoint(folder: string): boolean {
  return existsSync(join(folder, CARD))
}

/** What the checkpoint of a run's folder says of its training, without its numbers. Throws as `loadCheckpoint` does. */
export function checkpointCard(folder: string): CheckpointCard {
  return readCard(join(folder, CARD), CheckpointCard)
}

/**
 * Reads the checkpoint of a run's folder. Throws `not-found` where there is none, `checkpoint-damaged` where it cannot
 * be trusted.
 */
export function loadCheckpoint(folder: string): Checkpoint {
  const path = join(folder, CARD)
  const { recipe, progress, optimiserStep, weights: file } = checkpointCard(folder)
  const { weights, state = {}, 'optimiser/first': first, 'optimiser/second': second } = readWeights(path, file)
  if (!weights || !first || !second)
    throw damaged(join(folder, file.file), 'it lacks the weights or the state of the optimiser')
  return { recipe, progress, snapshot: { weights, state, optimiser: { step: optimiserStep, first, second } } }
}
