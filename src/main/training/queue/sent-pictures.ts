import { readdirSync, rmSync } from 'node:fs'
import { join, sep } from 'node:path'
import { log } from '../../log/index.ts'
import type { Store } from '../../store/index.ts'

/**
 * Where pictures of words lie that a window sent from another machine: a training needs them for as long as it may go
 * on.
 */
export function sentPictures(store: Store): string {
  return join(store.files, 'pictures')
}

/** Removes the pictures that were sent for no training that is still known. */
export function dropUnusedPictures(store: Store): void {
  const folder = sentPictures(store)
  const needed = store.runs
    .list()
    .flatMap(({ config: { recipe } }) =>
      recipe?.kind === 'cross-modal' && recipe.pictures?.from === 'folder' ? [recipe.pictures.folder + sep] : [],
    )
  try {
    for (const name of readdirSync(folder)) {
      const one = join(folder, name)
      if (!needed.some((each) => each.startsWith(one + sep))) rmSync(one, { recursive: true, force: true })
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log('training').warn('pictures that nobody needs cannot be removed', error)
  }
}
