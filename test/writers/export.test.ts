import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { exportWriter } from '../../src/main/writers/export.ts'
import { newSession, newStore, signal, temporaryFolder } from '../store/fixtures.ts'

describe('the copy of all that is stored of a writer', () => {
  it('holds consents, sessions and every sample, and nothing of others', async () => {
    const store = newStore()
    const session = newSession(store, 'w01')
    store.recordings.insert({ sessionId: session.id, label: 'Haus', signal: signal(50) })
    store.recordings.insert({ sessionId: newSession(store, 'w02').id, label: 'Maus', signal: signal(50) })
    store.sittings.consent(session.writerId, session.id, '1', 'I agree.')
    const path = join(temporaryFolder(), 'copies', 'w01')
    expect(await exportWriter(store, session.writerId, path)).toEqual({ path, sessions: 1, recordings: 1 })
    expect(JSON.parse(readFileSync(join(path, 'writer.json'), 'utf8'))).toMatchObject({ name: 'w01', consents: [{ version: '1', text: 'I agree.' }], sessions: [{ deviceName: 'Test pen' }] })
    const [line, ...rest] = gunzipSync(readFileSync(join(path, 'recordings.ndjson.gz'))).toString('utf8').trim().split('\n')
    expect(rest).toEqual([])
    const recording = JSON.parse(line!) as { label: string; samples: number[][] }
    expect(recording.label).toBe('Haus')
    expect(Float32Array.from(recording.samples.flat())).toEqual(signal(50).values)
  })

  it('does not write over what is there, and leaves nothing behind when it fails', async () => {
    const store = newStore()
    const { writerId } = newSession(store)
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'there'))
    await expect(exportWriter(store, writerId, join(folder, 'there'))).rejects.toMatchObject({ code: 'conflict' })
    await expect(exportWriter(store, 99, join(folder, 'new'))).rejects.toMatchObject({ code: 'not-found' })
    await expect(exportWriter(store, writerId, join(store.path, 'w01'))).rejects.toMatchObject({ code: 'not-writable' })
    expect(existsSync(join(folder, 'new'))).toBe(false)
  })
})
