import type { RollDoubt } from '../../../shared/api/training.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { matchChannels, type Signal } from '../../../shared/signal.ts'
import { resample } from '../../signal/resample.ts'
import { level } from './pose.ts'
import type { ModelSignature } from './types.ts'

/**
 * A signal as `[frames, channels]` of a recogniser's channels at its rate, in physical units, gaps filled in,
 * and roll-normalised where the recogniser wants it; `doubting` hears why the roll of this one is doubtful, where it
 * is. Throws `empty-recording` for a signal without frames, `device-unsuitable` where a channel is missing, and
 * `invalid-input` where a value is not a number.
 */
export function pieceOf(
  signal: Signal,
  { channels, rateHz, pose }: Pick<ModelSignature, 'channels' | 'rateHz' | 'pose'>,
  doubting?: (why: RollDoubt) => void,
): Float32Array {
  if (signal.frames === 0)
    throw new KalamosError('empty-recording', 'the recording has no samples', 'Record it again, or delete it.')
  const { indices, missing } = matchChannels(signal.channels, channels)
  if (missing.length > 0)
    throw new KalamosError(
      'device-unsuitable',
      `the recording has no channel ${missing.join(', ')}`,
      'Use another model, or recordings of a pen that has it.',
    )
  const even = resample(signal, rateHz)
  const posed =
    pose === 'roll-normalised' ? level(even.values, even.channels, rateHz) : { values: even.values, doubt: null }
  const width = even.channels.length
  const values = new Float32Array(even.frames * indices.length)
  for (let frame = 0; frame < even.frames; frame++) {
    indices.forEach((from, to) => {
      values[frame * indices.length + to] = posed.values[frame * width + from]!
    })
  }
  if (!values.every(Number.isFinite))
    throw new KalamosError(
      'invalid-input',
      'the recording holds values that are not numbers',
      'Delete it, or import it again from a sound file.',
    )
  if (posed.doubt) doubting?.(posed.doubt)
  return values
}
