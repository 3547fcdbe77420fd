import fc from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { FrameBuffer } from '../../src/main/recognise/frame-buffer.ts'
import { LiveReader, type ReaderOptions } from '../../src/main/recognise/reader.ts'
import { DECODING_DEFAULTS } from '../../src/main/recognise/vocabulary.ts'
import type { CorrectionStorage, Learner } from '../../src/main/recognise/read-words.ts'
import type { ReaderState, ReadWord } from '../../src/shared/api/recognition.ts'
import type { Channel, FrameBlock, Signal } from '../../src/shared/signal.ts'
import { english, inEnglish } from '../../src/shared/messages/index.ts'

const CHANNELS: readonly Channel[] = [
  { name: 'acc1_x', unit: 'g' },
  { name: 'force', unit: 'N' },
]

/** A stretch of the stream: `force` for so many frames; acc1_x counts the frames. */
function blockOf(
  first: number,
  forces: readonly number[],
  options: { hostMillis?: number; lostBefore?: number[] } = {},
): FrameBlock {
  return {
    channels: CHANNELS,
    count: forces.length,
    values: Float32Array.from(forces.flatMap((force, at) => [first + at, force])),
    deviceMicros: Float64Array.from(forces, (_, at) => (first + at) * 10_000),
    hostMillis: new Float64Array(forces.length).fill(options.hostMillis ?? 0),
    lostBefore: Uint32Array.from(forces, (_, at) => options.lostBefore?.[at] ?? 0),
  }
}

const rest = (frames: number): number[] => new Array<number>(frames).fill(0)
const write = (frames: number): number[] => new Array<number>(frames).fill(1)

/** Recordings that were kept: frames and label by id. */
class Shelf implements CorrectionStorage {
  readonly labels = new Map<number, { label: string; frames: number }>()

  keep(signal: Signal, label: string): number {
    const id = this.labels.size + 1
    this.labels.set(id, { label, frames: signal.frames })
    return id
  }

  relabel(id: number, label: string): void {
    this.labels.set(id, { ...this.labels.get(id)!, label })
  }

  discard(id: number): void {
    this.labels.delete(id)
  }
}

class Watched {
  readonly words: { word: ReadWord; signal: Signal }[] = []
  readonly states: ReaderState[] = []
  readonly reader: LiveReader
  readonly kept = new Shelf()
  next = 0

  constructor({
    read = (signal) => Promise.resolve(reading(String(signal.frames))),
    doubtBelow = 0.5,
    earlier,
    learner,
  }: { read?: ReaderOptions['recogniser']['read']; doubtBelow?: number; earlier?: string; learner?: Learner } = {}) {
    this.reader = new LiveReader({
      modelId: 1,
      deviceId: 'pen',
      channels: CHANNELS,
      rateHz: 100,
      segmentation: { by: 'force', threshold: 0.5, pauseMs: 500, minimumMs: 50 },
      recogniser: { read },
      writerId: 1,
      lateStrokes: true,
      decoding: { ...DECODING_DEFAULTS, doubtBelow },
      lexicon: { state: 'off', languages: [], words: 0, leftOut: 0 },
      decode: ({ text, confidence }) => ({
        text,
        confidence,
        calibrated: false,
        rawConfidence: confidence,
        readings: ['', '?', '!', '.'].map((end) => ({ text: text + end, confidence: confidence / 4 })),
        inLexicon: null,
      }),
      keeper: this.kept,
      ...(earlier === undefined ? {} : { earlier }),
      ...(learner === undefined ? {} : { learner }),
      changed: (state) => this.states.push(state),
      read: (word, signal) => this.words.push({ word, signal }),
    })
  }

  /** Sends frames in blocks of `size`. */
  send(forces: readonly number[], size = 7): void {
    for (let at = 0; at < forces.length; at += size) {
      const part = forces.slice(at, at + size)
      this.reader.push(blockOf(this.next, part, { hostMillis: performance.timeOrigin + performance.now() }))
      this.next += part.length
    }
  }
}

