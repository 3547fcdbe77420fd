import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram } from '../../src/main/cli/program.ts'
import { planOrder } from '../../src/main/adapt/order.ts'
import { materialOf } from '../../src/main/ml/adapt/material.ts'
import { practise } from '../../src/main/ml/adapt/practise.ts'
import { virtualRehearsal } from '../../src/main/ml/adapt/rehearsal.ts'
import { interfaceOf, loadModel } from '../../src/main/ml/checkpoint/model.ts'
import { encode } from '../../src/main/ml/data/classes.ts'
import { pieceOf } from '../../src/main/ml/data/pieces.ts'
import type { Example } from '../../src/main/ml/data/types.ts'
import { evaluation, readExamples } from '../../src/main/ml/evaluate/evaluate.ts'
import { timeReduction } from '../../src/main/ml/models/index.ts'
import { findHandReader } from '../../src/main/ml/twin/file.ts'
import { resource } from '../../src/main/paths.ts'
import { openStore } from '../../src/main/store/index.ts'
import { virtualWords500 } from '../../src/main/virtual/benchmark.ts'
import { simulateWord } from '../../src/main/virtual/simulate.ts'
import { degrees } from '../../src/main/virtual/arithmetic.ts'
import { drawWriter } from '../../src/main/virtual/writer.ts'
import type { AdaptationOrder, Hand } from '../../src/shared/api/adaptation.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { signalOf } from '../ml/small-store.ts'
import { virtualStore, WRITTEN } from './virtual-writer.ts'

const writer = drawWriter(963_001)

describe('the hand of a writer', () => {
  const store = virtualStore(writer)
  const { path } = store
  const run = async (...args: string[]) => {
    let [out, err] = ['', '']
    const code = await runProgram(['adapt', ...args, '--database', path], { out: (text) => (out += text), err: (text) => (err += text), signal: new AbortController().signal, keys: () => null })
    return { code, out, err }
  }
  beforeAll(() => {
    const silent = store.writers.create({ name: 'silent', handedness: 'right' })
    const session = store.sessions.create({ writerId: silent.id, deviceName: 'test signal', origin: 'simulated', profile: {} })
    store.recordings.insert({ sessionId: session.id, label: 'ab', signal: signalOf('ab', 1) })
    store.sessions.end(session.id)
    store.close()
  })
  afterAll(() => openStore(path).close())

  test('is told by the words: those of a virtual writer tell nearly what that writer was drawn as', async () => {
    const { code, out } = await run('--writer', writer.name, '--hand', '--json')
    expect(code).toBe(0)
    const hand = JSON.parse(out) as Hand
    expect(hand.words).toBe(WRITTEN.length)
    const truth: Record<string, number> = { 'x-height': writer.xHeight, slant: degrees(writer.slant), joining: writer.joining, force: writer.force.mean, lift: writer.lift.seconds, altitude: degrees(writer.pose.altitude) }
    const inside = hand.traits.filter(({ name, low, high }) => truth[name]! >= low && truth[name]! <= high)
    expect(inside.length).toBeGreaterThanOrEqual(5)
    for (const { value, low, high } of hand.traits) expect(value >= low && value <= high).toBe(true)
    expect(hand.fonts.map(({ role }) => role)).toEqual(['small', 'capital'])
    expect(WRITTEN).toContain(hand.text)
  })

  test('has a picture: strokes of one word, as three twins write it', async () => {
    const { twins, text } = JSON.parse((await run('--writer', writer.name, '--hand', '--json')).out) as Hand
    expect(twins).toHaveLength(3)
    for (const strokes of twins) {
      expect(strokes.length).toBeGreaterThan(0)
      for (const stroke of strokes) expect(stroke.length % 2 === 0 && stroke.every(Number.isFinite)).toBe(true)
      const across = strokes.flatMap((stroke) => stroke.filter((_, at) => at % 2 === 0))
      expect((Math.max(...across) - Math.min(...across)) / text.length).toBeGreaterThan(0.5)
    }
    expect(twins[0]).not.toEqual(twins[1])
  })

  test('is told in words in the terminal, with units', async () => {
    const { out } = await run('--writer', writer.name, '--hand')
    expect(out).toContain(`${writer.name}, by ${WRITTEN.length} words, if it were the hand of a virtual pen:`)
    expect(out).toMatch(/^x-height +\d\.\d mm +\d\.\d mm to \d\.\d mm$/m)
    expect(out).toMatch(/Small letters like \w+ \(\d+ %\), capitals like \w+ \(\d+ %\)\./)
  })

  test('is not told beside what would change a version', async () => {
    for (const other of [['--keep', '1'], ['--delete', '1'], ['--accept']]) {
      const { code, err } = await run('--writer', writer.name, '--hand', ...other)
      expect([code, err]).toEqual([2, expect.stringContaining("option '--hand' cannot be used with option")])
    }
  })

  test('is not told where no word can be read, and the answer says so', async () => {
    expect(await run('--writer', 'silent', '--hand')).toEqual({ code: 0, out: 'Nothing is told of the hand of silent: the model tells no hands, or there is no word it can read.\n', err: '' })
  })
})

