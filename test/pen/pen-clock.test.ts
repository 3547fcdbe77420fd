import { describe, expect, it } from 'vitest'
import { encodeData, encodeHello, serialFrame } from '../../src/main/pen/codecs/pen-frame-encoder.ts'
import { Decoder } from '../../src/main/pen/connection/decoder.ts'
import { BUILT_IN_PROFILES } from '../../src/main/pen/profiles/built-in.ts'
import { FrameBuffer } from '../../src/main/recognise/frame-buffer.ts'
import { resample } from '../../src/main/signal/resample.ts'
import type { FrameBlock } from '../../src/shared/signal.ts'

const START_MILLIS = 1e12

interface Chunk {
  bytes: Uint8Array
  /** Arrival, ms. */
  at: number
}

function decoded(profileId: string, chunks: readonly Chunk[]): { decoder: Decoder; blocks: FrameBlock[] } {
  const decoder = new Decoder(BUILT_IN_PROFILES.find(({ id }) => id === profileId)!)
  return { decoder, blocks: chunks.flatMap(({ bytes, at }) => decoder.bytes(bytes, START_MILLIS + at)) }
}

function timesOf(blocks: readonly FrameBlock[]): number[] {
  return blocks.flatMap(({ deviceMicros }) => [...deviceMicros])
}

/** Text lines of an x-IMU3 at 400 Hz, as if each came when it was taken. */
function lines(count: number, timeAt: (index: number) => number | string): Chunk[] {
  return Array.from({ length: count }, (_, i) => ({
    bytes: Buffer.from(`I,${timeAt(i)},1,2,3,0,0,1\r\n`),
    at: i * 2.5,
  }))
}

const micros = (index: number): number => 3_600_000_000 + index * 2500

describe('the clock of a pen', () => {
  it('is not believed where one garbled digit takes it out of line, however the bytes are cut', () => {
    const garbled = lines(200, (i) => (i === 100 ? `9${micros(i)}` : micros(i)))
    const whole = [{ bytes: Buffer.concat(garbled.map(({ bytes }) => bytes)), at: 500 }]
    for (const chunks of [garbled, whole]) {
      const { decoder, blocks } = decoded('ximu3', chunks)
      expect(timesOf(blocks)).toEqual(Array.from({ length: 200 }, (_, i) => micros(i)))
      expect({ lost: decoder.lostFrames, jumps: decoder.clockJumps }).toEqual({ lost: 0, jumps: 1 })
      const buffer = new FrameBuffer(decoder.channels, 400)
      for (const block of blocks) buffer.push(block)
      expect(resample(buffer.cut(0, 199), 100).frames).toBe(50)
    }
  })

  it('keeps a gap that there was time for', () => {
    const { decoder } = decoded('ximu3', lines(400, micros).toSpliced(100, 200))
    expect({ lost: decoder.lostFrames, jumps: decoder.clockJumps }).toEqual({ lost: 200, jumps: 0 })
    const long = [
      ...lines(100, micros),
      ...lines(100, (i) => micros(i + 4000)).map(({ bytes, at }) => ({ bytes, at: at + 10_000 })),
    ]
    expect(decoded('ximu3', long).decoder).toMatchObject({ lostFrames: 3900, clockJumps: 0 })
  })

  it('goes on from where it was when the pen gets the time of day', () => {
    const month = 2.6e12
    const { decoder, blocks } = decoded(
      'ximu3',
      lines(200, (i) => micros(i) + (i < 100 ? 0 : month)),
    )
    expect(timesOf(blocks)).toEqual(Array.from({ length: 200 }, (_, i) => micros(i)))
    expect({ lost: decoder.lostFrames, jumps: decoder.clockJumps }).toEqual({ lost: 0, jumps: 1 })
  })

  it('is left alone where it steps back: the pen began anew', () => {
    const { decoder, blocks } = decoded(
      'ximu3',
      lines(200, (i) => (i < 100 ? micros(i) : (i - 100) * 2500)),
    )
    expect(timesOf(blocks).slice(100)).toEqual(Array.from({ length: 100 }, (_, i) => i * 2500))
    expect(decoder).toMatchObject({ lostFrames: 0, clockJumps: 0 })
  })

  it('does not mind bytes that waited and then came together', () => {
    const late = lines(2000, micros).map(({ bytes, at }) => ({ bytes, at: Math.max(at, 4000) }))
    expect(decoded('ximu3', late).decoder).toMatchObject({ lostFrames: 0, clockJumps: 0 })
  })

  it('is not needed for a counter that jumps without the time for the frames', () => {
    const channels = [{ name: 'force', unit: 'N' as const, fullScale: 5 }]
    const hello = serialFrame(encodeHello({ name: 'pen', serial: 'S1', firmware: '1', rateHz: 100, channels }, 1, 50))
    const frame = (i: number): Chunk => ({
      bytes: serialFrame(
        encodeData({ sequence: i < 50 ? i : i + 1e9, deviceMicros: i * 10_000, batteryPercent: null, counts: [i] }, 1),
      ),
      at: i * 10,
    })
    const { decoder } = decoded('pen-frame', [
      { bytes: hello, at: 0 },
      ...Array.from({ length: 100 }, (_, i) => frame(i)),
    ])
    expect(decoder.lostFrames).toBe(0)
  })
})
