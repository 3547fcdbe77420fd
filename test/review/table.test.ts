import { beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../src/main/store/index.ts'
import type { RecordingFilter } from '../../src/shared/api/recordings.ts'
import { SORTS, type ReviewRow, type Sort } from '../../src/shared/api/review.ts'
import { signal } from '../store/fixtures.ts'
import { collection, FILTERS, inOrder, KEYS_WITH_NULLS } from './collection.ts'

const modelId = 1

let store: Store

beforeAll(() => {
  store = collection()
  return () => store.close()
})

/** Everything, one by one, with what the model read. */
function everything(): ReviewRow[] {
  return store.catalogue.page({ reading: { modelId } }, { by: 'id', descending: false }, 1000, {}).rows
}

/** All pages of a list by their cursors, forth. */
function walked(filter: RecordingFilter, sort: Sort, limit: number): ReviewRow[] {
  const rows: ReviewRow[] = []
  for (let after: string | undefined; ;) {
    const page = store.catalogue.page(filter, sort, limit, after === undefined ? {} : { after })
    rows.push(...page.rows)
    if (page.rows.length < limit || page.last === null) return rows
    after = page.last
  }
}

describe('the table of recordings', () => {
  it.each(FILTERS)(
    'finds %s, in every order, page by page forth and back, and counts it',
    (_name, filterOf, matches) => {
      const all = everything()
      for (const by of SORTS) {
        // Where some have no key, both directions; else one of them.
        for (const descending of KEYS_WITH_NULLS.has(by) ? [true, false] : [SORTS.indexOf(by) % 2 === 0]) {
          const filter =
            by === 'confidence' ? { ...filterOf(), reading: { modelId, ...filterOf().reading } } : filterOf()
          const sort = { by, descending }
          const expected = inOrder(
            all.filter((row) => matches(row) && (by !== 'confidence' || row.reading !== null)),
            sort,
          )
          expect(
            walked(filter, sort, 7).map(({ id }) => id),
            `${by} ${descending}`,
          ).toEqual(expected)
          for (const offset of [expected.length - 3, expected.length - 8, expected.length]) {
            expect(
              store.catalogue.page(filter, sort, 5, { offset: Math.max(0, offset) }).rows.map(({ id }) => id),
              `${by} ${descending} ${offset}`,
            ).toEqual(expected.slice(Math.max(0, offset)).slice(0, 5))
          }
          const page = store.catalogue.page(filter, sort, 5, { offset: 10 })
          expect(
            page.rows.map(({ id }) => id),
            `${by} ${descending}`,
          ).toEqual(expected.slice(10, 15))
          expect([page.total, page.capped], `${by} ${descending}`).toEqual([expected.length, false])
          if (page.first === null) continue
          expect(
            store.catalogue.page(filter, sort, 5, { before: page.first }).rows.map(({ id }) => id),
            `before, ${by} ${descending}`,
          ).toEqual(expected.slice(5, 10))
          expect(store.catalogue.neighbours(page.rows[0]!.id, filter, sort), `${by} ${descending}`).toEqual({
            previous: expected[9],
            next: expected[11] ?? null,
          })
        }
      }
      expect(store.recordings.count(filterOf())).toBe(all.filter(matches).length)
      expect([...store.recordings.each(filterOf())].map(({ id }) => id)).toEqual(
        inOrder(all.filter(matches), { by: 'id', descending: false }),
      )
    },
  )

  it('knows no neighbours of what is not in the list', () => {
    expect(store.catalogue.neighbours(2, { label: 'nothing' }, { by: 'id', descending: true })).toEqual({
      previous: null,
      next: null,
    })
  })

  it('takes a cursor of what is gone, and refuses one that no page told and the confidence of no model', () => {
    for (const after of ['', '7', '["a"]', '[{},1]', '[null,1]']) {
      expect(() => store.catalogue.page({}, { by: 'id', descending: true }, 5, { after })).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
    }
    const after = (id: number, descending: boolean): number[] =>
      store.catalogue
        .page({ labelled: true }, { by: 'id', descending }, 3, { after: JSON.stringify([id, id]) })
        .rows.map((row) => row.id)
    for (const id of [-5, 0, 0.5]) expect([after(id, true), after(id, false)]).toEqual([[], [2, 3, 4]])
    expect([after(1e12, true), after(1e12, false)]).toEqual([[118, 117, 116], []])
    expect(() => store.catalogue.page({}, { by: 'confidence', descending: true }, 5, {})).toThrow(
      expect.objectContaining({ code: 'invalid-input', hint: expect.stringContaining('model') as string }),
    )
  })
})

describe('how many recordings there are', () => {
  const many = 10_000
  const byId: Sort = { by: 'id', descending: true }

  it('is counted up to 10,000 of a filter, and exactly of all there is, of a selection and of an edit', () => {
    const made = collection()
    try {
      const { n: there } = made.connection.get<{ n: number }>(
        'SELECT count(*) AS n FROM recordings WHERE deleted_by IS NULL',
      )!
      const more = (count: number): void => {
        made.connection.run(
          `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
           INSERT INTO recordings (session_id, writer_id, label, state, started_at, rate_hz, channel_list_id, tag) SELECT 1, 1, 'x', 'finished', 0, 100, 1, 'many' FROM numbers`,
          count,
        )
      }
      more(many)
      const filter: RecordingFilter = { tag: 'many' }
      expect(made.catalogue.page(filter, byId, 5, {})).toMatchObject({ total: many, capped: false })
      more(1)
      const page = made.catalogue.page(filter, byId, 5, {})
      expect([page.total, page.capped, page.rows.length]).toEqual([many, true, 5])
      expect(made.catalogue.page({}, byId, 5, {})).toMatchObject({ total: there + many + 1, capped: false })
      expect(made.recordings.list(filter, 0, 1).total).toBe(many + 1)
      expect(made.edits.exclude({ filter }, 'too many')).toBe(many + 1)
    } finally {
      made.close()
    }
  })
})

describe('what a model has not read', () => {
  const unread: RecordingFilter = { reading: { modelId: 1, outcome: 'none' } }
  const numbers = (of: Store, sort: Sort = { by: 'id', descending: false }): number[] =>
    of.catalogue.page(unread, sort, 1000, {}).rows.map(({ id }) => id)

  it('follows readings, deletions, undoing, edits of samples and what comes in', () => {
    const made = collection()
    try {
      const expected = (): number[] =>
        made.connection
          .all<{ id: number }>(
            'SELECT id FROM recordings WHERE deleted_by IS NULL AND id NOT IN (SELECT recording_id FROM ' +
              'readings WHERE model_id = 1) ORDER BY id',
          )
          .map(({ id }) => id)
      const agree = (): void => {
        expect(numbers(made)).toEqual(expected())
        expect(made.recordings.count(unread)).toBe(expected().length)
        expect(made.readings.counts()).toMatchObject([
          { readings: made.connection.all('SELECT 1 FROM readings').length },
        ])
      }
      agree()
      for (const id of [4, 64, 4]) made.readings.keep(1, id, { text: 'x', confidence: 0.5 })
      agree()
      made.edits.delete({ ids: [2, 4, 63, 64] })
      agree()
      made.history.undo()
      agree()
      made.edits.trim(65, 1, 3)
      agree()
      for (let i = 0; i < 70; i++) made.recordings.insert({ sessionId: 1, label: null, signal: signal(4 + i) })
      agree()
      made.writers.delete(2)
      agree()
    } finally {
      made.close()
    }
  })

  it('is found where the order puts it last and most else is read, in every order', () => {
    const made = collection()
    try {
      const labelled = [...made.recordings.each({ labelled: true })]
      made.transaction(() => labelled.forEach(({ id }) => made.readings.keep(1, id, { text: 'x', confidence: 1 })))
      made.connection.run('DELETE FROM readings WHERE recording_id IN (SELECT id FROM recordings WHERE label IS NULL)')
      const rows = made.catalogue
        .page({}, { by: 'id', descending: false }, 1000, {})
        .rows.filter(({ label }) => label === null)
      expect(rows).toHaveLength(15)
      for (const by of SORTS.filter((each) => each !== 'confidence')) {
        for (const descending of [true, false]) {
          expect(numbers(made, { by, descending }), `${by} ${descending}`).toEqual(inOrder(rows, { by, descending }))
          const page = made.catalogue.page(unread, { by, descending }, 3, { offset: 3 })
          expect(
            page.rows.map(({ id }) => id),
            `${by} ${descending}`,
          ).toEqual(inOrder(rows, { by, descending }).slice(3, 6))
          expect(
            made.catalogue.page(unread, { by, descending }, 3, { after: page.last! }).rows.map(({ id }) => id),
            `${by} ${descending}`,
          ).toEqual(inOrder(rows, { by, descending }).slice(6, 9))
        }
      }
    } finally {
      made.close()
    }
  })
})

describe('the overview', () => {
  it.each(FILTERS.filter(([name]) => !name.startsWith('read') && name !== 'not read'))(
    'sums up %s as counting does',
    (_name, filterOf, matches) => {
      const rows = everything().filter(matches)
      const overview = store.catalogue.overview(filterOf(), (writer) => writer === 'Ada')
      const count = (test: (row: ReviewRow) => boolean): number => rows.filter(test).length
      expect(overview).toMatchObject({
        recordings: rows.length,
        excluded: count((row) => row.excluded !== null),
        frames: rows.reduce((sum, row) => sum + row.frames, 0),
        lostFrames: rows.reduce((sum, row) => sum + row.lostFrames, 0),
        verdicts: {
          good: count((row) => row.verdict === 'good'),
          check: count((row) => row.verdict === 'check'),
          redo: count((row) => row.verdict === 'redo'),
          none: count((row) => row.verdict === null),
        },
        unlabelled: count((row) => row.label === null),
        sessionCount: new Set(rows.map((row) => row.sessionId)).size,
      })
      expect(overview.writers.map(({ writerName, recordings, locked }) => [writerName, recordings, locked])).toEqual(
        [...new Set(rows.map((row) => row.writerName))]
          .sort()
          .map((writer) => [writer, count((row) => row.writerName === writer), writer === 'Ada']),
      )
      expect(overview.durations.counts.reduce((sum, n) => sum + n, overview.durations.over)).toBe(rows.length)
      const letters = rows.flatMap((row) => [...(row.label ?? '')])
      expect(new Map(overview.letters.map(({ letter, count: n }) => [letter, n])).get('a')).toBe(
        letters.filter((letter) => letter === 'a').length,
      )
      expect(overview.missing.includes('Z')).toBe(!letters.includes('Z'))
      expect(overview.exclusions.reduce((sum, { recordings }) => sum + recordings, 0)).toBe(
        count((row) => row.excluded !== null),
      )
      expect(overview.reasons.reduce((sum, { recordings }) => sum + recordings, 0)).toBe(
        count((row) => row.verdict === 'check' || row.verdict === 'redo'),
      )
    },
  )

  it('follows new labels', () => {
    const count = (letter: string): number =>
      store.catalogue.overview({}, () => false).letters.find((each) => each.letter === letter)?.count ?? 0
    expect(count('q')).toBe(0)
    store.edits.relabel(2, 'qq')
    expect(count('q')).toBe(2)
    store.history.undo()
    expect(count('q')).toBe(0)
  })
})
