import type { NamedRandom } from '../../src/main/random/named.ts'

/**
 * What readers stumble over: numbers at the ends of their types, brackets without an end, names that objects have
 * already.
 */
const PIECES = [
  ...[
    '-1',
    '0',
    '4294967295',
    '1e308',
    '-1e-320',
    '9007199254740993',
    '99999999999999999999',
    'NaN',
    'Infinity',
    '1,5',
    '1.024,5',
  ],
  ...[
    '"',
    "'",
    ';',
    ',',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '{',
    '[',
    ']',
    '}',
    '(((((',
    '))',
    '<name>',
    '</name>',
    '<!--',
    ': ',
    '- ',
    '&a ',
    '*a',
    '!!js ',
  ],
  ...[
    'null',
    'True',
    '__proto__',
    'constructor',
    '\\u0000',
    '\\ud800',
    'ß',
    'ﷺ',
    '\u202e',
    "'shape': (1000000000, 1000000000)",
  ],
].map((text) => Buffer.from(text))
const RAW = [
  [0],
  [0, 0, 0, 0],
  [0xff, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0x7f],
  [0x7f, 0xff, 0xff, 0xff],
  [0x80],
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
].map((bytes) => Buffer.from(bytes))
const EDGES = [0, 1, 0x7f, 0x80, 0xff]
const LONGEST_CUT = 2000
/** Headings and directories stand at the ends of files, where damage does most. */
const END_BYTES = 600

/** A copy of the bytes with a few things changed. */
export function damaged(bytes: Uint8Array, random: NamedRandom): Buffer {
  const kind = random.below(7)
  const times = 1 + random.below(random.chance(0.5) ? 3 : 30)
  let result: Buffer = Buffer.from(bytes)
  for (let i = 0; i < times && result.length > 0; i++)
    result = change(result, kind === 6 ? random.below(6) : kind, random)
  return random.chance(0.05) ? result.subarray(0, random.below(result.length + 1)) : result
}

function change(bytes: Buffer, kind: number, random: NamedRandom): Buffer {
  const at = placeIn(bytes, random)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  switch (kind) {
    case 0:
      bytes[at] = random.below(256)
      return bytes
    case 1:
      bytes[at] = bytes[at]! ^ (1 << random.below(8))
      return bytes
    case 2:
      return Buffer.concat([before, after.subarray(1 + random.below(random.chance(0.5) ? 8 : LONGEST_CUT))])
    case 3:
      return Buffer.concat([before, random.chance(0.8) ? random.pick(PIECES) : random.pick(RAW), after])
    case 4: {
      const from = random.below(bytes.length)
      return Buffer.concat([before, bytes.subarray(from, from + random.below(LONGEST_CUT)), after])
    }
    default: {
      const edge = random.pick(EDGES)
      return bytes.fill(edge, at, Math.min(bytes.length, at + random.pick([1, 2, 4, 8])))
    }
  }
}

function placeIn(bytes: Buffer, random: NamedRandom): number {
  if (random.chance(0.3)) return random.below(Math.min(bytes.length, END_BYTES))
  if (random.chance(0.3)) return bytes.length - 1 - random.below(Math.min(bytes.length, END_BYTES))
  return random.below(bytes.length)
}
