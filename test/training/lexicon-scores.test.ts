import { expect, test } from 'vitest'
import { lexiconScores, promptsAlone } from '../../src/main/training/evaluation/lexicon-scores.ts'
import { shippedLexicon } from '../../src/main/ml/decode/lexicon.ts'
import { encode } from '../../src/main/ml/data/classes.ts'
import type { Example, ModelSignature } from '../../src/main/ml/data/types.ts'
import type { Batch } from '../../src/main/compute/engine/types.ts'
import { lexiconWords } from '../../src/main/words/lists.ts'

const signature: ModelSignature = {
  task: 'ctc',
  channels: ['force'],
  rateHz: 100,
  classes: [...'ABDEFGHIKLMNRSTWZabcdefghijklmnopqrstuvwxyzäöüß'],
  minimumFrames: 4,
}

function wordsOf(labels: readonly string[]): Example[] {
  return labels.map((label, at) => ({
    id: at + 1,
    writerId: 1,
    writerName: 'w',
    label,
    target: encode(signature, label),
    frames: 8,
    values: new Float32Array(8),
  }))
}

/** A network that spells every label, but takes i for l by a hair. */
const misreadingI = {
  predict: ({ labels }: Batch) => {
    const outputs = signature.classes.length + 1
    const time = 2 * Math.max(...labels.map((label) => label.length))
    const values = new Float32Array(labels.length * time * outputs).fill(-9)
    const [i, l] = ['i', 'l'].map((letter) => signature.classes.indexOf(letter) + 1) as [number, number]
    labels.forEach((label, row) => {
      for (let frame = 0; frame < time; frame++) {
        const letter = frame % 2 === 0 ? (label[frame / 2] ?? 0) : 0
        const at = (row * time + frame) * outputs
        values[at + letter] = 2
        if (letter === i) values[at + l] = 2.1
      }
    })
    return Promise.resolve({
      outputs: { logits: { shape: [labels.length, time, outputs], values } },
      lengths: Int32Array.from(labels, () => time),
    })
  },
  evaluate: () => Promise.resolve({ loss: 0, parts: {} }),
}

test('figures with the lexicon stand beside those without, and tell how many words it does not hold', async () => {
  expect(lexiconWords()).toContain('Wind')
  const scores = await lexiconScores(
    misreadingI,
    signature,
    wordsOf([...Array<string>(20).fill('Wind'), ...Array<string>(20).fill('din')]),
    promptsAlone,
  )
  expect(scores).toMatchObject({
    recordings: 40,
    unknown: 20,
    accuracy: 0.5,
    wer: 0.5,
    without: { accuracy: 0, wer: 1 },
  })
  expect(scores!.words).toBeGreaterThan(0)
  expect(scores!.without.cer).toBeCloseTo(40 / 140)
})

test('the lexicon that ships puts words right, and leaves one that it does not have as it is', async () => {
  const scores = await lexiconScores(
    misreadingI,
    signature,
    wordsOf([...Array<string>(20).fill('Wind'), ...Array<string>(20).fill('Winzdin')]),
    shippedLexicon,
  )
  expect(scores).toMatchObject({ recordings: 40, unknown: 20 })
  expect(scores!.accuracy).toBeGreaterThanOrEqual(0.5)
})

test('few words, and single labels, have no such figures', async () => {
  expect(await lexiconScores(misreadingI, signature, wordsOf(Array<string>(29).fill('Wind')), promptsAlone)).toBeNull()
  expect(
    await lexiconScores(
      misreadingI,
      { ...signature, task: 'classes' },
      wordsOf(Array<string>(40).fill('W')),
      promptsAlone,
    ),
  ).toBeNull()
})
