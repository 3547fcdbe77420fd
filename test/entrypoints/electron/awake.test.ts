import { beforeEach, expect, test, vi } from 'vitest'
import type { App } from '../../../src/main/app/app.ts'
import { Events } from '../../../src/main/process/events.ts'
import { stayAwake } from '../../../src/main/entrypoints/electron/awake.ts'
import type { Payload } from '../../../src/shared/api.ts'
import { powerSaveBlocker } from '../../electron-fake/index.ts'

vi.mock('electron', () => import('../../electron-fake/index.ts'))

let events: Events
beforeEach(() => {
  events = new Events()
  stayAwake({ listen: events.on.bind(events) as App['listen'] })
})

const blocking = (): string[] => [...powerSaveBlocker.blocking.values()]
const run = (id: number, state: string) => events.emit('runs.changed', { id, state } as Payload<'runs.changed'>)
const session = (state: object | null) => events.emit('record.changed', state as Payload<'record.changed'>)

test('the system does not sleep during a session, and may when it has ended', () => {
  session({ phase: 'waiting' })
  session({ phase: 'writing' })
  expect(blocking()).toEqual(['prevent-app-suspension'])
  session(null)
  expect(blocking()).toEqual([])
})

test.each(['finished', 'cancelled', 'failed', 'interrupted'])(
  'the system does not sleep during a training until it is %s',
  (end) => {
    run(7, 'queued')
    run(7, 'running')
    expect(blocking()).toEqual(['prevent-app-suspension'])
    run(7, end)
    expect(blocking()).toEqual([])
  },
)

test('a session that ends during a training does not let the system sleep', () => {
  run(1, 'running')
  session({ phase: 'waiting' })
  session(null)
  expect(blocking()).toHaveLength(1)
  run(2, 'queued')
  run(1, 'finished')
  expect(blocking()).toHaveLength(1)
  run(2, 'cancelled')
  expect(blocking()).toEqual([])
})
