import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cobsDecode, cobsEncode } from '../../src/main/pen/codecs/cobs.ts'
import type { Announcement } from '../../src/main/pen/codecs/codec.ts'
import { crc16 } from '../../src/main/pen/codecs/crc16.ts'
import { encodeData, encodeHello, hidDataReport, serialFrame } from '../../src/main/pen/codecs/pen-frame-encoder.ts'
import { PenFrameCodec } from '../../src/main/pen/codecs/pen-frame.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { bytesOf, inPieces, rowsOf } from './streams.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'

const PEN: Announcement = {
  name: 'Pen 7',
  serial: 'K-0007',
  firmware: '1.2.0',
  rateHz: 100,
  channels: PEN_CHANNELS.map((channel) => ({ ...channel, fullScale: channel.name === 'force' ? 42.56 : 16 })),
}
const HELLO = encodeHello(PEN, 3, 80)

function data(
  sequence: number,
  counts: readonly number[] = new Array<number>(13).fill(sequence % 1000),
  deviceMicros = sequence * 10_000,
): Uint8Array {
  return encodeData({ sequence, deviceMicros, batteryPercent: 80, counts }, 3)
}

describe('the checksum and the stuffing of the pen frame', () => {
  it('has the check value of CRC-16/IBM-3740', () => {
    expect(crc16(Buffer.from('123456789'))).toBe(0x29b1)
  })

  it.each([
    ['00', '01 01'],
    ['00 00', '01 01 01'],
    ['11 22 00 33', '03 11 22 02 33'],
    ['11 22 33 44', '05 11 22 33 44'],
    ['11 00 00 00', '02 11 01 01 01'],
  ])('stuffs %s as %s, as published for COBS', (plain, stuffed) => {
    expect(cobsEncode(bytesOf(plain))).toEqual(bytesOf(stuffed))
  })

  it('stuffs runs of 254 bytes without a zero', () => {
    const run = Uint8Array.from({ length: 255 }, (_, index) => index + 1)
    expect(cobsEncode(run.subarray(0, 254))).toEqual(Uint8Array.of(255, ...run.subarray(0, 254)))
    expect(cobsEncode(Uint8Array.of(0, ...run.subarray(0, 254)))).toEqual(
      Uint8Array.of(1, 255, ...run.subarray(0, 254)),
    )
    expect(cobsEncode(run)).toEqual(Uint8Array.of(255, ...run.subarray(0, 254), 2, 255))
  })

  it('unstuffs whatever it stuffed, and no zero is left in between', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (plain) => {
        const stuffed = cobsEncode(plain)
        const out = new Uint8Array(700)
        expect(stuffed.includes(0)).toBe(false)
        expect(out.subarray(0, cobsDecode(stuffed, out))).toEqual(plain)
      }),
    )
  })
})

