import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeInertial, encodeMagnetometer } from '../../src/main/pen/codecs/ximu3-encoder.ts'
import { Ximu3Codec } from '../../src/main/pen/codecs/ximu3.ts'
import { bytesOf, inPieces, rowsOf } from './streams.ts'

const INERTIAL = 'C9 40420F0000000000 00000000 00000000 00000000 00000000 00000000 0000803F 0A'
const MAGNETOMETER = 'CD 40420F0000000000 0000803F 00000000 00000000 0A'

describe('x-IMU3', () => {
  it('reads the inertial vectors of the manual, text and binary alike', () => {
    for (const message of [bytesOf(INERTIAL), Buffer.from('I,1000000,0.0000,0.0000,0.0000,0.0000,0.0000,1.0000\r\n')]) {
      const [block] = new Ximu3Codec(false).push(message)
      expect(block?.columns.map((column) => column.name)).toEqual([
        'gyro_x',
        'gyro_y',
        'gyro_z',
        'acc1_x',
        'acc1_y',
        'acc1_z',
      ])
      expect(Array.from(block!.values)).toEqual([0, 0, 0, 0, 0, 1])
      expect(block!.deviceMicros[0]).toBe(1_000_000)
    }
  })

  it('writes the same binary message as the manual', () => {
    expect(encodeInertial(1_000_000, [0, 0, 0], [0, 0, 1])).toEqual(bytesOf(INERTIAL))
    expect(encodeMagnetometer(1_000_000, [1, 0, 0])).toEqual(bytesOf(MAGNETOMETER))
  })

  it('reads text and binary messages mixed in one stream', () => {
    const codec = new Ximu3Codec(false)
    const blocks = codec.push(
      Buffer.concat([
        bytesOf(INERTIAL),
        Buffer.from('I,1002500,1.5,-2.5,3,0.1,0.2,0.3\r\n'),
        encodeInertial(1_005_000, [1, 2, 3], [4, 5, 6]),
      ]),
    )
    expect(rowsOf(blocks)).toEqual([
      [0, 0, 0, 0, 0, 1],
      [1.5, -2.5, 3, 0.1, 0.2, 0.3].map(Math.fround),
      [1, 2, 3, 4, 5, 6],
    ])
    expect(codec.tally).toMatchObject({ frames: 3, badBytes: 0 })
  })

  it('holds the last magnetometer values and begins with the first ones where they are wanted', () => {
    const codec = new Ximu3Codec(true)
    const blocks = codec.push(
      Buffer.concat([bytesOf(INERTIAL), bytesOf(MAGNETOMETER), bytesOf(INERTIAL), bytesOf(INERTIAL)]),
    )
    expect(rowsOf(blocks)).toEqual([
      [0, 0, 0, 0, 0, 1, 1, 0, 0],
      [0, 0, 0, 0, 0, 1, 1, 0, 0],
    ])
  })

  it('passes over other messages without calling them bad, and takes the battery from its own', () => {
    const codec = new Ximu3Codec(false)
    codec.push(bytesOf('D7 40 42 0F 00 00 00 00 00 00 00 C8 42 00 00 48 C2 0A'))
    codec.push(
      Buffer.from(
        'N,1000000,This is a notification message.\r\n{"ping":{"interface":"USB"}}\r\nB,1000000,87.5,4.2,3\r\n',
      ),
    )
    expect(codec.tally).toMatchObject({ frames: 0, badBytes: 0 })
    expect(codec.batteryPercent).toBe(87.5)
  })

  it('gives the same frames however the stream is cut', () => {
    fc.assert(
      fc.property(messages(), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (frames, cuts) => {
        const stream = Buffer.concat(frames)
        const whole = rowsOf(new Ximu3Codec(false).push(stream))
        const codec = new Ximu3Codec(false)
        expect(rowsOf(inPieces(stream, cuts).flatMap((piece) => codec.push(piece)))).toEqual(whole)
        expect(whole).toHaveLength(frames.length)
      }),
    )
  })

  it('loses no more than the message that garbage runs into, and counts the garbage', () => {
    fc.assert(
      fc.property(messages(), fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 60 }), (frames, where, garbage) => {
        const stream = Buffer.concat(frames)
        const at = where % (stream.length + 1)
        const codec = new Ximu3Codec(false)
        codec.push(Buffer.concat([stream.subarray(0, at), garbage, stream.subarray(at)]))
        expect(codec.tally.frames).toBeGreaterThanOrEqual(frames.length - 1)
        // Garbage before a message may spell another kind of message (0xCE begins a notification): then it is told as
        // that.
        expect(codec.tally.messages + codec.tally.badMessages).toBeGreaterThanOrEqual(frames.length)
      }),
    )
  })

  it('takes any bytes without throwing or growing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (garbage) => {
        const codec = new Ximu3Codec(true)
        codec.push(garbage)
        expect(codec.tally.bytes).toBe(garbage.length)
      }),
    )
  })
})

/** Streams of inertial messages, with the values that need stuffing among them. */
function messages(): fc.Arbitrary<Uint8Array[]> {
  const value = fc.oneof(
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(7.66e-33, -3.2e17, 10, 219),
  )
  const frame = fc.tuple(fc.nat(), fc.array(value, { minLength: 6, maxLength: 6 }))
  return fc
    .array(frame, { minLength: 1, maxLength: 30 })
    .map((frames) => frames.map(([micros, v]) => encodeInertial(micros, v.slice(0, 3), v.slice(3))))
}
