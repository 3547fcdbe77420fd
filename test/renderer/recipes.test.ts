import { describe, expect, it } from 'vitest'
import { describedCurves } from '../../src/renderer/plot/curve-description.ts'
import { Augmentation, TrainingConfig } from '../../src/shared/api/training.ts'
import { DEFAULT_SOURCES, TRAINING_DEFAULT_SOURCES, type RecipeField } from '../../src/shared/api/default-sources.ts'
import { FIXED_MARGINS, recipeFor, recipeOf } from '../../src/shared/api/recipe.ts'
import { defaultRecipe, kindOf, RECIPE_KINDS } from '../../src/shared/recipe-kinds.ts'

describe('the recipes to choose from', () => {
  it('are what they are chosen as, with the defaults of the contract', () => {
    expect(RECIPE_KINDS.map((kind) => kindOf(defaultRecipe(kind, 'ctc')))).toEqual([...RECIPE_KINDS])
    expect(kindOf(undefined)).toBe('plain')
    expect(defaultRecipe('pairs', 'ctc')).toEqual(recipeOf({ kind: 'cross-modal' }))
  })

  it('tell single characters apart with the network made for that', () => {
    expect(defaultRecipe('in-batch', 'classes')).toMatchObject({ loss: 'in-batch', image: { size: 'letter' } })
    expect(recipeFor('classes', { kind: 'cross-modal', image: { steps: 9 } })).toMatchObject({
      image: { size: 'letter', steps: 9 },
    })
    expect(recipeFor('classes', { kind: 'cross-modal', image: { size: 'tiny' } })).toMatchObject({
      image: { size: 'tiny' },
    })
    expect(recipeFor('ctc', { kind: 'cross-modal' })).toEqual(recipeOf({ kind: 'cross-modal' }))
  })

  it('are filled in as they were when the stored experiments were made: other defaults would make those look outdated', () => {
    const image = { size: 'words', network: 'frozen', steps: 600, batchSize: 32, learningRate: 0.002, variants: 8 }
    const cross = {
      kind: 'cross-modal',
      loss: 'triplet',
      distance: 'cosine',
      margin: { kind: 'dynamic', scale: null, classes: 'confusion' },
      negatives: 'scheduled',
      negativesEach: 1,
      weight: 1,
      from: 0,
      warmup: 0,
      penLayer: 'lstm',
      imageLayer: 'features',
      projection: 64,
      image,
    }
    expect(JSON.stringify(recipeOf({ kind: 'plain' }))).toBe('{"kind":"plain"}')
    expect(JSON.stringify(recipeOf({ kind: 'cross-modal' }))).toBe(JSON.stringify(cross))
    expect(JSON.stringify(recipeOf({ kind: 'contrastive' }))).toBe(
      '{"kind":"contrastive","weight":1,"from":0,"warmup":0,"penLayer":"lstm","size":512,"letter":64,"errors":1,"spoilt":6}',
    )
  })
})

describe('the defaults of recipes', () => {
  it('all say where they come from', () => {
    const fields = (value: object, path: string): string[] =>
      Object.entries(value).flatMap(([name, below]) => {
        const at = `${path}.${name}`
        return name === 'kind'
          ? []
          : typeof below === 'object' && below !== null
            ? [...(at in DEFAULT_SOURCES ? [at] : []), ...fields(below as object, at)]
            : [at]
      })
    const fixed = fields(
      recipeOf({ kind: 'cross-modal', margin: { kind: 'fixed', value: FIXED_MARGINS.cosine } }),
      'cross-modal',
    )
    const used = [
      ...fixed,
      ...fields(recipeOf({ kind: 'cross-modal', pictures: { from: 'fonts' } }), 'cross-modal'),
      ...fields(recipeOf({ kind: 'contrastive' }), 'contrastive'),
    ]
    expect(used.filter((field) => !(field in DEFAULT_SOURCES) && field !== 'cross-modal.pictures.from')).toEqual([])
    expect((Object.keys(DEFAULT_SOURCES) as RecipeField[]).filter((field) => !used.includes(field))).toEqual([])
  })
})

describe('the defaults of a training', () => {
  it('all say where they come from, the strength of every augmentation too', () => {
    const given = new Set([
      'name',
      'filter',
      'channels',
      'recipe',
      'startFrom',
      'adapt',
      'reproduces',
      'threads',
      'augment',
    ])
    const fields = [
      ...Object.keys(TrainingConfig.entries).filter((field) => !given.has(field)),
      ...Augmentation.options.map((one) => `augmentations.${one}`),
    ]
    expect(fields.filter((field) => !(field in TRAINING_DEFAULT_SOURCES))).toEqual([])
  })

  it('do not pass off a value of ours as one of the paper', () => {
    expect(DEFAULT_SOURCES['cross-modal.margin.value'].from).toBe('chosen')
  })
})

describe('curves in words', () => {
  it('say where each begins, ends and is lowest, without what was not measured', () => {
    const curves = [
      { name: 'held out', values: [null, 2, 0.5, 1] },
      { name: 'nothing', values: [null, null, null, null] },
    ]
    expect(describedCurves([1, 2, 3, 4], curves, String)).toBe('held out: from 2 to 1, lowest 0.5 at 3')
  })
})
