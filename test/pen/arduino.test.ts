import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArduinoCodec } from '../../src/main/pen/codecs/arduino.ts'
import { undecodable } from '../../src/main/pen/connection/detect.ts'
import { inPieces, rowsOf } from './streams.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'

const CAPTURE =
  'aX,aY,aZ,gX,gY,gZ\r\n0.012,-0.034,0.998,1.526,-2.014,0.061\r\n-1.250,0.500,0.125,-250.000,0.000,12.500\r\n\r\n'

describe('Arduino IMU_Capture', () => {
  it('reads the lines after the header; the empty line that ends a recording is no fault', () => {
    const codec = new ArduinoCodec()
    expect(rowsOf(codec.push(Buffer.from(CAPTURE)))).toEqual([
      [0.012, -0.034, 0.998, 1.526, -2.014, 0.061].map(Math.fround),
      [-1.25, 0.5, 0.125, -250, 0, 12.5],
    ])
    expect(codec.tally).toMatchObject({ frames: 2, badBytes: 0 })
  })

  it('has no device time and says so with NaN', () => {
    const [block] = new ArduinoCodec().push(Buffer.from(CAPTURE))
    expect(block!.deviceMicros[0]).toBeNaN()
  })

  it('leaves out the line it came into the middle of, which would look whole and be wrong', () => {
    const codec = new ArduinoCodec()
    expect(rowsOf(codec.push(Buffer.from('2,-0.034,0.998,1.526,-2.014,0.061\r\n0,0,1,0,0,0\r\n')))).toEqual([
      [0, 0, 1, 0, 0, 0],
    ])
  })

  it('gives the same frames however the stream is cut', () => {
    const whole = rowsOf(new ArduinoCodec().push(Buffer.from(CAPTURE)))
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (cuts) => {
        const codec = new ArduinoCodec()
        expect(rowsOf(inPieces(Buffer.from(CAPTURE), cuts).flatMap((piece) => codec.push(piece)))).toEqual(whole)
      }),
    )
  })

  it.each([
    '0.1,0.2,0.3,1,2',
    '0.1,0.2,0.3,1,2,3,4',
    '0.1,,0.3,1,2,3',
    '0.1,0.2,nan,1,2,3',
    'ets Jun  8 2016 00:22:57',
  ])('counts the line "%s" as bad bytes', (line) => {
    const codec = new ArduinoCodec()
    expect(codec.push(Buffer.from(`\n${line}\n0,0,1,0,0,0\n`))).toHaveLength(1)
    expect(codec.tally).toMatchObject({ frames: 1, badBytes: line.length + 1, badMessages: 1 })
  })

  const timed = (count: number, line: (at: number) => string) =>
    Buffer.from(`\n${Array.from({ length: count }, (_, at) => line(at)).join('\r\n')}\r\n`)

  it.each([
    ['millis', (at: number) => 5000 + at * 10, 10_000],
    ['micros', (at: number) => 5_000_000 + at * 2500, 2500],
  ])('takes the clock before the six from %s', (name, tick, step) => {
    const codec = new ArduinoCodec()
    const [block] = codec.push(
      timed(20, (at) => (at === 0 ? `${name},aX,aY,aZ,gX,gY,gZ` : `${tick(at)},0.1,0.2,0.3,1,2,${at}`)),
    )
    expect(block!.count).toBe(19)
    expect([...block!.values.subarray(0, 6)]).toEqual([0.1, 0.2, 0.3, 1, 2, 1].map(Math.fround))
    expect([
      block!.deviceMicros[1]! - block!.deviceMicros[0]!,
      block!.deviceMicros[18]! - block!.deviceMicros[0]!,
    ]).toEqual([step, 18 * step])
    expect(codec.tally).toMatchObject({ frames: 19, badBytes: 0 })
  })

  it('gives the same frames with a clock however the stream is cut, and loses one line for one that is damaged', () => {
    const stream = timed(40, (at) => (at === 25 ? `50${at}0,0.1,0.2` : `${5000 + at * 10},0.1,0.2,0.3,1,2,3`))
    const codec = new ArduinoCodec()
    const rows = inPieces(stream, [7])
      .flatMap((piece) => codec.push(piece))
      .flatMap((block) => [...block.deviceMicros])
    expect(rows).toEqual(Array.from({ length: 40 }, (_, at) => (5000 + at * 10) * 1000).filter((_, at) => at !== 25))
    expect(codec.tally).toMatchObject({ frames: 39, badMessages: 1 })
  })

  it('reads lines with a comma behind the last number', () => {
    expect(rowsOf(new ArduinoCodec().push(Buffer.from('\n0,0,1,0,0,0,\r\n0,0,2,0,0,0,\r\n')))).toEqual([
      [0, 0, 1, 0, 0, 0],
      [0, 0, 2, 0, 0, 0],
    ])
  })

  it.each([
    ['a number behind the six', (at: number) => `${at % 3},2,3,4,5,6,25`],
    ['a clock of fractions', (at: number) => `${at / 100},1,2,3,4,5,6`],
    ['eight numbers', (at: number) => `${at * 10},1,2,3,4,5,6,7`],
  ])('does not take %s for a clock and six', (_, line) => {
    const codec = new ArduinoCodec()
    expect(codec.push(timed(40, line))).toEqual([])
    codec.restart()
    expect(codec.tally).toMatchObject({ frames: 0, badMessages: 40 })
  })

  it('has a person told what the lines look like and what is expected', () => {
    const { hint } = undecodable(
      900,
      timed(40, (at) => `${at * 10};0.1;0.2;0.3;1;2;3`),
      'arduino',
      115_200,
    )
    expect(inEnglish(hint)).toContain(
      'It sends lines such as “390;0.1;0.2;0.3;1;2;3” (fields between commas: 1); aX,aY,aZ,gX,gY,gZ is expected',
    )
    expect(
      inEnglish(
        undecodable(
          900,
          timed(40, (at) => `${at * 10},1,2,3,4,5,6,7`),
          'arduino',
          115_200,
        ).hint,
      ),
    ).toContain('It sends lines such as “390,1,2,3,4,5,6,7” (fields between commas: 8)')
    expect(
      inEnglish(
        undecodable(
          900,
          Uint8Array.from({ length: 900 }, (_, at) => (at * 37) % 256),
          'arduino',
          115_200,
        ).hint,
      ),
    ).toContain('Wrong baud rate')
  })

  it('takes any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (garbage) => {
        expect(() => new ArduinoCodec().push(garbage)).not.toThrow()
      }),
    )
  })
})
