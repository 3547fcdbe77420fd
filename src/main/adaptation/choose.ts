import type { ModelChoice } from '../../shared/api/adaptation.ts'
import type { Model } from '../../shared/api/training.ts'
import { say, type Said } from '../../shared/messages/index.ts'
import { isBase } from '../training/base/install.ts'
import type { Store } from '../store/index.ts'

/**
 * Which model reads a writer, and why. `fits` says which models can read the pen at hand; all, where nothing is said.
 */
export function modelFor(
  store: Store,
  writerId: number | null,
  fits: (modelId: number) => boolean = () => true,
  { adapted = true }: { adapted?: boolean } = {},
): ModelChoice {
  const writer = writerId === null ? null : store.writers.get(writerId)
  const known = store.models.list()
  const find = (id: number | null): Model | undefined => known.find((model) => model.id === id && fits(model.id))

  const active = writer && adapted ? store.adaptations.active(writer.id) : undefined
  const version = active && find(active.modelId)
  if (active && version)
    return {
      model: version,
      why: 'version',
      version: active.version,
      reason: say('adapt.version-adapted', { version: active.version, name: writer!.name }),
    }

  const forWriter = writer ? find(store.adaptations.chosen(writer.id)) : undefined
  if (forWriter) return choice(forWriter, 'chosen', say('adapt.chosen', { name: writer!.name }))
  const forAll = find(store.adaptations.chosen(null))
  if (forAll) return choice(forAll, 'chosen', say('adapt.chosen-everybody'))

  const versions = store.adaptations.versionModels()
  const general = known.filter(({ id }) => !versions.has(id) && fits(id))
  const base = general.find(({ id }) => isBase(store, id))
  if (base) return choice(base, 'base', say('adapt.base-model-no-other'))
  const [newest] = general
  if (newest) return choice(newest, 'newest', say('adapt.newest-model-fits-none'))
  return { model: null, why: 'none', version: null, reason: say('adapt.no-model-fits-train') }
}

function choice(model: Model, why: ModelChoice['why'], reason: Said): ModelChoice {
  return { model, why, version: null, reason }
}
