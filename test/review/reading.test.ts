import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Events } from '../../src/main/process/events.ts'
import { loadModel, modelOf, saveModel } from '../../src/main/ml/checkpoint/model.ts'
import { openEngineForModel } from '../../src/main/ml/programs/open-engine.ts'
import { train } from '../../src/main/training/train.ts'
import { openReview } from '../../src/main/review/handlers.ts'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { corpus } from '../../src/main/corpus/corpus.ts'
import { StoreSink } from '../../src/main/corpus/store-sink.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { configOf, folderFor, smallStore } from '../training/small-store.ts'
import { newSession, signal, temporaryFolder } from '../store/fixtures.ts'

/** A model that hardly learned anything, and words of a virtual writer. */
let store: Store
let review: ReturnType<typeof openReview>
let modelId: number
let engines = 0
const told: { done: number; total: number }[] = []

beforeAll(async () => {
  store = openStore(join(temporaryFolder(), 'pens.sqlite'))
  const spec = { words: ['Haus', 'Garten', 'lesen'], writers: 1, perWriter: 3, seed: 5 }
  const sink = new StoreSink(store)
  sink.begin(spec)
  for (const item of corpus(spec)) sink.add(item)
  sink.commit()
  const school = smallStore(
    ['Haus', 'Garten', 'lesen'].map((word) => word.toLowerCase()),
    2,
  )
  const pupil = await train({
    config: configOf({ epochs: 1 }),
    source: school.recordings,
    folder: folderFor('run'),
    openEngine: openTestEngine,
    codeVersion: 'test',
  })
  school.close()
  const { card } = loadModel(saveModel(store.files, 'pupil', pupil)[1])
  modelId = store.models.create({ ...modelOf(card, null), files: ['pupil.safetensors', 'pupil.json'] }).id
  const events = new Events()
  events.on('review.reading', ({ done, total }) => told.push({ done, total }))
  review = openReview({ store, events, openEngine: (model) => (engines++, openEngineForModel(model)) })
})
afterAll(async () => {
  await review.close()
  store.close()
})

describe('what models read in a recording', () => {
  it('is read when it is asked for, kept, and held against the label', async () => {
    const { label } = store.recordings.get(1)
    const { readings, refused } = await review.handlers['review.read']({ id: 1 })
    expect(refused).toEqual([])
    expect(readings).toMatchObject([{ modelId, text: expect.any(String) as string }])
    expect(readings[0]!.right).toBe(readings[0]!.text === label)
    expect(readings[0]!.confidence).toBeGreaterThan(0)
    expect(
      store.catalogue
        .page({ reading: { modelId } }, { by: 'confidence', descending: true }, 10, {})
        .rows.map(({ id, reading }) => [id, reading?.text]),
    ).toEqual([[1, readings[0]!.text]])
    const again = await review.handlers['review.read']({ id: 1 })
    expect(again.readings).toEqual(readings)
    expect(engines).toBe(1)
  })

  it('is read for all that match, with progress; nothing is read twice', async () => {
    expect(await review.handlers['review.readAll']({ modelId, which: { filter: {} } })).toEqual({ read: 3, refused: 0 })
    expect(told.at(-1)).toEqual({ done: 3, total: 3 })
    expect(store.recordings.count({ reading: { modelId, outcome: 'none' } })).toBe(0)
    const { right, wrong } = {
      right: store.recordings.count({ reading: { modelId, outcome: 'right' } }),
      wrong: store.recordings.count({ reading: { modelId, outcome: 'wrong' } }),
    }
    expect(right + wrong).toBe(3)
  })

  it('is refused by name where the model lacks a channel, and others go on', async () => {
    const session = newSession(store, 'w09')
    const poor = Number(
      store.recordings.insert({
        sessionId: session.id,
        label: 'x',
        signal: signal(80, [{ name: 'force', unit: 'N' }]),
      }),
    )
    const { refused } = await review.handlers['review.read']({ id: poor, modelId })
    expect(refused).toEqual([{ modelId, reason: expect.stringContaining('no channel') as string }])
    expect(await review.handlers['review.readAll']({ modelId, which: { ids: [1, poor] } })).toEqual({
      read: 1,
      refused: 1,
    })
  })

  it('of a model that is not there, or while another reading runs, is refused', async () => {
    await expect(review.handlers['review.read']({ id: 1, modelId: 99 })).rejects.toMatchObject({ code: 'not-found' })
    store.edits.trim(2, 0, 40)
    const running = review.handlers['review.readAll']({ modelId, which: { ids: [2, 3] } })
    await expect(review.handlers['review.readAll']({ modelId, which: { ids: [2] } })).rejects.toMatchObject({
      code: 'conflict',
    })
    await running
  })
})

it('the ink of a virtual recording is its picture, also when it was trimmed; after a new label, the label is', () => {
  const image = () => review.handlers['review.image']({ id: 3 }) as { source: string } | null
  expect(image()?.source).toBe('strokes')
  store.edits.trim(3, 5, 60)
  expect(image()?.source).toBe('strokes')
  store.edits.relabel(3, 'Maus')
  expect(image()?.source).toBe('rendered')
  store.edits.relabel(3, null)
  expect(image()).toBeNull()
})
