import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { modelFor } from '../../bench/live/model.ts'
import { createApp, type App } from '../../src/main/app/app.ts'
import { encodeData, encodeHello, serialFrame } from '../../src/main/pen/codecs/pen-frame-encoder.ts'
import { encodeInertial } from '../../src/main/pen/codecs/ximu3-encoder.ts'
import { DIGIPEN_RANGES } from '../../src/main/simulator/profile.ts'
import { simulateText } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'
import { waitFor } from '../../src/main/selftest/wait.ts'
import { LISTED_WORDS } from '../../src/shared/api/recognition.ts'
import { textOf } from '../../src/shared/transcript.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { measureThresholds } from '../../src/main/recognise/segmentation-thresholds.ts'
import { PtyPair, socatFound } from '../pen/ptys.ts'
import { hubAndRecorder } from '../record/hub.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'
import { PATIENCE } from '../support/patience.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean()
})

/** What a pen of 13 channels sends when a virtual writer writes: greeting, and a frame after the other. */
function written(
  words: readonly string[],
  seed = 3,
): { greeting: Uint8Array; frames: Uint8Array[]; spans: readonly { start: number; stop: number }[] } {
  const { counts, words: spans, signal } = simulateText(drawWriter(seed), words)
  const channels = PEN_CHANNELS.map((channel, at) => ({
    ...channel,
    fullScale: (32_768 / DIGIPEN_RANGES[at]!.counts) * DIGIPEN_RANGES[at]!.full,
  }))
  const frames = Array.from({ length: signal.frames }, (_, frame) =>
    serialFrame(
      encodeData(
        {
          sequence: frame,
          deviceMicros: frame * 10_000,
          batteryPercent: null,
          counts: [...counts.subarray(frame * 13, (frame + 1) * 13)],
        },
        0,
      ),
    ),
  )
  return {
    greeting: serialFrame(encodeHello({ name: 'pen', serial: '1', firmware: '1', rateHz: 100, channels }, 0, null)),
    frames,
    spans,
  }
}

/** So many frames of a pen that is held still, lifted, after the first `before`. */
function stillness(frames: number, before: number): Uint8Array[] {
  const counts = PEN_CHANNELS.map(() => 0)
  return Array.from({ length: frames }, (_, frame) =>
    serialFrame(
      encodeData(
        { sequence: before + frame, deviceMicros: (before + frame) * 10_000, batteryPercent: null, counts },
        0,
      ),
    ),
  )
}

async function lab(profileId: string): Promise<{ app: App; pair: PtyPair; deviceId: string; modelId: number }> {
  const app = await createApp({ databasePath: join(temporaryFolder(), 'live.db'), entryPoint: 'terminal' })
  cleanUp.push(() => app.close())
  const pair = await PtyPair.plugged()
  cleanUp.push(() => pair.remove())
  const { id: modelId } = await modelFor(app)
  const deviceId = `serial:${pair.host}`
  await app.request('devices.open', { deviceId, profileId })
  return { app, pair, deviceId, modelId }
}

async function until(done: () => Promise<boolean>): Promise<void> {
  expect(await waitFor(done, PATIENCE.timeout)).toBe(true)
}

const state = async (app: App) => (await app.request('recognise.state', {}))!