test('twins are practised on where hands can be told, unless the order says no', () => {
  const store = virtualStore(writer)
  const base = loadModel(resource('models', 'base.json'))
  const one = store.writers.list()[0]!
  const materialFor = (twins: Pick<AdaptationOrder, 'twins'>) => {
    const order: AdaptationOrder = { writerId: one.id, modelId: 1, recipe: 'all', loss: { kind: 'plain' }, leaveOut: [], seed: 1, ...twins }
    const { config } = planOrder(store.recordings, order, one, { id: 1, model: base })
    return materialOf({ config: { ...config, adapt: config.adapt! }, base, source: store.recordings, folder: '', openEngine: openTestEngine, codeVersion: 'test' })
  }
  expect(materialFor({}).hands).toEqual(findHandReader(base.card.weights.sha256))
  expect(materialFor({ twins: false }).hands).toBeNull()
  store.close()
})

test('practising on twins of a writer makes a model read that writer’s other words better', async () => {
  const base = loadModel(resource('models', 'base.json'))
  const face = { ...interfaceOf(base.card), reduction: timeReduction(base.card.network) }
  // A hand that the base model reads badly, so that there is something to gain.
  const hard = drawWriter(963_028, { handedness: 'left', spread: 1.25 })
  const written = (text: string, id: number): Example => {
    const { signal, label } = simulateWord(hard, text)
    const values = pieceOf(signal, face)
    return { id, writerId: 1, writerName: 'hard', label, target: encode(face, label), frames: values.length / face.channels.length, values }
  }
  const kept = virtualWords500().words.flatMap(({ text, fold }) => (fold === 0 ? [text] : []))
  const others = kept.slice(0, 40).map((text, at) => written(text, 100 + at))
  const { engine } = await openTestEngine({ name: 'recogniser', config: { model: base.card.network } }, base)
  try {
    const cer = async (): Promise<number> => evaluation((await readExamples(engine, face, others, { batchSize: 20 })).readings, () => []).cer
    const before = await cer()
    const config = { epochs: 24, batchSize: 16, learningRate: 1e-3, weightDecay: 0, warmupEpochs: 1, augmentations: [], seed: 1 }
    const twins = await practise(engine, WRITTEN.map(written), config, { face, reader: findHandReader(base.card.weights.sha256)!, replay: virtualRehearsal(face, 200), frozen: [] })
    expect(twins).toHaveLength(900)
    expect(twins.flatMap(({ label }) => (kept.includes(label) ? [label] : []))).toEqual([])
    expect(await cer()).toBeLessThan(before)
  } finally {
    await engine.dispose()
  }
})
