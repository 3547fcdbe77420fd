import { expect, test } from 'vitest'
import { handOf, likest, meanHand } from '../../src/main/ml/adapt/hand.ts'
import { pieceOf } from '../../src/main/ml/data/pieces.ts'
import { simulateWord } from '../../src/main/virtual/simulate.ts'
import { drawWriter } from '../../src/main/virtual/writer.ts'

const channels = ['gyro_x', 'gyro_y', 'gyro_z', 'force']

function hands(seed: number, words: readonly string[]): number[][] {
  return words.map((word) => {
    const values = pieceOf(simulateWord(drawWriter(seed), word).signal, { channels, rateHz: 100, pose: 'levelled' })
    return handOf({ values, frames: values.length / channels.length }, channels)!
  })
}

test('a virtual writer is found again among thirty by five other words', () => {
  const candidates = Array.from({ length: 30 }, (_, seed) => hands(seed + 1, ['Garten', 'leicht']))
  const found = Array.from({ length: 10 }, (_, seed) => likest(meanHand(hands(seed + 1, ['Wolke', 'baden', 'Quark', 'simple', 'Tor'])), candidates, 3).includes(seed))
  expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(8)
})

test('a hand does not depend on the scale of the gyroscope, and needs its three axes and the force', () => {
  const values = pieceOf(simulateWord(drawWriter(4), 'Garten').signal, { channels, rateHz: 100, pose: 'levelled' })
  const frames = values.length / channels.length
  const twice = values.map((value, at) => (at % 4 < 3 ? 2 * value : value))
  const [once, doubled] = [handOf({ values, frames }, channels)!, handOf({ values: twice, frames }, channels)!]
  once.forEach((value, at) => expect(doubled[at]).toBeCloseTo(value, 4))
  expect(handOf({ values, frames }, ['acc1_x', 'acc1_y', 'acc1_z', 'force'])).toBeNull()
})

test('words without a touch, or of one frame, still have a hand of finite numbers', () => {
  for (const values of [new Float32Array(40), Float32Array.of(1, 2, 3, 1)]) expect(handOf({ values, frames: values.length / 4 }, channels)!.every(Number.isFinite)).toBe(true)
})
