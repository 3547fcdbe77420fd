import { multiply, pack, packedSize } from './matrix'
import { collect, flush, outerSize } from './outer'
import { addFrames } from './sums'

// Convolution as a matrix product whose left rows are windows into the (zero-padded) sequence, row by row of the batch,
// over valid frames only. Scratch sizes are what the `…Scratch` functions say.

@inline
function size(frames: i32, channels: i32): usize {
  return (<usize>frames * <usize>channels) << 2
}

/** Copies `count` frames to `to` with `before` zero frames in front and `behind` after them. */
function surround(count: i32, channels: i32, before: i32, behind: i32, from: usize, to: usize): void {
  memory.fill(to, 0, size(before, channels))
  to += size(before, channels)
  memory.copy(to, from, size(count, channels))
  memory.fill(to + size(count, channels), 0, size(behind, channels))
}

export function convScratch(time: i32, inputs: i32, outputs: i32, width: i32, stride: i32): usize {
  return packedSize(width * inputs, outputs) + size(time + 2 * width + stride, inputs) + 256
}

/** y `[batch, frames, outputs]` from x `[batch, time, inputs]`, kernel `[width, inputs, outputs]`; bias may be 0. */
export function conv(
  batch: i32, time: i32, inputs: i32, outputs: i32, width: i32, stride: i32, before: i32, frames: i32,
  lengths: usize, outLengths: usize, x: usize, kernel: usize, bias: usize, y: usize, scratch: usize,
): void {
  const k = width * inputs
  pack(k, outputs, kernel, size(1, outputs), 4, bias, scratch)
  convPacked(batch, time, inputs, outputs, width, stride, before, frames, lengths, outLengths, x, scratch, y, scratch + packedSize(k, outputs))
}

/** The same with a kernel that is packed already, as `[width * inputs, outputs]` with its bias. */
export function convPacked(
  batch: i32, time: i32, inputs: i32, outputs: i32, width: i32, stride: i32, before: i32, frames: i32,
  lengths: usize, outLengths: usize, x: usize, packed: usize, y: usize, scratch: usize,
): void {
  const k = width * inputs
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const count = load<i32>(outLengths + (<usize>row << 2))
    const windows = window(length, count, inputs, width, stride, before, x + size(row * time, inputs), scratch)
    const to = y + size(row * frames, outputs)
    multiply(count, outputs, k, windows, size(stride, inputs), packed, to, size(1, outputs), false)
    memory.fill(to + size(count, outputs), 0, size(frames - count, outputs))
  }
}

/** Where the first window starts: in place if no window looks beyond the sequence, else in a padded copy. */
function window(length: i32, count: i32, inputs: i32, width: i32, stride: i32, before: i32, x: usize, padded: usize): usize {
  const needed = (count - 1) * stride + width
  if (before == 0 && needed <= length) return x
  surround(length, inputs, before, max(0, needed - before - length), x, padded)
  return padded
}

export function convInputGradScratch(time: i32, inputs: i32, outputs: i32, width: i32, stride: i32): usize {
  const k = stride == 1 ? width * outputs : outputs
  const n = stride == 1 ? inputs : width * inputs
  const working = stride == 1 ? size(time + 2 * width, outputs) : size(time + 1, width * inputs)
  return packedSize(k, n) + size(k, n) + working + 256
}

/** dx from dy. Stride 1 is a convolution with the turned kernel; otherwise each output frame adds to its window. */
export function convInputGrad(
  batch: i32, time: i32, inputs: i32, outputs: i32, width: i32, stride: i32, before: i32, frames: i32,
  lengths: usize, outLengths: usize, dy: usize, kernel: usize, dx: usize, scratch: usize,
): void {
  if (stride == 1) turnedConv(batch, time, inputs, outputs, width, before, frames, lengths, outLengths, dy, kernel, dx, scratch)
  else scatteredConv(batch, time, inputs, outputs, width, stride, before, frames, lengths, outLengths, dy, kernel, dx, scratch)
}

