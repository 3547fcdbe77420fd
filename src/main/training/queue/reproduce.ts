import { existsSync } from 'node:fs'
import type { Run, TrainingConfig } from '../../../shared/api/training.ts'
import { KalamosError } from '../../../shared/errors.ts'
import type { Store } from '../../store/index.ts'
import { ModelCard, type Recipe } from '../../ml/checkpoint/card.ts'
import { checkpointCard, hasCheckpoint } from '../../ml/checkpoint/checkpoint.ts'
import { readCard } from '../../ml/checkpoint/weights.ts'
import { rangesOf } from '../../../shared/id-ranges.ts'
import { backendPreferenceOf } from '../../compute/engine/backend-preference.ts'

/**
 * The training that repeats one, from what its checkpoint or the card of its model says: the very recordings, and all
 * that was chosen for it then, such as the backend. `runId` is the run that is repeated, `weights` the fingerprint of
 * what came out, where they are known. Throws `conflict` for a version of one writer, and `not-found` where the card
 * names no recordings.
 */
export function reproducedConfig(
  recipe: Recipe,
  { runId, weights }: { runId: number | null; weights: string | null },
): TrainingConfig {
  const { config, channels, rateHz, classes, backend, threads, trainedOn, preprocessing } = recipe
  refuseVersion(config)
  if (trainedOn.ids.length === 0)
    throw new KalamosError(
      'not-found',
      `The card of “${config.name}” names no recordings of this database.`,
      'Start a new training with its configuration.',
    )
  return {
    ...config,
    channels: [...channels],
    rateHz,
    pose: preprocessing.pose ?? 'as held',
    backend: backendPreferenceOf(backend),
    threads,
    reproduces: {
      runId,
      train: rangesOf(trainedOn.ids),
      heldOut: rangesOf(trainedOn.heldOutIds),
      classes: [...classes],
      recordings: trainedOn.sha256 ?? null,
      weights,
    },
  }
}

/**
 * The training that repeats a run. `folder` has its checkpoints. Throws what `reproducedConfig` throws, and `not-found`
 * where the run left nothing.
 */
export function reproducedRunConfig(store: Store, { id, config, modelId }: Run, folder: string): TrainingConfig {
  refuseVersion(config)
  const card = modelId === null ? null : cardOf(store, modelId)
  if (card) return reproducedConfig(card, { runId: id, weights: card.weights.sha256 })
  if (hasCheckpoint(folder)) return reproducedConfig(checkpointCard(folder).recipe, { runId: id, weights: null })
  throw new KalamosError(
    'not-found',
    `Run ${id} left neither a model nor a checkpoint: nothing says which recordings it was trained on.`,
    'Start a new training with its configuration.',
  )
}

/**
 * Whether a finished repeat came to the same weights, bit for bit; null for any other run, and where the weights of
 * either are not known.
 */
export function sameAsRepeated(store: Store, { config, modelId, state }: Run): boolean | null {
  const expected = config.reproduces?.weights
  if (state !== 'finished' || modelId === null || expected === undefined || expected === null) return null
  const card = cardOf(store, modelId)
  return card && card.weights.sha256 === expected
}

function refuseVersion({ adapt, name }: TrainingConfig): void {
  if (adapt)
    throw new KalamosError(
      'conflict',
      `“${name}” fits a model to one writer: it is not repeated as a training.`,
      'Adapt to the writer again.',
    )
}

function cardOf(store: Store, modelId: number): ModelCard | null {
  const [, path] = store.models.paths(modelId)
  return path !== undefined && existsSync(path) ? readCard(path, ModelCard) : null
}
