import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Run } from '../../../shared/api/training.ts'
import { IdRanges } from '../../../shared/id-ranges.ts'
import { modelsTrainedOn } from '../../store/erase.ts'
import type { Store } from '../../store/index.ts'

/**
 * Whether a run that is not finished learns, or has learned, from one of these recordings: by the filter of its order,
 * by the recordings that it repeats, by its checkpoint, or by rehearsing what the model that it adapts had learned
 * from.
 */
export function learnsFrom(store: Store, { config }: Run, folder: string, recordings: ReadonlySet<number>): boolean {
  if (recordings.size === 0) return false
  if (idsOfCheckpoint(folder).some((id) => recordings.has(id))) return true
  if (
    config.adapt !== undefined &&
    config.startFrom !== null &&
    modelsTrainedOn(store, recordings).some(({ id }) => id === config.startFrom)
  )
    return true
  if (config.reproduces !== undefined) {
    const { train, heldOut } = config.reproduces
    const [learned, held] = [new IdRanges(train), new IdRanges(heldOut)]
    return [...recordings].some((id) => learned.has(id) || held.has(id))
  }
  for (const { id } of store.recordings.each(config.filter)) if (recordings.has(id)) return true
  return false
}

/** What its last checkpoint had drawn; nothing where there is none, or where nobody can go on from it. */
function idsOfCheckpoint(folder: string): number[] {
  try {
    const { recipe } = JSON.parse(readFileSync(join(folder, 'checkpoint.json'), 'utf8')) as {
      recipe?: { trainedOn?: { ids?: number[]; heldOutIds?: number[] } }
    }
    return [...(recipe?.trainedOn?.ids ?? []), ...(recipe?.trainedOn?.heldOutIds ?? [])]
  } catch {
    return []
  }
}
