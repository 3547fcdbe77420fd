import { loadUpTo, madd, splat, storeUpTo } from './simd'

/** One step of AdamW over `count` values; the factors already hold the corrections of this step. */
export function adamw(
  count: i32, weights: usize, gradients: usize, first: usize, second: usize,
  rate: f32, shrink: f32, beta1: f32, beta2: f32, epsilon: f32, perRoot: f32, gradientScale: f32,
): void {
  const b1 = splat(beta1), c1 = splat(1 - beta1), b2 = splat(beta2), c2 = splat(1 - beta2)
  const step = splat(-rate), keep = splat(shrink), least = splat(epsilon), root = splat(perRoot), factor = splat(gradientScale)
  for (let i: i32 = 0; i < count; i += 4) {
    const at = <usize>i << 2
    const left = count - i
    const g = f32x4.mul(loadUpTo(gradients + at, left), factor)
    const m = madd(b1, loadUpTo(first + at, left), f32x4.mul(c1, g))
    const v = madd(b2, loadUpTo(second + at, left), f32x4.mul(c2, f32x4.mul(g, g)))
    storeUpTo(first + at, m, left)
    storeUpTo(second + at, v, left)
    const move = f32x4.div(m, madd(f32x4.sqrt(v), root, least))
    storeUpTo(weights + at, madd(step, move, f32x4.mul(keep, loadUpTo(weights + at, left))), left)
  }
}

/** to += from. */
export function addBlock(count: i32, from: usize, to: usize): void {
  for (let i: i32 = 0; i < count; i += 4) {
    const at = <usize>i << 2
    storeUpTo(to + at, f32x4.add(loadUpTo(to + at, count - i), loadUpTo(from + at, count - i)), count - i)
  }
}

/** Sum of squares, in double precision over chunks. */
export function squaredNorm(count: i32, from: usize): f64 {
  let total: f64 = 0
  let i: i32 = 0
  for (; i + 4 <= count; i += 4) {
    const v = v128.load(from + (<usize>i << 2))
    const low = f64x2.promote_low_f32x4(v)
    const high = f64x2.promote_low_f32x4(i32x4.shuffle(v, v, 2, 3, 2, 3))
    const squares = f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high))
    total += f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1)
  }
  for (; i < count; i++) {
    const value = <f64>load<f32>(from + (<usize>i << 2))
    total += value * value
  }
  return total
}