function reading(text: string) {
  return { text, confidence: 0.9, letters: [], logits: { values: new Float32Array(0), frames: 0, outputs: 0 } }
}

describe('the live reader', () => {
  it('reads each word after the pause behind it, with the frames that were written', async () => {
    const pen = new Watched()
    pen.send([...rest(30), ...write(40), ...rest(20), ...write(20), ...rest(80), ...write(30), ...rest(80)])
    await pen.reader.finish()
    expect(pen.words).toHaveLength(2)
    const [first, second] = pen.words.map(({ signal }) => [signal.values[0]!, signal.values[signal.values.length - 2]!])
    expect(first![0]).toBeLessThanOrEqual(30)
    expect(first![1]).toBeGreaterThanOrEqual(109)
    expect(second![0]).toBeGreaterThan(first![1]!)
    expect(pen.words.map(({ word }) => word.index)).toEqual([0, 1])
    expect(pen.words.map(({ word }) => pen.reader.signal(word.index))).toEqual(pen.words.map(({ signal }) => signal))
  })

  it('cuts the same words however the frames are parted into blocks', async () => {
    const stream = [...rest(40), ...write(33), ...rest(70), ...write(12), ...rest(9), ...write(25), ...rest(90)]
    const cuts = async (size: number): Promise<number[]> => {
      const pen = new Watched()
      pen.send(stream, size)
      await pen.reader.finish()
      return pen.words.flatMap(({ signal }) => [signal.values[0]!, signal.frames])
    }
    const whole = await cuts(1000)
    for (const size of [1, 3, 50]) expect(await cuts(size)).toEqual(whole)
  })

  it('counts the latency from the moment the word is known to be over: the pause is not in it, waiting is', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const pen = new Watched({
      read: async (signal) => {
        vi.advanceTimersByTime(40)
        return reading(String(signal.frames))
      },
    })
    pen.send([...write(30), ...rest(60), ...write(30), ...rest(60)])
    await pen.reader.finish()
    const [first, second] = pen.words.map(({ word }) => word.latencyMs)
    expect(first).toBeCloseTo(40, 6)
    expect(second).toBeCloseTo(80, 6)
  })

  it('tells waiting, writing, reading, waiting', async () => {
    const pen = new Watched()
    pen.send([...write(30), ...rest(80)], 10)
    await pen.reader.finish()
    expect(pen.states.map(({ phase }) => phase)).toEqual(['writing', 'reading', 'waiting'])
  })

  it('keeps gaps in the word and counts what was lost', async () => {
    const pen = new Watched()
    pen.reader.push(blockOf(0, write(20)))
    pen.reader.push(blockOf(25, write(20), { lostBefore: [5] }))
    pen.reader.push(blockOf(45, rest(80)))
    await pen.reader.finish()
    expect(pen.words[0]!.word.lostFrames).toBe(5)
    expect(pen.words[0]!.signal.gaps).toEqual([{ at: 20, lost: 5 }])
  })

  it('reads what was written when the pen vanishes in the middle of a word, says so, and goes on when it is back', async () => {
    const pen = new Watched()
    pen.send(write(40))
    pen.reader.deviceChanged({
      name: 'Pen',
      state: 'lost',
      problem: { message: 'Pen was unplugged.', hint: 'Plug it in.' },
    })
    await pen.reader.finish()
    expect(pen.words).toHaveLength(1)
    expect(pen.reader.state).toMatchObject({ phase: 'paused', problem: { message: 'Pen was unplugged.' } })
    pen.send([...write(30), ...rest(80)])
    await pen.reader.finish()
    expect(pen.words).toHaveLength(2)
    expect(pen.reader.state).toMatchObject({ phase: 'waiting', problem: null })
  })

  it('says which word could not be read, and reads the next', async () => {
    let calls = 0
    const pen = new Watched({
      read: () => (calls++ === 0 ? Promise.reject(new Error('no numbers')) : Promise.resolve(reading('b'))),
    })
    pen.send([...write(30), ...rest(80)])
    await pen.reader.finish()
    expect(inEnglish(pen.reader.state.problem!.message)).toContain('no numbers')
    pen.send([...write(30), ...rest(80)])
    await pen.reader.finish()
    expect(pen.words.map(({ word }) => word.text)).toEqual(['b'])
  })

  it('reads a word of half a minute', async () => {
    const pen = new Watched()
    pen.send([...rest(30), ...write(3000), ...rest(80)], 100)
    await pen.reader.finish()
    expect(pen.words.map(({ word }) => Math.round(word.durationMs / 1000))).toEqual([30])
  })

  it('waits an hour for a lifted pen without growing, and begins a new line then', async () => {
    const pen = new Watched()
    pen.send([...write(30), ...rest(80)])
    pen.send(rest(360_000), 10)
    expect(pen.reader.heldFrames).toBeLessThan(500)
    pen.send([...write(30), ...rest(80), ...write(30), ...rest(80)])
    await pen.reader.finish()
    expect(pen.words.map(({ word }) => word.before)).toEqual(['start', 'line', 'space'])
    expect(pen.reader.state.problem).toBeNull()
  })

  it('holds no more after many words than after few', async () => {
    const pen = new Watched()
    for (let word = 0; word < 700; word++) {
      pen.send([...write(30), ...rest(80)], 10)
      await pen.reader.finish()
    }
    expect(pen.reader.heldFrames).toBeLessThan(500)
    const { words } = pen.reader.state
    expect(words.length).toBeGreaterThanOrEqual(400)
    expect(words.length).toBeLessThanOrEqual(500)
    expect(pen.reader.text.split(' ')).toHaveLength(700)
    expect(pen.reader.state.earlierLength).toBe(pen.reader.earlier.length)
    expect(words.filter(({ readings }) => readings.length > 0).length).toBeLessThanOrEqual(21)
  })

  it('keeps what a doubtful word could be, and passes on as text what is likeliest', async () => {
    const pen = new Watched({ doubtBelow: 1 })
    for (let word = 0; word < 25; word++) pen.send([...write(30), ...rest(80)])
    await pen.reader.finish()
    const [first] = pen.reader.state.words
    expect(first).toMatchObject({
      doubtful: true,
      readings: [{ text: first!.text }, { text: `${first!.text}?` }, { text: `${first!.text}!` }],
    })
    expect(pen.reader.text.split(' ')).toEqual(pen.reader.state.words.map(({ text }) => text))
  })

  it('reads a word again when its dot comes late, instead of a word that is only a dot', async () => {
    const pen = new Watched()
    pen.send([...rest(30), ...write(40), ...rest(70)])
    await pen.reader.finish()
    const { durationMs } = pen.reader.state.words[0]!
    pen.send([...write(6), ...rest(80)])
    await pen.reader.finish()
    expect(pen.reader.state.words).toHaveLength(1)
    expect(pen.reader.state.words[0]).toMatchObject({ index: 0, revised: true, before: 'start' })
    expect(pen.reader.state.words[0]!.durationMs).toBeGreaterThan(durationMs + 500)
    expect(pen.reader.signal(0).frames).toBe(pen.reader.state.words[0]!.frames)
  })

  it('learns the pause of who writes', async () => {
    const pen = new Watched()
    for (let word = 0; word < 12; word++)
      pen.send([...write(20), ...rest(8), ...write(20), ...rest(8), ...write(10), ...rest(60)])
    await pen.reader.finish()
    expect(pen.reader.state.pauseLearned).toBe(true)
    expect(pen.reader.state.pauseMs).toBeLessThan(400)
  })

  it('gives up on a word that does not end, and says why', async () => {
    const pen = new Watched()
    pen.send(write(6_100), 100)
    await pen.reader.finish()
    expect(pen.words.every(({ signal }) => signal.frames < 200)).toBe(true)
    expect(pen.states.some(({ problem }) => english(problem?.message ?? '').includes('without a pause'))).toBe(true)
  })
})

