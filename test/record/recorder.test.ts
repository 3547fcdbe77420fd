import { afterEach, describe, expect, it, vi } from 'vitest'
import { Recorder } from '../../src/main/record/index.ts'
import type { RecorderState } from '../../src/shared/api/recordings.ts'
import { newStore } from '../store/fixtures.ts'
import { PATIENCE } from '../support/patience.ts'
import { DeskPen, PROFILE } from './pens.ts'

const recorders: Recorder[] = []
afterEach(() => {
  for (const recorder of recorders.splice(0)) recorder.close()
})

function desk(prompts = ['Haus', 'Maus', 'aus'], advance: 'pause' | 'key' = 'pause') {
  const store = newStore()
  const pen = new DeskPen()
  const recorder = new Recorder({ store, pens: pen, events: pen.events })
  recorders.push(recorder)
  const writerId = store.writers.create({ name: 'w01', handedness: 'right' }).id
  const input = { deviceId: 'desk', writerId, prompts, advance }
  recorder.start(input)
  pen.lift(50)
  const labels = () =>
    store.recordings
      .list({}, 0, 100)
      .recordings.map(({ label, state }) => `${label} ${state}`)
      .reverse()
  return { store, pen, recorder, input, labels }
}

describe('a prompted session', () => {
  it('makes a labelled recording of each word, and is done after the last', () => {
    const { recorder, pen, labels } = desk()
    expect(recorder.state).toMatchObject({ phase: 'waiting', index: 0 })
    pen.press(10)
    expect(recorder.state).toMatchObject({ phase: 'writing', index: 0 })
    pen.lift(50)
    pen.word()
    expect(recorder.state).toMatchObject({ phase: 'waiting', index: 2 })
    pen.word()
    expect(recorder.state).toMatchObject({ phase: 'done', index: 3, skipped: [], problem: null })
    expect(labels()).toEqual(['Haus finished', 'Maus finished', 'aus finished'])
    pen.word()
    expect(labels()).toHaveLength(3)
  })

  it('records from a tenth of a second before pen-down to a tenth of a second after the last pen-up', () => {
    const { store, recorder, pen } = desk()
    pen.press(40)
    pen.lift(20)
    pen.press(7)
    pen.lift(50)
    pen.word()
    const [first, second] = recorder.state!.recordedIds.map((id) => store.recordings.signal(id))
    expect(first!.frames).toBe(10 + 40 + 20 + 7 + 10)
    expect(first!.values[0]).toBe(40)
    expect(second!.frames).toBe(10 + 40 + 10)
    expect(second!.values[0]).toBe(50 + 40 + 20 + 7 + 50 - 10)
  })

  it('cuts words the same when they come in one burst', () => {
    const { store, recorder, pen } = desk(Array.from({ length: 20 }, (_, i) => `word ${i}`))
    for (let i = 0; i < 20; i++) pen.word(20 + i)
    expect(recorder.state!.phase).toBe('done')
    expect(recorder.state!.recordedIds.map((id) => store.recordings.get(id).frames)).toEqual(
      Array.from({ length: 20 }, (_, i) => 40 + i),
    )
  })

  it('has a word on the disk while it is written', async () => {
    const { store, pen } = desk()
    pen.press(30)
    await vi.waitFor(
      () =>
        expect(store.recordings.list({}, 0, 1).recordings[0]).toMatchObject({
          state: 'open',
          label: 'Haus',
          frames: 40,
        }),
      PATIENCE,
    )
  })

  it('keeps lost frames as gaps and counts them', () => {
    const { store, recorder, pen } = desk()
    pen.press(20)
    pen.press(20, 3)
    pen.lift(50)
    expect(recorder.state!.lostFrames).toBe(3)
    expect(store.recordings.signal(recorder.state!.recordedIds[0]!).gaps).toEqual([{ at: 30, lost: 3 }])
  })

  it('ends a word only by key where that is wanted', () => {
    const { store, recorder, pen, labels } = desk(['Haus', 'Maus'], 'key')
    pen.press(40)
    pen.lift(300)
    pen.press(10)
    expect(recorder.state!.phase).toBe('writing')
    expect(recorder.next()).toMatchObject({ phase: 'waiting', index: 1 })
    expect(store.recordings.get(recorder.state!.recordedIds[0]!).frames).toBe(10 + 40 + 300 + 10)
    pen.lift(50)
    pen.word()
    recorder.next()
    expect(labels()).toEqual(['Haus finished', 'Maus finished'])
  })

  it('does not go on by key before something is written', () => {
    const { recorder } = desk()
    expect(() => recorder.next()).toThrow(
      expect.objectContaining({
        code: 'empty-recording',
        message: 'Nothing was written yet for “Haus”.',
        hint: 'Write it, or skip it.',
      }),
    )
  })

  it('asks for the last word again on redo, or for the one being written', () => {
    const { recorder, pen, labels } = desk()
    pen.word()
    expect(recorder.redo()).toMatchObject({ index: 0, recordedIds: [] })
    pen.word()
    pen.press(20)
    expect(recorder.redo()).toMatchObject({ index: 1, phase: 'waiting' })
    pen.lift(50)
    pen.word()
    expect(labels()).toEqual(['Haus finished', 'Maus finished'])
  })

  it('can redo the last prompt when all is done', () => {
    const { recorder, pen } = desk(['Haus'])
    pen.word()
    expect(recorder.redo().phase).toBe('waiting')
    pen.word()
    expect(recorder.state!.phase).toBe('done')
  })

  it('has nothing to redo before the first word', () => {
    const { recorder } = desk()
    expect(() => recorder.redo()).toThrow(expect.objectContaining({ code: 'conflict' }))
  })

  it('skips a prompt, and takes that back with redo', () => {
    const { recorder, pen, labels } = desk()
    expect(recorder.skip()).toMatchObject({ index: 1, skipped: [0] })
    expect(recorder.redo()).toMatchObject({ index: 0, skipped: [] })
    recorder.skip()
    pen.word()
    expect(labels()).toEqual(['Maus finished'])
  })

  it('keeps the word that is being written as interrupted when it is stopped', () => {
    const { store, recorder, pen, labels } = desk()
    pen.press(20)
    recorder.stop()
    expect(labels()).toEqual(['Haus interrupted'])
    expect(recorder.state).toBeNull()
    expect(store.sessions.list()[0]!.endedAt).not.toBeNull()
  })
})

