import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { BaseState, Model } from '../../../shared/api/training.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { resource } from '../../files/paths.ts'
import { readWhole, writeWhole } from '../../files/whole-file.ts'
import type { Store } from '../../store/index.ts'
import { ModelCard } from '../../ml/checkpoint/card.ts'
import { modelOf } from '../../ml/checkpoint/model.ts'
import { readCard, writeCard } from '../../ml/checkpoint/weights.ts'

/** The name by which the model that ships can always be asked for. */
export const BASE_NAME = 'base'

/** Gives a store that has never trained the model that ships, so that words can be read from the first minute. */
export function welcomeWithBase(store: Store): void {
  const used = store.models.list().length > 0 || store.runs.list().length > 0
  if (!used && existsSync(shippedCard())) addBase(store)
}

/**
 * The model that ships, added to the store unless it is there. Throws `not-found` where this copy of the app ships
 * none.
 */
export function addBase(store: Store): Model {
  const path = shippedCard()
  if (!existsSync(path))
    throw new KalamosError('not-found', `There is no base model in ${path}.`, 'Make it with the command "train base".')
  const card = readCard(path, ModelCard)
  const base = fileOf(card)
  const known = withFile(store, base)
  if (known) return known
  writeWhole(join(store.files, `${base}.safetensors`), readWhole(resource('models', card.weights.file)))
  writeCard(join(store.files, `${base}.json`), {
    ...card,
    name: BASE_NAME,
    weights: { ...card.weights, file: `${base}.safetensors` },
  } satisfies ModelCard)
  return store.models.create({
    ...modelOf({ ...card, name: BASE_NAME }, null),
    files: [`${base}.safetensors`, `${base}.json`],
  })
}

/** How a store stands to the model that ships. */
export function baseState(store: Store): BaseState {
  const path = shippedCard()
  if (!existsSync(path)) return 'none ships'
  if (withFile(store, fileOf(readCard(path, ModelCard)))) return 'there'
  return store.models.list().some(({ id }) => isBase(store, id)) ? 'earlier' : 'missing'
}

/** Whether a stored model is one that shipped, of this version of the app or an earlier one. */
export function isBase(store: Store, modelId: number): boolean {
  return store.models.paths(modelId).some((path) => /^base-[0-9a-f]{12}\.json$/.test(basename(path)))
}

/** The fingerprint of the weights is in the name, so that the model of a newer version stands beside the older one. */
function fileOf({ weights }: ModelCard): string {
  return `base-${weights.sha256.slice(0, 12)}`
}

function withFile(store: Store, base: string): Model | undefined {
  return store.models.list().find(({ id }) => store.models.paths(id).includes(join(store.files, `${base}.json`)))
}

function shippedCard(): string {
  return resource('models', 'base.json')
}
