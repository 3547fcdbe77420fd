import { afterAll, describe, expect, it } from 'vitest'
import { guidedBy } from '../../src/main/training/base/guide.ts'
import type { Batch, Engine, ProgramDescription, StepResult } from '../../src/main/compute/engine/types.ts'
import { train } from '../../src/main/training/train.ts'
import type { TrainingJob } from '../../src/main/training/types.ts'
import { recipeOf } from '../../src/shared/api/recipe.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { configOf, folderFor, smallStore } from './small-store.ts'

const store = smallStore(['ab', 'ba', 'aab', 'bba'], 2)
afterAll(() => store.close())

/** Where the letters of made-up signals are: stretches of one length. That of one recording is not known. */
const recordings = [...store.recordings.each({})]
const unknown = recordings[0]!.id
const middles = new Map(
  recordings
    .filter(({ id }) => id !== unknown)
    .map(({ id, label }) => [id, Array.from(label!, (_, at) => (at + 0.5) / label!.length)]),
)

interface Watched {
  programs: ProgramDescription[]
  steps: { batch: Batch; result: StepResult }[]
}

/** Trains on the real engine, and notes which program it runs and what each step gets and gives. */
async function watched(change: Partial<TrainingJob> = {}): Promise<Watched> {
  const [programs, steps]: [Watched['programs'], Watched['steps']] = [[], []]
  const openEngine: TrainingJob['openEngine'] = async (program, start) => {
    programs.push(program)
    const { engine, reason } = await openTestEngine(program, start)
    const step: Engine['step'] = async (batch, how) => {
      const result = await engine.step(batch, how)
      steps.push({ batch, result })
      return result
    }
    const noting = new Proxy(engine, {
      get(target, name) {
        if (name === 'step') return step
        const member: unknown = Reflect.get(target, name, target)
        return typeof member === 'function' ? (member as (...args: unknown[]) => unknown).bind(target) : member
      },
    })
    return { engine: noting, reason }
  }
  const config = configOf({ epochs: 5, split: { by: 'recording', heldOut: 0 } })
  await train({
    config,
    source: store.recordings,
    folder: folderFor('guide'),
    openEngine,
    codeVersion: 'test',
    guide: guidedBy(middles),
    ...change,
  })
  return { programs, steps }
}

describe('a training that is told where the letters are', () => {
  it('gets their places with every batch, weighs them less from epoch to epoch, and does without at the end', async () => {
    const { programs, steps } = await watched()
    expect(programs.map(({ name }) => name)).toEqual(['aligned-recogniser'])
    expect(steps).toHaveLength(5 * 2)

    const weights = steps.map(({ batch }) => batch.extra?.['guidance']?.values)
    expect(weights.map((of) => of?.length)).toEqual([4, 4, 4, 4, 4, 4, undefined, undefined, undefined, undefined])
    const told = [1, 1, 2 / 3, 2 / 3, 1 / 3, 1 / 3]
    told.forEach((weight, step) => weights[step]!.forEach((value) => expect(value).toBeCloseTo(weight, 6)))
    expect(steps.map(({ result }) => (result.parts['guided'] ?? 0) > 0)).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ])

    const places = steps.slice(0, 2).flatMap(({ batch }) => rowsOf(batch))
    const wanted = recordings.map(({ id, label }) => middles.get(id) ?? Array.from(label!, () => -1))
    const sorted = (rows: readonly (readonly number[])[]): string[] =>
      rows.map((row) => row.map((place) => place.toFixed(3)).join()).sort()
    expect(sorted(places)).toEqual(sorted(wanted))
  })

  it('counts the places into the loss as much as they weigh', async () => {
    const { steps } = await watched()
    for (const { batch, result } of steps) {
      const weight = batch.extra?.['guidance']?.values[0] ?? 0
      expect(result.loss).toBeCloseTo(result.parts['task']! + weight * (result.parts['guided'] ?? 0), 4)
    }
  })

  it('is not told where a recipe puts texts beside the pen', async () => {
    const { programs, steps } = await watched({
      config: configOf({
        epochs: 1,
        split: { by: 'recording', heldOut: 0 },
        recipe: recipeOf({ kind: 'contrastive', size: 8, letter: 6 }),
      }),
    })
    expect(programs.map(({ name }) => name)).toEqual(['text-contrastive'])
    expect(steps.every(({ batch }) => batch.extra?.['middles'] === undefined)).toBe(true)
  })
})

/** The places of each row's letters. */
function rowsOf(batch: Batch): number[][] {
  const { shape, values } = batch.extra!['middles']!
  const width = shape[1]!
  return batch.labels.map((label, row) => Array.from(values.slice(row * width, row * width + label.length)))
}
