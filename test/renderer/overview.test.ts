import { describe, expect, it } from 'vitest'
import { letterRows, shade } from '../../src/renderer/pages/overview/letters.ts'

describe('the strip of letters', () => {
  it('names what is missing of a kind that occurs, and leaves kinds out that do not', () => {
    const [small, ...more] = letterRows([...'abcdefghijklmnopqrstuvwxy'].map((letter) => ({ letter, count: 3 })))
    expect(small).toMatchObject({ kind: 'small', missing: ['z', 'ä', 'ö', 'ü', 'ß'] })
    expect(more).toEqual([])
  })

  it('shows whatever else occurs, without a claim about what is missing of it', () => {
    const rows = letterRows([
      { letter: '7', count: 1 },
      { letter: '?', count: 2 },
      { letter: 'é', count: 1 },
      { letter: ' ', count: 9 },
    ])
    expect(rows.map(({ kind }) => kind)).toEqual(['digits', 'others'])
    expect(rows[0]?.missing.join('')).toBe('012345689')
    expect(rows[1]).toEqual({
      kind: 'others',
      letters: [
        { letter: '?', count: 2 },
        { letter: 'é', count: 1 },
      ],
      missing: [],
    })
  })

  it('has shades that tell rare letters from frequent ones on a logarithmic scale', () => {
    expect([0, 1, 10, 100, 1000, 10_000].map((count) => shade(count, 10_000))).toEqual([0, 1, 1, 2, 3, 4])
    expect(shade(1, 1)).toBe(4)
    expect(
      [0, 4000, 20_000, 90_000, 400_000].map((count) => shade(count, 400_000, 4000)),
      'where even the rarest is frequent',
    ).toEqual([0, 1, 2, 3, 4])
  })
})
