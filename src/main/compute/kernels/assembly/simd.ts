// Four-lane arithmetic that every kernel shares.

/** a * b + c, fused where the engine has relaxed SIMD. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c)
}

@inline
export function splat(value: f32): v128 {
  return f32x4.splat(value)
}

/** The first `count` (1 to 3) values at an address, zeros behind. Reads nothing beyond them. */
export function loadPart(from: usize, count: i32): v128 {
  let v = v128.load32_zero(from)
  if (count > 1) v = f32x4.replace_lane(v, 1, load<f32>(from, 4))
  if (count > 2) v = f32x4.replace_lane(v, 2, load<f32>(from, 8))
  return v
}

/** Stores the first `count` (1 to 3) lanes. */
export function storePart(to: usize, v: v128, count: i32): void {
  store<f32>(to, f32x4.extract_lane(v, 0))
  if (count > 1) store<f32>(to, f32x4.extract_lane(v, 1), 4)
  if (count > 2) store<f32>(to, f32x4.extract_lane(v, 2), 8)
}

/** Up to four values: all four where `left` is 4 or more. */
@inline
export function loadUpTo(from: usize, left: i32): v128 {
  return left >= 4 ? v128.load(from) : loadPart(from, left)
}

@inline
export function storeUpTo(to: usize, v: v128, left: i32): void {
  if (left >= 4) v128.store(to, v)
  else storePart(to, v, left)
}

/** Sum of the four lanes. */
@inline
export function lanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3)
}

/** e^x to about 1e-7 (relative): x = n ln 2 + r, a Taylor polynomial in r, n added to the exponent. NaN stays NaN. */
@inline
export function exp4(x: v128): v128 {
  const bounded = f32x4.max(f32x4.min(x, splat(88.0)), splat(-87.0))
  const n = f32x4.nearest(f32x4.mul(bounded, splat(1.4426950408889634)))
  let r = madd(n, splat(-0.693145751953125), bounded)
  r = madd(n, splat(-1.42860682030941723212e-6), r)
  let p = madd(r, splat(1.0 / 720.0), splat(1.0 / 120.0))
  p = madd(p, r, splat(1.0 / 24.0))
  p = madd(p, r, splat(1.0 / 6.0))
  p = madd(p, r, splat(0.5))
  p = madd(p, r, splat(1.0))
  p = madd(p, r, splat(1.0))
  return i32x4.add(p, i32x4.shl(i32x4.trunc_sat_f32x4_s(n), 23))
}

@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(splat(1.0), f32x4.add(splat(1.0), exp4(f32x4.neg(x))))
}

/** tanh; near zero by its series, where the quotient of exponentials would lose digits. */
@inline
export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x)
  const e = exp4(f32x4.mul(size, splat(-2.0)))
  const far = f32x4.div(f32x4.sub(splat(1.0), e), f32x4.add(splat(1.0), e))
  const square = f32x4.mul(size, size)
  let p = madd(square, splat(-17.0 / 315.0), splat(2.0 / 15.0))
  p = madd(p, square, splat(-1.0 / 3.0))
  const near = madd(f32x4.mul(p, square), size, size)
  const magnitude = v128.bitselect(near, far, f32x4.lt(size, splat(0.25)))
  return v128.bitselect(x, magnitude, i32x4.splat(0x80000000))
}

/** e^x to about 1e-13 (relative); 0 below -745. */
export function exp64(x: f64): f64 {
  if (x != x) return x
  if (x < -745.0) return 0.0
  if (x > 709.0) return Infinity
  const n = nearest<f64>(x * 1.4426950408889634)
  const r = x - n * 6.93147180369123816490e-1 - n * 1.90821492927058770002e-10
  let p: f64 = 1.0 / 39916800.0
  p = p * r + 1.0 / 3628800.0
  p = p * r + 1.0 / 362880.0
  p = p * r + 1.0 / 40320.0
  p = p * r + 1.0 / 5040.0
  p = p * r + 1.0 / 720.0
  p = p * r + 1.0 / 120.0
  p = p * r + 1.0 / 24.0
  p = p * r + 1.0 / 6.0
  p = p * r + 1.0 / 2.0
  p = p * r + 1.0 / 1.0
  p = p * r + 1.0 / 1.0
  const half = <i32>n >> 1
  return p * power2(half) * power2(<i32>n - half)
}

@inline
function power2(n: i32): f64 {
  return reinterpret<f64>(<u64>(n + 1023) << 52)
}

/** Natural logarithm of a positive, normal number to about 1e-15. */
export function log64(x: f64): f64 {
  if (!(x > 0.0)) return x == 0.0 ? -Infinity : NaN
  if (x == Infinity) return x
  const bits = reinterpret<u64>(x)
  let exponent = <i32>(bits >> 52) - 1023
  let m = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000)
  if (m > 1.4142135623730951) {
    m *= 0.5
    exponent++
  }
  const s = (m - 1.0) / (m + 1.0)
  const square = s * s
  let p: f64 = 1.0 / 19.0
  p = p * square + 1.0 / 17.0
  p = p * square + 1.0 / 15.0
  p = p * square + 1.0 / 13.0
  p = p * square + 1.0 / 11.0
  p = p * square + 1.0 / 9.0
  p = p * square + 1.0 / 7.0
  p = p * square + 1.0 / 5.0
  p = p * square + 1.0 / 3.0
  p = p * square + 1.0 / 1.0
  return 2.0 * s * p + <f64>exponent * 0.6931471805599453
}
