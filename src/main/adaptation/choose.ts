import type { ModelChoice } from '../../shared/api/adaptation.ts'
import type { Model } from '../../shared/api/training.ts'
import { isBase } from '../training/base/install.ts'
import type { Store } from '../store/index.ts'

/** Which model reads a writer, and why. `fits` says which models can read the pen at hand; all, where nothing is said. */
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
      reason: `Version ${active.version}, adapted to ${writer!.name}.`,
    }

  const forWriter = writer ? find(store.adaptations.chosen(writer.id)) : undefined
  if (forWriter) return choice(forWriter, 'chosen', `Chosen for ${writer!.name}.`)
  const forAll = find(store.adaptations.chosen(null))
  if (forAll) return choice(forAll, 'chosen', 'Chosen for everybody.')

  const versions = store.adaptations.versionModels()
  const general = known.filter(({ id }) => !versions.has(id) && fits(id))
  const base = general.find(({ id }) => isBase(store, id))
  if (base) return choice(base, 'base', 'The base model: no other was chosen.')
  const [newest] = general
  if (newest) return choice(newest, 'newest', 'The newest model that fits: none was chosen.')
  return { model: null, why: 'none', version: null, reason: 'No model fits: train one, or add the base model.' }
}

function choice(model: Model, why: ModelChoice['why'], reason: string): ModelChoice {
  return { model, why, version: null, reason }
}
