import { describe, expect, it } from 'vitest'
import { cos, exp, log, power, sin, wave } from '../../src/main/signal/arithmetic.ts'
import { randomStream } from '../../src/main/random/named.ts'

const points = Array.from({ length: 2001 }, (_, i) => (i - 1000) / 37)

describe('the arithmetic that is the same on every machine', () => {
  it('agrees with the platform to 1e-14 where the platform is right', () => {
    for (const x of points) {
      expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(1e-14)
      expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(1e-14)
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(2e-14)
      if (x > 0) expect(Math.abs(log(x) - Math.log(x))).toBeLessThan(1e-14)
    }
  })
  it('gives known values: e, ln 10, the sine of 1, the cube root of 2', () => {
    expect(exp(1)).toBeCloseTo(2.718281828459045, 14)
    expect(log(10)).toBeCloseTo(2.302585092994046, 14)
    expect(sin(1)).toBeCloseTo(0.8414709848078965, 14)
    expect(power(2, 1 / 3)).toBeCloseTo(1.2599210498948732, 14)
  })
  it('runs a wave for 100,000 steps without leaving it', () => {
    const next = wave(0.3, 0.01)
    let last = 0
    for (let i = 0; i <= 100_000; i++) last = next()
    expect(last).toBeCloseTo(Math.sin(0.3 + 1000), 9)
  })
})

describe('the random streams', () => {
  it('are set by their names alone', () => {
    expect(randomStream('a', 1).bits()).toBe(randomStream('a', 1).bits())
    expect(randomStream('a', 1).bits()).not.toBe(randomStream('a', '1').bits())
    expect(randomStream('ab').bits()).not.toBe(randomStream('a', 'b').bits())
  })
  it('are uniform and normal in their moments', () => {
    const random = randomStream('moments')
    const draws = 20_000
    let [mean, square, normalMean, normalSquare, noiseSquare] = [0, 0, 0, 0, 0]
    for (let i = 0; i < draws; i++) {
      const [u, n] = [random.uniform(), random.normal()]
      mean += u / draws
      square += (u * u) / draws
      normalMean += n / draws
      normalSquare += (n * n) / draws
      noiseSquare += random.noise() ** 2 / draws
    }
    expect(mean).toBeCloseTo(0.5, 1.7)
    expect(square).toBeCloseTo(1 / 3, 1.7)
    expect(normalMean).toBeCloseTo(0, 1.5)
    expect(normalSquare).toBeCloseTo(1, 1)
    expect(noiseSquare).toBeCloseTo(1, 1)
  })
  it('shuffle without losing anything', () => {
    const items = Array.from({ length: 100 }, (_, i) => i)
    const order = randomStream('order').shuffled(items)
    expect(order).not.toEqual(items)
    expect([...order].sort((a, b) => a - b)).toEqual(items)
  })
})
