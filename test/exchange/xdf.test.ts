import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TAG, encodeChunk } from '../../src/main/exchange/xdf/chunks.ts'
import { decodeStreams } from '../../src/main/exchange/xdf/decode.ts'
import {
  encodeFileHeader,
  encodeNumbers,
  encodeStreamFooter,
  encodeStreamHeader,
  encodeTexts,
} from '../../src/main/exchange/xdf/streams.ts'

const info = {
  name: 'pen <1> & co',
  type: 'Pen',
  format: 'float32',
  channels: 2,
  rateHz: 100,
  description: '<writer>w01</writer>',
} as const

function aFile(): Uint8Array {
  const times = Float64Array.of(1.5, 1.51, 1.52)
  return Buffer.concat([
    encodeFileHeader(),
    encodeStreamHeader(1, info),
    encodeStreamHeader(2, { ...info, name: 'words', type: 'Markers', format: 'string', channels: 1, rateHz: 0 }),
    encodeNumbers(1, 'float32', times, Float32Array.of(0.1, -2, 3e-9, 4, 5, NaN), 2),
    encodeTexts(2, Float64Array.of(1.5), ['Straße']),
    encodeChunk(TAG.clockOffset, Uint8Array.of(1, 0, 0, 0), new Uint8Array(Float64Array.of(1.5, -0.25).buffer)),
    encodeStreamFooter(1, { first: 1.5, last: 1.52, count: 3 }),
  ])
}

describe('XDF', () => {
  it('reads back what it wrote, to the last bit', () => {
    const [pen, words] = decodeStreams(aFile(), 'a.xdf')
    expect(pen!.info).toEqual(info)
    expect([...pen!.times]).toEqual([1.5, 1.51, 1.52])
    expect(Float32Array.from(pen!.values)).toEqual(Float32Array.of(0.1, -2, 3e-9, 4, 5, NaN))
    expect(words!.texts).toEqual(['Straße'])
  })

  it('has the bytes of the specification', () => {
    const file = Buffer.from(encodeFileHeader())
    expect(file.subarray(0, 4).toString()).toBe('XDF:')
    // One length of four bytes, then tag 1 and the XML.
    expect(file[4]).toBe(4)
    expect(file.readUInt32LE(5)).toBe(file.length - 9)
    expect(file.readUInt16LE(9)).toBe(1)
    const samples = Buffer.from(encodeNumbers(7, 'float32', Float64Array.of(2), Float32Array.of(1), 1))
    expect(samples.toString('hex')).toBe(
      '0415000000' + '0300' + '07000000' + '0101' + '08' + '0000000000000040' + '0000803f',
    )
  })

  it('names the file and the byte where it breaks off, and never crashes on damage', () => {
    const whole = aFile()
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Uint8Array.from(whole)
        damaged[at] = byte
        for (const bytes of [whole.subarray(0, at), damaged]) {
          try {
            decodeStreams(bytes, 'broken.xdf')
          } catch (error) {
            expect(error).toMatchObject({ code: 'decode-failed', message: expect.stringContaining('broken.xdf') })
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
