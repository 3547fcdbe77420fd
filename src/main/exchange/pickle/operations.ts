import type { Machine } from './machine.ts'
import { PickleGlobal, type PickleValue } from './values.ts'

/** A whole number of protocol 0; `00` and `01` are truth values. */
function decimal(machine: Machine, text: string): PickleValue {
  if (text === '00' || text === '01') return text === '01'
  const digits = text.replace(/L$/, '')
  if (!/^[+-]?\d{1,40}$/.test(digits)) throw machine.damaged()
  return Number(digits)
}

/** A string of protocol 0, as Python 2 prints it. */
function quoted(machine: Machine, line: string): string {
  const inside = /^(['"])(.*)\1$/s.exec(line)?.[2]
  if (inside === undefined) throw machine.damaged()
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t' }
  return inside.replace(/\\(?:x([0-9a-f]{2})|(.))/gi, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (named[letter!] ?? letter!) : String.fromCharCode(parseInt(hex, 16)),
  )
}

/** Text of protocol 0: letters beyond latin1, backslashes and line breaks are escaped. */
function rawUnicode(line: string): string {
  return line.replace(/\\u([0-9a-f]{4})|\\U([0-9a-f]{8})/gi, (_, short: string | undefined, long: string | undefined) =>
    String.fromCodePoint(Math.min(0x10ffff, parseInt(short ?? long!, 16))),
  )
}

/** Names the last thing that would have been called. */
function instance(machine: Machine): never {
  const values = machine.popMany(2)
  throw machine.refused(values.find((value) => value instanceof PickleGlobal)?.name ?? 'an object')
}

/**
 * What each operation does; the codes are those of Python's Lib/pickle.py, in its order. Those not listed do not exist.
 */
export const OPERATIONS: Readonly<Record<number, (machine: Machine) => void>> = {
  0x28: (m) => m.mark(), // MARK
  0x30: (m) => m.drop(), // POP
  0x31: (m) => void m.popToMark(), // POP_MARK
  0x32: (m) => m.push(m.top()), // DUP
  0x46: (m) => m.push(Number(m.line())), // FLOAT
  0x49: (m) => m.push(decimal(m, m.line())), // INT
  0x4a: (m) => m.push(m.i32()), // BININT
  0x4b: (m) => m.push(m.u8()), // BININT1
  0x4c: (m) => m.push(decimal(m, m.line())), // LONG
  0x4d: (m) => m.push(m.u16()), // BININT2
  0x4e: (m) => m.push(null), // NONE
  // PERSID, BINPERSID
  0x50: (m) => {
    throw m.refused('an object of another file')
  },
  0x51: (m) => {
    throw m.refused('an object of another file')
  },
  0x52: (m) => m.reduce(), // REDUCE
  0x53: (m) => m.push(quoted(m, m.line())), // STRING
  0x54: (m) => m.bytes(m.i32()), // BINSTRING
  0x55: (m) => m.bytes(m.u8()), // SHORT_BINSTRING
  0x56: (m) => m.push(rawUnicode(m.line())), // UNICODE
  0x58: (m) => m.text(m.u32()), // BINUNICODE
  // APPEND
  0x61: (m) => {
    const value = m.pop()
    m.append([value])
  },
  0x62: (m) => m.build(), // BUILD
  // GLOBAL
  0x63: (m) => {
    const module = m.line()
    m.global(`${module}.${m.line()}`)
  },
  0x64: (m) => m.push(m.asMap(m.popToMark())), // DICT
  0x7d: (m) => m.push(new Map()), // EMPTY_DICT
  0x65: (m) => m.append(m.popToMark()), // APPENDS
  0x67: (m) => m.recall(Number(m.line())), // GET
  0x68: (m) => m.recall(m.u8()), // BINGET
  // INST
  0x69: (m) => {
    const module = m.line()
    throw m.refused(`${module}.${m.line()}`)
  },
  0x6a: (m) => m.recall(m.u32()), // LONG_BINGET
  0x6c: (m) => m.push(m.popToMark()), // LIST
  0x5d: (m) => m.push([]), // EMPTY_LIST
  0x6f: instance, // OBJ
  0x70: (m) => m.memoize(Number(m.line())), // PUT
  0x71: (m) => m.memoize(m.u8()), // BINPUT
  0x72: (m) => m.memoize(m.u32()), // LONG_BINPUT
  0x73: (m) => m.setItems(m.popMany(2)), // SETITEM
  0x74: (m) => m.push(m.popToMark()), // TUPLE
  0x29: (m) => m.push([]), // EMPTY_TUPLE
  0x75: (m) => m.setItems(m.popToMark()), // SETITEMS
  0x47: (m) => m.push(m.f64()), // BINFLOAT
  // PROTO
  0x80: (m) => {
    if (m.u8() > 5) throw m.damaged()
  },
  0x81: instance, // NEWOBJ
  // EXT1, EXT2, EXT4
  ...Object.fromEntries(
    [0x82, 0x83, 0x84].map((code) => [
      code,
      (m: Machine) => {
        throw m.refused('an object of a registered extension')
      },
    ]),
  ),
  0x85: (m) => m.push(m.popMany(1)), // TUPLE1
  0x86: (m) => m.push(m.popMany(2)), // TUPLE2
  0x87: (m) => m.push(m.popMany(3)), // TUPLE3
  0x88: (m) => m.push(true), // NEWTRUE
  0x89: (m) => m.push(false), // NEWFALSE
  0x8a: (m) => m.push(m.long(m.u8())), // LONG1
  0x8b: (m) => m.push(m.long(m.i32())), // LONG4
  0x42: (m) => m.bytes(m.u32()), // BINBYTES
  0x43: (m) => m.bytes(m.u8()), // SHORT_BINBYTES
  0x8c: (m) => m.text(m.u8()), // SHORT_BINUNICODE
  0x8d: (m) => m.text(m.u64()), // BINUNICODE8
  0x8e: (m) => m.bytes(m.u64()), // BINBYTES8
  0x8f: (m) => m.push([]), // EMPTY_SET
  0x90: (m) => m.append(m.popToMark()), // ADDITEMS
  0x91: (m) => m.push(m.popToMark()), // FROZENSET
  0x92: instance, // NEWOBJ_EX
  // STACK_GLOBAL
  0x93: (m) => {
    const [module, name] = m.popMany(2)
    m.global(`${String(module)}.${String(name)}`)
  },
  0x94: (m) => m.memoize(), // MEMOIZE
  0x95: (m) => void m.u64(), // FRAME
  0x96: (m) => m.bytes(m.u64()), // BYTEARRAY8
  // NEXT_BUFFER
  0x97: (m) => {
    throw m.refused('a buffer outside of the file')
  },
  0x98: () => undefined, // READONLY_BUFFER
}
