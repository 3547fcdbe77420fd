import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyedRandom } from '../../src/main/random/keyed.ts'
import { divide } from '../../src/main/ml/data/split.ts'

const WORDS = ['Haus', 'Maus', 'Laus', 'Baum', 'Raum', 'Saum', 'Tag', 'Nacht']
const recordings = fc
  .array(fc.record({ writerId: fc.integer({ min: 1, max: 9 }), label: fc.constantFrom(...WORDS) }), {
    minLength: 1,
    maxLength: 80,
  })
  .map((list) => list.map((recording, index) => ({ id: index + 1, ...recording })))
const by = fc.constantFrom('writer' as const, 'word' as const, 'recording' as const)
const heldOut = fc.double({ min: 0, max: 0.9, noNaN: true })

describe('a split', () => {
  it('puts every recording on exactly one side', () => {
    fc.assert(
      fc.property(recordings, by, heldOut, fc.nat(), (all, by, heldOut, seed) => {
        const { train, heldOut: back } = divide(all, { by, heldOut }, seed)
        expect([...train, ...back].map(({ id }) => id).sort((a, b) => a - b)).toEqual(all.map(({ id }) => id))
        expect(train.length).toBeGreaterThan(0)
      }),
    )
  })

  it('by writer never has a writer on both sides, by word never a word', () => {
    fc.assert(
      fc.property(recordings, heldOut, fc.nat(), (all, heldOut, seed) => {
        for (const by of ['writer', 'word'] as const) {
          const of = (recording: (typeof all)[0]): string | number =>
            by === 'writer' ? recording.writerId : recording.label
          const { train, heldOut: back } = divide(all, { by, heldOut }, seed)
          const trained = new Set<string | number>(train.map(of))
          expect(back.some((recording) => trained.has(of(recording)))).toBe(false)
        }
      }),
    )
  })

  it('does not depend on the order of the recordings, only on the seed', () => {
    fc.assert(
      fc.property(recordings, by, fc.nat(), (all, by, seed) => {
        const ids = (list: readonly { id: number }[]): number[] => list.map(({ id }) => id).sort((a, b) => a - b)
        const once = divide(all, { by, heldOut: 0.3 }, seed)
        const again = divide(new KeyedRandom(seed).shuffled(all), { by, heldOut: 0.3 }, seed)
        expect(ids(again.heldOut)).toEqual(ids(once.heldOut))
      }),
    )
  })

  it('holds back the share that was asked for', () => {
    const all = Array.from({ length: 745 }, (_, i) => ({ id: i + 1, writerId: 1, label: String(i % 10) }))
    expect(divide(all, { by: 'recording', heldOut: 0.2 }, 1).heldOut).toHaveLength(149)
    expect(divide(all, { by: 'recording', heldOut: 0 }, 1).heldOut).toHaveLength(0)
  })
})

describe('keyed random numbers', () => {
  it('depend on every key and on nothing else', () => {
    const draw = (...keys: number[]): number[] => {
      const random = new KeyedRandom(...keys)
      return [random.uniform(), random.normal(), random.below(1000)]
    }
    expect(draw(1, 2, 3)).toEqual(draw(1, 2, 3))
    const others = [draw(1, 2, 4), draw(1, 3, 3), draw(2, 2, 3), draw(2 ** 33 + 1, 2, 3), draw(1, 2)]
    expect(new Set([draw(1, 2, 3), ...others].map(String)).size).toBe(6)
  })

  it('are spread as they should be', () => {
    const random = new KeyedRandom(7)
    const normal = Array.from({ length: 20_000 }, () => random.normal())
    const mean = normal.reduce((a, b) => a + b) / normal.length
    const variance = normal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normal.length
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(variance - 1)).toBeLessThan(0.05)
  })
})
