import { describe, expect, test } from 'vitest'
import { cells, UNADAPTED, type AdaptationConfig } from '../../src/main/experiments/adaptation/conditions.ts'
import { goals } from '../../src/main/experiments/adaptation/goals.ts'
import { baseModel, studyWords } from '../../src/main/experiments/adaptation/virtual.ts'
import { baseWords, BASE_RECIPE } from '../../src/main/training/base/recipe.ts'
import { resource } from '../../src/main/files/paths.ts'
import type { Trial } from '../../src/main/store/trials.ts'

describe('the study of adaptation', () => {
  test('measures every number of words on all 20 virtual writers, with and without adapting', () => {
    const study = cells({ seeds: 1, quick: false }, 'model')
    for (const words of [20, 5, 10, 50]) {
      const group = study.filter(
        ({ config }) => (config as AdaptationConfig).set === 'virtual' && (config as AdaptationConfig).words === words,
      )
      for (const variant of [UNADAPTED, 'all'])
        expect(group.filter((cell) => cell.variant === variant).map(({ fold }) => fold)).toEqual(
          Array.from({ length: 20 }, (_, writer) => writer),
        )
    }
  })

  test('compares plain and cross-modal with the same number of words, epochs and rehearsed words', () => {
    const study = cells({ seeds: 1, quick: false }, 'model')
    const of = (name: string) =>
      study
        .filter(({ variant, fold }) => variant === name && fold === 0)
        .map(({ config }) => config as AdaptationConfig)
    for (const [plain, cross] of [
      ['all, no twins', 'all, no twins, cross-modal loss'],
      ['trained on plain, all', 'trained on cross-modal, all'],
    ] as const) {
      const [a, b] = [
        of(plain).find(({ set, words }) => set === 'virtual' && words === 20),
        of(cross).find(({ set }) => set === 'virtual'),
      ]
      expect({ ...b, base: null, loss: null }).toEqual({ ...a, base: null, loss: null })
    }
  })

  test('tells what synthetic writers are worth: the same but for them, and only where the model that ships is adapted', () => {
    const study = cells({ seeds: 1, quick: false }, 'model')
    const of = (name: string) =>
      study
        .filter(({ variant, fold }) => variant === name && fold === 0)
        .map(({ config }) => config as AdaptationConfig)
    const [synthetic, none] = [of('all').find(({ words }) => words === 20)!, of('all, no twins')[0]!]
    expect({ ...none, synthetic: 900 }).toEqual(synthetic)
    expect(none.synthetic).toBeUndefined()
    for (const { set, base, recipe, synthetic: words } of study.map(({ config }) => config as AdaptationConfig)) {
      if (set !== 'virtual' || base !== 'shipped' || recipe === null) expect(words).toBeUndefined()
    }
  })

  test('adapts and measures with words that the base model never saw, and never with the same ones', () => {
    const { pool, test: measured } = studyWords(baseModel(resource('models', 'base.json')).signature)
    const known = new Set(baseWords(BASE_RECIPE).train)
    expect([pool.length, measured.length]).toEqual([50, 50])
    expect([...pool, ...measured].filter((word) => known.has(word))).toEqual([])
    expect(measured.filter((word) => pool.includes(word))).toEqual([])
  })
})

test('the goals say by how much the errors fall of their mean, with the lexicon and without, and for whom they rise', () => {
  const trial = (variant: string, fold: number, measures: Record<string, number>) =>
    ({
      experiment: 'adaptation',
      size: 'full',
      condition: '20 words',
      variant,
      fold,
      seed: 1,
      config: {},
      outcome: { measures, curve: [], seconds: 1, backend: 'wasm' },
    }) as unknown as Trial
  const told = goals([
    trial(UNADAPTED, 0, { cer: 0.1, cerLexicon: 0.04, leftHanded: 1, others: 0.03, othersChange: 0 }),
    trial(UNADAPTED, 1, { cer: 0.02, cerLexicon: 0.02, leftHanded: 0, others: 0.03, othersChange: 0 }),
    trial('all', 0, { cer: 0.06, cerLexicon: 0.01, leftHanded: 1, others: 0.03, othersChange: 0 }),
    trial('all', 1, { cer: 0.03, cerLexicon: 0.02, leftHanded: 0, others: 0.03, othersChange: 0 }),
  ])
  expect(told).toHaveLength(1)
  expect(told[0]).toMatch(
    /^20 words, all: CER 6\.0 % to 4\.5 % \(-25\.0 % of it; .* points\); in the lexicon 3\.0 % to 1\.5 % \(-50\.0 %\); left-handed writers 10\.0 % to 6\.0 % \(-40\.0 %\); worse for 1 of 2; others 0\.0 /,
  )
})

test('a model that was trained on is adapted from what it had become, and compared with the other writer by writer', () => {
  const trial = (variant: string, fold: number, cer: number) =>
    ({
      experiment: 'adaptation',
      size: 'full',
      condition: '20 words',
      variant,
      fold,
      seed: 1,
      config: {},
      outcome: {
        measures: { cer, leftHanded: 0, others: 0.03, othersChange: 0 },
        curve: [],
        seconds: 1,
        backend: 'wasm',
      },
    }) as unknown as Trial
  const told = goals(
    [0, 1].flatMap((fold) => [
      trial('trained on plain, unadapted', fold, 0.08),
      trial('trained on plain, all', fold, 0.04),
      trial('trained on cross-modal, unadapted', fold, 0.06),
      trial('trained on cross-modal, all', fold, 0.03),
    ]),
  )
  expect(told.map((line) => line.split(';')[0])).toEqual([
    '20 words, trained on plain, all: CER 8.0 % to 4.0 % (-50.0 % of it',
    '20 words, trained on cross-modal, all: CER 6.0 % to 3.0 % (-50.0 % of it',
    '20 words, trained on cross-modal, unadapted against trained on plain, unadapted: -2.0 (-2.0 to -2.0) ' +
      'points, 2 pairs',
    '20 words, trained on cross-modal, all against trained on plain, all: -1.0 (-1.0 to -1.0) points, 2 pairs',
  ])
})
