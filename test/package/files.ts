import { closeSync, openSync, readSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Every file in a folder and those below, by its path from there. */
export function filesUnder(place: string): string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(place, join(entry.parentPath, entry.name)))
}

/** The first bytes of a file, by which its kind is known. */
export function headOf(file: string): Buffer {
  const head = Buffer.alloc(20)
  const handle = openSync(file, 'r')
  readSync(handle, head)
  closeSync(handle)
  return head
}

export const isElf = (head: Buffer): boolean => head.subarray(0, 4).equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46]))
const isWasm = (head: Buffer): boolean => head.toString('latin1', 0, 4) === '\0asm'
/** Programs and libraries of Linux begin with ELF, of Windows with MZ, of macOS with one of these numbers. */
export const isNative = (head: Buffer): boolean =>
  isElf(head) ||
  head.toString('latin1', 0, 2) === 'MZ' ||
  [0xfeedface, 0xfeedfacf, 0xcffaedfe, 0xcafebabe].includes(head.readUInt32BE(0))
export const isBinary = (file: string): boolean => isNative(headOf(file)) || isWasm(headOf(file))
