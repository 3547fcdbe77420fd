import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { planOfPrompts } from '../../src/main/protocol/index.ts'
import { LearnedWords } from '../../src/main/recognise/learned-words.ts'
import { exportWriter } from '../../src/main/writers/export.ts'
import { newSession, newStore, signal, temporaryFolder } from '../store/fixtures.ts'

describe('the copy of all that is stored of a writer', () => {
  it('holds consents, sessions and every sample, and nothing of others', async () => {
    const store = newStore()
    const session = newSession(store, 'w01')
    store.recordings.insert({ sessionId: session.id, label: 'Haus', signal: signal(50) })
    store.recordings.insert({ sessionId: newSession(store, 'w02').id, label: 'Maus', signal: signal(50) })
    store.promptedSessions.consent(session.writerId, session.id, '1', 'I agree.')
    const learned = new LearnedWords(store)
    learned.learn(session.writerId, 'Kalamos schreibt', () => false)
    learned.learn(store.writers.find('w02')!.id, 'Papyrus', () => false)
    const path = join(temporaryFolder(), 'copies', 'w01')
    expect(await exportWriter(store, session.writerId, path)).toEqual({ path, sessions: 1, recordings: 1 })
    expect(JSON.parse(readFileSync(join(path, 'writer.json'), 'utf8'))).toMatchObject({
      name: 'w01',
      consents: [{ version: '1', text: 'I agree.' }],
      words: ['Kalamos', 'schreibt'],
      sessions: [{ deviceName: 'Test pen' }],
    })
    const [line, ...rest] = gunzipSync(readFileSync(join(path, 'recordings.ndjson.gz')))
      .toString('utf8')
      .trim()
      .split('\n')
    expect(rest).toEqual([])
    const recording = JSON.parse(line!) as { label: string; samples: number[][] }
    expect(recording.label).toBe('Haus')
    expect(Float32Array.from(recording.samples.flat())).toEqual(signal(50).values)
  })

  it('holds what was deleted, split and excluded, with tags, prompts, verdicts and times of arrival', async () => {
    const store = newStore()
    const session = newSession(store, 'w01')
    store.promptedSessions.begin({
      sessionId: session.id,
      protocol: null,
      plan: planOfPrompts(['Haus', 'Maus', 'Laus'], 'key'),
      segmentation: { by: 'force', threshold: 0.1, pauseMs: 600, minimumMs: 50 },
      pen: { name: null, serial: 'SN7', firmware: null },
      surface: 'desk',
    })
    const ids = ['Haus', 'Maus', 'Laus'].map((label, prompt) => {
      const id = store.recordings.insert({
        sessionId: session.id,
        label,
        signal: { ...signal(50), hostMillis: Float64Array.from({ length: 50 }, (_, at) => 1.7e12 + at * 10 + 0.5) },
      }) as number
      store.promptedSessions.belongs(id, prompt, 'enrolment')
      store.promptedSessions.judge(id, {
        level: 'check',
        reasons: [{ code: 'gap', level: 'check', message: 'a hole' }],
      })
      return id
    })
    store.promptedSessions.skip(session.id, 2)
    store.recordings.delete([ids[0]!])
    store.edits.exclude({ ids: [ids[1]!] }, 'sneezed')
    store.edits.split(ids[2]!, 20, ['Laus', 'Laus'])
    const path = join(temporaryFolder(), 'w01')
    expect(await exportWriter(store, session.writerId, path)).toMatchObject({ recordings: 4 })
    const lines = gunzipSync(readFileSync(join(path, 'recordings.ndjson.gz')))
      .toString('utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.map(({ label, prompt, deleted_by, excluded }) => [label, prompt, deleted_by, excluded])).toEqual([
      ['Haus', 'Haus', 'delete', null],
      ['Maus', 'Maus', null, 'sneezed'],
      ['Laus', 'Laus', null, null],
      ['Laus', 'Laus', null, null],
    ])
    expect(lines.map(({ samples }) => (samples as unknown[]).length)).toEqual([50, 50, 50, 0])
    expect(lines[3]!['pieces']).toEqual([{ recording: String(ids[2]), first: 20, end: 50, lost_before: 0 }])
    expect(lines[0]).toMatchObject({
      tag: 'enrolment',
      verdict: 'check',
      host_ms: Array.from({ length: 50 }, (_, at) => 1.7e12 + at * 10 + 0.5),
    })
    expect(JSON.parse(readFileSync(join(path, 'writer.json'), 'utf8'))).toMatchObject({
      sessions: [{ surface: 'desk', pen: { serial: 'SN7' }, skipped: [{ prompt: 2 }] }],
    })
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
