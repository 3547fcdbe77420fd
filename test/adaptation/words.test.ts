import { afterAll, describe, expect, it } from 'vitest'
import { coverAlphabet } from '../../src/main/adaptation/enrolment.ts'
import { doubtfulWords } from '../../src/main/adaptation/doubts.ts'
import { chooseOthers } from '../../src/main/training/fine-tuning/others.ts'
import { startOf } from '../../src/main/training/fine-tuning/recipes.ts'
import { virtualRehearsalBuffer } from '../../src/main/training/fine-tuning/rehearsal-buffer.ts'
import { virtualMeasured } from '../../src/main/training/fine-tuning/virtual-others.ts'
import type { ModelCard } from '../../src/main/ml/checkpoint/card.ts'
import { initialModel, namedConfig } from '../../src/main/ml/models/index.ts'
import { labelCheckBy } from '../../src/main/quality/index.ts'
import { loadRecogniser } from '../../src/main/ml/inference/recogniser.ts'
import { builtinWords } from '../../src/main/words/lists.ts'
import { openEngineForModel } from '../../src/main/ml/programs/open-engine.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { WORD_ALPHABET } from '../../src/shared/text.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { addGeneralModel, FIRST, modelIn, SECOND, TURNED, writersStore } from './writers.ts'

const words = writersStore()
const modelId = await addGeneralModel(words)
afterAll(() => words.store.close())

describe('an enrolment', () => {
  it('covers all letters that so many real words can, the emptiest letters first', () => {
    const alphabet = [...WORD_ALPHABET]
    const { prompts, covered, missing } = coverAlphabet(builtinWords(), alphabet, 20)
    expect(prompts).toHaveLength(20)
    expect(new Set(prompts).size).toBe(20)
    expect(prompts.every((prompt) => builtinWords().includes(prompt))).toBe(true)
    // Every small letter; of the capitals, of which a word has one, as many as there are words for.
    expect([...'abcdefghijklmnopqrstuvwxyzäöüß'].filter((letter) => !covered.includes(letter))).toEqual([])
    expect(covered.length + missing.length).toBe(alphabet.length)
    expect(coverAlphabet(builtinWords(), alphabet, 60).missing).toBe('')
  })

  it('asks for no letter that the model cannot say, and for no word that is there already', () => {
    const { prompts, missing } = coverAlphabet(['ab', 'ba', 'abc', 'aab'], ['a', 'b'], 5, new Set(['ab']))
    expect(prompts).toEqual(['ba', 'aab'])
    expect(missing).toBe('')
  })
})

describe('words of others', () => {
  const card = modelIn(words.store, modelId).card
  const writer = words.store.writers.find(TURNED)!

  it('are rehearsed or measured on, never both, and never the writer’s', () => {
    const { rehearsalBuffer, measured } = chooseOthers(words.store.recordings, card, writer.id)
    if (rehearsalBuffer.kind !== 'recorded' || measured?.kind !== 'recorded') throw new Error('both should be recorded')
    const [rehearsed, judged] = [rehearsalBuffer, measured].map(({ recordings }) => recordings.map(({ id }) => id)) as [
      number[],
      number[],
    ]
    expect(rehearsed.filter((id) => judged.includes(id))).toEqual([])
    expect([...rehearsed, ...judged].sort((a, b) => a - b)).toEqual([...words.ids[FIRST]!, ...words.ids[SECOND]!])
    expect(chooseOthers(words.store.recordings, card, writer.id)).toEqual({ rehearsalBuffer, measured })
  })

  it('are simulated anew for a model of virtual writers, whose recordings are nowhere', () => {
    const base: ModelCard = {
      ...card,
      classes: [...WORD_ALPHABET],
      channels: PEN_CHANNELS.map(({ name }) => name),
      trainedOn: { ...card.trainedOn, virtual: true, ids: [], heldOutIds: [] },
    }
    const { rehearsalBuffer, measured } = chooseOthers(words.store.recordings, base, writer.id)
    expect([rehearsalBuffer.kind, measured?.kind]).toEqual(['virtual', 'virtual'])
    const signature = {
      task: 'ctc' as const,
      channels: base.channels,
      rateHz: 100,
      classes: base.classes,
      minimumFrames: 32,
      reduction: 8,
    }
    const [known, unseen] = [
      virtualRehearsalBuffer(signature, 3),
      virtualMeasured({ writers: 2, perWriter: 2 }, signature),
    ]
    expect(known.map(({ label, frames }) => [label, frames])).toEqual(
      virtualRehearsalBuffer(signature, 3).map(({ label, frames }) => [label, frames]),
    )
    expect(new Set(unseen.map(({ writerName }) => writerName)).size).toBe(2)
    expect(
      unseen.filter(({ writerName, label }) =>
        known.some((word) => word.writerName === writerName || word.label === label),
      ),
    ).toEqual([])
  })

  it('are none where the store has nobody else and the model knows no virtual pen', () => {
    const alone = { each: () => [...words.store.recordings.each({ writerId: writer.id })] }
    expect(chooseOthers(alone, card, writer.id)).toEqual({ rehearsalBuffer: { kind: 'none' }, measured: null })
  })
})

