/** A 32-bit finaliser with full avalanche (constants of the "lowbias32" search by C. Wellons). */
export function hash32(value: number): number {
  let h = value | 0
  h ^= h >>> 16
  h = Math.imul(h, 0x21f0aaad)
  h ^= h >>> 15
  h = Math.imul(h, 0xd35a2d97)
  return h ^ (h >>> 15)
}
