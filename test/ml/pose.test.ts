import { describe, expect, it } from 'vitest'
import { level } from '../../src/main/ml/data/pose.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'

const turned = (values: Float32Array, degrees: number): Float32Array => {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const result = values.slice()
  for (let row = 0; row < values.length; row += PEN_CHANNELS.length) {
    for (const x of [0, 3, 6, 9]) {
      result[row + x] = c * values[row + x]! - s * values[row + x + 1]!
      result[row + x + 1] = s * values[row + x]! + c * values[row + x + 1]!
    }
  }
  return result
}

describe('a roll-normalised recording', () => {
  const { values } = simulateWord(drawWriter(7), 'Haus').signal
  const rollNormalised = level(values, PEN_CHANNELS, 100).values

  it('is the same however the pen was turned about its long axis', () => {
    for (const degrees of [-120, 35, 180]) {
      const again = level(turned(values, degrees), PEN_CHANNELS, 100).values
      const apart = again.reduce((most, value, at) => Math.max(most, Math.abs(value - rollNormalised[at]!)), 0)
      expect(apart).toBeLessThan(1e-2)
    }
  })

  it('feels no gravity along y, and leaves the long axis, the force and its source as they were', () => {
    const mean = (channel: number): number =>
      rollNormalised.reduce((sum, value, at) => (at % PEN_CHANNELS.length === channel ? sum + value : sum), 0) /
      (rollNormalised.length / PEN_CHANNELS.length)
    expect(Math.abs(mean(1))).toBeLessThan(1e-4)
    expect(mean(0)).toBeGreaterThan(0)
    for (const untouched of [2, 5, 8, 11, 12]) expect(rollNormalised[untouched]).toBe(values[untouched])
    expect(values).toEqual(simulateWord(drawWriter(7), 'Haus').signal.values)
  })

  it('stays as held where its accelerometer has no gravity in it, and says so', () => {
    const mean = (channel: number): number =>
      values.reduce((sum, value, at) => (at % PEN_CHANNELS.length === channel ? sum + value : sum), 0) /
      (values.length / PEN_CHANNELS.length)
    const means = [0, 1, 2].map(mean)
    const linear = values.map((value, at) => value - (means[at % PEN_CHANNELS.length] ?? 0))
    expect(level(linear, PEN_CHANNELS, 100)).toEqual({ values: linear, doubt: 'no gravity' })
  })

  it('needs an accelerometer of three axes, and says so', () => {
    expect(() => level(new Float32Array(4), [{ name: 'force', unit: 'N' }], 100)).toThrow(
      expect.objectContaining({ code: 'device-unsuitable' }),
    )
  })
})
