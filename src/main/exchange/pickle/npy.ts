import { KalamosError } from '../../../shared/errors.ts'
import type { FileBytes } from '../file-bytes.ts'
import { readNpyHeading } from '../npy-heading.ts'
import { arrayOf, itemsOf } from './numpy.ts'
import { readPickle } from './read.ts'
import { NumpyArray, StoredBytes } from './values.ts'

/**
 * Reads a `.npy` file (numpy format 1 to 3); arrays of objects too, whose pickle is read without running it. Throws
 * `decode-failed` or `invalid-input`.
 */
export function readNpy(file: FileBytes): NumpyArray {
  const heading = readNpyHeading(file, 0, file.size)
  if ('reason' in heading)
    throw new KalamosError(
      'decode-failed',
      `${file.path} cannot be read: ${heading.reason}.`,
      'Save it again with numpy.save.',
    )
  const { dtype, shape, fortran, length } = heading
  if (dtype.kind !== 'O')
    return arrayOf(dtype, shape, fortran, StoredBytes.inFile(length, file.size - length), file.path)
  const array = readPickle(file, length)
  if (array instanceof NumpyArray && itemsOf(array.shape) === itemsOf(shape)) return array
  throw new KalamosError(
    'decode-failed',
    `${file.path} announces an array of objects and holds something else.`,
    'Save it again with numpy.save.',
  )
}
