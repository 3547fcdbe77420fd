import { describe, expect, test } from 'vitest'
import { cells, UNADAPTED, type AdaptationConfig } from '../../src/main/experiments/adaptation/conditions.ts'
import { baseModel, studyWords } from '../../src/main/experiments/adaptation/virtual.ts'
import { baseWords, BASE_RECIPE } from '../../src/main/ml/base/recipe.ts'
import { resource } from '../../src/main/paths.ts'

describe('the study of adaptation', () => {
  test('measures every number of words on all 20 virtual writers, with and without adapting', () => {
    const study = cells({ seeds: 1, quick: false }, 'model')
    for (const words of [20, 5, 10, 50]) {
      const group = study.filter(({ config }) => (config as AdaptationConfig).set === 'virtual' && (config as AdaptationConfig).words === words)
      for (const variant of [UNADAPTED, 'all']) expect(group.filter((cell) => cell.variant === variant).map(({ fold }) => fold)).toEqual(Array.from({ length: 20 }, (_, writer) => writer))
    }
  })

  test('compares plain and cross-modal with the same number of words, epochs and rehearsed words', () => {
    const study = cells({ seeds: 1, quick: false }, 'model')
    const of = (name: string) => study.filter(({ variant, fold }) => variant === name && fold === 0).map(({ config }) => config as AdaptationConfig)
    for (const [plain, cross] of [['all', 'all, cross-modal loss'], ['trained on plain, all', 'trained on cross-modal, all']] as const) {
      const [a, b] = [of(plain).find(({ set, words }) => set === 'virtual' && words === 20), of(cross).find(({ set }) => set === 'virtual')]
      expect({ ...b, base: null, loss: null }).toEqual({ ...a, base: null, loss: null })
    }
  })

  test('adapts and measures with words that the base model never saw, and never with the same ones', () => {
    const { pool, test: measured } = studyWords(baseModel(resource('models', 'base.json')).face)
    const known = new Set(baseWords(BASE_RECIPE).train)
    expect([pool.length, measured.length]).toEqual([50, 50])
    expect([...pool, ...measured].filter((word) => known.has(word))).toEqual([])
    expect(measured.filter((word) => pool.includes(word))).toEqual([])
  })
})
