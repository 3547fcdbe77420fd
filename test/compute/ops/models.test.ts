import { describe, expect, it } from 'vitest'
import {
  initialWeights,
  MODEL_NAMES,
  namedConfig,
  outputLengths,
  parameterCount,
  publishedCount,
  timeReduction,
} from '../../../src/main/ml/models/index.ts'

const sizes = { channels: 13, classes: 60 }
const millions = (count: number) => (count / 1e6).toFixed(2)

describe('the models have the published sizes', () => {
  it('CNN+BiLSTM 0.40 M, REWI small 0.53 M, REWI 3.89 M', () => {
    expect(millions(publishedCount(namedConfig('ott', sizes)))).toBe('0.40')
    expect(millions(publishedCount(namedConfig('rewi-s', sizes)))).toBe('0.53')
    expect(millions(publishedCount(namedConfig('rewi', sizes)))).toBe('3.89')
  })

  it('and train a little more than that, because parallel kernels are folded only in print', () => {
    const config = namedConfig('rewi', sizes)
    expect(parameterCount(config) - publishedCount(config)).toBe(3 * 2 * (1 + 3) * (128 + 256 + 512))
  })

  it('reduce the time as their stages say, and refuse what is too short for them', () => {
    expect(MODEL_NAMES.map((name) => timeReduction(namedConfig(name, sizes)))).toEqual([4, 8, 8, 4])
    const config = namedConfig('rewi', sizes)
    expect([...outputLengths(config, Int32Array.of(8, 15, 256))]).toEqual([1, 1, 32])
    expect(() => outputLengths(config, Int32Array.of(64, 7))).toThrow(/row 1 has 7 frames.*at least 8/)
  })

  it('start from the same weights for the same seed', () => {
    const config = namedConfig('small', sizes)
    expect(initialWeights(config, 3)).toEqual(initialWeights(config, 3))
    expect(initialWeights(config, 3)['conv0.kernel']).not.toEqual(initialWeights(config, 4)['conv0.kernel'])
  })
})
