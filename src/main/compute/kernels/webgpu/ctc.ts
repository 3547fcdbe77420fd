import * as tf from '@tensorflow/tfjs'
import { ctc } from './ctc-shader.ts'
import { integers, run } from './program.ts'
import { extents, register } from './register.ts'

const THREADS = 64

/**
 * Registers the CTC loss: losses `[batch]` and, computed along with them, their gradients with respect to the logits.
 */
export function registerCtc(): void {
  register('SequenceCtc', ({ logits }, { lengths, labels, blank }) => {
    const [batch, time, classes] = extents(logits)
    const longest = Math.max(0, ...labels.map((label) => label.length))
    const states = 2 * longest + 1
    const stride = 2 + longest
    const lattice = new Int32Array(batch * stride)
    labels.forEach((label, row) => lattice.set([lengths[row]!, label.length, ...label], row * stride))
    // A power of two, so that few different sizes are ever compiled.
    const capacity = Math.max(32, 2 ** Math.ceil(Math.log2(states)))
    const size = time * (classes + states + 1) + 1
    const results = run<tf.Tensor2D>({
      key: `ctc ${capacity}`,
      shape: [batch, size],
      inputs: { logits: logits!, lattice: integers(lattice) },
      numbers: { time, classes, states, stride, blank },
      threads: THREADS,
      groups: [batch, 1],
      source: ctc(capacity, THREADS),
    })
    const losses = tf.reshape(tf.slice(results, [0, size - 1], [batch, 1]), [batch])
    return [losses, tf.reshape(tf.slice(results, [0, 0], [batch, time * classes]), [batch, time, classes])]
  })
}
