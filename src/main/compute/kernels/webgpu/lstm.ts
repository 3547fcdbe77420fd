import * as tf from '@tensorflow/tfjs'
import type { LstmAttributes } from '../names.ts'
import { FUNCTIONS, recurrence, recurrenceGrad } from './lstm-shaders.ts'
import { integers, run, runElementwise } from './program.ts'
import { extents, register, type Inputs } from './register.ts'

/** Sizes of one call. */
interface Sizes {
  batch: number
  time: number
  inputs: number
  hidden: number
  directions: number
}

/**
 * Registers the LSTM over whole sequences: one workgroup per row and direction, which loops over the frames by itself.
 */
export function registerLstms(): void {
  register('SequenceLstm', forward)
  register('SequenceLstmGrad', gradients)
}

/**
 * y `[batch, time, directions * hidden]`, and for the gradient `[direction, batch, time, 5 * hidden]`: the gates with
 * the cell behind.
 */
function forward(tensors: Inputs, attributes: LstmAttributes): tf.Tensor[] {
  const sizes = sizesOf(tensors, attributes)
  const { batch, time, inputs, hidden, directions } = sizes
  const projected = tf.fused.matMul({
    a: tf.reshape(tensors['x']!, [batch * time, inputs]) as tf.Tensor2D,
    b: beside(tensors, 'input', sizes),
    bias: tf.reshape(beside(tensors, 'bias', sizes), [directions * 4 * hidden]),
  })
  const gates = run<tf.Tensor4D>({
    key: `lstm ${hidden}`,
    shape: [directions, batch, time, 5 * hidden],
    inputs: { projected, recurrent: below(tensors, sizes), lengths: integers(attributes.lengths) },
    numbers: numbersOf(sizes, attributes),
    threads: threadsFor(hidden),
    groups: [batch, directions],
    source: recurrence(hidden, threadsFor(hidden)),
  })
  const y = runElementwise<tf.Tensor3D>({
    key: 'lstm output',
    shape: [batch, time, directions * hidden],
    inputs: { gates },
    numbers: { frames: batch * time, hidden, directions },
    source: `${FUNCTIONS}
      fn element(index: i32) -> f32 {
        let unit = index % uniforms.hidden;
        let direction = (index / uniforms.hidden) % uniforms.directions;
        let frame = index / (uniforms.hidden * uniforms.directions);
        let at = (direction * uniforms.frames + frame) * 5 * uniforms.hidden + unit;
        return gates[at + 3 * uniforms.hidden] * bend(gates[at + 4 * uniforms.hidden]);
      }`,
  })
  return [y, gates]
}

/**
 * dx, and for each direction dinput, drecurrent, dbias. The kernel goes back through time once; what is left are matrix
 * products over all frames of both directions.
 */
function gradients(tensors: Inputs, attributes: LstmAttributes): tf.Tensor[] {
  const sizes = sizesOf(tensors, attributes)
  const { batch, time, inputs, hidden, directions } = sizes
  const columns = directions * 4 * hidden
  const recurrent = tf.reshape(below(tensors, sizes), [directions, hidden, 4 * hidden])
  const dgates = run<tf.Tensor2D>({
    key: `lstm gradient ${hidden}`,
    shape: [batch * time, columns],
    inputs: {
      gates: tensors['gates']!,
      dy: tensors['dy']!,
      recurrent: tf.transpose(recurrent, [0, 2, 1]),
      lengths: integers(attributes.lengths),
    },
    numbers: numbersOf(sizes, attributes),
    threads: threadsFor(hidden),
    groups: [batch, directions],
    source: recurrenceGrad(hidden, threadsFor(hidden)),
  })
  const dx = tf.reshape(tf.matMul(dgates, beside(tensors, 'input', sizes), false, true), [batch, time, inputs])
  const products = tf.matMul(regressors(tensors, sizes, attributes), dgates, true, false)
  const part = (row: number, rows: number, direction: number) =>
    tf.slice(products, [row, direction * 4 * hidden], [rows, 4 * hidden])
  const weights = attributes.reverse.flatMap((_, d) => [
    part(0, inputs, d),
    part(inputs + d * hidden, hidden, d),
    tf.reshape(part(inputs + directions * hidden, 1, d), [4 * hidden]),
  ])
  return [dx, ...weights]
}

/**
 * What the gates of a frame were computed from: its input, the output of the frame before (of each direction), and a
 * one for the bias.
 */
function regressors(
  { x, y }: Inputs,
  { batch, time, inputs, hidden, directions }: Sizes,
  attributes: LstmAttributes,
): tf.Tensor2D {
  // Multiples of four take the faster way through the matrix product.
  const width = Math.ceil((inputs + directions * hidden + 1) / 4) * 4
  return runElementwise({
    key: 'lstm regressors',
    shape: [batch * time, width],
    inputs: { x: x!, y: y! },
    numbers: { width, inputs, hidden, directions, time, reversed: bits(attributes.reverse) },
    source: `
      fn element(index: i32) -> f32 {
        let column = index % uniforms.width;
        let frame = index / uniforms.width;
        if (column < uniforms.inputs) { return x[frame * uniforms.inputs + column]; }
        let outputs = uniforms.directions * uniforms.hidden;
        let unit = column - uniforms.inputs;
        if (unit >= outputs) { return select(0.0, 1.0, unit == outputs); }
        let back = ((uniforms.reversed >> u32(unit / uniforms.hidden)) & 1) == 1;
        let t = frame % uniforms.time;
        if (back) {
          if (t == uniforms.time - 1) { return 0.0; }
          return y[(frame + 1) * outputs + unit];
        }
        if (t == 0) { return 0.0; }
        return y[(frame - 1) * outputs + unit];
      }`,
  })
}

function sizesOf({ x, recurrent0 }: Inputs, { reverse }: LstmAttributes): Sizes {
  const [batch, time, inputs] = extents(x)
  return { batch, time, inputs, hidden: recurrent0!.shape[0]!, directions: reverse.length }
}

function numbersOf({ batch, time, directions }: Sizes, { reverse }: LstmAttributes): Record<string, number> {
  return { batch, time, directions, reversed: bits(reverse) }
}

/** A weight of all directions side by side: `[rows, directions * 4 * hidden]`. */
function beside(tensors: Inputs, name: 'input' | 'bias', { hidden, directions }: Sizes): tf.Tensor2D {
  const parts = Array.from(
    { length: directions },
    (_, d) => tf.reshape(tensors[`${name}${d}`]!, [-1, 4 * hidden]) as tf.Tensor2D,
  )
  return parts.length === 1 ? parts[0]! : tf.concat(parts, 1)
}

/** The recurrent weights of all directions, one behind the other: `[directions * hidden, 4 * hidden]`. */
function below(tensors: Inputs, { directions }: Sizes): tf.Tensor2D {
  const parts = Array.from({ length: directions }, (_, d) => tensors[`recurrent${d}`] as tf.Tensor2D)
  return parts.length === 1 ? parts[0]! : tf.concat(parts, 0)
}

/** One bit for each direction: whether it runs backwards. */
function bits(reverse: readonly boolean[]): number {
  return reverse.reduce((sum, backwards, d) => sum + (backwards ? 1 << d : 0), 0)
}

/** One for each gate of each unit, as far as a workgroup goes on every device. */
function threadsFor(hidden: number): number {
  return Math.min(256, Math.ceil((4 * hidden) / 32) * 32)
}
