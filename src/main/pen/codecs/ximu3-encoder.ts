/** Writes x-IMU3 messages, to play recordings into the ordinary serial path. */

/** One binary inertial message with its LF: gyroscope in deg/s, acceleration in g. */
export function encodeInertial(
  deviceMicros: number,
  gyro: ArrayLike<number>,
  acceleration: ArrayLike<number>,
): Uint8Array {
  return encodeBinary('I', deviceMicros, [
    gyro[0]!,
    gyro[1]!,
    gyro[2]!,
    acceleration[0]!,
    acceleration[1]!,
    acceleration[2]!,
  ])
}

/** One binary magnetometer message with its LF, in the unit of the device. */
export function encodeMagnetometer(deviceMicros: number, field: ArrayLike<number>): Uint8Array {
  return encodeBinary('M', deviceMicros, [field[0]!, field[1]!, field[2]!])
}

function encodeBinary(letter: string, deviceMicros: number, values: readonly number[]): Uint8Array {
  const plain = new Uint8Array(9 + 4 * values.length)
  const view = new DataView(plain.buffer)
  plain[0] = 0x80 + letter.charCodeAt(0)
  view.setBigUint64(1, BigInt(Math.round(deviceMicros)), true)
  values.forEach((value, index) => view.setFloat32(9 + 4 * index, value, true))
  const stuffed = new Uint8Array(plain.length * 2 + 1)
  let length = 0
  for (const byte of plain) {
    if (byte === 0x0a || byte === 0xdb) {
      stuffed[length++] = 0xdb
      stuffed[length++] = byte === 0x0a ? 0xdc : 0xdd
    } else stuffed[length++] = byte
  }
  stuffed[length++] = 0x0a
  return stuffed.slice(0, length)
}
