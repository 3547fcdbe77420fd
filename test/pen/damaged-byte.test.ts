import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeData, encodeHello, serialFrame } from '../../src/main/pen/codecs/pen-frame-encoder.ts'
import { encodeInertial } from '../../src/main/pen/codecs/ximu3-encoder.ts'
import { Decoder } from '../../src/main/pen/connection/decoder.ts'
import { BUILT_IN_PROFILES } from '../../src/main/pen/profiles/built-in.ts'
import { inPieces } from './streams.ts'

const FRAMES = 60
/** Before these nobody knows the pace of the stream, and behind them nobody can tell what is missing. */
const [FIRST, LAST] = [12, 50]
const STEP_MS = 10

const count = (at: number, axis: number) => Math.round(2000 * Math.sin(at / 5 + axis))

function packet(type: number, words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(11)
  bytes.set([0x55, type])
  words.forEach((word, index) => bytes.writeInt16LE(word, 2 + 2 * index))
  bytes[10] = bytes.subarray(0, 10).reduce((sum, byte) => sum + byte, 0) & 0xff
  return bytes
}

const axes = (at: number, from: number) => [0, 1, 2].map((axis) => count(at, from + axis))
/** The time packet of a frame: within one minute of the year 2025. */
const time = (at: number) =>
  packet(0x50, [0x0119, 0x0001, Math.floor((at * STEP_MS) / 1000) << 8, (at * STEP_MS) % 1000])
const motion = (at: number) => [
  packet(0x51, [...axes(at, 0), 0]),
  packet(0x52, [...axes(at, 3), 0]),
  packet(0x53, [...axes(at, 6), 0]),
]
const pen = [{ name: 'force', unit: 'N' as const, fullScale: 5 }]

/** The bytes of each frame as the devices send them. */
const STREAMS: Record<string, { profile: string; frame: (at: number) => Uint8Array; head?: Uint8Array }> = {
  'pen frame': {
    profile: 'pen-frame',
    head: serialFrame(encodeHello({ name: 'pen', serial: 'S1', firmware: '1', rateHz: 100, channels: pen }, 1, 50)),
    frame: (at) =>
      serialFrame(
        encodeData(
          { sequence: at, deviceMicros: at * STEP_MS * 1000, batteryPercent: null, counts: [count(at, 0)] },
          1,
        ),
      ),
  },
  'x-IMU3 text': {
    profile: 'ximu3',
    frame: (at) =>
      Buffer.from(`I,${3_600_000_000 + at * STEP_MS * 1000},${[...axes(at, 0), ...axes(at, 3)].join(',')}\r\n`),
  },
  'x-IMU3 binary': {
    profile: 'ximu3',
    frame: (at) => encodeInertial(3_600_000_000 + at * STEP_MS * 1000, axes(at, 0), axes(at, 3)),
  },
  'WitMotion with times': { profile: 'wt901', frame: (at) => Buffer.concat([time(at), ...motion(at)]) },
  'WitMotion without times': { profile: 'wt901', frame: (at) => Buffer.concat(motion(at)) },
  'WitMotion over Bluetooth': {
    profile: 'wt901',
    frame: (at) =>
      Buffer.concat([
        Buffer.of(0x55, 0x61),
        ...[0, 3, 6].flatMap((from) => axes(at, from)).map((value) => Buffer.from(Int16Array.of(value).buffer)),
      ]),
  },
  'Arduino lines': {
    profile: 'arduino-nano33',
    head: Buffer.from('aX,aY,aZ,gX,gY,gZ\r\n'),
    frame: (at) =>
      Buffer.from(`${[...axes(at, 0), ...axes(at, 3)].map((value) => (value / 1000).toFixed(3)).join(',')}\r\n`),
  },
}

describe('a damaged byte', () => {
  it.each(Object.entries(STREAMS))(
    'in a stream of %s leaves no frame uncounted, however the bytes come',
    (_, { profile: id, frame, head = new Uint8Array() }) => {
      const profile = BUILT_IN_PROFILES.find((each) => each.id === id)!
      const parts = Array.from({ length: FRAMES }, (_, at) => frame(at))
      const ends = parts.reduce((sums: number[], { length }) => [...sums, sums.at(-1)! + length], [head.length])
      const whole = Buffer.concat([head, ...parts])
      const place = fc.integer({ min: ends[FIRST]!, max: ends[LAST]! - 1 })
      fc.assert(
        fc.property(
          place,
          fc.integer({ min: 1, max: 255 }),
          fc.constantFrom([9999], [100], [37], [7, 20], [1]),
          (at, change, cuts) => {
            const bytes = Uint8Array.from(whole)
            bytes[at]! ^= change
            const decoder = new Decoder(profile)
            let [frames, sent] = [0, 0]
            for (const piece of inPieces(bytes, cuts)) {
              sent += piece.length
              const arrived = ends.findLastIndex((end) => end <= sent) * STEP_MS
              for (const block of decoder.bytes(piece, 1e12 + arrived)) frames += block.count
            }
            // The last packet of a stream without sums waits for the next one.
            const waiting =
              decoder.codec.tally.bytes === whole.length && id === 'wt901' && parts[0]!.length === 20 ? 1 : 0
            expect(frames + decoder.lostFrames + waiting).toBe(FRAMES)
          },
        ),
        { numRuns: 400 },
      )
    },
  )
})
