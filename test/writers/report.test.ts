import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Events } from '../../src/main/process/events.ts'
import { writerDataHandlers } from '../../src/main/writers/handlers.ts'
import { newSession, newStore, signal, temporaryFolder } from '../store/fixtures.ts'

describe('the report of a deletion', () => {
  it('is refused for a writer whom nobody deleted', async () => {
    const handlers = writerDataHandlers({ store: newStore(), events: new Events() })
    await expect(
      handlers['writers.report']({ id: 7, path: join(temporaryFolder(), 'nobody.txt') }),
    ).rejects.toMatchObject({
      code: 'not-found',
      message: 'Writer 7 was not deleted since Kalamos was started.',
      hint: 'The report of a deletion can be saved until Kalamos is closed.',
    })
  })

  it('holds every figure of it, and is never written over another file', async () => {
    const store = newStore()
    const { id: sessionId, writerId } = newSession(store)
    const { name } = store.writers.get(writerId)
    store.promptedSessions.consent(writerId, sessionId, '1', 'I agree.')
    store.recordings.insert({ sessionId, label: 'Haus', signal: signal(40) })
    store.sessions.end(sessionId)
    const handlers = writerDataHandlers({ store, events: new Events() })
    const deleted = await handlers['writers.delete']({ id: writerId })
    const path = join(temporaryFolder(), 'report.txt')
    expect(await handlers['writers.report']({ id: writerId, path })).toEqual({ path })
    expect(readFileSync(path, 'utf8').split('\n')).toEqual([
      `Deletion of ${name}`,
      `Done ${new Date(deleted.at).toISOString()}`,
      '',
      'Sessions: 1',
      'Recordings: 1',
      'Frames: 40',
      'Consents: 1',
      'Notes: 0',
      `Bytes of the database before: ${deleted.bytesBefore}`,
      `Bytes of the database after: ${deleted.bytesAfter}`,
      'Models that learned from these recordings or were measured on them, and stay: none',
      'Trainings that were learning from them and were stopped: none',
      'Trainings whose checkpoints learned from them, and stay: none',
      'Exports that hold them, as far as they are known, and stay: none',
      '',
    ])
    await expect(handlers['writers.report']({ id: writerId, path })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('is there already'),
    })
  })
})
