import { exp4, loadUpTo, madd, splat, storeUpTo, tanh4 } from './simd'

// Activations and dropout, element by element.

/** The values of `kind`, as in `ops/activation.ts`. */
const RELU: i32 = 0
const GELU: i32 = 1
const ELU: i32 = 2
const TANH: i32 = 3

@inline
function relu4(x: v128): v128 {
  return f32x4.max(x, splat(0))
}

@inline
function bell4(x: v128): v128 {
  return exp4(f32x4.mul(f32x4.mul(x, x), splat(-0.5)))
}

/** Distribution of the normal law by Abramowitz & Stegun 7.1.26, to about 1e-7; `bell` is exp(-x^2 / 2). */
@inline
function distribution4(x: v128, bell: v128): v128 {
  const t = f32x4.div(splat(1.0), madd(f32x4.abs(x), splat(0.3275911 * 0.7071067811865476), splat(1.0)))
  let p = madd(t, splat(1.061405429 / 2), splat(-1.453152027 / 2))
  p = madd(p, t, splat(1.421413741 / 2))
  p = madd(p, t, splat(-0.284496736 / 2))
  p = madd(p, t, splat(0.254829592 / 2))
  const tail = f32x4.mul(f32x4.mul(p, t), bell)
  return v128.bitselect(tail, f32x4.sub(splat(1.0), tail), f32x4.lt(x, splat(0)))
}

/** The slope of GELU: distribution + x * density. */
@inline
function geluSlope4(x: v128): v128 {
  const bell = bell4(x)
  return madd(f32x4.mul(x, splat(0.3989422804014327)), bell, distribution4(x, bell))
}

@inline
function elu4(x: v128): v128 {
  return v128.bitselect(x, f32x4.sub(exp4(x), splat(1.0)), f32x4.gt(x, splat(0)))
}

@inline
function apply(kind: i32, x: v128): v128 {
  if (kind == RELU) return relu4(x)
  if (kind == GELU) return f32x4.mul(x, distribution4(x, bell4(x)))
  if (kind == ELU) return elu4(x)
  return tanh4(x)
}

@inline
function slope(kind: i32, x: v128): v128 {
  const zero = splat(0)
  const one = splat(1.0)
  if (kind == RELU) return v128.and(one, f32x4.gt(x, zero))
  if (kind == GELU) return geluSlope4(x)
  if (kind == ELU) return v128.bitselect(one, exp4(x), f32x4.gt(x, zero))
  const y = tanh4(x)
  return f32x4.sub(one, f32x4.mul(y, y))
}

@inline
function applyAll(kind: i32, count: i32, x: usize, y: usize): void {
  for (let i: i32 = 0; i < count; i += 4) {
    const at = <usize>i << 2
    storeUpTo(y + at, apply(kind, loadUpTo(x + at, count - i)), count - i)
  }
}

@inline
function slopeAll(kind: i32, count: i32, x: usize, dy: usize, dx: usize): void {
  for (let i: i32 = 0; i < count; i += 4) {
    const at = <usize>i << 2
    storeUpTo(dx + at, f32x4.mul(loadUpTo(dy + at, count - i), slope(kind, loadUpTo(x + at, count - i))), count - i)
  }
}

// One loop for each kind, so that none asks for the kind inside.

export function activation(kind: i32, count: i32, x: usize, y: usize): void {
  if (kind == RELU) applyAll(RELU, count, x, y)
  else if (kind == GELU) applyAll(GELU, count, x, y)
  else if (kind == ELU) applyAll(ELU, count, x, y)
  else applyAll(TANH, count, x, y)
}

export function activationGrad(kind: i32, count: i32, x: usize, dy: usize, dx: usize): void {
  if (kind == RELU) slopeAll(RELU, count, x, dy, dx)
  else if (kind == GELU) slopeAll(GELU, count, x, dy, dx)
  else if (kind == ELU) slopeAll(ELU, count, x, dy, dx)
  else slopeAll(TANH, count, x, dy, dx)
}

@inline
function hash4(value: v128): v128 {
  let h = v128.xor(value, i32x4.shr_u(value, 16))
  h = i32x4.mul(h, i32x4.splat(0x21f0aaad))
  h = v128.xor(h, i32x4.shr_u(h, 15))
  h = i32x4.mul(h, i32x4.splat(0xd35a2d97))
  return v128.xor(h, i32x4.shr_u(h, 15))
}

/** y = x where the hash of (row key + index in the row) reaches `threshold`, times `kept`; else 0. Its own gradient. */
export function dropout(rows: i32, perRow: i32, keys: usize, threshold: u32, kept: f32, x: usize, y: usize): void {
  const limit = i32x4.splat(threshold)
  const factor = splat(kept)
  for (let row: i32 = 0; row < rows; row++) {
    const base = i32x4.splat(load<i32>(keys + (<usize>row << 2)))
    let index = i32x4.add(base, i32x4(0, 1, 2, 3))
    for (let i: i32 = 0; i < perRow; i += 4) {
      const at = <usize>i << 2
      const keep = i32x4.ge_u(hash4(index), limit)
      storeUpTo(y + at, v128.and(keep, f32x4.mul(loadUpTo(x + at, perRow - i), factor)), perRow - i)
      index = i32x4.add(index, i32x4.splat(4))
    }
    x += <usize>perRow << 2
    y += <usize>perRow << 2
  }
}

/** Maximum of pairs of frames: y `[batch, frames, channels]` from x `[batch, time, channels]`. */
export function maxPool(batch: i32, time: i32, frames: i32, channels: i32, outLengths: usize, x: usize, y: usize): void {
  const bytes = <usize>channels << 2
  for (let row: i32 = 0; row < batch; row++) {
    const count = load<i32>(outLengths + (<usize>row << 2))
    let from = x + <usize>(row * time) * bytes
    let to = y + <usize>(row * frames) * bytes
    for (let t: i32 = 0; t < count; t++) {
      for (let c: i32 = 0; c < channels; c += 4) {
        const at = <usize>c << 2
        const left = channels - c
        storeUpTo(to + at, f32x4.max(loadUpTo(from + at, left), loadUpTo(from + bytes + at, left)), left)
      }
      from += 2 * bytes
      to += bytes
    }
    memory.fill(to, 0, <usize>(frames - count) * bytes)
  }
}

/** The larger of a pair takes the gradient; of equals, the first. */
export function maxPoolGrad(batch: i32, time: i32, frames: i32, channels: i32, outLengths: usize, x: usize, dy: usize, dx: usize): void {
  const bytes = <usize>channels << 2
  for (let row: i32 = 0; row < batch; row++) {
    const count = load<i32>(outLengths + (<usize>row << 2))
    let from = x + <usize>(row * time) * bytes
    let back = dy + <usize>(row * frames) * bytes
    let to = dx + <usize>(row * time) * bytes
    for (let t: i32 = 0; t < count; t++) {
      for (let c: i32 = 0; c < channels; c += 4) {
        const at = <usize>c << 2
        const left = channels - c
        const first = f32x4.ge(loadUpTo(from + at, left), loadUpTo(from + bytes + at, left))
        const g = loadUpTo(back + at, left)
        storeUpTo(to + at, v128.and(g, first), left)
        storeUpTo(to + bytes + at, v128.andnot(g, first), left)
      }
      from += 2 * bytes
      back += bytes
      to += 2 * bytes
    }
    memory.fill(to, 0, <usize>(time - 2 * count) * bytes)
  }
}
