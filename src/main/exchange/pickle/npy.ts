import { KalamosError } from '../../../shared/errors.ts'
import type { FileBytes } from '../file-bytes.ts'
import { dtypeNamed } from './dtype.ts'
import { arrayOf, itemsOf } from './numpy.ts'
import { readPickle } from './read.ts'
import { NumpyArray, StoredBytes } from './values.ts'

/** Reads a `.npy` file (numpy format 1 to 3); arrays of objects too, whose pickle is read without running it. Throws `decode-failed` or `invalid-input`. */
export function readNpy(file: FileBytes): NumpyArray {
  const head = file.read(0, Math.min(12, file.size))
  if (head.length < 12 || head.toString('latin1', 0, 6) !== '\x93NUMPY') throw new KalamosError('decode-failed', `${file.path} is no file of numpy.`, 'Choose a file that ends in .npy.')
  const [start, length] = head[6]! > 1 ? [12, head.readUInt32LE(8)] : [10, head.readUInt16LE(8)]
  const header = length > 1 << 16 ? '' : file.copy(start, length).toString('latin1')
  const descr = /'descr'\s*:\s*'([^']+)'/.exec(header)?.[1]
  const fortran = /'fortran_order'\s*:\s*True/.test(header)
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(header)?.[1]?.split(',').flatMap((extent) => (extent.trim() === '' ? [] : [Number(extent)]))
  if (descr === undefined || shape === undefined) throw new KalamosError('decode-failed', `${file.path} has a heading that is damaged, or numbers of several kinds.`, 'Save it again with numpy.save.')
  const dtype = dtypeNamed(descr, file.path)
  const from = start + length
  if (dtype.kind !== 'O') return arrayOf(dtype, shape, fortran, StoredBytes.inFile(from, file.size - from), file.path)
  const array = readPickle(file, from)
  if (array instanceof NumpyArray && itemsOf(array.shape) === itemsOf(shape)) return array
  throw new KalamosError('decode-failed', `${file.path} announces an array of objects and holds something else.`, 'Save it again with numpy.save.')
}
