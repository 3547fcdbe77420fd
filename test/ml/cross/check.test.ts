import { describe, expect, test } from 'vitest'
import { recipeOf, type RecipeInput } from '../../../src/shared/api/recipe.ts'
import { checkRecipe, type Purpose } from '../../../src/main/ml/cross/check.ts'
import { namedConfig } from '../../../src/main/ml/models/index.ts'

const WORDS: Purpose = {
  signature: { task: 'ctc', classes: ['a', 'b'] },
  pen: namedConfig('small', { channels: 4, classes: 3 }),
  labels: ['ab', 'ba'],
  epochs: 10,
  batchSize: 8,
}
const LETTERS: Purpose = {
  ...WORDS,
  signature: { task: 'classes', classes: ['a', 'b'] },
  pen: namedConfig('small', { channels: 4, classes: 2, head: 'class' }),
  labels: ['a', 'b'],
}

function fault(recipe: RecipeInput, purpose: Purpose = WORDS): unknown {
  try {
    checkRecipe(recipeOf(recipe), purpose)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

describe('a recipe that cannot be trained is refused before anything is', () => {
  test.each<[string, RecipeInput, Purpose, RegExp]>([
    [
      'a layer that the network of the pen does not have',
      { kind: 'cross-modal', penLayer: 'cnn7' },
      WORDS,
      /pen's network has no layer "cnn7"/,
    ],
    [
      'a layer that the image network does not have',
      { kind: 'cross-modal', imageLayer: 'lstm' },
      WORDS,
      /image network has no layer "lstm"/,
    ],
    [
      'layers of different sizes without a projection',
      { kind: 'cross-modal', projection: null },
      WORDS,
      /has 32 values.*image network 100: they cannot be compared/,
    ],
    [
      'an image network for characters where words are read',
      { kind: 'cross-modal', image: { size: 'letter' } },
      WORDS,
      /tells single characters apart/,
    ],
    ['texts where whole labels are told apart', { kind: 'contrastive' }, LETTERS, /needs a network that reads words/],
    [
      'a layer of the pen that texts are compared with',
      { kind: 'contrastive', penLayer: 'top' },
      WORDS,
      /no layer "top"/,
    ],
    [
      'spoilt texts of a single letter',
      { kind: 'contrastive' },
      { ...WORDS, signature: { task: 'ctc', classes: ['a'] }, labels: ['a', 'aa'] },
      /only letter/,
    ],
    [
      'one label alone',
      { kind: 'cross-modal' },
      { ...WORDS, labels: ['\u00fc', 'u\u0308'] },
      /nothing to be set apart from/,
    ],
    [
      'a batch of one',
      { kind: 'cross-modal', loss: 'in-batch' },
      { ...WORDS, batchSize: 1 },
      /nothing to be contrasted with/,
    ],
    [
      'a loss that begins behind the end',
      { kind: 'cross-modal', from: 10 },
      WORDS,
      /from epoch 11, but the training ends after 10/,
    ],
  ])('%s', (_what, recipe, purpose, message) => {
    expect(fault(recipe, purpose)).toMatch(message)
  })

  test('what can be trained is let through', () => {
    const fits: [RecipeInput, Purpose][] = [
      [{ kind: 'plain' }, { ...WORDS, labels: ['a'] }],
      [{ kind: 'cross-modal' }, WORDS],
      [{ kind: 'cross-modal', image: { size: 'letter' } }, LETTERS],
      [{ kind: 'cross-modal', penLayer: 'cnn0', imageLayer: 'block0', projection: 8, loss: 'in-batch' }, WORDS],
      [
        { kind: 'contrastive', errors: 0 },
        { ...WORDS, signature: { task: 'ctc', classes: ['a'] }, labels: ['a', 'aa'] },
      ],
    ]
    expect(fits.map(([recipe, purpose]) => fault(recipe, purpose))).toEqual(fits.map(() => null))
  })
})