describe('a pen that goes away', () => {
  it('in the middle of a word leaves the word interrupted, and the prompt waits until it is back', () => {
    const { recorder, pen, labels } = desk()
    pen.press(20)
    pen.becomes('lost', { message: 'Desk pen was unplugged.', hint: 'Plug it in again.' })
    expect(recorder.state).toMatchObject({
      phase: 'paused',
      index: 0,
      recordedIds: [],
      problem: { message: 'Desk pen was unplugged.', hint: 'Plug it in again.' },
    })
    expect(labels()).toEqual(['Haus interrupted'])
    expect(() => recorder.next()).toThrow(expect.objectContaining({ code: 'device-gone', hint: 'Plug it in again.' }))
    pen.becomes('streaming')
    expect(recorder.state).toMatchObject({ phase: 'waiting', index: 0, problem: null })
    pen.word()
    expect(labels()).toEqual(['Haus interrupted', 'Haus finished'])
  })

  it('has lost no frames that it wrote while it was unplugged', () => {
    const { recorder, pen } = desk()
    pen.becomes('lost')
    pen.becomes('streaming')
    pen.press(20, 18_000)
    expect(recorder.state!.lostFrames).toBe(0)
    pen.press(20, 3)
    expect(recorder.state!.lostFrames).toBe(3)
  })

  it('is back as soon as frames come', () => {
    const { recorder, pen } = desk()
    pen.becomes('silent')
    expect(recorder.state!.phase).toBe('paused')
    pen.press(20)
    expect(recorder.state!.phase).toBe('writing')
  })

  it('between words costs nothing', () => {
    const { pen, labels } = desk()
    pen.word()
    pen.becomes('lost')
    pen.becomes('streaming')
    pen.word()
    expect(labels()).toEqual(['Haus finished', 'Maus finished'])
  })
})

