import { exp4, lanes, loadUpTo, log64, madd, splat, storeUpTo } from './simd'

// Distances between two sequences of vectors, frame by frame, mean over a row's valid frames. The kinds are numbered as
// in ops/distance.ts. The forward pass notes five numbers a frame, so that the backward pass reads each vector once.

const MSE: i32 = 0
const PEARSON: i32 = 2
const KL: i32 = 3

/** Bytes of a frame's notes. */
const NOTES: usize = 20

/** values `[batch]` of u and x `[batch, time, size]`, and notes `[batch, time, 5]` of the valid frames. An empty row's value is 0. */
export function distance(kind: i32, batch: i32, time: i32, size: i32, lengths: usize, u: usize, x: usize, epsilon: f32, values: usize, notes: usize): void {
  const bytes = <usize>size << 2
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    let sum: f64 = 0
    for (let frame: i32 = 0; frame < length; frame++) {
      const index = <usize>(row * time + frame)
      sum += <f64>frameDistance(kind, size, u + index * bytes, x + index * bytes, epsilon, notes + index * NOTES)
    }
    store<f32>(values + (<usize>row << 2), <f32>(sum / <f64>max(length, 1)))
  }
}

/** du and dx `[batch, time, size]` for dy `[batch]`, zero behind the lengths. */
export function distanceGrad(kind: i32, batch: i32, time: i32, size: i32, lengths: usize, u: usize, x: usize, dy: usize, notes: usize, du: usize, dx: usize): void {
  const bytes = <usize>size << 2
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const scale = load<f32>(dy + (<usize>row << 2)) / <f32>max(length, 1)
    for (let frame: i32 = 0; frame < length; frame++) {
      const index = <usize>(row * time + frame)
      const at = index * bytes
      frameGrad(kind, size, scale, u + at, x + at, notes + index * NOTES, du + at, dx + at)
    }
    const end = <usize>(row * time + length) * bytes
    memory.fill(du + end, 0, <usize>(time - length) * bytes)
    memory.fill(dx + end, 0, <usize>(time - length) * bytes)
  }
}

function frameDistance(kind: i32, size: i32, u: usize, x: usize, epsilon: f32, notes: usize): f32 {
  if (kind == MSE) return meanSquare(size, u, x)
  if (kind == KL) return divergence(size, u, x, notes)
  return oneMinusCosine(size, u, x, kind == PEARSON, epsilon, notes)
}

function frameGrad(kind: i32, size: i32, scale: f32, u: usize, x: usize, notes: usize, du: usize, dx: usize): void {
  if (kind == MSE) meanSquareGrad(size, scale, u, x, du, dx)
  else if (kind == KL) divergenceGrad(size, scale, u, x, notes, du, dx)
  else cosineGrad(size, scale, u, x, notes, du, dx)
}

/** Zeros in the lanes from `left` on. */
@inline
function keep(v: v128, left: i32): v128 {
  return left >= 4 ? v : v128.and(v, i32x4.gt_s(i32x4.splat(left), i32x4(0, 1, 2, 3)))
}

function meanSquare(size: i32, u: usize, x: usize): f32 {
  let sum = splat(0)
  for (let c: i32 = 0; c < size; c += 4) {
    const at = <usize>c << 2
    const d = f32x4.sub(loadUpTo(u + at, size - c), loadUpTo(x + at, size - c))
    sum = madd(d, d, sum)
  }
  return lanes(sum) / <f32>size
}

function meanSquareGrad(size: i32, scale: f32, u: usize, x: usize, du: usize, dx: usize): void {
  const factor = splat((2 * scale) / <f32>size)
  for (let c: i32 = 0; c < size; c += 4) {
    const at = <usize>c << 2
    const left = size - c
    const g = f32x4.mul(factor, f32x4.sub(loadUpTo(u + at, left), loadUpTo(x + at, left)))
    storeUpTo(du + at, g, left)
    storeUpTo(dx + at, f32x4.neg(g), left)
  }
}

/** Counted from the first value on, so that a constant vector's mean is that constant exactly. */
function mean(size: i32, from: usize): f32 {
  const first = load<f32>(from)
  const origin = splat(first)
  let sum = splat(0)
  for (let c: i32 = 0; c < size; c += 4) {
    sum = f32x4.add(sum, keep(f32x4.sub(loadUpTo(from + (<usize>c << 2), size - c), origin), size - c))
  }
  return first + lanes(sum) / <f32>size
}

/**
 * 1 - ux / sqrt(uu xx + epsilon). Notes: the means that were taken off, the factor of u in du, that of x in dx, and
 * that of the other vector in both. Gradients of centred vectors have the mean zero, so centring leaves them as they are.
 */
