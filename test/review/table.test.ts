import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/main/store/index.ts'
import type { RecordingFilter } from '../../src/shared/api/recordings.ts'
import { SORTS, type ReviewRow, type Sort } from '../../src/shared/api/review.ts'
import { signal, temporaryFolder } from '../store/fixtures.ts'

const LABELS = ['Haus', 'haus', 'Maus', 'über', '50 %', 'Zebra', null, 'a_b']
const VERDICTS = ['green', 'green', 'look', 'redo', null] as const
const HOUR = 3_600_000
const MONDAY = Date.UTC(2026, 0, 5)

let store: Store
let modelId: number

/** 120 recordings of four writers in eight sessions, of all kinds; some deleted. */
function collection(): Store {
  const made = openStore(join(temporaryFolder(), 'pens.sqlite'))
  made.connection.pragma('synchronous = OFF')
  made.connection.run("INSERT INTO protocols (id, version, source, protocol, saved_at) VALUES ('words', 1, '', '{\"name\":\"Words\"}', 0), ('words', 2, '', '{\"name\":\"Words\"}', 0)")
  modelId = made.models.create({ name: 'm', kind: 'cnn-bilstm', task: 'ctc', parameters: 1, alphabet: 'ab', channels: [], rateHz: 100, trainedOn: { recordings: 0, writers: 0, virtual: false }, scores: null, runId: null, files: [] }).id
  made.transaction(() => {
    for (let i = 0; i < 120; i++) {
      const session = Math.floor(i / 15)
      if (i % 15 === 0) {
        const writer = made.writers.findOrCreate(['w2', 'w10', 'Ada', 'w1'][session % 4]!, { handedness: 'right', virtual: false })
        const { id } = made.sessions.create({ writerId: writer.id, deviceName: `Pen ${session}`, origin: 'recorded', profile: {} })
        made.sessions.end(id)
        if (session % 2 === 0) made.connection.run("INSERT INTO sittings (session_id, protocol_id, protocol_version, plan, segmentation) VALUES (?, 'words', ?, '{\"prompts\":[]}', '{}')", id, 1 + (session % 4) / 2)
      }
      const word = signal(3 + (i % 7))
      const id = Number(made.recordings.insert({ sessionId: session + 1, label: LABELS[i % 8]!, signal: { ...word, hostMillis: word.hostMillis.fill(NaN), gaps: i % 6 === 0 ? [{ at: 1, lost: i % 4 }] : [] }, startedAt: MONDAY + (i % 50) * HOUR, state: i % 17 === 0 ? 'interrupted' : 'finished' }))
      made.sittings.belongs(id, i % 15, i % 9 === 0 ? 'enrolment' : i % 9 === 1 ? 'drill' : null)
      const level = VERDICTS[i % 5]
      if (level) made.sittings.judge(id, { level, reasons: level === 'green' ? [] : [{ code: i % 2 === 0 ? 'gap' : 'cut', level, message: 'x' }] })
      if (i % 3 !== 0) made.readings.keep(modelId, id, { text: 'Haus', confidence: (i % 10) / 10 })
    }
  })
  made.edits.exclude({ ids: [3, 7, 20] }, 'wrong pen')
  made.edits.exclude({ ids: [21, 90] }, 'slip')
  made.edits.delete({ ids: [1, 50, 120] })
  made.edits.trim(10, 1, 3)
  return made
}

beforeAll(() => {
  store = collection()
  return () => store.close()
})

