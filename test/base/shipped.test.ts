import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { baseSettling, BASE_RECIPE } from '../../src/main/ml/base/recipe.ts'
import { loadModel } from '../../src/main/ml/checkpoint/model.ts'
import { resource } from '../../src/main/paths.ts'
import { WORD_ALPHABET } from '../../src/shared/text.ts'

const { card } = loadModel(resource('models', 'base.json'))
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

test('the base model is whole, at most 4 MB, made by its recipe, and reads every letter of the alphabet', () => {
  expect(statSync(resource('models', 'base.safetensors')).size + statSync(resource('models', 'base.json')).size).toBeLessThanOrEqual(4e6)
  expect(card.config).toMatchObject({ ...baseSettling(BASE_RECIPE), threads: card.config.threads })
  expect([...WORD_ALPHABET].filter((letter) => !card.classes.includes(letter))).toEqual([])
  expect(card.trainedOn.virtual).toBe(true)
})

test('its page tells the figures of its card, left-handers apart', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/base-model.md'), 'utf8')
  const measured = card.measured!
  expect(page).toContain(`| all | ${measured.recordings.toLocaleString('en')} | ${percent(measured.cer)} | ${percent(measured.wer)} |`)
  for (const { group, cer, wer, recordings } of measured.byGroup) {
    expect(page).toContain(`| ${group} | ${recordings.toLocaleString('en')} | ${percent(cer)} | ${percent(wer)} |`)
  }
  expect(page).toContain(`${percent(card.scores!.cer)} CER, ${percent(card.scores!.wer)} WER over ${card.scores!.recordings.toLocaleString('en')} words`)
  expect(page).toContain(`${Math.round(card.trainSeconds! / 60)} minutes`)
})
