import { expect, it } from 'vitest'
import { actionOf } from '../../src/renderer/pages/record/recording-keys.ts'

it('letters do in a session what their buttons say, with caps lock too', () => {
  expect(['b', 'B', 'n', 'N', 's', 'S'].map(actionOf)).toEqual(['rest', 'rest', 'note', 'note', 'skip', 'skip'])
})

it('a pedal goes on, and keys that mean nothing do nothing', () => {
  expect(['PageDown', ' ', 'Enter', 'x', 'PageUp', 'constructor'].map(actionOf)).toEqual([
    'next',
    'next',
    'next',
    undefined,
    undefined,
    undefined,
  ])
})
