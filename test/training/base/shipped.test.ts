import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { baseFinalEpochs, BASE_RECIPE } from '../../../src/main/training/base/recipe.ts'
import { loadModel } from '../../../src/main/ml/checkpoint/model.ts'
import { findStyleEstimator, type StyleEstimateScores } from '../../../src/main/ml/style/file.ts'
import { resource } from '../../../src/main/files/paths.ts'
import { WORD_ALPHABET } from '../../../src/shared/text.ts'

const { card } = loadModel(resource('models', 'base.json'))
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

test('the style estimator was made for these weights, and its page tells the figures of its card', () => {
  const path = resource('models', 'base.style.json')
  const { measured } = JSON.parse(readFileSync(path, 'utf8')) as { measured: StyleEstimateScores }
  const page = readFileSync(join(import.meta.dirname, '../../../docs/base-model.md'), 'utf8')
  expect(findStyleEstimator(card.weights.sha256)).not.toBeNull()
  expect(page.replaceAll('\n', ' ')).toContain(
    `On ${measured.writers} training writers that it was not fitted on, by ${measured.words} words of each`,
  )
  const [small, capital, other] = ['small', 'capital', 'other'].map(
    (role) => `${Math.round(measured.fonts[role]! * 100)} %`,
  )
  expect(page.replaceAll('\n', ' ')).toContain(
    `for ${small} of the small letters, ${capital} of the capitals and ${other} of the letters that a writer ` +
      'takes from another font',
  )
  for (const [trait, share] of Object.entries(measured.traits))
    expect(page).toContain(`| ${trait} | ${share.toFixed(2)} |`)
})

test('the base model is whole, at most 4 MB with the style estimator, made by its recipe, and reads every letter of the alphabet', () => {
  const files = ['base.safetensors', 'base.json', 'base.style.safetensors', 'base.style.json']
  expect(files.reduce((bytes, file) => bytes + statSync(resource('models', file)).size, 0)).toBeLessThanOrEqual(4e6)
  expect(card.config).toMatchObject({ ...baseFinalEpochs(BASE_RECIPE), threads: card.config.threads })
  expect([...WORD_ALPHABET].filter((letter) => !card.classes.includes(letter))).toEqual([])
  expect(card.trainedOn.virtual).toBe(true)
})

test('its page tells the figures of its card, left-handers apart', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/base-model.md'), 'utf8')
  const measured = card.measured!
  expect(page).toContain(
    `| all | ${measured.recordings.toLocaleString('en')} | ${percent(measured.cer)} | ${percent(measured.wer)} |`,
  )
  for (const { group, cer, wer, recordings } of measured.byGroup) {
    expect(page).toContain(`| ${group} | ${recordings.toLocaleString('en')} | ${percent(cer)} | ${percent(wer)} |`)
  }
  expect(page).toContain(
    `${percent(card.scores!.cer)} CER, ${percent(card.scores!.wer)} WER over ` +
      `${card.scores!.recordings.toLocaleString('en')} words`,
  )
  expect(page).toContain(`${Math.round(card.trainSeconds! / 60)} minutes`)
})
