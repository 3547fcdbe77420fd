import { loadUpTo, madd, storeUpTo } from './simd'

// Depthwise convolution ('same', stride 1). x is `[batch, time, channels]`, the kernel `[width, repeats * channels]`:
// output channel o reads input channel o modulo `channels`.

export function depthwise(
  batch: i32, time: i32, channels: i32, repeats: i32, width: i32, before: i32,
  lengths: usize, x: usize, kernel: usize, bias: usize, y: usize,
): void {
  const outputs = channels * repeats
  const xStride = <usize>channels << 2
  const yStride = <usize>outputs << 2
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const from = x + <usize>(row * time) * xStride
    let to = y + <usize>(row * time) * yStride
    for (let t: i32 = 0; t < length; t++) {
      const first = max(0, before - t)
      const end = min(width, length - t + before)
      for (let repeat: i32 = 0; repeat < repeats; repeat++) {
        const column = <usize>(repeat * channels) << 2
        for (let c: i32 = 0; c < channels; c += 4) {
          const at = column + (<usize>c << 2)
          const left = channels - c
          let sum = bias ? loadUpTo(bias + at, left) : f32x4.splat(0)
          for (let tap: i32 = first; tap < end; tap++) {
            sum = madd(loadUpTo(from + <usize>(t + tap - before) * xStride + (<usize>c << 2), left), loadUpTo(kernel + <usize>tap * yStride + at, left), sum)
          }
          storeUpTo(to + at, sum, left)
        }
      }
      to += yStride
    }
    memory.fill(to, 0, <usize>(time - length) * yStride)
  }
}

export function depthwiseInputGrad(
  batch: i32, time: i32, channels: i32, repeats: i32, width: i32, before: i32,
  lengths: usize, dy: usize, kernel: usize, dx: usize,
): void {
  const xStride = <usize>channels << 2
  const yStride = <usize>(channels * repeats) << 2
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const from = dy + <usize>(row * time) * yStride
    let to = dx + <usize>(row * time) * xStride
    for (let t: i32 = 0; t < length; t++) {
      const first = max(0, t + before - length + 1)
      const end = min(width, t + before + 1)
      for (let c: i32 = 0; c < channels; c += 4) {
        const left = channels - c
        let sum = f32x4.splat(0)
        for (let repeat: i32 = 0; repeat < repeats; repeat++) {
          const at = <usize>(repeat * channels + c) << 2
          for (let tap: i32 = first; tap < end; tap++) {
            sum = madd(loadUpTo(from + <usize>(t + before - tap) * yStride + at, left), loadUpTo(kernel + <usize>tap * yStride + at, left), sum)
          }
        }
        storeUpTo(to + (<usize>c << 2), sum, left)
      }
      to += xStride
    }
    memory.fill(to, 0, <usize>(time - length) * xStride)
  }
}

/** dkernel `[width, repeats * channels]` and, unless its address is 0, dbias. */
export function depthwiseKernelGrad(
  batch: i32, time: i32, channels: i32, repeats: i32, width: i32, before: i32,
  lengths: usize, x: usize, dy: usize, dkernel: usize, dbias: usize,
): void {
  const xStride = <usize>channels << 2
  const yStride = <usize>(channels * repeats) << 2
  memory.fill(dkernel, 0, <usize>width * yStride)
  if (dbias) memory.fill(dbias, 0, yStride)
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const from = x + <usize>(row * time) * xStride
    let back = dy + <usize>(row * time) * yStride
    for (let t: i32 = 0; t < length; t++) {
      const first = max(0, before - t)
      const end = min(width, length - t + before)
      for (let repeat: i32 = 0; repeat < repeats; repeat++) {
        const column = <usize>(repeat * channels) << 2
        for (let c: i32 = 0; c < channels; c += 4) {
          const at = column + (<usize>c << 2)
          const left = channels - c
          const g = loadUpTo(back + at, left)
          for (let tap: i32 = first; tap < end; tap++) {
            const sum = dkernel + <usize>tap * yStride + at
            storeUpTo(sum, madd(loadUpTo(from + <usize>(t + tap - before) * xStride + (<usize>c << 2), left), g, loadUpTo(sum, left)), left)
          }
          if (dbias) storeUpTo(dbias + at, f32x4.add(loadUpTo(dbias + at, left), g), left)
        }
      }
      back += yStride
    }
  }
}
