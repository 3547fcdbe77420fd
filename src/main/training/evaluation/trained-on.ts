import type { Store } from '../../store/index.ts'
import { ModelCard } from '../../ml/checkpoint/card.ts'
import { readCard } from '../../ml/checkpoint/weights.ts'

/** What a model learned from, as far as is known here. */
export interface TrainedOn {
  /** Recordings that it or a model before it learned from, and whatever shares frames with one of them. */
  ids: ReadonlySet<number>
  /** False where a model that it was made from is gone: nobody knows what that had learned from. */
  whole: boolean
}

/**
 * Follows a model back through those that it was made from. Recordings that were held out are not among what it learned
 * from.
 */
export function trainedOnBy(store: Store, card: ModelCard): TrainedOn {
  const ids = new Set<number>()
  const cards = [...lineOf(store, card)]
  for (const each of cards) for (const id of each?.trainedOn.ids ?? []) ids.add(id)
  return { ids: store.recordings.sharingFrames(ids), whole: !cards.includes(null) }
}

/** A model and those before it, the newest first; null stands for one whose card is gone or damaged. */
function* lineOf(store: Store, card: ModelCard): Iterable<ModelCard | null> {
  const seen = new Set<number>()
  let next: ModelCard | null = card
  while (next !== null) {
    yield next
    const before: number | null = next.config.startFrom
    if (before === null || seen.has(before)) return
    seen.add(before)
    next = cardOf(store, before)
  }
  yield null
}

function cardOf(store: Store, modelId: number): ModelCard | null {
  try {
    const [, path] = store.models.paths(modelId)
    return path === undefined ? null : readCard(path, ModelCard)
  } catch {
    return null
  }
}
