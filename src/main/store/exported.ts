import * as v from 'valibot'
import { nameOfWriters } from './settings.ts'
import type { Store } from './store.ts'

const Exports = v.array(v.object({ path: v.string(), at: v.number() }))
export type Exported = v.InferOutput<typeof Exports>[number]

/** So many exports of a writer are remembered, the latest. */
const KEPT = 200

/** Notes down that an export holds recordings of these writers, so that a deletion can say where copies went. */
export function rememberExport(store: Store, writerIds: Iterable<number>, path: string): void {
  store.transaction(() => {
    for (const id of writerIds) {
      store.settings.set(nameOfWriters('exports', id), [...exportsOf(store, id), { path, at: Date.now() }].slice(-KEPT))
    }
  })
}

/** The oldest first. */
export function exportsOf(store: Store, writerId: number): Exported[] {
  return store.settings.get(nameOfWriters('exports', writerId), Exports) ?? []
}
