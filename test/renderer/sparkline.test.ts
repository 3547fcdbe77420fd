import { describe, expect, it } from 'vitest'
import { storedFrames } from '../../src/renderer/plot/decimate.ts'
import { linePath, wordPicture } from '../../src/renderer/plot/sparkline.ts'
import type { Channel } from '../../src/shared/signal.ts'

const gyro: Channel[] = ['x', 'y', 'z'].map((axis) => ({ name: `gyro_${axis}`, unit: 'deg/s' }))

describe('the picture of a word', () => {
  it('draws how fast the pen turned, and the force below it', () => {
    const source = storedFrames(
      [...gyro, { name: 'force', unit: 'N' }],
      [0, 10, 20],
      [0, 0, 0, 0, 3, 0, 4, 1, 0, 0, 10, 2],
    )
    expect(wordPicture(source, 0, 100)).toEqual({ motion: [0, 0.5, 1], force: [0, 0.5, 1] })
  })

  it('takes the accelerometer about its mean where there is no gyroscope, and has no force where the pen has none', () => {
    const source = storedFrames([{ name: 'acc_x', unit: 'g' }], [0, 10], [0.8, 1.2])
    expect(wordPicture(source, 0, 100)).toEqual({ motion: [1, 1].map((value) => expect.closeTo(value)), force: null })
  })

  it('keeps the greatest value of every slice of a long word', () => {
    const times = Array.from({ length: 1_000 }, (_, i) => i)
    const picture = wordPicture(
      storedFrames(
        [{ name: 'gyro_x', unit: 'deg/s' }],
        times,
        times.map((i) => (i === 500 ? 9 : 0)),
      ),
      0,
      1_000,
    )
    expect(picture.motion).toHaveLength(60)
    expect(picture.motion.filter((value) => value === 1)).toHaveLength(1)
  })

  it('is empty, not broken, where there is no signal', () => {
    expect(linePath(wordPicture(storedFrames(gyro, [], []), 0, 10).motion, 100, 20)).toBe('')
  })
})