/** What each filter means, said once more without SQL. */
const FILTERS: [string, () => RecordingFilter, (row: ReviewRow) => boolean][] = [
  ['everything', () => ({}), () => true],
  ['a writer', () => ({ writerId: 1 }), (row) => row.writerId === 1],
  ['a session', () => ({ sessionId: 3 }), (row) => row.sessionId === 3],
  ['part of a label', () => ({ label: 'AUS' }), (row) => row.label?.toLowerCase().includes('aus') === true],
  ['a wild card taken by the letter', () => ({ label: '%' }), (row) => row.label === '50 %'],
  ['a capital letter', () => ({ letter: 'H' }), (row) => row.label?.includes('H') === true],
  ['a small letter of which there are capitals', () => ({ letter: 'h' }), (row) => row.label?.includes('h') === true],
  ['a letter in another form of Unicode', () => ({ letter: 'u\u0308' }), (row) => row.label === 'über'],
  ['a letter and part of a label', () => ({ letter: 'H', label: 'haus' }), (row) => row.label === 'Haus'],
  ['no label', () => ({ labelled: false }), (row) => row.label === null],
  ['a label', () => ({ labelled: true }), (row) => row.label !== null],
  ['a state', () => ({ state: 'interrupted' }), (row) => row.state === 'interrupted'],
  ['a verdict', () => ({ verdict: 'look' }), (row) => row.verdict === 'look'],
  ['no verdict', () => ({ verdict: 'none' }), (row) => row.verdict === null],
  ['a reason', () => ({ reason: 'gap' }), (row) => (row.verdict === 'look' || row.verdict === 'redo') && row.id % 2 === 1],
  ['a tag', () => ({ tag: 'drill' }), (row) => row.tag === 'drill'],
  ['a protocol', () => ({ protocol: { id: 'words' } }), (row) => row.sessionId % 2 === 1],
  ['a version of a protocol', () => ({ protocol: { id: 'words', version: 2 } }), (row) => row.sessionId % 4 === 3],
  ['a day', () => ({ from: MONDAY + 2 * HOUR, to: MONDAY + 10 * HOUR }), (row) => row.startedAt >= MONDAY + 2 * HOUR && row.startedAt < MONDAY + 10 * HOUR],
  ['how long they last', () => ({ durationFrom: 30, durationTo: 60 }), (row) => row.durationMs >= 30 && row.durationMs < 60],
  ['excluded', () => ({ excluded: true }), (row) => row.excluded !== null],
  ['not excluded', () => ({ excluded: false }), (row) => row.excluded === null],
  ['read right', () => ({ reading: { modelId, outcome: 'right' } }), (row) => row.reading?.right === true],
  ['read wrong', () => ({ reading: { modelId, outcome: 'wrong' } }), (row) => row.reading?.right === false],
  ['not read', () => ({ reading: { modelId, outcome: 'none' } }), (row) => row.reading === null],
  ['read with confidence', () => ({ reading: { modelId, confidenceFrom: 0.2, confidenceTo: 0.6 } }), (row) => row.reading !== null && row.reading.confidence >= 0.2 && row.reading.confidence < 0.6],
  ['several at once', () => ({ writerId: 1, verdict: 'green', labelled: true, excluded: false, state: 'finished' }), (row) => row.writerId === 1 && row.verdict === 'green' && row.label !== null && row.excluded === null && row.state === 'finished'],
  ['what nothing is', () => ({ label: 'nothing', reason: 'gap', tag: 'drill' }), () => false],
]

/** Everything, one by one, with what the model read. */
function everything(): ReviewRow[] {
  return store.catalogue.page({ reading: { modelId } }, { by: 'id', descending: false }, 1000, {}).rows
}

/** All pages of a list by their cursors, forth. */
function walked(filter: RecordingFilter, sort: Sort, limit: number): ReviewRow[] {
  const rows: ReviewRow[] = []
  for (let after: string | undefined; ; ) {
    const page = store.catalogue.page(filter, sort, limit, after === undefined ? {} : { after })
    rows.push(...page.rows)
    if (page.rows.length < limit || page.last === null) return rows
    after = page.last
  }
}

const KEYS: Record<Sort['by'], (row: ReviewRow) => string | number | null> = {
  id: (row) => row.id, label: (row) => row.label?.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) ?? null, writer: (row) => row.writerName, session: (row) => row.sessionId, startedAt: (row) => row.startedAt,
  durationMs: (row) => row.durationMs, frames: (row) => row.frames, lostFrames: (row) => row.lostFrames, verdict: (row) => row.verdict, tag: (row) => row.tag, excluded: (row) => row.excluded, confidence: (row) => row.reading?.confidence ?? null,
}

const KEYS_WITH_NULLS = new Set<Sort['by']>(['label', 'verdict', 'tag', 'excluded'])

