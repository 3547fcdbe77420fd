import { createHash } from 'node:crypto'
import type { Reproduction } from '../../../shared/api/training.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { IdRanges } from '../../../shared/id-ranges.ts'
import type { Drawn } from './types.ts'
import type { Example, LeftOut } from './types.ts'

const HINT = 'Put them back as they were, or start a new training with the same settings.'

/** The recordings that a repeat is to train on and to hold out. */
export function reproducedSplit({ train, heldOut }: Reproduction): Drawn {
  return { train: new IdRanges(train), heldOut: new IdRanges(heldOut) }
}

/**
 * Throws `conflict`, saying how many are missing and why, unless every recording of the run that is repeated can be
 * used.
 */
export function checkSameRecordings(
  { train, heldOut }: Reproduction,
  found: readonly unknown[],
  leftOut: readonly LeftOut[],
): void {
  const all = new IdRanges(train).count + new IdRanges(heldOut).count
  const missing = all - found.length
  if (missing === 0) return
  const gone = missing - leftOut.reduce((sum, { recordings }) => sum + recordings, 0)
  const reasons = [...(gone > 0 ? [{ reason: 'deleted', recordings: gone }] : []), ...leftOut]
    .map(({ reason, recordings }) => `${recordings} ${reason}`)
    .join('; ')
  throw new KalamosError(
    'conflict',
    `The run cannot be repeated: of its ${all} recordings, ${missing} cannot be used any more (${reasons}).`,
    HINT,
  )
}

/** What went into a training, to the bit: ids, labels and samples at the model's rate. */
export function fingerprintOf(...sides: readonly (readonly Example[])[]): string {
  const hash = createHash('sha256')
  for (const examples of sides) {
    hash.update(`${examples.length}\n`)
    for (const { id, label, values } of examples) {
      hash.update(JSON.stringify([id, label, values.length]))
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    }
  }
  return hash.digest('hex')
}

/** Throws `conflict` where the recordings of a repeat are not to the bit those of the run that is repeated. */
export function checkUnchanged({ recordings }: Reproduction, fingerprint: string): void {
  if (recordings === null || recordings === fingerprint) return
  throw new KalamosError(
    'conflict',
    'The run cannot be repeated: labels or samples of its recordings have changed since.',
    HINT,
  )
}
