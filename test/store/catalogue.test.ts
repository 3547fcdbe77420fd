import Database from 'better-sqlite3'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SCHEMA_VERSION } from '../../src/main/store/migrations/index.ts'
import type { NewModel } from '../../src/main/store/index.ts'
import type { EpochScore, TrainingConfig } from '../../src/shared/api/training.ts'
import { BUILT_IN_PROFILES } from '../../src/main/pen/profiles/built-in.ts'
import { newSession, newStore, signal } from './fixtures.ts'

describe('writers', () => {
  it('have names of their own, in composed form', () => {
    const { writers } = newStore()
    const writer = writers.create({ name: ' Zoe\u0308 ', handedness: 'left' })
    expect(writer).toMatchObject({ name: 'Zoë', handedness: 'left', virtual: false, recordings: 0 })
    expect(() => writers.create({ name: 'Zoë', handedness: 'right' })).toThrow(
      expect.objectContaining({ code: 'conflict', message: 'There is already a writer called Zoë.' }),
    )
    expect(writers.findOrCreate('Zoë', { handedness: 'right', virtual: true })).toEqual(writer)
    expect(writers.update(writer.id, { name: 'Zoë', handedness: 'right' }).handedness).toBe('right')
  })

  it('are not deleted while they write, and take everything of theirs along afterwards', () => {
    const store = newStore()
    const session = newSession(store, 'Ada')
    store.recordings.insert({ sessionId: session.id, label: 'Haus', signal: signal(3) })
    expect(() => store.writers.delete(session.writerId)).toThrow(
      expect.objectContaining({ code: 'conflict', hint: expect.stringContaining('Stop') }),
    )
    store.sessions.end(session.id)
    store.recordings.delete([1])
    store.writers.delete(session.writerId)
    expect(store.sessions.list()).toEqual([])
    expect(store.connection.get('SELECT count(*) AS n FROM samples')).toEqual({ n: 0 })
    expect(store.recordings.undo()).toBeNull()
  })
})

describe('sessions', () => {
  it('remember the profile they began with', () => {
    const store = newStore()
    const writer = store.writers.create({ name: 'Ada', handedness: 'right' })
    const profile = BUILT_IN_PROFILES[0]!
    const { id } = store.sessions.create({ writerId: writer.id, deviceName: 'Pen', origin: 'recorded', profile })
    expect(store.sessions.profile(id)).toEqual(profile)
    expect(store.sessions.get(id).endedAt).toBeNull()
    expect(store.sessions.end(id).endedAt).not.toBeNull()
  })
})

describe('profiles of the user', () => {
  it('are kept, replaced and deleted', () => {
    const { profiles } = newStore()
    const profile = BUILT_IN_PROFILES[0]!
    profiles.save(profile)
    profiles.save({ ...profile, rateHz: 50 })
    expect(profiles.list()).toEqual([{ ...profile, rateHz: 50 }])
    expect(profiles.delete(profile.id)).toBe(true)
    expect(profiles.get(profile.id)).toBeUndefined()
  })
})

const config = { name: 'first', model: 'small', epochs: 3 } as TrainingConfig
const score = (epoch: number, cer: number): EpochScore => ({
  epoch,
  trainLoss: 1,
  heldOutLoss: null,
  cer,
  wer: null,
  accuracy: null,
  learningRate: 1e-3,
  seconds: 2,
})

describe('trainings', () => {
  it('keep their order, how far they came and their curves', () => {
    const { runs } = newStore()
    const { id } = runs.create(config)
    runs.update(id, { state: 'running', backend: 'wasm', epoch: 1 })
    runs.addScore(id, score(1, 0.5))
    runs.addScore(id, score(2, 0.4))
    runs.addScore(id, score(2, 0.3))
    expect(runs.get(id)).toMatchObject({
      config,
      state: 'running',
      backend: 'wasm',
      epoch: 1,
      scores: [score(1, 0.5), score(2, 0.3)],
      problem: null,
    })
    runs.dropScoresAfter(id, 1)
    expect(runs.list()[0]!.scores).toEqual([score(1, 0.5)])
    runs.update(id, { state: 'failed', problem: { message: 'It broke.', hint: 'Mend it.' } })
    expect(runs.get(id).problem).toEqual({ message: 'It broke.', hint: 'Mend it.' })
    runs.delete(id)
    expect(() => runs.get(id)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})

describe('models', () => {
  it('are a card in the database and files beside it, deleted together', () => {
    const store = newStore()
    const run = store.runs.create(config)
    const card: NewModel = {
      name: 'first',
      kind: 'cnn-bilstm',
      task: 'ctc',
      parameters: 12,
      alphabet: 'ab',
      channels: ['force'],
      rateHz: 100,
      trainedOn: { recordings: 3, writers: 1, virtual: false },
      scores: null,
      runId: run.id,
      files: ['model-1.safetensors'],
    }
    const model = store.models.create(card)
    const [path] = store.models.paths(model.id)
    expect(path).toBe(join(store.files, 'model-1.safetensors'))
    writeFileSync(path!, 'weights')
    store.runs.update(run.id, { modelId: model.id })
    expect(store.models.rename(model.id, 'second').name).toBe('second')
    expect(
      store.models.update(model.id, { scores: { cer: 0.1, wer: 0.2, accuracy: 0.8, recordings: 5 } }).scores?.cer,
    ).toBe(0.1)
    store.models.delete(model.id)
    expect(existsSync(path!)).toBe(false)
    expect(store.runs.get(run.id).modelId).toBeNull()
    expect(() => store.models.get(model.id)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})

describe('the schema', () => {
  it('has a version, and a mark that says whose it is', () => {
    const store = newStore()
    expect(store.connection.pragma('user_version')).toBe(SCHEMA_VERSION)
    expect(Buffer.from(Number(store.connection.pragma('application_id')).toString(16), 'hex').toString()).toBe('KLMS')
  })

  it('is never left halfway: a step that fails changes nothing', () => {
    const store = newStore()
    store.close()
    const database = new Database(store.path)
    database.pragma('user_version = 0')
    database.close()
    expect(() => newStore(store.path)).toThrow(/already exists/)
    const again = new Database(store.path, { readonly: true })
    expect(again.pragma('user_version', { simple: true })).toBe(0)
    again.close()
  })
})
