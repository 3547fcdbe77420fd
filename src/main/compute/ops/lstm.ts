import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import { lstmFits } from '../kernels/limits.ts'
import { hasKernel, runKernels } from '../kernels/run.ts'
import { lstmComposite, type LstmWeights } from './composite/lstm.ts'
import { checkLengths, type Lengths } from './lengths.ts'

/**
 * LSTM over whole sequences from a zero state: x `[batch, time, in]` -> `[batch, time, hidden]`; reversed, a row starts
 * at its last valid frame.
 */
export function lstm(
  x: tf.Tensor3D,
  lengths: Lengths,
  weights: LstmWeights,
  options: { reverse?: boolean } = {},
): tf.Tensor3D {
  check(x, lengths, weights)
  const { reverse = false } = options
  if (hasFused(weights)) return fusedLstm(x, lengths, [weights], [reverse])
  return lstmComposite(x, lengths, weights, reverse)
}

/** Both directions side by side: x `[batch, time, in]` -> `[batch, time, 2 * hidden]`, the forward half first. */
export function bilstm(x: tf.Tensor3D, lengths: Lengths, forward: LstmWeights, backward: LstmWeights): tf.Tensor3D {
  check(x, lengths, forward)
  check(x, lengths, backward)
  if (hasFused(forward)) return fusedLstm(x, lengths, [forward, backward], [false, true])
  return tf.concat([lstmComposite(x, lengths, forward, false), lstmComposite(x, lengths, backward, true)], 2)
}

function hasFused({ recurrent }: LstmWeights): boolean {
  return hasKernel('SequenceLstm') && lstmFits(recurrent.shape[0])
}

/**
 * What the kernel gives besides its output, by the names under which its gradient wants it back; some kernels keep both
 * in one.
 */
const KEPT = ['gates', 'cells']

/** All directions in one kernel, which keeps gates and cells for its gradient. */
function fusedLstm(x: tf.Tensor3D, lengths: Lengths, directions: LstmWeights[], reverse: boolean[]): tf.Tensor3D {
  const names = directions.flatMap((_, d) => [`input${d}`, `recurrent${d}`, `bias${d}`])
  const weights = directions.flatMap(({ input, recurrent, bias }) => [input, recurrent, bias])
  const named = (tensors: tf.Tensor[]) => Object.fromEntries(tensors.map((tensor, index) => [names[index]!, tensor]))
  const run = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const save = inputs.pop() as tf.GradSaveFunc
    const [frames, ...values] = inputs as [tf.Tensor, ...tf.Tensor[]]
    const [y, ...kept] = runKernels<[tf.Tensor3D, ...tf.Tensor[]]>(
      'SequenceLstm',
      { x: frames, ...named(values) },
      { lengths, reverse },
    )
    save([y, frames, ...values, ...kept])
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedY, savedX, ...others] = saved as [tf.Tensor, tf.Tensor, ...tf.Tensor[]]
        const memory = Object.fromEntries(others.slice(names.length).map((tensor, index) => [KEPT[index]!, tensor]))
        return runKernels(
          'SequenceLstmGrad',
          { x: savedX, ...named(others.slice(0, names.length)), y: savedY, ...memory, dy },
          { lengths, reverse },
        )
      },
    }
  })
  return run(x, ...weights) as tf.Tensor3D
}

function check(x: tf.Tensor3D, lengths: Lengths, { input, recurrent, bias }: LstmWeights): void {
  checkLengths(lengths, x.shape[0], x.shape[1])
  const hidden = recurrent.shape[0]
  if (
    input.shape[0] !== x.shape[2] ||
    input.shape[1] !== 4 * hidden ||
    recurrent.shape[1] !== 4 * hidden ||
    bias.shape[0] !== 4 * hidden
  ) {
    throw new KalamosError(
      'invalid-input',
      `LSTM weights [${input.shape.join(', ')}], [${recurrent.shape.join(', ')}], [${bias.shape.join(', ')}] do ` +
        `not fit an input of ${x.shape[2]} channels`,
    )
  }
}