/** By the bytes of texts, nothing first, equals by number. */
function inOrder(rows: readonly ReviewRow[], { by, descending }: Sort): number[] {
  const rank = (a: string | number | null, b: string | number | null): number => {
    if (a === null || b === null) return Number(b === null) - Number(a === null)
    return typeof a === 'string' && typeof b === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : Number(a) - Number(b)
  }
  const sorted = rows.toSorted((a, b) => rank(KEYS[by](a), KEYS[by](b)) || a.id - b.id)
  return (descending ? sorted.reverse() : sorted).map(({ id }) => id)
}

describe('the table of recordings', () => {
  it.each(FILTERS)('finds %s, in every order, page by page forth and back, and counts it', (_name, filterOf, matches) => {
    const all = everything()
    for (const by of SORTS) {
      // Where some have no key, both directions; else one of them.
      for (const descending of KEYS_WITH_NULLS.has(by) ? [true, false] : [SORTS.indexOf(by) % 2 === 0]) {
        const filter = by === 'confidence' ? { ...filterOf(), reading: { modelId, ...filterOf().reading } } : filterOf()
        const sort = { by, descending }
        const expected = inOrder(all.filter((row) => matches(row) && (by !== 'confidence' || row.reading !== null)), sort)
        expect(walked(filter, sort, 7).map(({ id }) => id), `${by} ${descending}`).toEqual(expected)
        for (const offset of [expected.length - 3, expected.length - 8, expected.length]) {
          expect(store.catalogue.page(filter, sort, 5, { offset: Math.max(0, offset) }).rows.map(({ id }) => id), `${by} ${descending} ${offset}`).toEqual(expected.slice(Math.max(0, offset)).slice(0, 5))
        }
        const page = store.catalogue.page(filter, sort, 5, { offset: 10 })
        expect(page.rows.map(({ id }) => id), `${by} ${descending}`).toEqual(expected.slice(10, 15))
        expect([page.total, page.capped], `${by} ${descending}`).toEqual([expected.length, false])
        if (page.first === null) continue
        expect(store.catalogue.page(filter, sort, 5, { before: page.first }).rows.map(({ id }) => id), `before, ${by} ${descending}`).toEqual(expected.slice(5, 10))
        expect(store.catalogue.neighbours(page.rows[0]!.id, filter, sort), `${by} ${descending}`).toEqual({ previous: expected[9], next: expected[11] ?? null })
      }
    }
    expect(store.recordings.count(filterOf())).toBe(all.filter(matches).length)
    expect([...store.recordings.each(filterOf())].map(({ id }) => id)).toEqual(inOrder(all.filter(matches), { by: 'id', descending: false }))
  })

  it('knows no neighbours of what is not in the list', () => {
    expect(store.catalogue.neighbours(2, { label: 'nothing' }, { by: 'id', descending: true })).toEqual({ previous: null, next: null })
  })

  it('refuses a cursor that no page told, and the confidence of no model', () => {
    for (const after of ['', '7', '["a"]', '[{},1]']) {
      expect(() => store.catalogue.page({}, { by: 'id', descending: true }, 5, { after })).toThrow(expect.objectContaining({ code: 'invalid-input' }))
    }
    expect(() => store.catalogue.page({}, { by: 'confidence', descending: true }, 5, {})).toThrow(expect.objectContaining({ code: 'invalid-input', hint: expect.stringContaining('model') as string }))
  })
})

