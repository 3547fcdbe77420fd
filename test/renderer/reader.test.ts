import { describe, expect, it, vi } from 'vitest'
import { Reader } from '../../src/renderer/state/reader.svelte.ts'
import type { ReaderState, ReadWord } from '../../src/shared/api/recognition.ts'
import { PATIENCE } from '../support/patience.ts'
import { scriptedHost } from './scripted-host.ts'

function word(index: number, text: string, over: Partial<ReadWord> = {}): ReadWord {
  return {
    index,
    text,
    confidence: 0.9,
    calibrated: false,
    doubtful: false,
    readings: [{ text, confidence: 0.9 }],
    before: index === 0 ? 'start' : 'space',
    latencyMs: 12,
    pauseMs: 400,
    at: 1000,
    durationMs: 900,
    frames: 90,
    lostFrames: 0,
    revised: false,
    readAs: null,
    recordingId: null,
    ...over,
  }
}

const state = (words: ReadWord[]): ReaderState => ({
  modelId: 1,
  deviceId: 'pen',
  writerId: null,
  decoding: {
    method: 'greedy',
    beamWidth: 32,
    languageWeight: 0.4,
    readings: 5,
    doubtBelow: 0.5,
    lineBreakMs: 3000,
    learnPauses: true,
    lexiconWeight: 0.5,
  },
  lexicon: { state: 'off', languages: [], words: 0, leftOut: 0 },
  phase: 'waiting',
  words,
  pauseMs: 500,
  pauseLearned: false,
  earlierLength: 0,
  undo: words.length > 0 ? 'word' : null,
  redo: null,
  problem: null,
})

function reading(words: ReadWord[]): Reader {
  const host = scriptedHost({
    'recognise.correct': ({ index, text }) =>
      state(words.map((one) => (one.index === index ? { ...one, text, readAs: one.text } : one))),
  })
  const reader = new Reader(host.api)
  reader.state = state(words)
  return reader
}

describe('the text that was read', () => {
  it('looks at the last word until another is chosen, and after a correction again', async () => {
    const reader = reading([word(0, 'ein'), word(1, 'Wort')])
    expect(reader.current?.index).toBe(1)
    reader.pick(0)
    expect(reader.current?.index).toBe(0)
    await reader.correct(0, 'kein')
    expect(reader.text).toBe('kein Wort')
    expect(reader.current?.index).toBe(1)
  })

  it('stays with the word whose correction is being typed while others are written', () => {
    const reader = reading([word(0, 'ein')])
    reader.hold(0)
    reader.state = state([word(0, 'ein'), word(1, 'Wort')])
    expect(reader.current?.index).toBe(0)
    reader.hold(null)
    expect(reader.current?.index).toBe(1)
  })

  it('stays when reading stops, to be copied and corrected, until it is cleared', async () => {
    const words = [word(0, 'ein'), word(1, 'Wort')]
    const host = scriptedHost({
      'recognise.stop': () => {
        host.send('recognise.changed', { ...state(words), phase: 'stopped' })
        return {}
      },
      'recognise.correct': ({ index, text }) => ({
        ...state(words.with(index, { ...words[index]!, text })),
        phase: 'stopped',
      }),
      'recognise.clear': () => ({ ...state([]), phase: 'stopped', undo: 'clear' }),
      'recognise.undo': () => ({ ...state(words), phase: 'stopped' }),
    })
    const reader = new Reader(host.api)
    const deaf = reader.listen()
    reader.state = state(words)
    expect(reader.reading).toBe(true)
    await reader.stop()
    expect(reader.reading).toBe(false)
    expect(reader.text).toBe('ein Wort')
    await reader.correct(0, 'kein')
    expect(reader.text).toBe('kein Wort')
    await reader.clear()
    expect(reader.text).toBe('')
    await reader.undo()
    expect(reader.text).toBe('ein Wort')
    deaf()
  })

  it('begins with what was read before the words that are told one by one', async () => {
    let earlier = 'Vor langer\nZeit'
    const host = scriptedHost({
      'recognise.state': () => ({ ...state([word(7, 'war')]), earlierLength: earlier.length }),
      'recognise.settings': () => ({
        decoding: state([]).decoding,
        lexicon: { languages: [], builtIn: 0, own: null, learned: 0 },
        language: null,
      }),
      'recognise.earlier': () => ({ text: earlier }),
    })
    const reader = new Reader(host.api)
    const deaf = reader.listen()
    await reader.refresh()
    await vi.waitFor(() => expect(reader.text).toBe('Vor langer\nZeit war'), PATIENCE)
    earlier += ' war'
    host.send('recognise.changed', { ...state([word(8, 'einmal')]), earlierLength: earlier.length })
    await vi.waitFor(() => expect(reader.text).toBe('Vor langer\nZeit war einmal'), PATIENCE)
    host.send('recognise.changed', { ...state([word(8, 'einmal')]), earlierLength: earlier.length })
    host.send('recognise.changed', state([]))
    await vi.waitFor(() => expect(reader.text).toBe(''), PATIENCE)
    expect(host.asked.filter(([name]) => name === 'recognise.earlier')).toHaveLength(2)
    deaf()
  })

  it('pictures each word from what was read of it, again when strokes came late, and only while it is in the text', async () => {
    const frames: Record<number, number[]> = { 0: [0, 2, 1], 1: [4, 4] }
    const host = scriptedHost({
      'recognise.state': () => state([word(0, 'ein', { frames: 3 })]),
      'recognise.settings': () => ({
        decoding: state([]).decoding,
        lexicon: { languages: [], builtIn: 0, own: null, learned: 0 },
        language: null,
      }),
      'recognise.signal': ({ index }) => ({
        channels: [{ name: 'gyro_x', unit: 'deg/s' }],
        timesMs: frames[index]!.map((_, at) => 10 * at),
        values: frames[index]!,
      }),
    })
    const reader = new Reader(host.api)
    const stop = reader.listen()
    await reader.refresh()
    await vi.waitFor(() => expect(reader.pictures.get(0)).toEqual({ motion: [0, 1, 0.5], force: null }), PATIENCE)

    host.send('recognise.word', word(1, 'Wort', { frames: 2 }))
    await vi.waitFor(() => expect(reader.pictures.get(1)?.motion).toEqual([1, 1]), PATIENCE)

    frames[1] = [4, 4, 2]
    host.send(
      'recognise.changed',
      state([word(0, 'ein', { frames: 3 }), word(1, 'Wört', { frames: 3, revised: true })]),
    )
    await vi.waitFor(() => expect(reader.pictures.get(1)?.motion).toEqual([1, 1, 0.5]), PATIENCE)
    expect(host.asked.filter(([name]) => name === 'recognise.signal')).toHaveLength(3)

    host.send('recognise.changed', state([word(0, 'ein', { frames: 3 })]))
    expect([...reader.pictures.keys()]).toEqual([0])
    stop()
  })

  it('tells how long a word took to the screen from when it was known to be over, once, and with the pause from its last stroke', () => {
    const [ein, Wort] = [
      word(0, 'ein', { latencyMs: 12, at: 1000, pauseMs: 400 }),
      word(1, 'Wort', { latencyMs: 15, pauseMs: 380 }),
    ]
    const reader = reading([ein, Wort])
    reader.sawPainted(ein, 1008)
    reader.sawPainted(ein, 9000)
    expect(reader.delayOf(ein)).toEqual({ isPainted: true, ms: 20, afterStrokeMs: 420 })
    expect(reader.delayOf(Wort)).toEqual({ isPainted: false, ms: 15, afterStrokeMs: 395 })
  })
})
