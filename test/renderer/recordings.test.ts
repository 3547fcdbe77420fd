import { describe, expect, it } from 'vitest'
import { withParts } from '../../src/renderer/state/filter.ts'
import { Recordings } from '../../src/renderer/state/recordings.svelte.ts'
import type { Output } from '../../src/shared/api.ts'
import type { ReviewRow } from '../../src/shared/api/review.ts'
import { scriptedHost } from './scripted-host.ts'

type Listed = Output<'review.list'>

function row(id: number): ReviewRow {
  return {
    id,
    sessionId: 1,
    writerId: 1,
    writerName: 'w01',
    virtual: false,
    label: `word ${id}`,
    state: 'finished',
    startedAt: 0,
    durationMs: 900,
    frames: 90,
    lostFrames: 0,
    rateHz: 100,
    channels: [],
    tag: null,
    verdict: null,
    excluded: null,
    cut: false,
    locked: false,
    deviceName: 'pen',
    reading: null,
  }
}

function page(ids: number[], total = ids.length): Listed {
  return {
    total,
    capped: false,
    rows: ids.map(row),
    first: ids.length === 0 ? null : `at ${ids[0]}`,
    last: ids.length === 0 ? null : `at ${ids.at(-1)}`,
  }
}

describe('the table of recordings', () => {
  it('drops an answer that a later question has overtaken', async () => {
    const slow = Promise.withResolvers<Listed>()
    const host = scriptedHost({ 'review.list': ({ filter }) => (filter?.label === 'a' ? slow.promise : page([2])) })
    const recordings = new Recordings(host.api)
    const first = recordings.show({ label: 'a' })
    await recordings.show({ label: 'ab' })
    slow.resolve(page([1]))
    await first
    expect(recordings.rows.map(({ id }) => id)).toEqual([2])
  })

  it('asks for a page beside the one shown by its last row, not by counting: as quick at the end of a long list', async () => {
    const host = scriptedHost({
      'review.list': ({ after }) => (after === undefined ? page([120, 119], 102) : page([118, 117], 102)),
    })
    const recordings = new Recordings(host.api)
    await recordings.show({})
    await recordings.turn('next')
    expect(recordings.page).toBe(1)
    expect(host.asked.at(-1)?.[1]).toMatchObject({ after: 'at 119' })
    await recordings.turn('next')
    expect(host.asked.at(-1)?.[1]).toMatchObject({ after: 'at 117' })
    await recordings.turn('previous')
    expect(host.asked.at(-1)?.[1]).toMatchObject({ before: 'at 118' })
  })

  it('goes on past the pages that were counted, to one that is not full', async () => {
    const full = Array.from({ length: 50 }, (_, at) => at + 1)
    let rows = full
    const recordings = new Recordings(
      scriptedHost({ 'review.list': () => ({ ...page(rows, 10_000), capped: true }) }).api,
    )
    await recordings.show({})
    for (let turned = 0; turned < 250; turned++) await recordings.turn('next')
    expect([recordings.page, recordings.atEnd]).toEqual([250, false])
    rows = [1, 2]
    await recordings.turn('next')
    expect(recordings.atEnd).toBe(true)
  })

  it('goes back to the last page there is when the one shown has been deleted empty', async () => {
    let left = 51
    const host = scriptedHost({
      'review.list': ({ offset }) => (offset === 0 ? page([1], left) : page(left > 50 ? [2] : [], left)),
    })
    const recordings = new Recordings(host.api)
    await recordings.show({})
    await recordings.turn('last')
    left = 50
    await recordings.load()
    expect(recordings.page).toBe(0)
    expect(recordings.rows.map(({ id }) => id)).toEqual([1])
  })

  it('sorts by a column, and the other way round when asked again', async () => {
    const host = scriptedHost({ 'review.list': () => page([1]) })
    const recordings = new Recordings(host.api)
    await recordings.sortBy('durationMs')
    expect(recordings.sort).toEqual({ by: 'durationMs', descending: false })
    await recordings.sortBy('durationMs')
    expect(recordings.sort).toEqual({ by: 'durationMs', descending: true })
    await recordings.sortBy('label')
    expect(recordings.sort).toEqual({ by: 'label', descending: false })
  })
})

describe('a selection', () => {
  it('is forgotten when the filter changes: nobody deletes what they do not see', async () => {
    const recordings = new Recordings(scriptedHost({ 'review.list': () => page([1]) }).api)
    recordings.select([1], true)
    await recordings.show({ label: 'x' })
    expect(recordings.selection).toBeNull()
  })

  it('of all is told to the host as the filter, so that they need not be named', async () => {
    const recordings = new Recordings(scriptedHost({ 'review.list': () => page([3, 2, 1], 1_000_000) }).api)
    await recordings.show({ verdict: 'redo' })
    await recordings.selectAll()
    expect(recordings.selectedCount).toBe(1_000_000)
    expect(recordings.selection).toEqual({ filter: { verdict: 'redo' } })
  })

  it('of all is counted to its end where the list was not, and again when recordings come or go', async () => {
    let there = 31_275
    const recordings = new Recordings(
      scriptedHost({
        'review.list': () => ({ ...page([3, 2, 1], 10_000), capped: true }),
        'recordings.list': () => ({ total: there, recordings: [] }),
      }).api,
    )
    await recordings.show({ verdict: 'good' })
    await recordings.selectAll()
    expect(recordings.selectedCount).toBe(31_275)
    there--
    await recordings.load()
    expect([recordings.selectedCount, recordings.selection]).toEqual([31_274, { filter: { verdict: 'good' } }])
    await recordings.show({})
    expect(recordings.selectedCount).toBe(0)
  })

  it('of all becomes one of the page without the row that is taken out', async () => {
    const recordings = new Recordings(scriptedHost({ 'review.list': () => page([3, 2, 1], 1_000_000) }).api)
    await recordings.show({})
    await recordings.selectAll()
    recordings.select([2], false)
    expect(recordings.selection).toEqual({ ids: [3, 1] })
  })
})

describe('a filter', () => {
  it('has no empty parts', () => {
    expect(withParts({ label: 'a', writerId: 1 }, { label: '', verdict: 'check' })).toEqual({
      writerId: 1,
      verdict: 'check',
    })
    expect(withParts({ writerId: 1 }, { writerId: undefined })).toEqual({})
    expect(withParts({}, { excluded: false })).toEqual({ excluded: false })
  })
})
