import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram } from '../../src/main/entrypoints/cli/program.ts'
import { handsOf } from '../../src/main/training/fine-tuning/material.ts'
import { chooseOthers } from '../../src/main/training/fine-tuning/others.ts'
import { practise } from '../../src/main/training/fine-tuning/pre-train.ts'
import { virtualRehearsalBuffer } from '../../src/main/training/fine-tuning/rehearsal-buffer.ts'
import { batchOf } from '../../src/main/ml/batches/batches.ts'
import { signatureOf, loadModel } from '../../src/main/ml/checkpoint/model.ts'
import type { Example } from '../../src/main/ml/data/types.ts'
import { timeReduction } from '../../src/main/ml/models/index.ts'
import { findStyleEstimator } from '../../src/main/ml/style/file.ts'
import { resource } from '../../src/main/files/paths.ts'
import { openStore } from '../../src/main/store/index.ts'
import { virtualWords500 } from '../../src/main/corpus/benchmark.ts'
import { degrees } from '../../src/main/signal/arithmetic.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'
import type { StyleEstimate } from '../../src/shared/api/adaptation.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { signalOf } from '../training/small-store.ts'
import { exampleOf, virtualStore, WRITTEN } from './virtual-writer.ts'

const writer = drawWriter(963_001)

/** Done once, for whoever asks first. */
function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

describe('the hand of a writer', () => {
  const store = virtualStore(writer)
  const { path } = store
  const run = async (...args: string[]) => {
    let [out, err] = ['', '']
    const code = await runProgram(['adapt', ...args, '--database', path], {
      out: (text) => (out += text),
      err: (text) => (err += text),
      signal: new AbortController().signal,
      keys: () => null,
    })
    return { code, out, err }
  }
  beforeAll(() => {
    const silent = store.writers.create({ name: 'silent', handedness: 'right' })
    const session = store.sessions.create({
      writerId: silent.id,
      deviceName: 'test signal',
      origin: 'simulated',
      profile: {},
    })
    store.recordings.insert({ sessionId: session.id, label: 'ab', signal: signalOf('ab', 1) })
    store.sessions.end(session.id)
    store.close()
  })
  afterAll(() => openStore(path).close())

  const told = lazily(() => run('--writer', writer.name, '--style', '--json'))

  test('is told by the words: those of a virtual writer tell nearly what that writer was drawn as', async () => {
    const { code, out } = await told()
    expect(code).toBe(0)
    const style = JSON.parse(out) as StyleEstimate
    expect(style.words).toBe(WRITTEN.length)
    const truth: Record<string, number> = {
      'x-height': writer.xHeight,
      slant: degrees(writer.slant),
      joining: writer.joining,
      force: writer.force.mean,
      lift: writer.lift.seconds,
      altitude: degrees(writer.pose.altitude),
    }
    const inside = style.traits.filter(({ name, low, high }) => truth[name]! >= low && truth[name]! <= high)
    expect(inside.length).toBeGreaterThanOrEqual(5)
    for (const { value, low, high } of style.traits) expect(value >= low && value <= high).toBe(true)
    expect(style.fonts.map(({ role }) => role)).toEqual(['small', 'capital'])
    expect(WRITTEN).toContain(style.text)
  })

  test('has a picture: strokes of one word, as three synthetic writers write it', async () => {
    const { synthetic, text } = JSON.parse((await told()).out) as StyleEstimate
    expect(synthetic).toHaveLength(3)
    for (const strokes of synthetic) {
      expect(strokes.length).toBeGreaterThan(0)
      for (const stroke of strokes) expect(stroke.length % 2 === 0 && stroke.every(Number.isFinite)).toBe(true)
      const across = strokes.flatMap((stroke) => stroke.filter((_, at) => at % 2 === 0))
      expect((Math.max(...across) - Math.min(...across)) / text.length).toBeGreaterThan(0.5)
    }
    expect(synthetic[0]).not.toEqual(synthetic[1])
  })

  test('is told in words in the terminal, with units', async () => {
    const { out } = await run('--writer', writer.name, '--style')
    expect(out).toContain(`Style of ${writer.name}, estimated from ${WRITTEN.length} words:`)
    expect(out).toMatch(/^x-height +\d\.\d mm +\d\.\d mm to \d\.\d mm$/m)
    expect(out).toMatch(/Small letters like \w+ \(\d+ %\), capitals like \w+ \(\d+ %\)\./)
  })

  test('is not told beside what would change a version', async () => {
    for (const other of [['--keep', '1'], ['--delete', '1'], ['--accept']]) {
      const { code, err } = await run('--writer', writer.name, '--style', ...other)
      expect([code, err]).toEqual([2, expect.stringContaining("option '--style' cannot be used with option")])
    }
  })

  test('is not told where no word can be read, and the answer says so', async () => {
    expect(await run('--writer', 'silent', '--style')).toEqual({
      code: 0,
      out:
        'The style of silent cannot be estimated: this model does not come with a style estimate, or there is no ' +
        'word it can read.\n',
      err: '',
    })
  })
})

test('synthetic writers are practised on where the style can be estimated, unless the order says no', () => {
  const store = virtualStore(writer)
  const { card } = loadModel(resource('models', 'base.json'))
  const others = chooseOthers(store.recordings, card, store.writers.list()[0]!.id)
  expect(handsOf({}, card, others)).toEqual(findStyleEstimator(card.weights.sha256))
  expect(handsOf({ synthetic: false }, card, others)).toBeNull()
  store.close()
})

test('practising on synthetic writers of a writer brings a model nearer to that writer’s other words, and shows it none of them', async () => {
  const base = loadModel(resource('models', 'base.json'))
  const signature = { ...signatureOf(base.card), reduction: timeReduction(base.card.network) }
  // A hand that the base model reads badly, so that there is something to gain.
  const hard = drawWriter(963_028, { handedness: 'left', spread: 1.25 })
  const written = (text: string, id: number): Example => exampleOf(hard, text, id, signature)
  const kept = virtualWords500().words.flatMap(({ text, fold }) => (fold === 0 ? [text] : []))
  const others = batchOf(
    kept.slice(0, 24).map((text, at) => written(text, 100 + at)),
    signature,
  )
  const { engine } = await openTestEngine({ name: 'recogniser', config: { model: base.card.network } }, base)
  try {
    const before = (await engine.evaluate(others)).loss
    const config = {
      epochs: 24,
      batchSize: 16,
      learningRate: 1e-3,
      weightDecay: 0,
      warmupEpochs: 1,
      augmentations: [],
      seed: 1,
    }
    const synthetic = await practise(engine, WRITTEN.map(written), config, {
      signature,
      reader: findStyleEstimator(base.card.weights.sha256)!,
      rehearsalBuffer: virtualRehearsalBuffer(signature, 48),
      frozen: [],
      words: 96,
    })
    expect(synthetic).toHaveLength(96)
    expect(synthetic.flatMap(({ label }) => (kept.includes(label) ? [label] : []))).toEqual([])
    const after = (await engine.evaluate(others)).loss
    expect(after).toBeLessThan(before)
  } finally {
    await engine.dispose()
  }
})
