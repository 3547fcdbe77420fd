import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modelFor } from '../../src/main/adaptation/index.ts'
import { Events } from '../../src/main/process/events.ts'
import { loadModel, modelOf, saveModel, type StoredModel } from '../../src/main/ml/checkpoint/model.ts'
import { openEngineForModel } from '../../src/main/ml/programs/open-engine.ts'
import { evaluateStored } from '../../src/main/training/evaluation/stored.ts'
import { train } from '../../src/main/training/train.ts'
import { LiveRecognition } from '../../src/main/recognise/live.ts'
import { loadRecogniser, type Recogniser } from '../../src/main/ml/inference/recogniser.ts'
import type { Device, DeviceProfile } from '../../src/shared/api/devices.ts'
import type { ReadWord } from '../../src/shared/api/recognition.ts'
import type { FrameBlock } from '../../src/shared/signal.ts'
import { openTestEngine } from './open-engine.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'
import { CHANNELS, configOf, folderFor, signalOf, smallStore } from '../training/small-store.ts'

const store = smallStore(['ab', 'ba', 'abb', 'baa'], 4)
let model: StoredModel
let modelId: number
let recogniser: Recogniser

beforeAll(async () => {
  const config = configOf({ epochs: 30, learningRate: 0.02 })
  const trained = await train({
    config,
    source: store.recordings,
    folder: folderFor('run'),
    openEngine: openTestEngine,
    codeVersion: 'test',
  })
  const paths = saveModel(join(store.files, 'models'), 'letters', trained)
  model = loadModel(paths[1])
  modelId = store.models.create({
    ...modelOf(model.card, null),
    files: ['models/letters.safetensors', 'models/letters.json'],
  }).id
  recogniser = await loadRecogniser(model, openEngineForModel)
})
afterAll(async () => {
  await recogniser.dispose()
  store.close()
})

describe('a recogniser', () => {
  it('reads one word at a time as it read them in a batch', async () => {
    const engine = await openEngineForModel(model)
    const { accuracy, recordings, byGroup } = await evaluateStored(store.recordings, model, engine, {})
    await engine.dispose()
    expect([recordings, byGroup.length]).toEqual([16, 4])
    let right = 0
    for (const { id, label } of store.recordings.each({}))
      if ((await recogniser.read(store.recordings.signal(id))).text === label) right++
    expect(right / recordings).toBe(accuracy)
    expect(accuracy).toBeGreaterThan(0.9)
  })

  it('reads a pen that is faster than its model, by resampling', async () => {
    const { text, confidence, letters } = await recogniser.read(
      signalOf('abb', 77, { rateHz: 200, framesPerLetter: 48 }),
    )
    expect(text).toBe('abb')
    expect(letters.map((letter) => letter.text)).toEqual(['a', 'b', 'b'])
    expect(confidence).toBeGreaterThan(0.5)
  })

  it('refuses a signal without samples, and one that lacks a channel, by name', async () => {
    const signal = signalOf('ab', 1)
    await expect(recogniser.read({ ...signal, frames: 0, values: new Float32Array(0) })).rejects.toMatchObject({
      code: 'empty-recording',
    })
    const poor = { ...signal, channels: CHANNELS.slice(0, 3), values: signal.values.filter((_, at) => at % 4 < 3) }
    await expect(recogniser.read(poor)).rejects.toMatchObject({
      code: 'device-unsuitable',
      message: expect.stringContaining('force') as string,
    })
  })
})

describe('live recognition', () => {
  const profile = {
    rateHz: 100,
    channels: [],
    segmentation: { by: 'force', threshold: 0.5, pauseMs: 300, minimumMs: 50 },
  } as unknown as DeviceProfile
  const pen = (channels = CHANNELS): Device =>
    ({ id: 'pen', name: 'Pen', state: 'streaming', channels: [...channels], nominalRateHz: 100 }) as unknown as Device
  const service = (device: Device): { live: LiveRecognition; send: (block: FrameBlock) => void; words: ReadWord[] } => {
    const events = new Events()
    const words: ReadWord[] = []
    events.on('recognise.word', (word) => words.push(word))
    const listeners = new Set<(block: FrameBlock) => void>()
    const pens = {
      get: () => device,
      profile: () => profile,
      styleOf: () => null,
      open: () => Promise.resolve(device),
      frames: (_: string, listener: (block: FrameBlock) => void) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }
    const live = new LiveRecognition({
      store,
      events,
      pens,
      openEngine: openEngineForModel,
      modelFor: (writerId) => modelFor(store, writerId),
    })
    return { live, words, send: (block) => listeners.forEach((listener) => listener(block)) }
  }

  it('reads the words of a stream with a model of the store', async () => {
    const { live, send, words } = service(pen())
    await live.start(modelId, 'pen')
    const still = { ...signalOf('a', 1, { framesPerLetter: 80 }), values: new Float32Array(80 * CHANNELS.length) }
    for (const { values, frames } of [still, signalOf('ab', 501), still, signalOf('baa', 502), still]) {
      const unknown = new Float64Array(frames).fill(NaN)
      send({
        channels: CHANNELS,
        count: frames,
        values,
        deviceMicros: unknown,
        hostMillis: new Float64Array(frames).fill(performance.timeOrigin + performance.now()),
        lostBefore: new Uint32Array(frames),
      })
    }
    await live.stop()
    expect(words).toHaveLength(2)
    expect(words.every(({ latencyMs, confidence }) => latencyMs >= 0 && confidence > 0)).toBe(true)
    expect(live.state).toMatchObject({ phase: 'stopped', words: [{ index: 0 }, { index: 1 }] })
    await live.close()
  })

  it('takes the model that reads the writer where none is named', async () => {
    const { live } = service(pen())
    const writer = store.writers.create({ name: 'with a choice', handedness: 'right' })
    expect(await live.start(null, 'pen', { writerId: writer.id })).toMatchObject({ modelId, writerId: writer.id })
    const other = store.models.create({
      ...modelOf(model.card, null),
      files: ['models/letters.safetensors', 'models/letters.json'],
    })
    expect((await live.start(null, 'pen', { writerId: writer.id })).modelId).toBe(other.id)
    store.adaptations.choose(writer.id, modelId)
    expect((await live.start(null, 'pen', { writerId: writer.id })).modelId).toBe(modelId)
    await live.close()
    store.connection.run('DELETE FROM models WHERE id = ?', other.id)
  })

  it('refuses a pen that lacks what the model needs, and says so for every model', async () => {
    const { live } = service(pen(CHANNELS.slice(0, 3)))
    expect(inEnglish(live.fits('pen'))).toEqual([
      { modelId, fits: false, reason: 'The model needs force, which this pen does not have.' },
    ])
    await expect(live.start(modelId, 'pen')).rejects.toMatchObject({ code: 'device-unsuitable' })
    await live.close()
  })
})