function turnedConv(
  batch: i32, time: i32, inputs: i32, outputs: i32, width: i32, before: i32, frames: i32,
  lengths: usize, outLengths: usize, dy: usize, kernel: usize, dx: usize, scratch: usize,
): void {
  const k = width * outputs
  const turned = scratch + packedSize(k, inputs)
  let to = turned
  for (let tap: i32 = width - 1; tap >= 0; tap--) {
    for (let o: i32 = 0; o < outputs; o++) {
      let from = kernel + size(tap * inputs, outputs) + (<usize>o << 2)
      for (let i: i32 = 0; i < inputs; i++) {
        store<f32>(to, load<f32>(from))
        to += 4
        from += size(1, outputs)
      }
    }
  }
  pack(k, inputs, turned, size(1, inputs), 4, 0, scratch)
  const padded = turned + size(k, inputs)
  const front = width - 1 - before
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const count = load<i32>(outLengths + (<usize>row << 2))
    const to = dx + size(row * time, inputs)
    let windows = dy + size(row * frames, outputs)
    if (width > 1) {
      surround(count, outputs, front, max(0, length + before - count), windows, padded)
      windows = padded
    }
    multiply(length, inputs, k, windows, size(1, outputs), scratch, to, size(1, inputs), false)
    memory.fill(to + size(length, inputs), 0, size(time - length, inputs))
  }
}

function scatteredConv(
  batch: i32, time: i32, inputs: i32, outputs: i32, width: i32, stride: i32, before: i32, frames: i32,
  lengths: usize, outLengths: usize, dy: usize, kernel: usize, dx: usize, scratch: usize,
): void {
  const n = width * inputs
  pack(outputs, n, kernel, 4, size(1, outputs), 0, scratch)
  const windows = scratch + packedSize(outputs, n)
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const count = load<i32>(outLengths + (<usize>row << 2))
    const from = dy + size(row * frames, outputs)
    const to = dx + size(row * time, inputs)
    if (stride == width && before == 0 && count * width <= length) {
      multiply(count, n, outputs, from, size(1, outputs), scratch, to, size(1, n), false)
      memory.fill(to + size(count, n), 0, size(time - count * width, inputs))
      continue
    }
    memory.fill(to, 0, size(time, inputs))
    multiply(count, n, outputs, from, size(1, outputs), scratch, windows, size(1, n), false)
    for (let frame: i32 = 0; frame < count; frame++) {
      for (let tap: i32 = 0; tap < width; tap++) {
        const at = frame * stride + tap - before
        if (at >= 0 && at < length) addFrames(1, inputs, windows + size(frame * width + tap, inputs), to + size(at, inputs))
      }
    }
  }
}

export function convKernelGradScratch(time: i32, inputs: i32, outputs: i32, width: i32, stride: i32): usize {
  return outerSize(width * inputs, outputs) + size(time + 2 * width + stride, inputs) + 256
}

/** dkernel and, unless its address is 0, dbias. */
export function convKernelGrad(
  batch: i32, time: i32, inputs: i32, outputs: i32, width: i32, stride: i32, before: i32, frames: i32,
  lengths: usize, outLengths: usize, x: usize, dy: usize, dkernel: usize, dbias: usize, scratch: usize,
): void {
  const k = width * inputs
  const padded = scratch + outerSize(k, outputs)
  memory.fill(dkernel, 0, size(k, outputs))
  if (dbias) memory.fill(dbias, 0, size(1, outputs))
  let filled: i32 = 0
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const count = load<i32>(outLengths + (<usize>row << 2))
    const windows = window(length, count, inputs, width, stride, before, x + size(row * time, inputs), padded)
    const from = dy + size(row * frames, outputs)
    filled = collect(count, filled, k, outputs, windows, size(stride, inputs), from, size(1, outputs), scratch, dkernel)
    if (dbias) addFrames(count, outputs, from, dbias)
  }
  flush(filled, k, outputs, scratch, dkernel)
}
