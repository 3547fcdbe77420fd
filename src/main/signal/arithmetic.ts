/**
 * Sine, cosine, exponential and logarithm that give the same bits on every machine.
 *
 * ECMAScript leaves the accuracy of Math.sin, cos, exp, log and pow to the engine, so a corpus made with them may
 * differ between machines. IEEE 754 fixes + - * / and the square root to the last bit, and ECMAScript forbids fused
 * operations, so series built from those alone are reproducible. Truncation is below 1e-15 on the reduced ranges.
 */

export const PI = 3.141592653589793
const HALF_PI_HIGH = 1.5707963267341256
const HALF_PI_LOW = 6.077100506506192e-11
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const SQRT2 = Math.sqrt(2)

export function radians(degrees: number): number {
  return (degrees * PI) / 180
}

export function degrees(angle: number): number {
  return (angle * 180) / PI
}

/** Sine of an angle in radians, for |angle| below about 1e6. */
export function sin(angle: number): number {
  const turns = Math.floor(angle / (PI / 2) + 0.5)
  const rest = angle - turns * HALF_PI_HIGH - turns * HALF_PI_LOW
  switch (((turns % 4) + 4) % 4) {
    case 0:
      return sineSeries(rest)
    case 1:
      return cosineSeries(rest)
    case 2:
      return -sineSeries(rest)
    default:
      return -cosineSeries(rest)
  }
}

/** Cosine of an angle in radians, for |angle| below about 1e6. */
export function cos(angle: number): number {
  const turns = Math.floor(angle / (PI / 2) + 0.5)
  const rest = angle - turns * HALF_PI_HIGH - turns * HALF_PI_LOW
  switch (((turns % 4) + 4) % 4) {
    case 0:
      return cosineSeries(rest)
    case 1:
      return -sineSeries(rest)
    case 2:
      return -cosineSeries(rest)
    default:
      return sineSeries(rest)
  }
}

// Taylor series in Horner form; |x| <= pi/4, so the first term left out is below 1e-16.
function sineSeries(x: number): number {
  const s = x * x
  return (
    x *
    (1 - (s / 6) * (1 - (s / 20) * (1 - (s / 42) * (1 - (s / 72) * (1 - (s / 110) * (1 - (s / 156) * (1 - s / 210)))))))
  )
}

function cosineSeries(x: number): number {
  const s = x * x
  return (
    1 -
    (s / 2) *
      (1 -
        (s / 12) * (1 - (s / 30) * (1 - (s / 56) * (1 - (s / 90) * (1 - (s / 132) * (1 - (s / 182) * (1 - s / 240)))))))
  )
}

/** Exponential, for |x| below 700. */
export function exp(x: number): number {
  const halvings = Math.floor(x / (LN2_HIGH + LN2_LOW) + 0.5)
  const rest = x - halvings * LN2_HIGH - halvings * LN2_LOW
  let term = 1
  let sum = 1
  for (let n = 1; n <= 14; n++) {
    term *= rest / n
    sum += term
  }
  for (let k = halvings; k > 0; k--) sum *= 2
  for (let k = halvings; k < 0; k++) sum /= 2
  return sum
}

/** Natural logarithm of a positive number. */
export function log(x: number): number {
  let mantissa = x
  let doublings = 0
  while (mantissa > SQRT2) {
    mantissa /= 2
    doublings++
  }
  while (mantissa < SQRT2 / 2) {
    mantissa *= 2
    doublings--
  }
  const f = (mantissa - 1) / (mantissa + 1)
  const s = f * f
  let sum = 0
  for (let n = 21; n >= 1; n -= 2) sum = sum * s + 1 / n
  return 2 * f * sum + doublings * LN2_LOW + doublings * LN2_HIGH
}

/** `base` to a real power, for a positive base. */
export function power(base: number, exponent: number): number {
  return exp(exponent * log(base))
}

/** Length of a vector; Math.hypot is another function whose last bit an engine may choose. */
export function norm(x: number, y: number, z = 0): number {
  return Math.sqrt(x * x + y * y + z * z)
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value
}

/** Smooth step from 0 to 1 over 0..1 with zero first and second derivative at both ends (the minimum-jerk position). */
export function smoothStep(u: number): number {
  if (u <= 0) return 0
  if (u >= 1) return 1
  return u * u * u * (10 - 15 * u + 6 * u * u)
}

/** A sine wave sampled at equal steps by turning a phasor: one call a sample, no series. Phase and step in radians. */
export function wave(phase: number, step: number): () => number {
  let [s, c] = [sin(phase), cos(phase)]
  const [turnS, turnC] = [sin(step), cos(step)]
  return () => {
    const now = s
    ;[s, c] = [s * turnC + c * turnS, c * turnC - s * turnS]
    return now
  }
}
