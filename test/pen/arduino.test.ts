import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ArduinoCodec } from '../../src/main/pen/codecs/arduino.ts'
import { inPieces, rowsOf } from './streams.ts'

const CAPTURE = 'aX,aY,aZ,gX,gY,gZ\r\n0.012,-0.034,0.998,1.526,-2.014,0.061\r\n-1.250,0.500,0.125,-250.000,0.000,12.500\r\n\r\n'

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
    expect(rowsOf(codec.push(Buffer.from('2,-0.034,0.998,1.526,-2.014,0.061\r\n0,0,1,0,0,0\r\n')))).toEqual([[0, 0, 1, 0, 0, 0]])
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

  it.each(['0.1,0.2,0.3,1,2', '0.1,0.2,0.3,1,2,3,4', '0.1,,0.3,1,2,3', '0.1,0.2,nan,1,2,3', 'ets Jun  8 2016 00:22:57'])('counts the line "%s" as bad bytes', (line) => {
    const codec = new ArduinoCodec()
    expect(codec.push(Buffer.from(`\n${line}\n0,0,1,0,0,0\n`))).toHaveLength(1)
    expect(codec.tally).toMatchObject({ frames: 1, badBytes: line.length + 1, badMessages: 1 })
  })

  it('takes any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (garbage) => {
        expect(() => new ArduinoCodec().push(garbage)).not.toThrow()
      }),
    )
  })
})
