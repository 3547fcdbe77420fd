import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { createApp } from '../../src/main/app/app.ts'
import { frames, newSession, newStore } from '../store/fixtures.ts'
import { english } from '../../src/shared/messages/index.ts'

it('a window hears which recordings were set aside at the start, and the others are there', async () => {
  const store = newStore()
  const recording = store.recordings.begin({
    sessionId: newSession(store).id,
    label: 'Haus',
    channels: frames(0, 0).channels,
    rateHz: 100,
  })
  recording.append(frames(0, 1))
  store.close()
  const database = new Database(store.path)
  database.exec(
    "UPDATE recordings SET state = 'open'; DELETE FROM samples; INSERT INTO chunks (recording_id, block) VALUES " +
      "(1, x'00')",
  )
  database.close()

  const app = await createApp({ databasePath: store.path, entryPoint: 'terminal' })
  try {
    const heard: unknown[] = []
    app.listen('system.notice', (notice) => heard.push({ ...notice, message: english(notice.message) }))
    expect(heard).toMatchObject([{ level: 'warning', message: expect.stringContaining('cannot be read: 1.') }])
    expect(await app.request('review.get', { id: 1, filter: {} })).toMatchObject({
      samples: 'damaged',
      recording: { excluded: 'its samples are damaged' },
    })
  } finally {
    await app.close()
  }
})
