const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1
  return crc
})

/**
 * CRC-16/IBM-3740: polynomial 0x1021, initial value 0xFFFF, nothing reflected, no final xor; "123456789" gives 0x29B1.
 */
export function crc16(bytes: Uint8Array, end = bytes.length): number {
  let crc = 0xffff
  for (let i = 0; i < end; i++) crc = ((crc << 8) & 0xffff) ^ TABLE[(crc >> 8) ^ bytes[i]!]!
  return crc
}
