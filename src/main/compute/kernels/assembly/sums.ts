import { loadUpTo, storeUpTo } from './simd'

/** to `[channels]` += the sum of `count` frames of `channels` values. */
export function addFrames(count: i32, channels: i32, from: usize, to: usize): void {
  const stride = <usize>channels << 2
  for (let frame: i32 = 0; frame < count; frame++) {
    for (let c: i32 = 0; c < channels; c += 4) {
      const at = <usize>c << 2
      storeUpTo(to + at, f32x4.add(loadUpTo(to + at, channels - c), loadUpTo(from + at, channels - c)), channels - c)
    }
    from += stride
  }
}

/** total `[channels]` = sum over the valid frames of x `[batch, time, channels]`; rows are summed apart first, for accuracy. */
export function frameSums(batch: i32, time: i32, channels: i32, lengths: usize, x: usize, total: usize, scratch: usize): void {
  const bytes = <usize>channels << 2
  memory.fill(total, 0, bytes)
  for (let row: i32 = 0; row < batch; row++) {
    memory.fill(scratch, 0, bytes)
    addFrames(load<i32>(lengths + (<usize>row << 2)), channels, x + <usize>(row * time) * bytes, scratch)
    addFrames(1, channels, scratch, total)
  }
}
