import { ACTIVATIONS } from '../../ops/activation.ts'

// WGSL of what is computed element by element. Comparisons are written so that what is not a number stays none.

const KINDS = ACTIVATIONS.map((name, index) => `const ${name.toUpperCase()} = ${index};`).join('\n')

/**
 * The normal distribution function, by the error function's approximation in Abramowitz and Stegun 7.1.26 (within
 * 1.5e-7).
 */
const ERF = `
  fn erf(v: f32) -> f32 {
    let t = 1.0 / (1.0 + 0.3275911 * abs(v));
    let series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
    return sign(v) * (1.0 - series * exp(-v * v));
  }

  fn normalShare(v: f32) -> f32 {
    return 0.5 + 0.5 * erf(v * 0.7071067811865476);
  }
`

export const ACTIVATION = `${KINDS}${ERF}
  fn element(index: i32) -> f32 {
    let v = x[index];
    switch (uniforms.kind) {
      case RELU: { return select(v, 0.0, v < 0.0); }
      case GELU: { return v * normalShare(v); }
      case ELU: { return select(v, exp(min(v, 0.0)) - 1.0, v < 0.0); }
      default: { return select(tanh(v), sign(v), abs(v) > 15.0); }
    }
  }`

export const ACTIVATION_GRAD = `${KINDS}${ERF}
  fn slope(v: f32) -> f32 {
    switch (uniforms.kind) {
      case RELU: { return select(0.0, 1.0, v > 0.0); }
      case GELU: { return normalShare(v) + v * exp(-0.5 * v * v) * 0.3989422804014327; }
      case ELU: { return select(1.0, exp(min(v, 0.0)), v < 0.0); }
      default: {
        let y = select(tanh(v), sign(v), abs(v) > 15.0);
        return 1.0 - y * y;
      }
    }
  }

  fn element(index: i32) -> f32 {
    return dy[index] * slope(x[index]);
  }`

/** The hash is that of ops/composite/dropout.ts: every backend drops the same elements. */
export const DROPOUT = (scale: number) => `
  fn hash32(value: u32) -> u32 {
    var h = value;
    h ^= h >> 16u;
    h *= 0x21f0aaadu;
    h ^= h >> 15u;
    h *= 0xd35a2d97u;
    return h ^ (h >> 15u);
  }

  fn element(index: i32) -> f32 {
    let own = bitcast<u32>(keys[index / uniforms.perRow]) + u32(index % uniforms.perRow);
    return select(x[index] * f32(${scale}), 0.0, hash32(own) < bitcast<u32>(uniforms.threshold));
  }`

export const MAX_POOL = `
  fn element(index: i32) -> f32 {
    let channel = index % uniforms.channels;
    let row = index / uniforms.channels / uniforms.frames;
    let t = index / uniforms.channels % uniforms.frames;
    if (t >= lengths[row]) { return 0.0; }
    let at = (row * uniforms.time + 2 * t) * uniforms.channels + channel;
    let first = x[at];
    let second = x[at + uniforms.channels];
    return select(first, second, second > first);
  }`

/** Of two equal values the first takes the gradient. */
export const MAX_POOL_GRAD = `
  fn element(index: i32) -> f32 {
    let channel = index % uniforms.channels;
    let row = index / uniforms.channels / uniforms.time;
    let t = index / uniforms.channels % uniforms.time;
    if (t / 2 >= lengths[row]) { return 0.0; }
    let at = (row * uniforms.time + t / 2 * 2) * uniforms.channels + channel;
    let takesSecond = x[at + uniforms.channels] > x[at];
    let gradient = dy[(row * uniforms.frames + t / 2) * uniforms.channels + channel];
    return select(0.0, gradient, takesSecond == ((t & 1) == 1));
  }`
