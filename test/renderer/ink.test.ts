import { expect, test } from 'vitest'
import { inkOf } from '../../src/renderer/plot/ink.ts'

test('ink is drawn stroke by stroke, in a box with a little room about it', () => {
  const { box, path } = inkOf([
    [0, 0, 2, -3],
    [5, 1],
  ])
  expect(path).toBe('M0 0L2 -3M5 1')
  expect(box).toBe('-0.6 -3.6 6.2 5.2')
})

test('where nothing was drawn there is an empty picture', () => {
  expect(inkOf([])).toEqual({ box: '0 0 1 1', path: '' })
  expect(inkOf([[], [1, 1]]).path).toBe('M1 1')
})