describe.skipIf(!socatFound)('reading a pen on a serial port', () => {
  it('keeps corrected words as recordings of the writer, takes them back, and remembers the writer’s pauses', async () => {
    const { app, pair, deviceId, modelId } = await lab('pen-frame')
    const writer = await app.request('writers.create', { name: 'w01', handedness: 'right' })
    const { greeting, frames } = written([
      'Hand',
      'und',
      'Feder',
      'liest',
      'jede',
      'Zeile',
      'hier',
      'mit',
      'Tinte',
      'auf',
      'Papier',
      'Hand',
      'Licht',
      'Wort',
      'Zeit',
    ])
    await pair.write(greeting)
    await app.request('recognise.start', { modelId, deviceId, writerId: writer.id })
    await pair.write(Buffer.concat(frames))
    await until(async () => (await state(app)).words.length >= 8)
    const { words } = await app.request('recognise.correct', { index: 1, text: ' und ' })
    expect(words[1]).toMatchObject({ text: 'und', doubtful: false })
    const kept = await app.request('recordings.get', { id: words[1]!.recordingId! })
    expect(kept.recording).toMatchObject({
      label: 'und',
      writerId: writer.id,
      state: 'finished',
      frames: words[1]!.frames,
    })

    const { channels, values } = await app.request('recognise.signal', { index: 1 })
    expect(channels).toEqual(PEN_CHANNELS.map(({ name, unit }) => ({ name, unit })))
    expect(values).toEqual(kept.values)
    await expect(app.request('recognise.signal', { index: 99 })).rejects.toMatchObject({ code: 'not-found' })

    await app.request('recognise.correct', { index: 0, text: 'Hand' })
    const undone = await app.request('recognise.undo', {})
    expect(undone.words[0]!.readAs).toBeNull()
    const list = await app.request('recordings.list', { filter: { writerId: writer.id }, offset: 0, limit: 9 })
    expect(list.recordings.map(({ label }) => label)).toEqual(['und'])

    await until(async () => (await state(app)).pauseLearned)
    const { pauseMs } = await state(app)
    expect(pauseMs).toBeLessThan(450)
    await app.request('recognise.stop', {})
    expect((await app.request('sessions.list', {}))[0]!.endedAt).not.toBeNull()
    expect((await state(app)).phase).toBe('stopped')
    await app.request('recognise.correct', { index: 2, text: 'Feder' })
    expect(
      (await app.request('recordings.list', { filter: { writerId: writer.id }, offset: 0, limit: 9 })).recordings.map(
        ({ label }) => label,
      ),
    ).toEqual(['Feder', 'und'])
    expect(await app.request('sessions.list', {})).toEqual([expect.objectContaining({ endedAt: expect.any(Number) })])

    const { words: stayed } = await state(app)
    const again = await app.request('recognise.start', { modelId, deviceId, writerId: writer.id })
    expect(again).toMatchObject({ pauseLearned: true, words: [] })
    const { text } = await app.request('recognise.earlier', {})
    expect(text).toBe(textOf(stayed))
    expect(again.earlierLength).toBe(text.length)
  })

  it('reads on another way from the next word, and by settings of this time only', async () => {
    const { app, pair, deviceId, modelId } = await lab('pen-frame')
    await pair.write(written(['Hand']).greeting)
    const started = await app.request('recognise.start', { modelId, deviceId, decoding: { method: 'greedy' } })
    expect(started).toMatchObject({ decoding: { method: 'greedy' }, lexicon: { state: 'off', words: 0 } })
    expect((await app.request('recognise.settings', {})).decoding.method).toBe('lexicon')
    const { frames } = written(['Hand', 'und', 'Feder'])
    await pair.write(Buffer.concat(frames))
    await until(async () => (await state(app)).words.length >= 2)
    await app.request('recognise.configure', { doubtBelow: 0 })
    expect((await state(app)).decoding).toMatchObject({ method: 'greedy', doubtBelow: 0 })
    await expect(app.request('recognise.configure', { readings: 0 })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('reads with the lexicon unless somebody wants it otherwise, says what is loaded, and follows when it is turned off', async () => {
    const { app, pair, deviceId, modelId } = await lab('pen-frame')
    const { greeting, frames } = written(['Hand', 'und'])
    await pair.write(greeting)
    const { lexicon } = await app.request('recognise.start', { modelId, deviceId })
    expect(lexicon).toMatchObject({ state: 'used', languages: ['de', 'en'] })
    expect(lexicon.words).toBeGreaterThan(300_000)
    expect(lexicon.words + lexicon.leftOut).toBeLessThanOrEqual(LISTED_WORDS.de + LISTED_WORDS.en)
    await pair.write(Buffer.concat(frames))
    await until(async () => (await state(app)).words.length >= 1)
    await app.request('recognise.configure', { method: 'greedy' })
    expect((await state(app)).lexicon.state).toBe('off')
    await app.request('recognise.configure', { method: 'lexicon' })
    await app.request('recognise.setLanguages', { languages: [] })
    expect((await state(app)).lexicon.state).toBe('empty')
  })

  it('that vanishes in the middle of a word says so, reads what there was, and reads on when it is back', async () => {
    const { app, pair, deviceId, modelId } = await lab('pen-frame')
    const { greeting, frames, spans } = written(['Feder', 'und'])
    await pair.write(greeting)
    await app.request('recognise.start', { modelId, deviceId })
    const middle = Math.round((spans[0]!.start + spans[0]!.stop) / 2)
    await pair.write(Buffer.concat(frames.slice(0, middle)))
    await until(async () => (await state(app)).phase === 'writing')
    await pair.unplug()
    await until(async () => (await state(app)).phase === 'paused')
    await until(async () => (await state(app)).words.length === 1)
    expect(inEnglish((await state(app)).problem)).toMatchObject({
      message: expect.stringMatching(/./),
      hint: expect.stringMatching(/./),
    })

    await pair.plug()
    await until(async () => (await app.request('devices.list', {})).find(({ id }) => id === deviceId)?.state !== 'lost')
    await pair.write(greeting)
    await pair.write(Buffer.concat(frames))
    await until(async () => (await state(app)).words.length >= 2)
    expect((await state(app)).problem).toBeNull()
  })

  it('is refused while no model fits it, and says for every model why', async () => {
    const { app, pair, deviceId, modelId } = await lab('ximu3')
    await pair.write(
      Buffer.concat(Array.from({ length: 40 }, (_, i) => encodeInertial(i * 2500, [1, 0, 0], [0, 0, 1]))),
    )
    await until(
      async () => (await app.request('devices.list', {})).find(({ id }) => id === deviceId)!.channels.length > 0,
    )
    const [fit] = await app.request('recognise.fits', { deviceId })
    expect(inEnglish(fit)).toMatchObject({ fits: false, reason: expect.stringContaining('force') })
    await expect(app.request('recognise.start', { modelId, deviceId })).rejects.toMatchObject({
      code: 'device-unsuitable',
      hint: 'Choose another model or another pen.',
    })
    expect(await app.request('recognise.state', {})).toBeNull()
    await expect(app.request('recognise.correct', { index: 0, text: 'x' })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is calibrated from what it sends while somebody writes and rests, once it is open', async () => {
    const { app, deviceId } = await lab('pen-frame')
    await app.request('devices.close', { deviceId })
    await expect(
      app.request('recognise.measureThresholds', { deviceId, writeMs: 1000, restMs: 1500 }),
    ).rejects.toMatchObject({
      code: 'conflict',
      hint: expect.stringContaining('Open it'),
    })

    const store = newStore()
    const { hub, close } = hubAndRecorder(store)
    cleanUp.push(close)
    const pair = await PtyPair.plugged()
    cleanUp.push(() => pair.remove())
    const { id } = await hub.open(`serial:${pair.host}`, 'pen-frame')
    let arrived = 0
    hub.frames(id, ({ count }) => (arrived += count))
    const { greeting, frames } = written(['Hand', 'und', 'Feder'])
    await pair.write(greeting)

    /** Passes when all has arrived that is sent meanwhile. */
    const sending = (...parts: Uint8Array[][]) => {
      const rest = [...parts]
      return async (): Promise<void> => {
        const part = rest.shift() ?? []
        const all = arrived + part.length
        await pair.write(Buffer.concat(part))
        await until(async () => arrived >= all)
      }
    }
    const calibrated = (...parts: Uint8Array[][]) =>
      measureThresholds(hub, { deviceId: id, writeMs: 1000, restMs: 1500 }, sending(...parts))
    const { segmentation, now } = await calibrated(frames.slice(0, 400), stillness(150, 400))
    expect(segmentation.by).toBe('force')
    expect(segmentation.threshold).toBeGreaterThan(0)
    expect(now.threshold).toBe(0.15)
    await expect(calibrated([], [])).rejects.toMatchObject({ code: 'empty-recording' })
  })
})