describe('correcting', () => {
  /** Three words were read, each as the number of its frames. */
  async function threeWords(options: ConstructorParameters<typeof Watched>[0] = {}): Promise<Watched> {
    const pen = new Watched(options)
    for (const frames of [30, 40, 50]) pen.send([...write(frames), ...rest(80)])
    await pen.reader.finish()
    return pen
  }

  it('keeps the word that was written under what it is', async () => {
    const pen = await threeWords()
    const read = pen.reader.state.words[1]!
    pen.reader.correct(1, 'Wort')
    expect(pen.reader.state.words[1]).toMatchObject({
      text: 'Wort',
      readAs: read.text,
      recordingId: 1,
      doubtful: false,
    })
    expect(pen.kept.labels.get(1)).toEqual({ label: 'Wort', frames: read.frames })
  })

  it('once more changes the label of the same recording', async () => {
    const pen = await threeWords()
    pen.reader.correct(1, 'Wort')
    pen.reader.correct(1, 'Worte')
    expect([...pen.kept.labels.values()].map(({ label }) => label)).toEqual(['Worte'])
  })

  it('is taken back step by step, and then the words are', async () => {
    const pen = await threeWords()
    const before = pen.reader.state.words
    pen.reader.correct(0, 'eins')
    pen.reader.correct(0, 'zwei')
    expect(pen.reader.state.undo).toBe('correction')
    pen.reader.undo()
    expect(pen.kept.labels.get(1)?.label).toBe('eins')
    pen.reader.undo()
    expect(pen.kept.labels.size).toBe(0)
    expect(pen.reader.state.words).toEqual(before)
    for (let left = 2; left >= 0; left--) {
      expect(pen.reader.state.undo).toBe('word')
      pen.reader.undo()
      expect(pen.reader.state.words).toHaveLength(left)
    }
    expect(pen.reader.state.undo).toBeNull()
    expect(() => pen.reader.undo()).toThrow(expect.objectContaining({ code: 'conflict' }))
  })

  it('that was taken back is taken again, step by step, and so are words', async () => {
    const pen = await threeWords()
    pen.reader.correct(0, 'eins')
    pen.reader.correct(1, 'zwei')
    const after = pen.reader.state
    for (let steps = 0; steps < 4; steps++) pen.reader.undo()
    expect(pen.reader.state).toMatchObject({ redo: 'word' })
    expect(pen.reader.state.words).toHaveLength(1)
    for (const kind of ['word', 'word', 'correction', 'correction']) {
      expect(pen.reader.state.redo).toBe(kind)
      pen.reader.redo()
    }
    expect(pen.reader.state.words.map(({ text }) => text)).toEqual(after.words.map(({ text }) => text))
    expect([...pen.kept.labels.values()].map(({ label }) => label)).toEqual(['eins', 'zwei'])
    expect(pen.reader.signal(2).frames).toBe(after.words[2]!.frames)
    expect(pen.reader.state.redo).toBeNull()
    expect(() => pen.reader.redo()).toThrow(expect.objectContaining({ code: 'conflict' }))
  })

  it('that was taken back can be taken again though the pen wrote on, but not once something else was corrected', async () => {
    const pen = await threeWords()
    pen.reader.correct(0, 'eins')
    pen.reader.undo()
    pen.send([...write(30), ...rest(80)])
    await pen.reader.finish()
    expect(pen.reader.state.redo).toBe('correction')
    pen.reader.redo()
    expect(pen.reader.state.words[0]!.text).toBe('eins')
    pen.reader.undo()
    pen.reader.correct(1, 'zwei')
    expect(pen.reader.state.redo).toBeNull()
  })

  it('clears a text again that was brought back', async () => {
    const pen = await threeWords()
    pen.reader.clear()
    pen.reader.undo()
    pen.reader.redo()
    expect(pen.reader.state).toMatchObject({ words: [], undo: 'clear', redo: null })
  })

  it('teaches words, and taking it back forgets those that it taught', async () => {
    const known = new Set(['Hand'])
    const learner = {
      learn: (text: string) => (known.has(text) ? [] : (known.add(text), [text])),
      forgetWords: (words: readonly string[]) => words.forEach((word) => known.delete(word)),
    }
    const pen = await threeWords({ learner })
    pen.reader.correct(0, 'Hand')
    pen.reader.correct(1, 'Wotzka')
    expect([...known]).toEqual(['Hand', 'Wotzka'])
    pen.reader.undo()
    expect([...known]).toEqual(['Hand'])
    pen.reader.redo()
    pen.reader.undo()
    pen.reader.undo()
    expect([...known]).toEqual(['Hand'])
  })

  it('goes on after reading has stopped', async () => {
    const pen = await threeWords()
    pen.reader.stopped()
    pen.reader.correct(2, 'Wort')
    expect(pen.reader.state).toMatchObject({ phase: 'stopped', undo: 'correction' })
    expect(pen.kept.labels.get(1)?.label).toBe('Wort')
  })

  it('brings a text back that was cleared, with what else could be taken back', async () => {
    const pen = await threeWords()
    pen.reader.correct(1, 'Wort')
    const before = pen.reader.state
    pen.reader.clear()
    expect(pen.reader.state).toMatchObject({ words: [], undo: 'clear' })
    pen.send([...write(60), ...rest(80)])
    await pen.reader.finish()
    expect(pen.reader.state.words.map(({ index }) => index)).toEqual([3])
    pen.reader.undo()
    pen.reader.undo()
    expect(pen.reader.state).toEqual({ ...before, redo: 'clear' })
    expect(pen.reader.signal(0).frames).toBe(before.words[0]!.frames)
  })

  it('brings an earlier text back that was cleared, and begins a new line behind it', async () => {
    const pen = new Watched({ earlier: 'Vor langer Zeit' })
    pen.reader.clear()
    expect(pen.reader.text).toBe('')
    pen.reader.undo()
    pen.send([...write(30), ...rest(80)])
    await pen.reader.finish()
    expect(pen.reader.text).toBe(`Vor langer Zeit\n${pen.reader.state.words[0]!.text}`)
  })

  it('brings back what was cleared last: what was cleared before that is forgotten', async () => {
    const pen = await threeWords()
    pen.reader.clear()
    pen.send([...write(60), ...rest(80)])
    await pen.reader.finish()
    pen.reader.clear()
    pen.reader.undo()
    expect(pen.reader.state.words).toHaveLength(1)
    pen.reader.undo()
    expect(pen.reader.state.undo).toBeNull()
  })

  it('refuses a word that is not there', async () => {
    const pen = await threeWords()
    expect(() => pen.reader.correct(7, 'x')).toThrow(
      expect.objectContaining({ code: 'not-found', message: 'Word 7 is not in the text any more.' }),
    )
  })
})

describe('the frame buffer', () => {
  it('gives back any stretch it still holds, whatever the blocks', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), fc.nat(), (blocks, a, b, c) => {
        const buffer = new FrameBuffer(CHANNELS, 100)
        for (const size of blocks) buffer.push(blockOf(buffer.next, write(size)))
        const total = buffer.next
        fc.pre(total > 0)
        const [first, last] = [a % total, b % total].sort((x, y) => x - y) as [number, number]
        buffer.forgetBefore(Math.min(c % total, first))
        const { frames, values } = buffer.cut(first, last)
        expect(frames).toBe(last - first + 1)
        expect([values[0], values[values.length - 2]]).toEqual([first, last])
      }),
    )
  })
})
