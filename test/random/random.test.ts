import { expect, test } from 'vitest'
import { KeyedRandom, textKey } from '../../src/main/random/keyed.ts'
import { randomStream } from '../../src/main/random/named.ts'
import { TextRandom } from '../../src/main/random/text.ts'

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]

/**
 * Published corpora, models, studies and the prompts of running studies rest on these very numbers: they never change.
 */
test('a named stream draws what it has always drawn', () => {
  const random = randomStream('golden', 7)
  const drawn = [random.bits(), random.uniform(), random.normal(), random.normal(), random.below(1000)]
  expect(drawn).toEqual([3046039879, 0.2684784629382193, -0.7997163566636202, -0.7408156230581947, 788])
  expect(random.shuffled(DIGITS)).toEqual([8, 1, 3, 2, 7, 0, 9, 4, 5, 6])
  expect([random.noise(), random.lognormal(2, 0.5)]).toEqual([0.15479279929534, 2.0421568632805864])
  expect([random.pick(DIGITS), random.between(2, 3)]).toEqual([3, 2.3002658006735146])
})

test('a keyed stream draws what it has always drawn', () => {
  const random = new KeyedRandom(3, textKey('golden'))
  expect(random.uniform()).toBe(0.8387605913449079)
  // The last digit of a logarithm or a cosine is the machine's.
  for (const value of [1.0169072379176067, -0.9365492519436646]) expect(random.normal()).toBeCloseTo(value, 12)
  expect(random.below(1000)).toBe(349)
  expect(random.shuffled(DIGITS)).toEqual([3, 0, 8, 4, 9, 2, 1, 7, 5, 6])
  expect(random.between(2, 3)).toBe(2.5130636924877763)
})

test('the stream of a text draws what it has always drawn, and shuffling leaves the items as they were', () => {
  const random = new TextRandom('golden')
  expect([random.uniform(), random.uniform()]).toEqual([0.5943232728168368, 0.9434207978192717])
  expect(random.shuffled(DIGITS)).toEqual([0, 5, 7, 8, 4, 2, 1, 9, 6, 3])
  expect(DIGITS).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})
