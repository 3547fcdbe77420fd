import { describe, expect, it } from 'vitest'
import { frameTargets } from '../../src/main/ml/programs/aligned.ts'
import { middlesExtra } from '../../src/main/ml/programs/middles.ts'

describe('what each output frame is to say', () => {
  it('is the letter in the frame of its middle, nothing beside it, and the blank elsewhere', () => {
    const { wanted, weights } = frameTargets([0.25, 0.75], 2, [[5, 9]], Int32Array.of(8), 10)
    expect([...wanted]).toEqual([0, 0, 5, 0, 0, 0, 9, 0, 0, 0])
    expect([...weights]).toEqual([0.5, 0, 0.5, 0, 0.5, 0, 0.5, 0, 0, 0])
  })

  it('keeps a letter next to another one', () => {
    const { wanted, weights } = frameTargets([0.3, 0.5], 2, [[5, 5]], Int32Array.of(4), 4)
    expect([...wanted]).toEqual([0, 5, 5, 0])
    expect([...weights]).toEqual([0, 0.5, 0.5, 0])
  })

  it('calls no frame blank where the place of a letter is not known', () => {
    const { values } = middlesExtra([[null, 0.9], [0.1]])
    const { weights } = frameTargets(values, 2, [[3, 4], [1]], Int32Array.of(4, 4), 4)
    expect([...weights]).toEqual([0, 0, 0, 0.5, 1, 0, 1, 1])
  })
})
