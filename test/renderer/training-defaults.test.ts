import { describe, expect, it } from 'vitest'
import { defaultConfig, following, learningFor } from '../../src/renderer/state/training-defaults.ts'

describe('the suggested settings of a training', () => {
  it('follow the number of recordings while nobody has changed them', () => {
    const config = defaultConfig('first')
    expect(following(config, learningFor(Infinity), 48)).toEqual(learningFor(48))
    expect(learningFor(48).model).toBe('small')
    expect(learningFor(20_000).model).toBe('ott')
  })

  it('leave alone what a person has set', () => {
    const config = { ...defaultConfig('mine'), epochs: 7 }
    expect(following(config, learningFor(Infinity), 48)).toBeNull()
  })

  it('stay as they are while there is nothing to train on', () => {
    expect(following(defaultConfig('empty'), learningFor(Infinity), 0)).toBeNull()
  })
})
