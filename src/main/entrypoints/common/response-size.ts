/** About so many characters of JSON: a browser takes it at once, and it is far below what V8 can hold as one text. */
const CHARACTERS_MAX = 64 << 20
/** What a number takes at most, with the comma behind it; a list or an object with its brackets. */
const [NUMBER, FRAME] = [20, 2]

/**
 * Whether a value is too large for an answer, in about as many characters as it would take; stops counting where it is.
 */
export function outgrows(value: unknown, most = CHARACTERS_MAX): boolean {
  return left(value, most) < 0
}

/** How many characters are left after a value; below zero where it did not fit. */
function left(value: unknown, room: number): number {
  if (room < 0) return room
  if (typeof value === 'string') return room - value.length - FRAME
  if (typeof value !== 'object' || value === null) return room - NUMBER
  if (ArrayBuffer.isView(value)) return room - value.byteLength
  let rest = room - FRAME
  if (Array.isArray(value)) {
    if (value.length * FRAME > rest) return -1
    for (const each of value as unknown[]) if ((rest = left(each, rest)) < 0) break
    return rest
  }
  for (const key in value) if ((rest = left((value as Record<string, unknown>)[key], rest - key.length - 3)) < 0) break
  return rest
}
