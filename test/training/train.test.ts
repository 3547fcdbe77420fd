import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadCheckpoint } from '../../src/main/ml/checkpoint/checkpoint.ts'
import { loadModel, saveModel } from '../../src/main/ml/checkpoint/model.ts'
import type { Engine } from '../../src/main/compute/engine/types.ts'
import { learningRateAt } from '../../src/main/ml/models/schedule.ts'
import { train } from '../../src/main/training/train.ts'
import type { Trained, TrainingJob } from '../../src/main/training/types.ts'
import type { EpochScore } from '../../src/shared/api/training.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { configOf, folderFor, smallStore } from './small-store.ts'

const store = smallStore(['ab', 'ba', 'aab', 'bba'], 3)
const letters = smallStore(['a', 'b', 'c', 'd'], 5)
afterAll(() => {
  store.close()
  letters.close()
})

function jobOf(change: Partial<TrainingJob> = {}): TrainingJob {
  return {
    config: configOf({}),
    source: store.recordings,
    folder: folderFor('run'),
    openEngine: openTestEngine,
    codeVersion: 'test',
    ...change,
  }
}

/** What two trainings must share to be called the same: weights to the bit, and curves but for the clock. */
function outcome({ weights, state, card }: Trained): unknown {
  return { weights, state, scores: card.scores }
}

/** Cancels a training after so many steps, and gives it to be resumed. */
async function cancelAfter(steps: number, job: TrainingJob): Promise<void> {
  const stop = new AbortController()
  let done = 0
  const training = train(job, { progress: () => ++done === steps && stop.abort() }, stop.signal)
  await expect(training).rejects.toMatchObject({ code: 'cancelled' })
}

/** The same engine but for its steps. */
function withStep(engine: Engine, step: Engine['step']): Engine {
  return new Proxy(engine, {
    get(target, name) {
      if (name === 'step') return step
      const member: unknown = Reflect.get(target, name, target)
      return typeof member === 'function' ? (member as (...args: unknown[]) => unknown).bind(target) : member
    },
  })
}

describe('a training', () => {
  it('learns letters that it was shown, and reads held-out recordings with them', async () => {
    const scores: EpochScore[] = []
    const { card } = await train(jobOf({ config: configOf({ epochs: 25, learningRate: 0.02 }) }), {
      epoch: (score) => scores.push(score),
    })
    expect(scores.at(-1)!.trainLoss).toBeLessThan(scores[0]!.trainLoss / 5)
    expect(card.scores).toMatchObject({ accuracy: 1, cer: 0, wer: 0, recordings: 3 })
  })

  it('learns to tell whole labels apart', async () => {
    const { card } = await train(
      jobOf({ source: letters.recordings, config: configOf({ task: 'classes', epochs: 15, learningRate: 0.02 }) }),
    )
    expect(card.classes).toEqual(['a', 'b', 'c', 'd'])
    expect(card.scores!.accuracy).toBe(1)
  })

  it('is the same to the bit when it is done again', async () => {
    const config = configOf({ augment: true, augmentations: ['rotate', 'tempo', 'scale', 'noise', 'warp'] })
    const [once, again] = [await train(jobOf({ config })), await train(jobOf({ config }))]
    expect(outcome(again)).toEqual(outcome(once))
    expect(outcome(await train(jobOf({ config: { ...config, seed: 2 } })))).not.toEqual(outcome(once))
  })

  it.each([[1], [3], [4]])(
    'that was cancelled after %i steps and resumed ends as if it had never stopped',
    async (steps) => {
      const config = configOf({ augment: true, epochs: 3 })
      const whole = await train(jobOf({ config }))
      const job = jobOf({ config })
      await cancelAfter(steps, job)
      let remaining = 0
      const resumed = await train(job, { progress: () => remaining++ })
      expect(remaining).toBe(9 - steps)
      expect(outcome(resumed)).toEqual(outcome(whole))
    },
  )

  it('keeps a checkpoint of every moment it was asked to, and only the last', async () => {
    const job = jobOf({ checkpointMillis: 0 })
    const saved: number[] = []
    await train(job, { saved: ({ step }) => saved.push(step) })
    expect(saved).toEqual([1, 2, 3, 3, 4, 5, 6, 6])
    expect(readdirSync(job.folder).sort()).toEqual(['checkpoint-00000006.safetensors', 'checkpoint.json'])
  })

  it('says that it failed when its numbers stop being numbers, and keeps the last sound checkpoint', async () => {
    const job = jobOf({ config: configOf({ epochs: 3 }) })
    await cancelAfter(4, job)
    const before = loadCheckpoint(job.folder)
    const broken: TrainingJob['openEngine'] = async (program, start) => {
      const { engine, reason } = await openTestEngine(program, start)
      return {
        engine: withStep(engine, (batch, options) => engine.step({ ...batch, x: batch.x.map(() => 1e30) }, options)),
        reason,
      }
    }
    await expect(train({ ...job, openEngine: broken })).rejects.toMatchObject({ code: 'training-failed' })
    expect(loadCheckpoint(job.folder)).toEqual(before)
  })

  it('goes on from a model with its channels, rate and alphabet', async () => {
    const { card, weights, state } = await train(jobOf())
    const [, cardPath] = saveModel(folderFor('model'), 'base', { card, weights, state })
    const base = loadModel(cardPath)
    const tuned = await train(
      jobOf({
        base,
        config: configOf({ name: 'tuned', startFrom: 1, epochs: 1, learningRate: 1e-6, filter: { label: 'ab' } }),
      }),
    )
    expect(tuned.card).toMatchObject({ name: 'tuned', classes: ['a', 'b'], rateHz: 100 })
    const moved = Math.max(
      ...Object.entries(weights).map(([name, { values }]) =>
        Math.max(...values.map((value, at) => Math.abs(value - tuned.weights[name]!.values[at]!))),
      ),
    )
    expect(moved).toBeGreaterThan(0)
    expect(moved).toBeLessThan(1e-4)
  })
})

