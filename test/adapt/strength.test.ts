import { describe, expect, test } from 'vitest'
import { blended, chooseStrengths, edits, STRENGTHS } from '../../src/main/ml/adapt/strength.ts'

const weights = (...values: number[]) => ({ w: { shape: [values.length], values: Float32Array.from(values) } })

describe('the strength of a version', () => {
  test('goes from the model as it was to the tuned weights', () => {
    const [from, tuned] = [weights(0, 2), weights(1, 6)]
    expect(STRENGTHS.map((strength) => [...blended(from, tuned, strength)['w']!.values])).toEqual([[0, 2], [0.5, 4], [1, 6]])
  })

  test('takes weights that the model did not have from the tuned ones', () => {
    expect([...blended({}, weights(3), 0)['w']!.values]).toEqual([3])
  })

  test('is chosen by all folds for the version, and by the other folds for each', () => {
    // The first fold alone is for going all the way.
    expect(chooseStrengths([[9, 5, 0], [2, 1, 3], [2, 1, 3]])).toEqual({ version: 2, folds: [1, 2, 2] })
  })

  test('is the greatest of those that the words do not tell apart', () => {
    expect(chooseStrengths([[2, 2, 2], [2, 1, 1]])).toEqual({ version: 2, folds: [2, 2] })
  })

  test('is none where every part is read worse, or where there is no error to begin with', () => {
    expect(chooseStrengths([[1, 2, 2], [1, 2, 3]])).toEqual({ version: 0, folds: [0, 0] })
    expect(chooseStrengths([[0, 0, 0], [0, 0, 0]])).toEqual({ version: 0, folds: [0, 0] })
  })
})

test('edits count wrong letters, also composed ones', () => {
  expect(edits([{ label: 'Über', read: 'Uber' }, { label: 'ab', read: '' }])).toBe(3)
})