describe('two windows at once', () => {
  it('see the same session, and only one can start', async () => {
    const { recorder, pen, input } = desk()
    const seen: [RecorderState | null][] = []
    pen.events.on('record.changed', (state) => seen.push([state]))
    expect(() => recorder.start(input)).toThrow(
      expect.objectContaining({
        code: 'conflict',
        message: 'A session with w01 is running (0 of 3 words).',
        hint: expect.stringContaining('Stop that session'),
      }),
    )
    pen.word()
    await vi.waitFor(() => expect(seen.at(-1)).toEqual([recorder.state]), PATIENCE)
    recorder.stop()
    expect(seen.at(-1)).toEqual([null])
  })

  it('may start the next session when the prompts of the last are done', () => {
    const { recorder, pen, input } = desk(['Haus'])
    pen.word()
    expect(recorder.start(input)).toMatchObject({ phase: 'waiting', index: 0 })
  })
})

describe('a session that cannot be', () => {
  it.each([
    ['an unknown writer', { writerId: 99 }, 'not-found', 'There is no writer 99.'],
    ['an unknown device', { deviceId: 'attic' }, 'not-found', 'There is no device attic.'],
    ['no prompts', { prompts: [] }, 'invalid-input', 'There is nothing to write: the list of prompts is empty.'],
    ['an empty prompt', { prompts: ['a', ' '] }, 'invalid-input', 'Prompt 2 is empty.'],
  ])('is refused: %s', (_, change, code, message) => {
    const { recorder, input } = desk()
    recorder.stop()
    expect(() => recorder.start({ ...input, ...change })).toThrow(expect.objectContaining({ code, message }))
    expect(recorder.state).toBeNull()
  })

  it('is refused with a closed device', () => {
    const { recorder, pen, input } = desk()
    recorder.stop()
    pen.profileNow = null
    expect(() => recorder.start(input)).toThrow(
      expect.objectContaining({ code: 'conflict', message: 'Desk pen is not open.' }),
    )
  })

  it('is refused where pauses cannot be seen, though a key may still part the words', () => {
    const { store, recorder, pen, input } = desk()
    recorder.stop()
    pen.profileNow = { ...PROFILE, segmentation: { ...PROFILE.segmentation, by: 'motion' } }
    pen.senses({ name: 'mag_x', unit: 'uT' }, { name: 'mag_y', unit: 'uT' })
    expect(() => recorder.start(input)).toThrow(
      expect.objectContaining({ code: 'device-unsuitable', hint: expect.stringContaining('key') }),
    )
    recorder.start({ ...input, advance: 'key' })
    pen.press(20)
    pen.lift(20)
    recorder.next()
    expect(store.recordings.get(recorder.state!.recordedIds[0]!).frames).toBe(40)
  })
})

describe('a full disk', () => {
  it('pauses the session, keeps the word and saves it as soon as there is room', async () => {
    const { store, recorder, pen, labels } = desk()
    pen.word()
    const room = Number(store.connection.pragma('max_page_count'))
    store.connection.pragma('wal_checkpoint(TRUNCATE)')
    store.connection.pragma(`max_page_count = ${store.connection.pragma('page_count')}`)
    pen.press(2000)
    pen.lift(50)
    expect(recorder.state).toMatchObject({
      phase: 'paused',
      index: 1,
      problem: { message: expect.stringContaining('disk is full') },
    })
    expect(() => recorder.next()).toThrow(expect.objectContaining({ code: 'disk-full' }))
    expect(labels()[0]).toBe('Haus finished')
    store.connection.pragma(`max_page_count = ${room}`)
    await vi.waitFor(
      () => expect(recorder.state).toMatchObject({ phase: 'waiting', index: 2, problem: null }),
      PATIENCE,
    )
    expect(labels()).toEqual(['Haus finished', 'Maus finished'])
    expect(store.recordings.get(recorder.state!.recordedIds[1]!).frames).toBe(2020)
  })
})