describe('checkpoints and models on the disk', () => {
  it('that are cut short or changed are refused by name, at every file', async () => {
    const job = jobOf({ config: configOf({ epochs: 1 }) })
    await train(job)
    const numbers = join(
      job.folder,
      readdirSync(job.folder).find((name) => name.endsWith('.safetensors'))!,
    )
    const card = join(job.folder, 'checkpoint.json')
    for (const path of [numbers, card]) {
      const whole = readFileSync(path)
      truncateSync(path, Math.floor(whole.length / 2))
      await expect(train(job)).rejects.toMatchObject({
        code: 'checkpoint-damaged',
        message: expect.stringContaining(path) as string,
      })
      writeFileSync(path, whole)
    }
    const flipped = readFileSync(numbers)
    flipped[flipped.length - 5]! ^= 1
    writeFileSync(numbers, flipped)
    expect(() => loadCheckpoint(job.folder)).toThrow(expect.objectContaining({ code: 'checkpoint-damaged' }))
  })

  it('carry everything that made them', async () => {
    const { card, weights, state } = await train(jobOf({ config: configOf({ seed: 7 }) }))
    const folder = folderFor('model')
    const [weightsPath, cardPath] = saveModel(folder, 'run-1', { card, weights, state })
    expect(existsSync(weightsPath)).toBe(true)
    const back = loadModel(cardPath)
    expect({ weights: { ...back.weights }, state: { ...back.state } }).toEqual({ weights, state })
    expect(back.card).toMatchObject({
      format: 'kalamos-model',
      config: { seed: 7 },
      task: 'ctc',
      channels: ['acc1_x', 'acc1_y', 'acc1_z', 'force'],
      rateHz: 100,
      codeVersion: 'test',
      trainedOn: { recordings: 9, writers: 3, virtual: false },
      epochs: 2,
    })
    expect(back.card.trainedOn.ids).toHaveLength(9)
    expect(readFileSync(weightsPath).includes('optimiser')).toBe(false)
  })

  it('whose weights are not those of the network on the card are refused', async () => {
    const { card, weights, state } = await train(jobOf({ config: configOf({ epochs: 1 }) }))
    const folder = folderFor('model')
    const { 'classes.bias': _missing, ...fewer } = weights
    const [, lacking] = saveModel(folder, 'lacking', { card, weights: fewer, state })
    expect(() => loadModel(lacking)).toThrow(/lack classes.bias/)
    const [, other] = saveModel(folder, 'other', {
      card,
      weights: { ...weights, 'classes.bias': { shape: [2], values: new Float32Array(2) } },
      state,
    })
    expect(() => loadModel(other)).toThrow(/shape \[2\] instead of \[3\]/)
    const [, nan] = saveModel(folder, 'nan', {
      card,
      weights: { ...weights, 'classes.bias': { shape: [3], values: new Float32Array(3).fill(NaN) } },
      state,
    })
    expect(() => loadModel(nan)).toThrow(/not numbers/)
  })
})

describe('the learning rate', () => {
  it('rises to its peak and falls to nothing along half a cosine', () => {
    const at = (step: number): number => learningRateAt(step, { peak: 1, warmup: 4, total: 12 })
    expect([0, 1, 3, 4, 8, 12].map((step) => Number(at(step).toFixed(4)))).toEqual([0.25, 0.5, 1, 1, 0.5, 0])
  })
})
