import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WitMotionCodec } from '../../src/main/pen/codecs/witmotion.ts'
import { calibrate } from '../../src/main/pen/profile.ts'
import { BUILT_IN_PROFILES } from '../../src/main/pen/profiles/built-in.ts'
import { toFrames } from '../../src/main/pen/connection/assemble.ts'
import { bytesOf, inPieces, rowsOf } from './streams.ts'

/** 1 g on z (0x0800 of 16 g), then -250 deg/s on x (0xF000 of 2000 deg/s). */
const ACCELERATION = '55 51 0000 0000 0008 0000 AE'
const GYROSCOPE = '55 52 00F0 0000 0000 0000 97'

describe('WitMotion WT901', () => {
  it('reads acceleration and rate packets as one frame of counts', () => {
    const codec = new WitMotionCodec(false)
    expect(rowsOf(codec.push(bytesOf(ACCELERATION + GYROSCOPE)))).toEqual([[0, 0, 2048, -4096, 0, 0]])
  })

  it('turns counts into g and deg/s by the profile', () => {
    const profile = BUILT_IN_PROFILES.find((candidate) => candidate.id === 'wt901')!
    const [raw] = new WitMotionCodec(false).push(bytesOf(ACCELERATION + GYROSCOPE))
    const block = toFrames(raw!, calibrate(profile, raw!.columns, false), 0)
    expect(Array.from(block.values)).toEqual([0, 0, 1, -250, 0, 0])
    expect(block.channels[2]).toEqual({ name: 'acc1_z', unit: 'g' })
  })

  it('takes device time from the time packet where the device sends one', () => {
    const codec = new WitMotionCodec(false)
    const [block] = codec.push(
      Buffer.concat([packet(0x50, [0x0119, 0x0001, 0x0100, 500]), bytesOf(ACCELERATION + GYROSCOPE)]),
    )
    const expected = (Date.UTC(2025, 0, 1, 0, 0, 1, 500) - Date.UTC(2000, 0, 1)) * 1000
    expect(block!.deviceMicros[0]).toBe(expected)
  })

  it('waits for the magnetometer only where it is wanted', () => {
    const codec = new WitMotionCodec(true)
    const magnetometer = packet(0x54, [1, 2, 3, 0])
    expect(rowsOf(codec.push(Buffer.concat([bytesOf(ACCELERATION + GYROSCOPE), magnetometer])))).toEqual([
      [0, 0, 2048, -4096, 0, 0, 1, 2, 3],
    ])
  })

  it('reads the 20-byte form of the Bluetooth devices once the next packet confirms it', () => {
    const codec = new WitMotionCodec(false)
    const wireless = bytesOf('55 61 0000 0000 0008 00F0 0000 0000 0000 0000 0000')
    expect(codec.push(wireless)).toEqual([])
    expect(rowsOf(codec.push(wireless))).toEqual([[0, 0, 2048, -4096, 0, 0]])
  })

  it('drops a packet with a wrong sum and counts the frame as lost', () => {
    const codec = new WitMotionCodec(false)
    const damaged = bytesOf(GYROSCOPE)
    damaged[3]! ^= 0x40
    const [block] = codec.push(Buffer.concat([bytesOf(ACCELERATION), damaged, bytesOf(ACCELERATION + GYROSCOPE)]))
    expect(block!.count).toBe(1)
    expect(block!.lostBefore[0]).toBe(1)
    expect(codec.tally).toMatchObject({ frames: 1, lostFrames: 1, badBytes: 11 })
  })

  it('gives the same frames however the stream is cut', () => {
    fc.assert(
      fc.property(stream(), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (frames, cuts) => {
        const bytes = Buffer.concat(frames)
        const whole = rowsOf(new WitMotionCodec(false).push(bytes))
        const codec = new WitMotionCodec(false)
        expect(rowsOf(inPieces(bytes, cuts).flatMap((piece) => codec.push(piece)))).toEqual(whole)
        expect(whole).toHaveLength(frames.length)
      }),
    )
  })

  it('loses no more than the frame that garbage runs into', () => {
    // Garbage that holds no packet head: with one it may by chance look like a packet, which one byte of sum cannot
    // tell.
    const garbage = fc.array(
      fc.integer({ min: 0, max: 255 }).filter((byte) => byte !== 0x55),
      { minLength: 1, maxLength: 60 },
    )
    fc.assert(
      fc.property(stream(), fc.nat(), garbage, (frames, where, noise) => {
        const bytes = Buffer.concat(frames)
        const at = where % (bytes.length + 1)
        const codec = new WitMotionCodec(false)
        codec.push(Buffer.concat([bytes.subarray(0, at), Uint8Array.from(noise), bytes.subarray(at)]))
        expect(codec.tally.frames).toBeGreaterThanOrEqual(frames.length - 1)
      }),
    )
  })

  it('takes any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (garbage) => {
        expect(() => new WitMotionCodec(true).push(garbage)).not.toThrow()
      }),
    )
  })
})

function packet(type: number, words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(11)
  const view = new DataView(bytes.buffer)
  bytes[0] = 0x55
  bytes[1] = type
  words.forEach((word, index) => view.setInt16(2 + 2 * index, word, true))
  bytes[10] = bytes.subarray(0, 10).reduce((sum, byte) => sum + byte, 0) & 0xff
  return bytes
}

function stream(): fc.Arbitrary<Uint8Array[]> {
  const three = fc.array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: 3, maxLength: 3 })
  const frame = fc
    .tuple(three, three)
    .map(([acc, gyro]) =>
      Buffer.concat([packet(0x51, [...acc, 0]), packet(0x52, [...gyro, 0]), packet(0x53, [...acc, 0])]),
    )
  return fc.array(frame, { minLength: 1, maxLength: 20 })
}
