import { describe, expect, it } from 'vitest'
import { toldCurves } from '../../src/renderer/plot/told.ts'
import { defaultRecipe, kindOf, RECIPE_KINDS } from '../../src/renderer/pages/train/recipe/recipes.ts'
import { PROVENANCE, recipeOf, type RecipeField } from '../../src/shared/api/recipe.ts'

describe('the recipes to choose from', () => {
  it('are what they are chosen as, with the defaults of the contract', () => {
    expect(RECIPE_KINDS.map((kind) => kindOf(defaultRecipe(kind, 'ctc')))).toEqual([...RECIPE_KINDS])
    expect(kindOf(undefined)).toBe('plain')
    expect(defaultRecipe('pairs', 'ctc')).toEqual(recipeOf({ kind: 'cross-modal' }))
  })

  it('tell single characters apart with the network made for that', () => {
    expect(defaultRecipe('in-batch', 'classes')).toMatchObject({ loss: 'in-batch', image: { size: 'letter' } })
  })
})

describe('the defaults of recipes', () => {
  it('all say where they come from', () => {
    const fields = (value: object, path: string): string[] =>
      Object.entries(value).flatMap(([name, below]) => {
        const at = `${path}.${name}`
        return name === 'kind' ? [] : typeof below === 'object' && below !== null ? [...(at in PROVENANCE ? [at] : []), ...fields(below as object, at)] : [at]
      })
    const used = [...fields(recipeOf({ kind: 'cross-modal', pictures: { from: 'fonts' } }), 'cross-modal'), ...fields(recipeOf({ kind: 'contrastive' }), 'contrastive')]
    expect(used.filter((field) => !(field in PROVENANCE) && field !== 'cross-modal.pictures.from')).toEqual([])
    expect((Object.keys(PROVENANCE) as RecipeField[]).filter((field) => !used.includes(field))).toEqual([])
  })
})

describe('curves in words', () => {
  it('say where each begins, ends and is lowest, without what was not measured', () => {
    const curves = [{ name: 'held out', values: [null, 2, 0.5, 1] }, { name: 'nothing', values: [null, null, null, null] }]
    expect(toldCurves([1, 2, 3, 4], curves, String)).toBe('held out: from 2 to 1, lowest 0.5 at 3')
  })
})
