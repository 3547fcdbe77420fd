import { encodeData, encodeHello, serialFrame } from '../../src/main/pen/codecs/pen-frame-encoder.ts'
import { encodeInertial } from '../../src/main/pen/codecs/ximu3-encoder.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'

/** Streams as the devices send them, with values that change from frame to frame. */

export const HELLO = serialFrame(
  encodeHello(
    {
      name: 'Bench pen',
      serial: '1',
      firmware: '1',
      rateHz: 100,
      channels: PEN_CHANNELS.map((channel) => ({ ...channel, fullScale: 16 })),
    },
    1,
    90,
  ),
)

export function penFrame(sequence: number): Uint8Array {
  const counts = PEN_CHANNELS.map((_, channel) => Math.round(20_000 * Math.sin(sequence * 0.01 * (channel + 1))))
  return serialFrame(encodeData({ sequence, deviceMicros: sequence * 10_000, batteryPercent: 90, counts }, 1))
}

export function penFrames(count: number): Buffer {
  return Buffer.concat([HELLO, ...Array.from({ length: count }, (_, sequence) => penFrame(sequence))])
}

export function ximu3Binary(count: number): Buffer {
  return Buffer.concat(
    Array.from({ length: count }, (_, i) => encodeInertial(i * 2500, [Math.sin(i), 2, 3], [Math.cos(i), 0, 1])),
  )
}

export function ximu3Text(count: number): Buffer {
  return Buffer.from(
    Array.from(
      { length: count },
      (_, i) => `I,${i * 2500},${Math.sin(i).toFixed(4)},2.0000,3.0000,${Math.cos(i).toFixed(4)},0.0000,1.0000\r\n`,
    ).join(''),
  )
}

export function arduinoText(count: number): Buffer {
  return Buffer.from(
    `aX,aY,aZ,gX,gY,gZ\r\n${Array.from({ length: count }, (_, i) => `${Math.sin(i).toFixed(3)},0.000,1.000,${(100 * Math.cos(i)).toFixed(3)},2.000,3.000\r\n`).join('')}`,
  )
}

export function witMotion(count: number): Buffer {
  const stream = Buffer.alloc(count * 22)
  for (let i = 0; i < count * 2; i++) {
    const at = i * 11
    stream.set([0x55, 0x51 + (i % 2)], at)
    for (let word = 0; word < 4; word++) stream.writeInt16LE(Math.round(20_000 * Math.sin(i + word)), at + 2 + 2 * word)
    stream[at + 10] = stream.subarray(at, at + 10).reduce((sum, byte) => sum + byte, 0) & 0xff
  }
  return stream
}
