import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createApp, type App } from '../../src/main/app/app.ts'
import { temporaryFolder } from '../store/fixtures.ts'

const apps: App[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

async function studio() {
  const app = await createApp({ databasePath: join(temporaryFolder(), 'pens.db'), entryPoint: 'terminal' })
  apps.push(app)
  const real = await app.request('writers.create', { name: 'w01', handedness: 'right' })
  const virtual = await app.request('writers.create', { name: 'v01', handedness: 'right', virtual: true })
  const pen = await app.request('devices.addVirtual', { seed: 3, handedness: 'right' })
  await app.request('devices.open', { deviceId: pen.id })
  return { app, real, virtual, deviceId: pen.id }
}

const REFUSED = {
  code: 'conflict',
  message: expect.stringMatching(/^What .* writes is virtual, and w01 is a real writer\.$/),
}

describe('what a virtual pen writes', () => {
  it('is recorded for virtual writers alone', async () => {
    const { app, real, virtual, deviceId } = await studio()
    await expect(app.request('record.start', { deviceId, writerId: real.id, prompts: ['ab'] })).rejects.toMatchObject(
      REFUSED,
    )
    expect(app.store.sessions.list()).toEqual([])
    const { sessionId } = await app.request('record.start', {
      deviceId,
      writerId: virtual.id,
      prompts: ['ab', 'ba'],
      advance: 'key',
    })
    await app.request('record.stop', {})
    expect(app.store.sessions.get(sessionId)).toMatchObject({ virtual: true, writerId: virtual.id })
  })

  it('goes on with no session of a real writer', async () => {
    const { app, real, virtual, deviceId } = await studio()
    const { sessionId } = await app.request('record.start', {
      deviceId,
      writerId: virtual.id,
      prompts: ['ab', 'ba'],
      advance: 'key',
    })
    await app.request('record.stop', {})
    app.store.connection.run('UPDATE sessions SET writer_id = ? WHERE id = ?', real.id, sessionId)
    await expect(app.request('record.resume', { sessionId, deviceId })).rejects.toMatchObject(REFUSED)
  })

  it('is not read as a real writer’s, so that no correction can become theirs', async () => {
    const { app, real, deviceId } = await studio()
    const modelId = app.store.models.list()[0]?.id
    await expect(
      app.request('recognise.start', { ...(modelId === undefined ? {} : { modelId }), deviceId, writerId: real.id }),
    ).rejects.toMatchObject(REFUSED)
  })

  it('stays virtual where it is played again', async () => {
    const { app, real } = await studio()
    const path = join(temporaryFolder(), 'words.ndjson')
    const word = {
      id: 'a',
      writer: 'v02',
      label: 'ab',
      rate_hz: 100,
      channels: ['force'],
      units: ['N'],
      samples: Array.from({ length: 50 }, () => [1]),
    }
    const loadRehearsalBuffer = async (lines: object[]) => {
      writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'))
      const { id } = await app.request('devices.addReplay', { source: { from: 'file', path }, speed: 1 })
      return app.request('devices.open', { deviceId: id })
    }
    expect((await loadRehearsalBuffer([word])).virtual).toBeUndefined()
    const played = await loadRehearsalBuffer([word, { ...word, id: 'b', virtual: true }])
    expect(played.virtual).toBe(true)
    await expect(
      app.request('record.start', { deviceId: played.id, writerId: real.id, prompts: ['ab'], advance: 'key' }),
    ).rejects.toMatchObject(REFUSED)
  })
})
