import { afterEach, describe, expect, test, vi } from 'vitest'
import { CHANNELS } from '../../src/main/simulator/profile.ts'
import { SENT_FULL_SCALES, sourceText, virtualPenSource } from '../../src/main/simulator/source.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'
import { liveStrokes } from '../../src/main/words/live-strokes.ts'
import { strokesBehind } from '../../src/main/words/virtual-strokes.ts'
import { PEN_CHANNELS, type Signal } from '../../src/shared/signal.ts'
import { hubAndRecorder } from '../record/hub.ts'
import { newStore } from '../store/fixtures.ts'
import { PATIENCE } from '../support/patience.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean()
})

const writer = drawWriter(5)

/** What a virtual pen sends from its start until it has written all that it is asked for. */
function stream(...texts: string[]): Signal {
  const source = virtualPenSource(writer)
  const frames = source.frames(137)
  for (const text of texts) source.write(text)
  while (!source.idle) frames.push(...source.frames(50))
  return signalOf(frames)
}

function signalOf(frames: readonly { deviceMicros: number; counts: Int16Array }[]): Signal {
  const values = Float32Array.from(
    frames.flatMap(({ counts }) => [...counts].map((count, at) => (count * SENT_FULL_SCALES[at]!) / 32768)),
  )
  return {
    channels: PEN_CHANNELS,
    rateHz: 100,
    frames: frames.length,
    values,
    deviceMicros: Float64Array.from(frames, ({ deviceMicros }) => deviceMicros),
    hostMillis: new Float64Array(frames.length),
    gaps: [],
  }
}

/** Frames `from` up to `to` of a signal. */
function part(signal: Signal, from: number, to: number): Signal {
  return {
    ...signal,
    frames: to - from,
    values: signal.values.slice(from * CHANNELS, to * CHANNELS),
    deviceMicros: signal.deviceMicros.slice(from, to),
    hostMillis: signal.hostMillis.slice(from, to),
  }
}

/** First and last frame in which the tip touches. */
function touching({ values, frames }: Signal): [number, number] {
  const forces = Array.from({ length: frames }, (_, frame) => values[frame * CHANNELS + 12]!)
  return [forces.findIndex((force) => force > 0.15), forces.findLastIndex((force) => force > 0.15)]
}

describe('the strokes behind what a virtual pen wrote live', () => {
  test('are found from the signal, the pen’s clock and the word alone, whenever it began to write', () => {
    const signal = stream('Ei')
    const [first, last] = touching(signal)
    const strokes = liveStrokes(writer, ['Ei'], part(signal, first - 10, last + 11), 8)
    // It was asked after 137 frames, while it rested in pieces of half a second: so it began with frame 150.
    expect(strokes).toEqual(sourceText(writer, ['Ei'], 0, 1.5).strokes)
  })

  test('are those of the second time where it wrote the word twice', () => {
    const twice = stream('Ei', 'Ei')
    const begun = 150 + sourceText(writer, ['Ei'], 0, 1.5).counts.length / CHANNELS
    const [first, last] = touching(part(twice, begun, twice.frames))
    const second = part(twice, begun + first - 10, begun + last + 11)
    expect(liveStrokes(writer, ['Ei'], second, 8)).toEqual(sourceText(writer, ['Ei'], 1, begun / 100).strokes)
    expect(liveStrokes(writer, ['Ei'], second, 1)).toBeNull()
  })

  test('are found though frames were lost, but not where a part of the word is missing or a sample differs', () => {
    const signal = stream('Ei')
    const [first, last] = touching(signal)
    const [before, middle] = [part(signal, first - 10, first + 20), part(signal, first + 24, last + 11)]
    const gappy: Signal = {
      ...signal,
      frames: before.frames + middle.frames,
      values: Float32Array.of(...before.values, ...middle.values),
      deviceMicros: Float64Array.of(...before.deviceMicros, ...middle.deviceMicros),
    }
    expect(liveStrokes(writer, ['Ei'], gappy, 8)).not.toBeNull()
    expect(liveStrokes(writer, ['Ei'], part(signal, first - 10, last - 8), 8)).toBeNull()
    const changed = part(signal, first - 10, last + 11)
    changed.values[400]! += 0.5
    expect(liveStrokes(writer, ['Ei'], changed, 8)).toBeNull()
  })

  test('are none of another writer’s, of another word’s, or of a pen with other channels', () => {
    const signal = stream('Ei')
    const [first, last] = touching(signal)
    const word = part(signal, first - 10, last + 11)
    expect(liveStrokes(drawWriter(6), ['Ei'], word, 8)).toBeNull()
    expect(liveStrokes(writer, ['Eis'], word, 8)).toBeNull()
    expect(liveStrokes(writer, ['Ei'], { ...word, channels: PEN_CHANNELS.slice(0, 12) }, 8)).toBeNull()
  })
})

test('words recorded with a virtual pen have strokes to draw pictures of', async () => {
  const store = newStore()
  const { hub, recorder, close } = hubAndRecorder(store)
  cleanUp.push(close)
  const { id } = hub.addVirtual(5, 'any')
  await hub.open(id)
  await vi.waitFor(() => expect(hub.get(id).state).toBe('streaming'), PATIENCE)
  const writerId = store.writers.create({ name: 'w01', handedness: 'right', virtual: true }).id
  recorder.start({ deviceId: id, writerId, prompts: ['Ei', 'Tal'], advance: 'pause' })
  await vi.waitFor(() => expect(recorder.state!.phase).toBe('done'), PATIENCE)

  const recordings = [...store.recordings.each({})].map((recording) => ({ ...recording, label: recording.label! }))
  const strokes = strokesBehind(recordings, {
    signal: (recording) => store.recordings.signal(recording),
    profile: (session) => store.sessions.profile(session),
  })!
  expect([...strokes.labels].sort()).toEqual(['Ei', 'Tal'])
  for (const label of ['Ei', 'Tal']) expect(strokes.of(label)).toHaveLength(1)
})
