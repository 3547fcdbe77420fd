import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TrialSpec, Experiment, Outcome } from '../../src/main/experiments/experiment.ts'
import { experimentVerb } from '../../src/main/entrypoints/cli/experiment-command.ts'
import { asIntervals } from '../../src/main/experiments/intervals.ts'
import { asCurves } from '../../src/main/experiments/plot.ts'
import { niceTicks } from '../../src/main/corpus/svg.ts'
import { asMarkdown, writeTables } from '../../src/main/experiments/report.ts'
import { runExperiment } from '../../src/main/experiments/run.ts'
import { summarise } from '../../src/main/experiments/summary.ts'
import type { Trial } from '../../src/main/store/trials.ts'
import { openStore, type Store } from '../../src/main/store/index.ts'

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'experiment-'))
  store = openStore(join(folder, 'a.db'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

/** An experiment whose outcome is known: the variant `better` is 10 points below `plain`, whatever the seed. */
function known(ran: string[], epochs = 4): Experiment {
  return {
    name: 'known',
    title: 'Known',
    data: 'made up for a test',
    question: 'Is it better?',
    measure: { name: 'error', label: 'error', lowerIsBetter: true },
    also: [],
    limits: 'Seeds may differ.',
    baseline: 'plain',
    cells: ({ seeds }) =>
      Array.from({ length: seeds }, (_, seed) => seed + 1).flatMap((seed) =>
        ['plain', 'better', 'same'].map((variant): TrialSpec => ({
          condition: 'noise 1',
          variant,
          fold: 0,
          seed,
          config: { epochs },
        })),
      ),
    open: () =>
      Promise.resolve(({ variant, seed }: TrialSpec): Promise<Outcome> => {
        ran.push(`${variant} ${seed}`)
        const error =
          0.3 + seed / 10 - (variant === 'better' ? 0.1 : 0) + (variant === 'same' ? (seed % 2 ? 0.01 : -0.01) : 0)
        const curve = Array.from({ length: epochs }, (_, epoch) => ({
          epoch: epoch + 1,
          loss: 1,
          task: 1,
          cer: error + (variant === 'better' ? 1 : 2) * (epochs - 1 - epoch) * 0.05,
          wer: error,
          accuracy: 1 - error,
          positive: NaN,
          negative: NaN,
        }))
        return Promise.resolve({ measures: { error }, curve, seconds: 2, backend: 'none' })
      }),
  }
}
const room = { openEngine: () => Promise.reject(new Error('not needed')), data: '', progress: () => undefined }

describe('running an experiment', () => {
  test('an interrupted one goes on with the trials that are missing', async () => {
    const ran: string[] = []
    const stop = new AbortController()
    const interrupted = runExperiment(
      known(ran),
      store.trials,
      { ...room, signal: stop.signal, progress: () => ran.length === 2 && stop.abort() },
      { seeds: 2, quick: true, resume: false },
    )
    await expect(interrupted).rejects.toThrow(/cancelled after 2 of 6/)
    expect(await runExperiment(known(ran), store.trials, room, { seeds: 2, quick: true, resume: true })).toEqual({
      ran: 4,
      kept: 2,
    })
    expect(ran).toEqual(['plain 1', 'better 1', 'same 1', 'plain 2', 'better 2', 'same 2'])
  })

  test('one that is stopped within a trial says so, and how to go on', async () => {
    const stop = new AbortController()
    const stopping = {
      ...known([]),
      open: () =>
        Promise.resolve(() => {
          stop.abort()
          stop.signal.throwIfAborted()
          return Promise.reject(new Error('not reached'))
        }),
    }
    await expect(
      runExperiment(stopping, store.trials, { ...room, signal: stop.signal }, { seeds: 2, quick: true, resume: false }),
    ).rejects.toMatchObject({
      code: 'cancelled',
      message: 'The experiment known was cancelled after 0 of 6 trials.',
      hint: 'Go on with --resume.',
    })
  })

  test('going on with another configuration and stopping soon leaves no trial of the old one in a table', async () => {
    const told: string[] = []
    await runExperiment(known([]), store.trials, room, { seeds: 2, quick: true, resume: false })
    const stop = new AbortController()
    const ran: string[] = []
    const resumed = runExperiment(
      known(ran, 5),
      store.trials,
      {
        ...room,
        signal: stop.signal,
        progress: (text) => {
          told.push(text)
          if (ran.length === 2) stop.abort()
        },
      },
      { seeds: 2, quick: true, resume: true },
    )
    await expect(resumed).rejects.toThrow(/cancelled after 2 of 6/)
    expect(store.trials.list('known', 'quick').map(({ variant, seed, config }) => [variant, seed, config])).toEqual([
      ['plain', 1, { epochs: 5 }],
      ['better', 1, { epochs: 5 }],
    ])
    expect(told[0]).toBe('6 stored trials were made with another configuration: forgotten.')
  })

  test('trials of another configuration are run again, and without resuming all are', async () => {
    const ran: string[] = []
    await runExperiment(known(ran), store.trials, room, { seeds: 1, quick: true, resume: false })
    expect((await runExperiment(known(ran, 5), store.trials, room, { seeds: 1, quick: true, resume: true })).ran).toBe(
      3,
    )
    expect((await runExperiment(known(ran, 5), store.trials, room, { seeds: 1, quick: true, resume: true })).ran).toBe(
      0,
    )
    expect((await runExperiment(known(ran, 5), store.trials, room, { seeds: 1, quick: true, resume: false })).ran).toBe(
      3,
    )
  })
})

describe('the table of an experiment', () => {
  const done = async (): Promise<ReturnType<typeof summarise>> => {
    await runExperiment(known([]), store.trials, room, { seeds: 4, quick: true, resume: false })
    return summarise(known([]), store.trials.list('known', 'quick'))
  }

  test('variants are compared pair by pair', async () => {
    const { lines } = await done()
    const better = lines.find(({ variant }) => variant === 'better')!
    expect(better.difference!.mean).toBeCloseTo(-0.1, 10)
    expect(better.difference!.high).toBeCloseTo(-0.1, 10)
    expect(better.difference!.count).toBe(4)
    expect(better.value.high - better.value.low).toBeGreaterThan(0.3)
    const same = lines.find(({ variant }) => variant === 'same')!
    expect(same.difference!.low).toBeLessThan(0)
    expect(same.difference!.high).toBeGreaterThan(0)
  })

  test('says how soon a variant is as good as the baseline at its end', async () => {
    const { lines } = await done()
    expect(lines.find(({ variant }) => variant === 'better')!.epochsToBaseline).toMatchObject({
      mean: 2,
      reached: 4,
      pairs: 4,
      baselineEpochs: 4,
      saved: { mean: 2, low: 2, high: 2 },
    })
  })

  test('is written as CSV, JSON, plots and a chapter that names what helps and what does not', async () => {
    await done()
    const { summary, files } = writeTables(known([]), store.trials.list('known', 'quick'), join(folder, 'out'))
    expect(files).toEqual(['known.csv', 'known.json', 'known.svg', 'known-curves.svg'])
    const csv = readFileSync(join(folder, 'out', 'known.csv'), 'utf8').split('\n')
    expect(csv[0]).toMatch(/^condition,variant,mean,low,high,trials,difference/)
    expect(csv).toHaveLength(5)
    const chapter = asMarkdown(known([]), summary, 'experiments')
    expect(chapter).toContain('| better | 45.0 %')
    expect(chapter).toContain(
      '- noise 1: better than plain: better. 1 of 2 undecided. As good as plain in the end, but sooner: better ' +
        '(by 2.0 epochs, 2.0 – 2.0, in 4 of 4 pairs).',
    )
    expect(chapter).toContain('Seeds may differ.')
    expect(chapter).toContain('quick size')
  })
})

test('curves are drawn over the epochs that were measured', () => {
  const curve = [12, 24, 36].map((epoch) => ({
    epoch,
    loss: 1,
    task: 1,
    cer: 1 / epoch,
    wer: 1,
    accuracy: 0,
    positive: NaN,
    negative: NaN,
  }))
  const trial: Trial = {
    experiment: 'known',
    size: 'full',
    condition: 'noise 1',
    variant: 'plain',
    fold: 0,
    seed: 1,
    config: {},
    outcome: { measures: { error: 0.1 }, curve, seconds: 1, backend: 'none' },
    finishedAt: 0,
  }
  writeTables(known([]), [trial], join(folder, 'out'))
  const svg = readFileSync(join(folder, 'out', 'known-curves.svg'), 'utf8')
  for (const epoch of [0, 10, 20, 30]) expect(svg).toContain(`>${epoch}</text>`)
})

test('a mean over conditions counts a seed once, and leaves out who lacks a condition', () => {
  const trial = (condition: string, variant: string, seed: number, error: number): Trial => ({
    experiment: 'known',
    size: 'full',
    condition,
    variant,
    fold: 0,
    seed,
    config: {},
    outcome: { measures: { error }, curve: [], seconds: 1, backend: 'none' },
    finishedAt: 0,
  })
  const trials = [1, 2].flatMap((seed) =>
    ['noise 1', 'noise 2'].flatMap((condition, at) => [
      trial(condition, 'plain', seed, 0.5),
      trial(condition, 'better', seed, 0.5 - 0.1 * (at + seed)),
      ...(seed === 1 || at === 0 ? [trial(condition, 'partly', seed, 0.5)] : []),
    ]),
  )
  const { overall } = summarise({ ...known([]), together: true }, trials)
  expect(overall.map(({ variant, difference }) => [variant, difference.count])).toEqual([
    ['better', 2],
    ['partly', 1],
  ])
  expect(overall[0]!.difference.mean).toBeCloseTo(-0.2, 10)
  expect(summarise(known([]), trials).overall).toEqual([])
})

describe('the page of all experiments', () => {
  const report = (): Promise<void> =>
    experimentVerb(
      { name: 'report', database: join(folder, 'a.db'), out: join(folder, 'page.md') },
      { print: () => undefined, tell: () => undefined, realRecordings: '' },
    )

  test('tells of what is stored, with its size, and names what is not', async () => {
    const outcome: Outcome = {
      measures: { error: 0.25 },
      curve: [],
      seconds: 2,
      backend: 'none',
      image: { cer: 0, accuracy: 0.98, pictures: 64 },
    }
    store.trials.save({
      experiment: 'synthetic',
      size: 'quick',
      condition: 'noise 1',
      variant: 'plain',
      fold: 0,
      seed: 1,
      config: {},
      outcome,
    })
    store.close()
    await report()
    store = openStore(join(folder, 'a.db'))
    const page = readFileSync(join(folder, 'page.md'), 'utf8')
    expect(page).toContain('1 trial (quick size')
    expect(page).toContain('98.0 % of pictures they had not been trained on read right')
    expect(page).toContain('No trials are stored of `letters`')
    expect(page).toContain('](experiments/synthetic.svg)')
  })

  test('is not written where nothing is stored', async () => {
    store.close()
    await expect(report()).rejects.toMatchObject({ code: 'not-found', hint: expect.stringContaining('synthetic') })
    store = openStore(join(folder, 'a.db'))
  })
})

describe('plots', () => {
  test('axes have round numbers that span the data', () => {
    expect(niceTicks(0, 0.43)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5])
    expect(niceTicks(0, 30)).toEqual([0, 10, 20, 30])
  })

  test('names are written as text, not as markup', () => {
    const curves = asCurves({
      title: 'a < b & "c"',
      xLabel: 'x',
      yLabel: 'y',
      series: [
        {
          name: '<script>',
          points: [
            { x: 0, y: 1 },
            { x: 1, y: NaN },
          ],
        },
      ],
      format: String,
    })
    const intervals = asIntervals({
      title: 'a < b & "c"',
      xLabel: 'x',
      groups: [
        {
          name: 'one',
          rows: [{ name: '<script>', value: { mean: 1, low: NaN, high: NaN, count: 1 }, isBaseline: true }],
        },
      ],
      format: String,
    })
    for (const svg of [curves, intervals]) {
      expect(svg).not.toContain('<script>')
      expect(svg).not.toContain('NaN')
      expect(svg).toContain('a &lt; b &amp; &quot;c&quot;')
    }
  })

  test('intervals lie row by row below each other, and a line marks the baseline of their condition', () => {
    const value = (mean: number) => ({ mean, low: mean - 0.1, high: mean + 0.1, count: 5 })
    const svg = asIntervals({
      title: 't',
      xLabel: 'x',
      groups: [
        {
          name: 'one',
          rows: [
            { name: 'plain', value: value(0.5), isBaseline: true },
            { name: 'triplet', value: value(0.3), isBaseline: false },
          ],
        },
      ],
      format: String,
    })
    const dots = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(
      ([, x, y]) => [Number(x), Number(y)] as const,
    )
    expect(dots).toHaveLength(2)
    expect(dots[1]![0]).toBeLessThan(dots[0]![0])
    expect(dots[1]![1]).toBeGreaterThan(dots[0]![1])
    expect(svg).toContain(`<line x1="${dots[0]![0]}" x2="${dots[0]![0]}"`)
  })
})
