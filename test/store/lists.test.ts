import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/main/store/index.ts'
import type { Place } from '../../src/main/store/list-order.ts'
import { placesOf, WAYS, type Way } from '../../src/main/store/review-page.ts'
import type { RecordingFilter } from '../../src/shared/api/recordings.ts'
import { SORTS, type ReviewRow, type Sort } from '../../src/shared/api/review.ts'
import { collection, FILTERS, inOrder } from '../review/collection.ts'

const LIMIT = 17

let store: Store

function everything(of: Store = store): ReviewRow[] {
  return of.catalogue.page({ reading: { modelId: 1 } }, { by: 'id', descending: false }, 1000, {}).rows
}

/** All pages of a list by cursors, forth, and then back again from the last. */
function pages(filter: RecordingFilter, sort: Sort, way: Way): { forth: number[]; back: number[] } {
  const forth: Place[] = []
  for (let page = placesOf(store.connection, filter, sort, { offset: 0 }, LIMIT, way); page.length > 0; page = placesOf(store.connection, filter, sort, { after: page.at(-1)! }, LIMIT, way)) forth.push(...page)
  const back: Place[] = forth.slice(-1)
  for (let page = back; page.length > 0; page = placesOf(store.connection, filter, sort, { before: page[0]! }, LIMIT, way)) if (page !== back) back.unshift(...page)
  return { forth: forth.map(({ id }) => id), back: back.map(({ id }) => id) }
}

describe('the ways to read a list', () => {
  beforeAll(() => {
    store = collection()
    return () => store.close()
  })

  it.each(WAYS.flatMap((way) => FILTERS.filter(([name]) => name !== 'everything').map(([name, filter, matches]) => ({ way, name, filter, matches }))))('lead to the same: $name by a $way', ({ way, filter, matches }) => {
    const all = everything()
    for (const by of SORTS) {
      const asked = by === 'confidence' ? { ...filter(), reading: { modelId: 1, ...filter().reading } } : filter()
      const sort = { by, descending: SORTS.indexOf(by) % 2 === 0 }
      const expected = inOrder(all.filter((row) => matches(row) && (by !== 'confidence' || row.reading !== null)), sort)
      expect(pages(asked, sort, way), by).toEqual({ forth: expected, back: expected })
      for (const offset of [3, expected.length - 2]) {
        expect(placesOf(store.connection, asked, sort, { offset: Math.max(0, offset) }, LIMIT, way).map(({ id }) => id), `${by} from ${offset}`).toEqual(expected.slice(Math.max(0, offset)).slice(0, LIMIT))
      }
    }
  })

  it('take a place from where no recording is', () => {
    for (const way of WAYS) {
      const numbers = (place: Place, descending: boolean): number[] => placesOf(store.connection, { labelled: true }, { by: 'id', descending }, { after: place }, 3, way).map(({ id }) => id)
      for (const id of [-5, 0, 0.5]) expect([numbers({ key: id, id }, true), numbers({ key: id, id }, false)], way).toEqual([[], [2, 3, 4]])
      expect([numbers({ key: 1e12, id: 1e12 }, true), numbers({ key: 1e12, id: 1e12 }, false)], way).toEqual([[118, 117, 116], []])
    }
  })
})

describe('what is remembered of a filter', () => {
  beforeEach(() => {
    store = collection()
  })
  afterEach(() => store.close())

  const filter: RecordingFilter = { labelled: true, excluded: false, reading: { modelId: 1, outcome: 'right' } }
  const matches = (row: ReviewRow): boolean => row.label !== null && row.excluded === null && row.reading?.right === true
  const byLength: Sort = { by: 'durationMs', descending: true }
  const list = (of: Store = store): number[] => placesOf(of.connection, filter, byLength, { offset: 0 }, 1000, 'set').map(({ id }) => id)

  it('follows every edit between two pages', () => {
    const edits: (() => void)[] = [
      () => store.edits.relabel(list()[0]!, null),
      () => store.edits.delete({ ids: list().slice(1, 3) }),
      () => store.edits.exclude({ ids: list().slice(2, 4) }, 'slip'),
      () => store.readings.keep(1, list()[5]!, { text: 'Maus', confidence: 0.5 }),
      () => store.edits.trim(list()[4]!, 0, 2),
      () => void store.history.undo(),
      () => store.writers.delete(2),
    ]
    for (const edit of edits) {
      const [third] = placesOf(store.connection, filter, byLength, { offset: 2 }, 1, 'set')
      edit()
      const expected = everything().filter(matches)
      expect(list()).toEqual(inOrder(expected, byLength))
      const behind = expected.filter((row) => row.durationMs < (third!.key as number) || (row.durationMs === third!.key && row.id < third!.id))
      expect(placesOf(store.connection, filter, byLength, { after: third! }, LIMIT, 'set').map(({ id }) => id)).toEqual(inOrder(behind, byLength).slice(0, LIMIT))
      expect(store.catalogue.total(filter, byLength).total).toBe(expected.length)
    }
  })

  it('is not what a transaction saw that was taken back', () => {
    const before = list()
    const taking = (): void => store.transaction(() => {
      store.edits.exclude({ ids: before.slice(0, 2) }, 'slip')
      expect(list()).toEqual(before.slice(2))
      throw new Error('taken back')
    })
    expect(taking).toThrow('taken back')
    expect(list()).toEqual(before)
  })

  it('follows what another program writes', () => {
    const reader = openStore(store.path, { readOnly: true })
    try {
      const before = list(reader)
      expect(before).toEqual(list())
      store.edits.delete({ ids: before.slice(0, 1) })
      expect(list(reader)).toEqual(before.slice(1))
    } finally {
      reader.close()
    }
  })

  it('is kept while nothing is written', () => {
    list()
    const asked = everything().length
    const remembered = store.connection.remembered.get('a figure', () => asked)
    expect([remembered, store.connection.remembered.has('a figure')]).toEqual([asked, true])
    store.settings.set('anything', 1)
    expect(store.connection.remembered.has('a figure')).toBe(false)
  })
})