function oneMinusCosine(size: i32, u: usize, x: usize, centred: bool, epsilon: f32, notes: usize): f32 {
  const meanU: f32 = centred ? mean(size, u) : 0
  const meanX: f32 = centred ? mean(size, x) : 0
  let uu = splat(0)
  let xx = splat(0)
  let ux = splat(0)
  for (let c: i32 = 0; c < size; c += 4) {
    const at = <usize>c << 2
    const left = size - c
    const a = keep(f32x4.sub(loadUpTo(u + at, left), splat(meanU)), left)
    const b = keep(f32x4.sub(loadUpTo(x + at, left), splat(meanX)), left)
    uu = madd(a, a, uu)
    xx = madd(b, b, xx)
    ux = madd(a, b, ux)
  }
  const root: f32 = 1 / sqrt<f32>(lanes(uu) * lanes(xx) + epsilon)
  const cosine = lanes(ux) * root
  const bend = cosine * root * root
  store<f32>(notes, meanU)
  store<f32>(notes, meanX, 4)
  store<f32>(notes, bend * lanes(xx), 8)
  store<f32>(notes, bend * lanes(uu), 12)
  store<f32>(notes, -root, 16)
  return 1 - cosine
}

function cosineGrad(size: i32, scale: f32, u: usize, x: usize, notes: usize, du: usize, dx: usize): void {
  const meanU = splat(load<f32>(notes))
  const meanX = splat(load<f32>(notes, 4))
  const ownU = splat(scale * load<f32>(notes, 8))
  const ownX = splat(scale * load<f32>(notes, 12))
  const other = splat(scale * load<f32>(notes, 16))
  for (let c: i32 = 0; c < size; c += 4) {
    const at = <usize>c << 2
    const left = size - c
    const a = f32x4.sub(loadUpTo(u + at, left), meanU)
    const b = f32x4.sub(loadUpTo(x + at, left), meanX)
    storeUpTo(du + at, madd(ownU, a, f32x4.mul(other, b)), left)
    storeUpTo(dx + at, madd(ownX, b, f32x4.mul(other, a)), left)
  }
}

function largest(size: i32, from: usize): f32 {
  let most = splat(load<f32>(from))
  let c: i32 = 0
  for (; c + 4 <= size; c += 4) most = f32x4.max(most, v128.load(from + (<usize>c << 2)))
  let top = max<f32>(max<f32>(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)), max<f32>(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)))
  for (; c < size; c++) top = max<f32>(top, load<f32>(from + (<usize>c << 2)))
  return top
}

/** KL(softmax u || softmax x). Notes: for u, then for x, the largest value and the logarithm of the sum over it; the divergence. */
function divergence(size: i32, u: usize, x: usize, notes: usize): f32 {
  const topU = largest(size, u)
  const topX = largest(size, x)
  let sumU = splat(0)
  let sumX = splat(0)
  let apart = splat(0)
  for (let c: i32 = 0; c < size; c += 4) {
    const at = <usize>c << 2
    const left = size - c
    const a = f32x4.sub(loadUpTo(u + at, left), splat(topU))
    const b = f32x4.sub(loadUpTo(x + at, left), splat(topX))
    const e = keep(exp4(a), left)
    sumU = f32x4.add(sumU, e)
    sumX = f32x4.add(sumX, keep(exp4(b), left))
    apart = madd(e, f32x4.sub(a, b), apart)
  }
  const logU = log64(<f64>lanes(sumU))
  const logX = log64(<f64>lanes(sumX))
  const value = <f32>(<f64>lanes(apart) / <f64>lanes(sumU) - logU + logX)
  store<f32>(notes, topU)
  store<f32>(notes, <f32>logU, 4)
  store<f32>(notes, topX, 8)
  store<f32>(notes, <f32>logX, 12)
  store<f32>(notes, value, 16)
  return value
}

/** du = p (log p - log q - divergence), dx = q - p, where p and q are the softmaxes. */
function divergenceGrad(size: i32, scale: f32, u: usize, x: usize, notes: usize, du: usize, dx: usize): void {
  const factor = splat(scale)
  const topU = splat(load<f32>(notes))
  const logU = splat(load<f32>(notes, 4))
  const topX = splat(load<f32>(notes, 8))
  const logX = splat(load<f32>(notes, 12))
  const value = splat(load<f32>(notes, 16))
  for (let c: i32 = 0; c < size; c += 4) {
    const at = <usize>c << 2
    const left = size - c
    const a = f32x4.sub(f32x4.sub(loadUpTo(u + at, left), topU), logU)
    const b = f32x4.sub(f32x4.sub(loadUpTo(x + at, left), topX), logX)
    const p = exp4(a)
    storeUpTo(du + at, f32x4.mul(factor, f32x4.mul(p, f32x4.sub(f32x4.sub(a, b), value))), left)
    storeUpTo(dx + at, f32x4.mul(factor, f32x4.sub(exp4(b), p)), left)
  }
}
