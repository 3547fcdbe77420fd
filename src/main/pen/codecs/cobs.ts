/** Consistent overhead byte stuffing (Cheshire and Baker, 1999): a message without zeros, so that zero can delimit. */

/** The stuffed message, without a delimiter. */
export function cobsEncode(message: Uint8Array): Uint8Array {
  const out = new Uint8Array(message.length + Math.floor(message.length / 254) + 1)
  let length = 1
  let codeAt = 0
  let code = 1
  for (const [index, byte] of message.entries()) {
    if (byte !== 0) {
      out[length++] = byte
      code++
    }
    if (byte === 0 || (code === 0xff && index < message.length - 1)) {
      out[codeAt] = code
      codeAt = length++
      code = 1
    }
  }
  out[codeAt] = code
  return out.subarray(0, length)
}

/** Unstuffs into `out` and returns the length, or -1 where the input is no stuffed message or does not fit. */
export function cobsDecode(stuffed: Uint8Array, out: Uint8Array): number {
  let length = 0
  let at = 0
  while (at < stuffed.length) {
    const code = stuffed[at]!
    const next = at + code
    if (code === 0 || next > stuffed.length || length + code > out.length + 1) return -1
    for (let i = at + 1; i < next; i++) {
      const byte = stuffed[i]!
      if (byte === 0) return -1
      out[length++] = byte
    }
    if (code < 0xff && next < stuffed.length) {
      if (length >= out.length) return -1
      out[length++] = 0
    }
    at = next
  }
  return length
}