describe('a recipe', () => {
  const network = namedConfig('rewi-s', { channels: 3, classes: 5 })
  const model = { network, ...initialModel(network, 1) }
  const share = (recipe: 'all' | 'last' | 'adapter'): number => {
    const { trained, weights } = startOf(recipe, model)
    return trained / Object.values(weights).reduce((sum, { values }) => sum + values.length, 0)
  }

  it('changes all weights, the last layers, or under a hundredth of them', () => {
    expect(share('all')).toBe(1)
    expect(share('last')).toBeGreaterThan(0.1)
    expect(share('last')).toBeLessThan(0.5)
    expect(share('adapter')).toBeLessThan(0.01)
  })

  it('reads as the model did before anything was learned, also where norms get a scale of their own', async () => {
    const batch = {
      rows: 1,
      time: 64,
      channels: 3,
      x: Float32Array.from({ length: 192 }, (_, at) => Math.sin(at)),
      lengths: Int32Array.of(64),
      labels: [[]],
    }
    const logitsOf = async ({ network, weights, state }: typeof model): Promise<Float32Array> => {
      const { engine } = await openTestEngine({ name: 'recogniser', config: { model: network } }, { weights, state })
      const { outputs } = await engine.predict(batch)
      await engine.dispose()
      return outputs['logits']!.values
    }
    const [plain, adapted] = [await logitsOf(model), await logitsOf(startOf('adapter', model))]
    expect(plain.length).toBeGreaterThan(0)
    adapted.forEach((value, at) => expect(value).toBeCloseTo(plain[at]!, 4))
  })
})

describe('a wrong label', () => {
  it('is found by the model’s own doubt, and shown with what it reads', async () => {
    const { store, ids } = words
    const recordings = [...store.recordings.each({ writerId: store.writers.find(FIRST)!.id })].map((recording) => ({
      ...recording,
      label: recording.label!,
    }))
    const [wrong, ...right] = recordings
    const checker = labelCheckBy(await loadRecogniser(modelIn(store, modelId), openEngineForModel))
    const found = await doubtfulWords(store.recordings, [{ ...wrong!, label: 'bbbb' }, ...right], checker)
    await checker.dispose()
    expect(found.map(({ recordingId, label, reads }) => ({ recordingId, label, reads }))).toEqual([
      { recordingId: ids[FIRST]![0], label: 'bbbb', reads: 'ab' },
    ])
  })

  it('is not every label of a hand that the model cannot read: only what stands out among them', async () => {
    const { store } = words
    const recordings = [...store.recordings.each({ writerId: store.writers.find(TURNED)!.id })].map((recording) => ({
      ...recording,
      label: recording.label!,
    }))
    const checker = labelCheckBy(await loadRecogniser(modelIn(store, modelId), openEngineForModel))
    const found = await doubtfulWords(store.recordings, recordings, checker)
    await checker.dispose()
    expect(found.length).toBeLessThan(recordings.length / 4)
  })
})
