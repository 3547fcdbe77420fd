import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBlock, encodeBlock, joinStretches, type Stretch } from '../../src/main/store/block.ts'

const stretch = (channels: number) =>
  fc.integer({ min: 0, max: 20 }).chain((frames) =>
    fc.record({
      frames: fc.constant(frames),
      values: fc.float32Array({ minLength: frames * channels, maxLength: frames * channels }),
      hostMillis: fc.float64Array({ minLength: frames, maxLength: frames }),
      deviceMicros: fc.float64Array({ minLength: frames, maxLength: frames }),
      gaps:
        frames === 0
          ? fc.constant([])
          : fc.array(fc.record({ at: fc.nat(frames - 1), lost: fc.integer({ min: 1, max: 0xffffffff }) }), {
              maxLength: 4,
            }),
    }),
  )

describe('the block that holds samples', () => {
  it('gives back what was put in, to the bit', () => {
    fc.assert(
      fc.property(stretch(3), (given) => {
        expect(decodeBlock(encodeBlock(given, 3), 3, 'it')).toEqual(given)
      }),
    )
  })

  it('has the layout of docs/store.md', () => {
    const given: Stretch = {
      frames: 2,
      values: new Float32Array([1, -1, 0.5, 2]),
      hostMillis: new Float64Array([1000, 1010]),
      deviceMicros: new Float64Array([NaN, NaN]),
      gaps: [{ at: 1, lost: 3 }],
    }
    const hex = Buffer.from(encodeBlock(given, 2)).toString('hex')
    const header = '4b4c4d31' + '02000000' + '02000000' + '01000000'
    const host = '0000000000408f40' + '0000000000908f40'
    const gap = '01000000' + '03000000'
    const values = '0000803f' + '000080bf' + '0000003f' + '00000040'
    expect(hex).toBe(header + host + gap + values)
  })

  it('reads from memory that is not aligned', () => {
    const given: Stretch = {
      frames: 1,
      values: new Float32Array([7]),
      hostMillis: new Float64Array([1]),
      deviceMicros: new Float64Array([2]),
      gaps: [],
    }
    const shifted = new Uint8Array(100)
    const bytes = encodeBlock(given, 1)
    shifted.set(bytes, 3)
    expect(decodeBlock(shifted.subarray(3, 3 + bytes.length), 1, 'it')).toEqual(given)
  })

  it('names the recording whose block does not add up, whatever is wrong with it', () => {
    const good = encodeBlock(
      {
        frames: 2,
        values: new Float32Array(4),
        hostMillis: new Float64Array(2),
        deviceMicros: new Float64Array(2),
        gaps: [],
      },
      2,
    )
    const damaged = { code: 'database-damaged', message: 'The samples of recording 7 are damaged.' }
    expect(() => decodeBlock(good.subarray(0, 20), 2, 'recording 7')).toThrow(expect.objectContaining(damaged))
    expect(() => decodeBlock(good, 3, 'recording 7')).toThrow(expect.objectContaining(damaged))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(() => decodeBlock(bytes, 2, 'recording 7')).toThrow(expect.objectContaining(damaged))
      }),
    )
  })

  it('keeps gaps where they are when stretches are joined', () => {
    const part = (at: number): Stretch => ({
      frames: 2,
      values: new Float32Array(2),
      hostMillis: new Float64Array(2),
      deviceMicros: new Float64Array(2),
      gaps: [{ at, lost: 1 }],
    })
    expect(joinStretches([part(0), part(1)], 1).gaps).toEqual([
      { at: 0, lost: 1 },
      { at: 3, lost: 1 },
    ])
  })
})
