import { describe, expect, it } from 'vitest'
import { Recordings } from '../../src/renderer/state/recordings.svelte.ts'
import { Review } from '../../src/renderer/state/review.svelte.ts'
import type { Output } from '../../src/shared/api.ts'
import type { Recording } from '../../src/shared/api/recordings.ts'
import { KalamosError } from '../../src/shared/errors.ts'
import { scriptedHost } from './scripted-host.ts'

function recording(id: number): Recording {
  return {
    id,
    sessionId: 1,
    writerId: 1,
    writerName: 'w01',
    virtual: false,
    label: `word ${id}`,
    state: 'finished',
    startedAt: 0,
    durationMs: 1000,
    frames: 101,
    lostFrames: 0,
    rateHz: 100,
    channels: [],
    tag: null,
    verdict: null,
    excluded: null,
    locked: false,
    cut: false,
  }
}

function about(id: number, next: number | null = null): Output<'review.get'> {
  return {
    recording: recording(id),
    writer: { id: 1, name: 'w01', handedness: 'right', virtual: false, createdAt: 0, recordings: 1 },
    session: {
      id: 1,
      writerId: 1,
      writerName: 'w01',
      virtual: false,
      deviceName: 'pen',
      origin: 'recorded',
      startedAt: 0,
      endedAt: null,
      recordings: 1,
    },
    device: { name: 'pen', profile: null, penName: null, serial: null, firmware: null, surface: null },
    protocol: null,
    prompt: null,
    gaps: [],
    pieces: [],
    samples: 'checked' as const,
    rawFrames: 101,
    verdict: null,
    notes: [],
    history: [],
    readings: [],
    models: [],
    neighbours: { previous: null, next, total: 1, capped: false },
  }
}

/** The number of a recording that cannot be read. */
const DAMAGED = 66

/** A host with recordings of 101 frames, one every 10 ms, until they are deleted. */
function lab({ every = 1 } = {}) {
  const deleted = new Set<number>()
  const host = scriptedHost({
    'review.get': ({ id, filter }) => {
      if (deleted.has(id)) throw new KalamosError('not-found', `There is no recording ${id}.`)
      return about(id, filter?.sessionId === undefined ? null : id + 1)
    },
    'recordings.get': ({ id }) => {
      if (id === DAMAGED) throw new KalamosError('database-damaged', `The samples of recording ${id} are damaged.`)
      return {
        recording: { ...recording(id), frames: 100 * every + 2 },
        timesMs: Array.from({ length: 101 }, (_, i) => i * 10),
        values: [],
        gaps: [],
        every,
        allGaps: { gaps: 0, lost: 0 },
      }
    },
    'review.image': () => Promise.reject(new KalamosError('internal', 'No canvas is there.')),
  })
  return { host, deleted, review: new Review(host.api, new Recordings(host.api)) }
}

describe('a recording that is looked at large', () => {
  it('is shown whole, with nothing marked to be cut off, also where its picture cannot be drawn', async () => {
    const { review } = lab()
    await review.open(1)
    expect(review.view).toEqual({ from: 0, to: 1000 })
    expect([review.first, review.last, review.trimmed]).toEqual([0, 100, false])
  })

  it('is there without its samples where these are damaged', async () => {
    const { review } = lab()
    await review.open(DAMAGED)
    expect([review.id, review.signal, review.gone]).toEqual([DAMAGED, null, false])
  })

  it('is trimmed at the cursor, from either side, and never to less than a frame', async () => {
    const { review } = lab()
    await review.open(1)
    review.moveCursor(30)
    review.trimHere('first')
    review.moveCursor(-10)
    review.trimHere('last')
    expect([review.first, review.last, review.trimmed]).toEqual([30, 30, true])
    review.untrim()
    expect([review.first, review.last, review.trimmed]).toEqual([0, 100, false])
  })

  it('that is very long is trimmed and split at the frames that its rows stand for', async () => {
    const { review } = lab({ every: 3 })
    await review.open(1)
    review.moveCursor(30)
    expect([review.frame, review.frameOf(0), review.frameOf(review.last)]).toEqual([90, 0, 301])
  })

  it('keeps what is marked and shown while only its label changes, and begins anew for another one', async () => {
    const { review, host } = lab()
    review.listen()
    await review.open(1)
    review.moveCursor(40)
    review.zoom(0.5)
    const view = review.view
    host.send('review.edited', { undo: 'Label of recording 1', redo: null })
    await review.refresh()
    expect([review.cursor, review.view]).toEqual([40, view])
    await review.open(2)
    expect([review.cursor, review.view]).toEqual([0, { from: 0, to: 1000 }])
  })

  it('says that it is gone when an edit has hidden it', async () => {
    const { review, deleted } = lab()
    await review.open(1)
    deleted.add(1)
    await expect(review.refresh()).rejects.toMatchObject({ code: 'not-found' })
    expect([review.about, review.gone]).toEqual([null, true])
  })

  it('is merged with what follows in its session, whatever the table shows', async () => {
    const { review, host } = lab()
    await review.open(7)
    expect((await review.following())?.recording.id).toBe(8)
    expect(host.asked.at(-1)?.[1]).toMatchObject({
      id: 8,
      filter: { sessionId: 1 },
      sort: { by: 'startedAt', descending: false },
    })
  })
})
