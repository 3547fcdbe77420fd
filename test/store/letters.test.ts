import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/main/store/index.ts'
import type { ReviewRow } from '../../src/shared/api/review.ts'
import { collection } from '../review/collection.ts'

/** How often each writer's labels have a letter, told by the overview and by counting. */
function both(store: Store, letter: string): [Record<string, number>, Record<string, number>] {
  const rows: ReviewRow[] = store.catalogue.page({}, { by: 'id', descending: false }, 1000, {}).rows
  const counted: Record<string, number> = {}
  for (const { writerName, label } of rows)
    counted[writerName] = (counted[writerName] ?? 0) + [...(label ?? '')].filter((each) => each === letter).length
  const told = store.writers
    .list()
    .map(({ id, name }): [string, number] => [
      name,
      store.catalogue.overview({ writerId: id }, () => false).letters.find((each) => each.letter === letter)?.count ??
        0,
    ])
  return [Object.fromEntries(told), counted]
}

describe('letters of labels', () => {
  it('are counted by writer, whether labels repeat a lot or not', () => {
    const store = collection()
    try {
      for (const edit of [
        () => undefined,
        () => store.edits.relabelAll({ filter: { label: 'aus' } }, 'Haus'),
        () =>
          store.edits.relabelAll(
            { filter: { labelled: true, excluded: false, state: 'finished', verdict: 'check' } },
            'haus',
          ),
        () => store.edits.relabelAll({ filter: { labelled: true } }, 'AaaH'),
        () => store.history.undo(),
        () => store.edits.delete({ filter: { writerId: 2, label: 'aus' } }),
      ]) {
        edit()
        const { letters } = store.catalogue.overview({}, () => false)
        for (const letter of ['H', 'h', 'a', 'Z', '%']) {
          const [told, counted] = both(store, letter)
          expect(told).toEqual(counted)
          expect(letters.find((each) => each.letter === letter)?.count ?? 0).toBe(
            Object.values(counted).reduce((sum, n) => sum + n, 0),
          )
        }
      }
    } finally {
      store.close()
    }
  })
})
