import { expect, it } from 'vitest'
import { Recorder } from '../../src/main/record/index.ts'
import { afterTest } from '../cleaning.ts'
import { newStore } from '../store/fixtures.ts'
import { DeskPen } from './pens.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'

/** Half an hour at the 100 frames a second of this pen. */
const LONGEST = 30 * 60 * 100

it('a word without end is told of before its recording is full, goes on in another one, loses no frame, and is asked for again', () => {
  const store = newStore()
  const pen = new DeskPen()
  const recorder = new Recorder({ store, pens: pen, events: pen.events })
  afterTest(() => recorder.close())
  recorder.start({
    deviceId: 'desk',
    writerId: store.writers.create({ name: 'w01', handedness: 'right' }).id,
    prompts: ['Haus'],
    advance: 'key',
  })
  pen.press(1000)
  expect(recorder.state).toMatchObject({ phase: 'writing', problem: null })
  for (let written = 1000; written < LONGEST - 5000; written += 5000) pen.press(5000)
  expect(inEnglish(recorder.state)).toMatchObject({
    phase: 'writing',
    problem: { message: expect.stringContaining('nearly 30 minutes') },
  })
  pen.press(7000)
  expect(inEnglish(recorder.state)).toMatchObject({
    phase: 'writing',
    problem: { message: expect.stringContaining('another one goes on') },
  })

  recorder.next()
  expect(inEnglish(recorder.state)).toMatchObject({
    index: 0,
    recordedIds: [],
    problem: { message: expect.stringContaining('several interrupted recordings') },
  })
  const parts = store.recordings.list({}, 0, 10).recordings.reverse()
  expect(parts.map(({ label, state, frames }) => [label, state, frames])).toEqual([
    ['Haus', 'interrupted', LONGEST],
    ['Haus', 'interrupted', expect.any(Number)],
  ])
  const counted = parts.flatMap(({ id }) => [...store.recordings.signal(id).values.filter((_, at) => at % 2 === 0)])
  expect(counted.every((value, at) => value === counted[0]! + at)).toBe(true)
  expect(counted.at(-1)).toBe(pen.sent - 1)

  pen.press(40)
  recorder.next()
  expect(store.recordings.get(recorder.state!.recordedIds[0]!)).toMatchObject({ label: 'Haus', state: 'finished' })
})
