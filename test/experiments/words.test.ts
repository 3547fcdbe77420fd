import { describe, expect, test } from 'vitest'
import { foldOf } from '../../src/main/experiments/experiment.ts'
import { benchmarkSignature, VirtualWords } from '../../src/main/experiments/words/recordings.ts'
import { startingWeights } from '../../src/main/experiments/words/start.ts'
import { words } from '../../src/main/experiments/words/experiment.ts'
import { outputsOf } from '../../src/main/ml/data/classes.ts'
import { initialModel, namedConfig } from '../../src/main/ml/models/index.ts'
import { openTestEngine } from '../ml/open-engine.ts'

const signature = benchmarkSignature(16)
const virtual = new VirtualWords(signature)
const shared = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number => [...a].filter((each) => b.has(each)).length
const few = { fold: 1, trainWords: 2, testWords: 1, longest: 3 }

describe('the words that a network is trained and measured on', () => {
  test('are of different writers in a writer-independent fold, one left-hander among those held out', () => {
    const { train, heldOut } = virtual.divided({ ...few, split: 'writer-independent' })
    const [trained, held] = [train, heldOut].map((examples) => new Set(examples.map(({ writerId }) => writerId))) as [
      Set<number>,
      Set<number>,
    ]
    expect([trained.size, held.size, shared(trained, held)]).toEqual([40, 10, 0])
    expect(shared(held, virtual.leftHanded)).toBe(1)
  })

  test('are different words in a word-disjoint fold', () => {
    const { train, heldOut } = virtual.divided({ ...few, split: 'word-disjoint' })
    const [trained, held] = [train, heldOut].map((examples) => new Set(examples.map(({ label }) => label))) as [
      Set<string>,
      Set<string>,
    ]
    expect(shared(trained, held)).toBe(0)
    expect([...trained].every((label) => label.length <= 3)).toBe(true)
  })

  test('do not depend on what was asked for before', () => {
    const again = new VirtualWords(signature).divided({ ...few, split: 'writer-independent' })
    expect(again.heldOut.map(({ label, values }) => [label, values.length])).toEqual(
      virtual
        .divided({ ...few, split: 'writer-independent' })
        .heldOut.map(({ label, values }) => [label, values.length]),
    )
  })
})

test('five seeds measure every fold once, and every variant is trained on each', async () => {
  expect([1, 2, 3, 4, 5, 6].map(foldOf)).toEqual([0, 1, 2, 3, 4, 0])
  const cells = await words.cells(
    { seeds: 5, quick: false },
    { openEngine: () => Promise.reject(new Error('not needed')), data: '', progress: () => undefined },
  )
  const places = Map.groupBy(cells, ({ condition, fold, seed }) => `${condition} ${fold} ${seed}`)
  expect(places.size).toBe(10)
  expect([...places.values()].every((group) => group.length === 7 && group[0]!.variant === words.baseline)).toBe(true)
})

test('all variants of a study go on from the same start, and say which', async () => {
  const cells = await words.cells(
    { seeds: 2, quick: true },
    { openEngine: () => Promise.reject(new Error('not needed')), data: '', progress: () => undefined },
  )
  const starts = new Set(
    cells.map(({ config }) => JSON.stringify((config as { start: unknown; model: unknown }).start)),
  )
  expect([...starts]).toEqual([JSON.stringify({ words: 20_000, epochs: 4 })])
})

test('the start is trained with the places of letters, and says how it reads words that it never saw', async () => {
  const model = namedConfig('small', { channels: signature.channels.length, classes: outputsOf(signature) })
  const told: string[] = []
  const { weights } = await startingWeights({ words: 8, epochs: 1 }, model, signature, {
    openEngine: openTestEngine,
    data: '',
    progress: (text) => void told.push(text),
  })
  expect(Object.keys(weights).sort()).toEqual(Object.keys(initialModel(model, 1).weights).sort())
  expect(told.at(-1)).toMatch(/^epoch 1 of 1: loss [\d.]+, CER [\d.]+ %, 8 recordings$/)
})
