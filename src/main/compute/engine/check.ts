import { KalamosError } from '../../../shared/errors.ts'
import type { Batch } from './types.ts'

/** Throws where a batch is not what it says: wrong sizes, rows without frames, numbers that are none. */
export function checkBatch({ rows, time, channels, x, lengths, labels, extra = {} }: Batch): void {
  if (rows < 1) throw new KalamosError('invalid-input', 'the batch has no rows')
  if (x.length !== rows * time * channels)
    throw invalid(`the batch holds ${x.length} values instead of ${rows} x ${time} x ${channels}`)
  if (lengths.length !== rows) throw invalid(`the batch has ${lengths.length} lengths for ${rows} rows`)
  if (labels.length !== rows) throw invalid(`the batch has ${labels.length} labels for ${rows} rows`)
  for (const [name, { shape, values }] of Object.entries(extra)) {
    if (shape[0] !== rows || shape.reduce((product, extent) => product * extent, 1) !== values.length)
      throw invalid(`"${name}" of the batch does not have ${rows} rows`)
    const bad = values.findIndex((value) => !Number.isFinite(value))
    if (bad >= 0) throw invalid(`"${name}" of row ${Math.floor(bad / (values.length / rows))} holds ${values[bad]}`)
  }
  for (let row = 0; row < rows; row++) {
    const length = lengths[row]!
    if (length < 1)
      throw new KalamosError(
        'empty-recording',
        `row ${row} of the batch has no frames`,
        'Leave the recording out, or record it again.',
      )
    if (length > time) throw invalid(`row ${row} claims ${length} frames, but the batch holds ${time}`)
    const from = row * time * channels
    for (let i = from; i < from + length * channels; i++) {
      if (!Number.isFinite(x[i])) {
        const frame = Math.floor((i - from) / channels)
        throw new KalamosError(
          'invalid-input',
          `channel ${(i - from) % channels} of row ${row} is ${x[i]} in frame ${frame}`,
          'A recording with gaps must be resampled before it is used.',
        )
      }
    }
  }
}

function invalid(message: string): KalamosError {
  return new KalamosError('invalid-input', message)
}
