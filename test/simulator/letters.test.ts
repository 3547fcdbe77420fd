import { expect, test } from 'vitest'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

test.each(['Halle', 'minute', 'Übung', 'xyz', 'i'])(
  '%s says where each of its letters was written, one after the other, within the word',
  (word) => {
    for (const seed of [3, 100, 101]) {
      const { letters, span, signal } = simulateWord(drawWriter(seed), word)
      expect(letters).toHaveLength([...word].length)
      let reached = span.start
      for (const letter of letters) {
        expect(letter!.start).toBeGreaterThanOrEqual(reached)
        expect(letter!.stop).toBeGreaterThanOrEqual(letter!.start)
        reached = letter!.start
      }
      expect(letters.at(-1)!.stop).toBeLessThanOrEqual(signal.frames)
    }
  },
)

test('the dots of a word come after its letters, and a wide letter takes longer than a narrow one', () => {
  const { letters, span } = simulateWord(drawWriter(100), 'minute')
  expect(letters.at(-1)!.stop).toBeLessThan(span.stop)
  const [m, i] = letters.map((letter) => letter!.stop - letter!.start)
  expect(m).toBeGreaterThan(i!)
})
