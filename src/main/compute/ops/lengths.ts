import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'

/** Valid frames of each row of a `[batch, time, …]` tensor. Rows are zero behind their length. */
export type Lengths = Int32Array

export type Padding = 'same' | 'valid'

/** `[batch, time, 1]`, one where a frame is valid and zero behind a row's length. */
export function frameMask(lengths: Lengths, time: number): tf.Tensor3D {
  const mask = new Float32Array(lengths.length * time)
  lengths.forEach((length, row) => mask.fill(1, row * time, row * time + length))
  return tf.tensor3d(mask, [lengths.length, time, 1])
}

/** The same length for every row: a batch without padding. */
export function fullLengths(batch: number, time: number): Lengths {
  return new Int32Array(batch).fill(time)
}

/** How many zero frames a 'same' convolution sees before and behind a sequence. Does not depend on its length. */
export function samePadding(width: number, stride: number): { before: number; behind: number } {
  const total = Math.max(width - stride, 0)
  const before = Math.floor(total / 2)
  return { before, behind: total - before }
}

/** Output frames of a convolution over `frames` input frames. */
export function convFrames(frames: number, width: number, stride: number, padding: Padding): number {
  if (padding === 'same') return Math.ceil(frames / stride)
  return frames < width ? 0 : Math.floor((frames - width) / stride) + 1
}

/** `convFrames` of every row. */
export function convLengths(lengths: Lengths, width: number, stride: number, padding: Padding): Lengths {
  return lengths.map((frames) => convFrames(frames, width, stride, padding))
}

/** Frames of every row after max-pooling by `size`; an incomplete last window is dropped. */
export function poolLengths(lengths: Lengths, size: number): Lengths {
  return lengths.map((frames) => Math.floor(frames / size))
}

/** Throws `invalid-input` unless there is one length in `0 … time` for each of `batch` rows. */
export function checkLengths(lengths: Lengths, batch: number, time: number): void {
  if (lengths.length !== batch) {
    throw new KalamosError('invalid-input', `${lengths.length} lengths were given for a batch of ${batch} rows`)
  }
  for (const [row, length] of lengths.entries()) {
    if (length < 0 || length > time) {
      throw new KalamosError('invalid-input', `row ${row} claims ${length} frames, but the batch holds ${time}`)
    }
  }
}
