import { it } from 'vitest'
import { expectTooLarge } from './large-batch.ts'

// It fills the memory of the kernels, four gigabytes, before there is none left.
it('a batch too large for the memory, all tensors of which together do not fit, is refused with its reason', () =>
  expectTooLarge(64, 20_000))