describe('what a model has not read', () => {
  const unread: RecordingFilter = { reading: { modelId: 1, outcome: 'none' } }
  const numbers = (of: Store, sort: Sort = { by: 'id', descending: false }): number[] => of.catalogue.page(unread, sort, 1000, {}).rows.map(({ id }) => id)

  it('follows readings, deletions, undoing, edits of samples and what comes in', () => {
    const made = collection()
    try {
      const expected = (): number[] => made.connection.all<{ id: number }>('SELECT id FROM recordings WHERE deleted_by IS NULL AND id NOT IN (SELECT recording_id FROM readings WHERE model_id = 1)').map(({ id }) => id)
      const agree = (): void => {
        expect(numbers(made)).toEqual(expected())
        expect(made.recordings.count(unread)).toBe(expected().length)
        expect(made.readings.counts()).toMatchObject([{ readings: made.connection.all('SELECT 1 FROM readings').length }])
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
      const rows = made.catalogue.page({}, { by: 'id', descending: false }, 1000, {}).rows.filter(({ label }) => label === null)
      expect(rows).toHaveLength(15)
      for (const by of SORTS.filter((each) => each !== 'confidence')) {
        for (const descending of [true, false]) {
          expect(numbers(made, { by, descending }), `${by} ${descending}`).toEqual(inOrder(rows, { by, descending }))
          const page = made.catalogue.page(unread, { by, descending }, 3, { offset: 3 })
          expect(page.rows.map(({ id }) => id), `${by} ${descending}`).toEqual(inOrder(rows, { by, descending }).slice(3, 6))
          expect(made.catalogue.page(unread, { by, descending }, 3, { after: page.last! }).rows.map(({ id }) => id), `${by} ${descending}`).toEqual(inOrder(rows, { by, descending }).slice(6, 9))
        }
      }
    } finally {
      made.close()
    }
  })

  it('is known of databases that were written before it was asked for', () => {
    const made = collection()
    const found = numbers(made)
    made.connection.execute(`DROP TRIGGER recording_added_marks; DROP TRIGGER recording_removed_marks; DROP TRIGGER recording_hidden_marks; DROP TRIGGER recording_shown_marks; DROP TRIGGER reading_added; DROP TRIGGER reading_removed;
      DROP TABLE shown_marks; DROP TABLE read_marks; DROP TABLE bits; ALTER TABLE models DROP COLUMN readings; PRAGMA user_version = 6`)
    made.close()
    const again = openStore(made.path)
    try {
      expect(numbers(again)).toEqual(found)
      expect(again.recordings.count(unread)).toBe(found.length)
    } finally {
      again.close()
    }
  })
})

describe('the overview', () => {
  it.each(FILTERS.filter(([name]) => !name.startsWith('read') && name !== 'not read'))('sums up %s as counting does', (_name, filterOf, matches) => {
    const rows = everything().filter(matches)
    const overview = store.catalogue.overview(filterOf(), (writer) => writer === 'Ada')
    const count = (test: (row: ReviewRow) => boolean): number => rows.filter(test).length
    expect(overview).toMatchObject({
      recordings: rows.length,
      excluded: count((row) => row.excluded !== null),
      frames: rows.reduce((sum, row) => sum + row.frames, 0),
      lostFrames: rows.reduce((sum, row) => sum + row.lostFrames, 0),
      verdicts: { green: count((row) => row.verdict === 'green'), look: count((row) => row.verdict === 'look'), redo: count((row) => row.verdict === 'redo'), none: count((row) => row.verdict === null) },
      unlabelled: count((row) => row.label === null),
      sessionCount: new Set(rows.map((row) => row.sessionId)).size,
    })
    expect(overview.writers.map(({ writerName, recordings, locked }) => [writerName, recordings, locked])).toEqual(
      [...new Set(rows.map((row) => row.writerName))].sort().map((writer) => [writer, count((row) => row.writerName === writer), writer === 'Ada']),
    )
    expect(overview.durations.counts.reduce((sum, n) => sum + n, overview.durations.over)).toBe(rows.length)
    const letters = rows.flatMap((row) => [...(row.label ?? '')])
    expect(new Map(overview.letters.map(({ letter, count: n }) => [letter, n])).get('a')).toBe(letters.filter((letter) => letter === 'a').length)
    expect(overview.missing.includes('Z')).toBe(!letters.includes('Z'))
    expect(overview.exclusions.reduce((sum, { recordings }) => sum + recordings, 0)).toBe(count((row) => row.excluded !== null))
    expect(overview.reasons.reduce((sum, { recordings }) => sum + recordings, 0)).toBe(count((row) => row.verdict === 'look' || row.verdict === 'redo'))
  })

  it('follows new labels', () => {
    const count = (letter: string): number => store.catalogue.overview({}, () => false).letters.find((each) => each.letter === letter)?.count ?? 0
    expect(count('q')).toBe(0)
    store.edits.relabel(2, 'qq')
    expect(count('q')).toBe(2)
    store.history.undo()
    expect(count('q')).toBe(0)
  })
})
