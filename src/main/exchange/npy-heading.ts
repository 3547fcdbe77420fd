import type { FileBytes } from './file-bytes.ts'
import { dtypeNamed } from './pickle/dtype.ts'
import type { NumpyDtype } from './pickle/values.ts'

/** What stands before the numbers of a NPY file (numpy's NEP 1). */
export interface NpyHeading {
  /** As numpy calls it, such as `<f4`. */
  type: string
  dtype: NumpyDtype
  shape: readonly number[]
  /** Whether columns lie one after the other instead of rows. */
  fortran: boolean
  /** Bytes before the numbers. */
  length: number
}

/** No dict of a type and a shape is longer, in bytes. */
const DICT_MAX = 1 << 16

/**
 * Reads the heading of an array of `size` bytes that begins at `offset` (versions 1 to 3), or says why there is none.
 * Throws `decode-failed` for numbers that no recording has.
 */
export function readNpyHeading(file: FileBytes, offset: number, size: number): NpyHeading | { reason: string } {
  const head = file.read(offset, Math.min(size, 12))
  if (head.length < 12 || head.toString('latin1', 0, 6) !== '\x93NUMPY') return { reason: 'it is no array of numpy' }
  const [start, dict] = head[6]! > 1 ? [12, head.readUInt32LE(8)] : [10, head.readUInt16LE(8)]
  if (dict > DICT_MAX || start + dict > size) return { reason: 'its heading breaks off' }
  const text = file.read(offset + start, dict).toString('latin1')
  const type = /'descr'\s*:\s*'([^']+)'/.exec(text)?.[1]
  const extents = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1]?.split(',')
  if (type === undefined || extents === undefined)
    return { reason: 'its heading is damaged, or it holds numbers of several kinds' }
  const shape = extents.flatMap((extent) => (extent.trim() === '' ? [] : [Number(extent)]))
  const fortran = /'fortran_order'\s*:\s*True/.test(text) && shape.length > 1
  return { type, dtype: dtypeNamed(type, file.path), shape, fortran, length: start + dict }
}