describe('the pen frame over serial', () => {
  it('announces the pen and gives values in the announced units', () => {
    const codec = new PenFrameCodec()
    const counts = [32_767, -32_768, 2048, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4096]
    const [block] = codec.push(Buffer.concat([serialFrame(HELLO), serialFrame(data(1, counts))]))
    expect(codec.announcement).toMatchObject({ name: 'Pen 7', serial: 'K-0007', firmware: '1.2.0', rateHz: 100 })
    expect(codec.batteryPercent).toBe(80)
    expect(block!.columns).toEqual(PEN_CHANNELS)
    expect(block!.values[1]).toBe(-16)
    expect(block!.values[2]).toBe(1)
    expect(block!.values[12]).toBeCloseTo(5.32, 5)
    expect(block!.deviceMicros[0]).toBe(10_000)
  })

  it('carries device time beyond 32 bits', () => {
    const codec = new PenFrameCodec()
    const [block] = codec.push(Buffer.concat([serialFrame(HELLO), serialFrame(data(1, undefined, 5_000_000_000))]))
    expect(block!.deviceMicros[0]).toBe(5_000_000_000)
  })

  it('cannot read frames before the first hello, and counts them neither as frames nor as lost', () => {
    const codec = new PenFrameCodec()
    codec.push(Buffer.concat([data(1), data(2), HELLO, data(3), data(4)].map(serialFrame)))
    expect(codec.tally).toMatchObject({ frames: 2, lostFrames: 0, badBytes: 0 })
  })

  it('sees lost frames by the sequence number, over its wrap at 2^32', () => {
    const codec = new PenFrameCodec()
    const frames = [0xffff_fffe, 0xffff_ffff, 2, 3].map((sequence, index) =>
      data(sequence, new Array<number>(13).fill(0), index),
    )
    const [block] = codec.push(Buffer.concat([HELLO, ...frames].map(serialFrame)))
    expect(Array.from(block!.lostBefore)).toEqual([0, 0, 2, 0])
    expect(codec.tally.lostFrames).toBe(2)
  })

  it('takes a frame that comes twice once', () => {
    const codec = new PenFrameCodec()
    codec.push(Buffer.concat([HELLO, data(1), data(1), data(2)].map(serialFrame)))
    expect(codec.tally).toMatchObject({ frames: 2, lostFrames: 0 })
  })

  it('does not take a pen that began anew for a loss', () => {
    const codec = new PenFrameCodec()
    codec.push(Buffer.concat([HELLO, data(900), data(0), data(1)].map(serialFrame)))
    expect(codec.tally).toMatchObject({ frames: 3, lostFrames: 0 })
  })

  it('reads a subset of the channels, and goes on when the pen announces other ones', () => {
    const few: Announcement = { ...PEN, channels: PEN.channels.slice(6, 9) }
    const codec = new PenFrameCodec()
    const blocks = codec.push(
      Buffer.concat(
        [
          HELLO,
          data(1),
          encodeHello(few, 4, null),
          encodeData({ sequence: 2, deviceMicros: 20_000, batteryPercent: null, counts: [1, 2, 3] }, 4),
        ].map(serialFrame),
      ),
    )
    expect(blocks.map((block) => block.columns.length)).toEqual([13, 3])
    expect(codec.batteryPercent).toBeNull()
  })

  it('counts frames as lost whose layout was never announced', () => {
    const codec = new PenFrameCodec()
    const strange = encodeData({ sequence: 2, deviceMicros: 20_000, batteryPercent: null, counts: [1] }, 9)
    const [block] = codec.push(Buffer.concat([HELLO, data(1), strange, data(3)].map(serialFrame)))
    expect(Array.from(block!.lostBefore)).toEqual([0, 1])
  })

  it('says so when the pen speaks a newer version', () => {
    const codec = new PenFrameCodec()
    const newer = data(1)
    newer[1] = 0x22
    new DataView(newer.buffer).setUint16(newer.length - 2, crc16(newer, newer.length - 2), true)
    codec.push(serialFrame(newer))
    expect(inEnglish(codec.problem)).toContain('version 2')
  })

  it('passes over valid messages of a type it does not know', () => {
    const codec = new PenFrameCodec()
    const other = data(1)
    other[1] = 0x17
    new DataView(other.buffer).setUint16(other.length - 2, crc16(other, other.length - 2), true)
    codec.push(serialFrame(other))
    expect(codec.tally).toMatchObject({ frames: 0, badBytes: 0 })
  })

  it('refuses every single damaged bit', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 7 }), (where, bit) => {
        const codec = new PenFrameCodec()
        const frame = serialFrame(data(5))
        const at = 1 + (where % (frame.length - 2))
        frame[at]! ^= 1 << bit
        codec.push(Buffer.concat([serialFrame(HELLO), frame]))
        expect(codec.tally.frames).toBe(0)
        expect(codec.tally.badBytes).toBeGreaterThan(0)
      }),
    )
  })

  it('gives the same frames however the stream is cut', () => {
    const stream = Buffer.concat(
      [HELLO, ...Array.from({ length: 30 }, (_, index) => data(index * 255))].map(serialFrame),
    )
    const whole = rowsOf(new PenFrameCodec().push(stream))
    expect(whole).toHaveLength(30)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1 }), (cuts) => {
        const codec = new PenFrameCodec()
        expect(rowsOf(inPieces(stream, cuts).flatMap((piece) => codec.push(piece)))).toEqual(whole)
      }),
    )
  })

  it('loses the frame that garbage falls into and no other, and none where it falls between frames', () => {
    const frames = Array.from({ length: 12 }, (_, index) => serialFrame(data(index)))
    const starts = frames.map((_, index) => frames.slice(0, index).reduce((sum, frame) => sum + frame.length, 0))
    const stream = Buffer.concat(frames)
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: stream.length }),
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
        (at, garbage) => {
          const codec = new PenFrameCodec()
          codec.push(serialFrame(HELLO))
          codec.push(Buffer.concat([stream.subarray(0, at), garbage, stream.subarray(at)]))
          const between = at === stream.length || starts.includes(at)
          expect(codec.tally.frames).toBeGreaterThanOrEqual(between ? 12 : 11)
        },
      ),
    )
  })

  it('takes any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (garbage) => {
        const codec = new PenFrameCodec()
        codec.push(garbage)
        expect(codec.tally.frames).toBe(0)
      }),
    )
  })
})

describe('the pen frame as HID report', () => {
  it('carries the same message', () => {
    const codec = new PenFrameCodec()
    codec.pushReport(Uint8Array.of(2, HELLO.length, ...HELLO, 0, 0))
    const [block] = codec.pushReport(hidDataReport(data(7)))
    expect(block!.count).toBe(1)
    expect(hidDataReport(data(7))).toHaveLength(64)
  })

  it('counts reports of another kind or length as bad and does not throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (report) => {
        const codec = new PenFrameCodec()
        codec.pushReport(report)
        expect(codec.tally.badBytes).toBe(report.length)
      }),
    )
  })
})

describe('the reference encoder', () => {
  it('refuses a channel that the format has no code for', () => {
    expect(() => encodeHello({ ...PEN, channels: [{ name: 'tilt', unit: 'count', fullScale: 1 }] }, 0, null)).toThrow(
      /no code for channel tilt/,
    )
  })

  it('refuses a name longer than 40 bytes', () => {
    expect(() => encodeHello({ ...PEN, name: 'ä'.repeat(21) }, 0, null)).toThrow(/longer than 40 bytes/)
  })
})
