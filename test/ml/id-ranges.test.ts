import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IdRanges, rangesOf } from '../../src/shared/id-ranges.ts'
import '../support/properties.ts'

describe('ids as ranges', () => {
  it('put neighbours together', () => {
    expect(rangesOf([7, 3, 1, 2, 9, 8])).toBe('1-3 7-9')
    expect(rangesOf([])).toBe('')
  })

  it('hold every id that went in, and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (ids) => {
        const ranges = new IdRanges(rangesOf(ids))
        expect(ranges.count).toBe(ids.length)
        expect(Array.from({ length: 62 }, (_, id) => id).filter((id) => ranges.has(id))).toEqual(
          [...ids].sort((a, b) => a - b),
        )
      }),
    )
  })

  it('may claim billions without laying them out', () => {
    const ranges = new IdRanges('1-4000000000 5000000000')
    expect([ranges.count, ranges.has(3_999_999_999), ranges.has(4_500_000_000)]).toEqual([4_000_000_001, true, false])
  })
})
