import { expect, it } from 'vitest'
import { LossCurve } from '../../src/main/ml/image/loss-curve.ts'

it('keeps every loss of a short training, and means over equal numbers of steps of a long one', () => {
  const curve = new LossCurve()
  for (let step = 0; step < 100; step++) curve.push(step)
  expect([curve.every, curve.points]).toEqual([1, Array.from({ length: 100 }, (_, step) => step)])

  for (let step = 100; step < 10_000; step++) curve.push(step)
  expect(curve.points.length).toBeLessThan(240)
  expect(curve.points.length * curve.every).toBeGreaterThan(10_000 - curve.every)
  curve.points.forEach((mean, at) => expect(mean).toBeCloseTo(at * curve.every + (curve.every - 1) / 2, 6))
})
