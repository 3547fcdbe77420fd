import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Locator } from '@playwright/test'
import type { AdaptationReport, Comparison } from '../../src/shared/api/adaptation.ts'
import type { Evaluation } from '../../src/shared/api/evaluation.ts'
import type { Model } from '../../src/shared/api/training.ts'
import { configOf, storeFor } from '../training/small-store.ts'
import { expect, serveApp, test } from './served-app.ts'

type Task = Model['task']

const RATES = { cer: 0.25, wer: 0.25, accuracy: 0.75 }
const LEXICON = { ...RATES, recordings: 20, words: 90, unknown: 1, without: RATES }
const GROUP = { writerId: null, known: false, recordings: 20, ids: '1-20', wrong: '1-5' }

/** As they were stored before accuracy was. */
const COMPARISON: Comparison = {
  words: 20,
  writers: 1,
  cer: ratesOf(0.5, 0.25),
  wer: ratesOf(0.5, 0.25),
}
const REPORT: AdaptationReport = {
  own: { how: 'held out', folds: 1, ...COMPARISON },
  others: { kind: 'recorded', ...COMPARISON },
  better: [],
  worse: [],
  same: 20,
  rehearsalBuffer: { kind: 'none', words: 0 },
  synthetic: 0,
  weights: { trained: 10, all: 100 },
  seconds: 3,
}
const EVALUATION: Evaluation = {
  at: 1.8e12,
  on: 'unseen',
  filter: {},
  ...RATES,
  recordings: 20,
  learned: 0,
  leftOut: 0,
  parentKnown: true,
  byGroup: [{ group: 'right-handed', ...GROUP, ...RATES }],
  lexicon: { ...RATES, words: 90, unknown: 1 },
}

function ratesOf(before: number, after: number): Comparison['cer'] {
  const rate = (value: number) => ({ value, low: value - 0.1, high: value + 0.1 })
  return { before: rate(before), after: rate(after), change: rate(after - before) }
}

/**
 * A database with a model, its run, a measurement, and a version of it for a writer, as earlier versions of Kalamos
 * stored them.
 */
function storeWith(task: Task): { database: string; writerId: number } {
  const store = storeFor('figures')
  const config = configOf({ name: 'Reader', task })
  const run = store.runs.create(config)
  const model = store.models.create({
    name: 'Reader',
    kind: 'small',
    task,
    parameters: 100,
    alphabet: 'ab',
    ...(task === 'classes' ? { classes: ['a', 'b'] } : {}),
    channels: ['acc1_x'],
    rateHz: 100,
    trainedOn: { recordings: 60, writers: 3, virtual: false },
    scores: { ...RATES, recordings: 20 },
    lexicon: LEXICON,
    reliability: null,
    measured: {
      on: 'made-up recordings',
      cer: 0.25,
      wer: 0.25,
      recordings: 20,
      byGroup: [{ group: 'right-handed', cer: 0.25, wer: 0.25, recordings: 20 }],
    },
    trainSeconds: 3,
    runId: run.id,
    files: ['reader.safetensors', 'reader.json'],
  })
  const image = { losses: [2, 1], cer: 0.25, accuracy: 0.75, pictures: 8 }
  const cross = { loss: 1, positive: 1, negative: 2 }
  const score = { epoch: 0, trainLoss: 2, heldOutLoss: 2, ...RATES, learningRate: 0.1, seconds: 1, cross, image }
  store.runs.update(run.id, { state: 'finished', modelId: model.id, epoch: 1 })
  store.runs.addScore(run.id, score)
  store.evaluations.keep(model.id, EVALUATION)
  const { id: writerId } = store.writers.create({ name: 'w01', handedness: 'right' })
  const adapt = { writerId, recipe: 'all' as const, leaveOut: [] }
  const fitting = store.runs.create(configOf({ name: 'Reader, w01', task, startFrom: model.id, adapt }))
  const order = { writerId, fromModelId: model.id, runId: fitting.id, config: { ...config, adapt } }
  store.adaptations.settle(store.adaptations.create(order).id, model.id, REPORT)
  store.runs.update(fitting.id, { state: 'finished', modelId: model.id })
  store.close()
  return { database: store.path, writerId }
}

/** Accuracy alone of whole labels; of texts the rates of errors. */
async function expectFigures(shown: Locator, task: Task): Promise<void> {
  await expect(shown).toBeVisible()
  if (task === 'classes') {
    await expect(shown).toContainText('Accuracy')
    await expect(shown).not.toContainText(/CER|WER/)
  } else {
    await expect(shown).toContainText('CER')
    await expect(shown).toContainText('WER')
  }
}

for (const { task, what } of [
  { task: 'classes', what: 'a model of whole labels shows accuracy alone' },
  { task: 'ctc', what: 'a model of texts shows CER and WER' },
] as const)
  test(`${what} in Train, Evaluate and Adapt, also of what was stored earlier`, async ({ page }) => {
    const { database, writerId } = storeWith(task)
    const served = await serveApp(database)
    try {
      await page.goto(served.url)
      await page.getByRole('link', { name: 'Train', exact: true }).click()
      await page.getByRole('tab', { name: /^Runs/ }).click()
      const run = page.getByRole('article', { name: 'Reader', exact: true })
      await run.getByRole('button', { name: /curves/i }).click()
      await run.getByText('The figures as a table').click()
      await expect(run.getByText(/pictures? (that it had not seen|right)/)).toBeVisible()
      await expectFigures(run, task)

      await page.getByRole('tab', { name: /^Models/ }).click()
      const model = page.getByRole('article', { name: 'Reader', exact: true })
      await expectFigures(model, task)

      await model.getByRole('button', { name: 'Evaluate' }).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /Accuracy/ })
        .click()
      await expectFigures(page.getByRole('dialog').getByRole('region', { name: 'Result' }), task)
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()

      await page.goto(`${served.origin}/#/adapt/${writerId}`)
      const version = page.getByRole('article', { name: 'Version 1' })
      await expectFigures(version, task)
      const own = version.getByRole('region', { name: 'This writer' })
      await expect(own).toContainText('50.0 % → ' + (task === 'classes' ? '75.0 %' : '25.0 %'))
    } finally {
      await served.stop()
      rmSync(dirname(database), { recursive: true, force: true })
    }
  })
