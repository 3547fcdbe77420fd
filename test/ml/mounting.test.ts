import { describe, expect, it } from 'vitest'
import { findLongAxis } from '../../src/main/ml/data/long-axis.ts'
import { level } from '../../src/main/ml/data/pose.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'
import { mountingOf } from '../../src/shared/mounting.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'

const WIDTH = PEN_CHANNELS.length
const AXES = [0, 1, 2] as const

/** All 24 ways of mounting a board with its axes along those of the pen, as matrices row by row. */
const MOUNTINGS = AXES.flatMap((a) =>
  AXES.filter((b) => b !== a).flatMap((b) =>
    [1, -1].flatMap((p) =>
      [1, -1].map((q) => {
        const [x, y] = [AXES.map((at) => (at === a ? p : 0)), AXES.map((at) => (at === b ? q : 0))]
        const cross = (i: number, j: number): number => x[i]! * y[j]! - x[j]! * y[i]!
        return [...x, ...y, cross(1, 2), cross(2, 0), cross(0, 1)]
      }),
    ),
  ),
)

function turned(values: Float32Array, matrix: readonly number[]): Float32Array {
  const result = values.slice()
  for (let row = 0; row < values.length; row += WIDTH)
    for (const sensor of [0, 3, 6, 9])
      for (const axis of AXES)
        result[row + sensor + axis] = AXES.reduce<number>(
          (sum, from) => sum + matrix[3 * axis + from]! * values[row + sensor + from]!,
          0,
        )
  return result
}

const words = [3, 4, 5, 6, 7, 8].map((seed) => simulateWord(drawWriter(seed), 'Haus').signal.values)
const found = (all: readonly Float32Array[]) => findLongAxis(all.map((values) => ({ values, channels: PEN_CHANNELS })))

describe('a board that is mounted in any of the 24 ways', () => {
  it('comes out the same once its long axis is found and the roll taken out', () => {
    expect(new Set(MOUNTINGS.map(String)).size).toBe(24)
    const expected = words.map((values) => level(values, PEN_CHANNELS, 100).values)
    for (const mounting of MOUNTINGS) {
      const mounted = words.map((values) => turned(values, mounting))
      const { axis, sureness } = found(mounted)!
      expect(sureness).toBeGreaterThan(1.5)
      mounted.forEach((values, at) => {
        const same = level(turned(values, mountingOf(axis)), PEN_CHANNELS, 100).values
        const apart = same.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[at]![i]!)), 0)
        expect(apart).toBeLessThan(1e-2)
      })
    }
  })

  it('is brought to the axes of the pen by a turn, never by a mirror', () => {
    for (const axis of ['x', '-x', 'y', '-y', 'z', '-z'] as const) {
      const [a, b, c, d, e, f, g, h, i] = mountingOf(axis) as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ]
      expect(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)).toBe(1)
    }
  })

  it('has no axis to be found without an accelerometer', () => {
    expect(findLongAxis([{ values: new Float32Array(4), channels: [{ name: 'force', unit: 'N' }] }])).toBeNull()
  })
})
