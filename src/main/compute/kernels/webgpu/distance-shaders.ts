import { DISTANCE_EPSILON } from '../../ops/composite/distance.ts'
import type { Distance } from '../../ops/distance.ts'

// WGSL of distances between two sequences of vectors [batch, time, size], frame by frame, one workgroup to each. As on
// the CPU, the forward pass notes for each frame what the backward pass needs, so that that one reads each vector once.

/** Invocations that share out the channels of a frame. */
export const LANES = 64
/** Numbers of a frame: five notes, and its distance. */
export const NOTES = 6

/**
 * The first notes of `cosine` and `pearson`: what was taken off u and x; the factors of u in du, of x in dx, and of the
 * other vector in both.
 */
const BENT = (centred: boolean) => `
    ${
      centred
        ? `let origin = vec2<f32>(u[first], x[first]);
    // Counted from the first value on, so that a constant vector's mean is that constant exactly.
    var shift = vec2<f32>(0.0);
    for (var c = lane; c < size; c += ${LANES}) { shift += vec2<f32>(u[first + c], x[first + c]) - origin; }
    let mean = origin + sumOfLanes(vec3<f32>(shift, 0.0)).xy / f32(uniforms.size);`
        : 'let mean = vec2<f32>(0.0);'
    }
    var own = vec3<f32>(0.0);
    for (var c = lane; c < size; c += ${LANES}) {
      let v = vec2<f32>(u[first + c], x[first + c]) - mean;
      own += vec3<f32>(v.x * v.x, v.y * v.y, v.x * v.y);
    }
    let products = sumOfLanes(own);
    let root = inverseSqrt(products.x * products.y + ${DISTANCE_EPSILON});
    let cosine = products.z * root;
    let bend = cosine * root * root;
    note(index, valid, mean, vec2<f32>(bend * products.y, bend * products.x), -root, 1.0 - cosine);`

/** `kl`: for u, then for x, the largest value and the logarithm of the sum over it; the divergence. */
const DIVERGENCE = `
    var top = vec2<f32>(u[first], x[first]);
    for (var c = lane; c < size; c += ${LANES}) { top = max(top, vec2<f32>(u[first + c], x[first + c])); }
    top = largestOfLanes(top);
    var own = vec3<f32>(0.0);
    for (var c = lane; c < size; c += ${LANES}) {
      let v = vec2<f32>(u[first + c], x[first + c]) - top;
      let e = exp(v);
      own += vec3<f32>(e, e.x * (v.x - v.y));
    }
    let sums = sumOfLanes(own);
    let logs = log(sums.xy);
    let value = sums.z / sums.x - logs.x + logs.y;
    note(index, valid, vec2<f32>(top.x, logs.x), vec2<f32>(top.y, logs.y), value, value);`

const SQUARES = `
    var own = vec3<f32>(0.0);
    for (var c = lane; c < size; c += ${LANES}) {
      let difference = u[first + c] - x[first + c];
      own.x += difference * difference;
    }
    note(index, valid, vec2<f32>(0.0), vec2<f32>(0.0), 0.0, sumOfLanes(own).x / f32(uniforms.size));`

const FRAME: Record<Distance, string> = { mse: SQUARES, cosine: BENT(false), pearson: BENT(true), kl: DIVERGENCE }

/** Notes and distance of each frame. */
export function frameDistance(kind: Distance): string {
  return `
  var<workgroup> lanes: array<vec3<f32>, ${LANES}>;

  fn sumOfLanes(own: vec3<f32>) -> vec3<f32> {
    lanes[localIndex] = own;
    workgroupBarrier();
    for (var half = ${LANES / 2}u; half > 0u; half /= 2u) {
      if (localIndex < half) { lanes[localIndex] += lanes[localIndex + half]; }
      workgroupBarrier();
    }
    let sum = lanes[0];
    workgroupBarrier();
    return sum;
  }

  fn largestOfLanes(own: vec2<f32>) -> vec2<f32> {
    lanes[localIndex] = vec3<f32>(own, 0.0);
    workgroupBarrier();
    for (var half = ${LANES / 2}u; half > 0u; half /= 2u) {
      if (localIndex < half) { lanes[localIndex] = max(lanes[localIndex], lanes[localIndex + half]); }
      workgroupBarrier();
    }
    let most = lanes[0].xy;
    workgroupBarrier();
    return most;
  }

  fn note(index: i32, valid: bool, a: vec2<f32>, b: vec2<f32>, c: f32, distance: f32) {
    if (localIndex > 0u) { return; }
    let at = index * ${NOTES};
    result[at] = a.x;
    result[at + 1] = a.y;
    result[at + 2] = b.x;
    result[at + 3] = b.y;
    result[at + 4] = c;
    result[at + 5] = select(0.0, distance, valid);
  }

  fn main() {
    let row = i32(workgroupId.x);
    let t = i32(workgroupId.y);
    let lane = i32(localIndex);
    let index = row * uniforms.time + t;
    let first = index * uniforms.size;
    let valid = t < lengths[row];
    // Padded frames go along without channels, because all invocations must come to the barriers.
    let size = select(0, uniforms.size, valid);
    ${FRAME[kind]}
  }`
}

/** Mean over each row's valid frames. */
export const MEAN_DISTANCE = `
  fn element(row: i32) -> f32 {
    var sum = 0.0;
    for (var t = 0; t < lengths[row]; t += 1) { sum += notes[(row * uniforms.time + t) * ${NOTES} + 5]; }
    return sum / f32(max(lengths[row], 1));
  }`

/**
 * Gradients by kind, where `a` is this side's vector, `b` the other one's, and `n` the notes; `uniforms.side` is 0 for
 * du and 1 for dx.
 */
const ELEMENT: Record<Distance, string> = {
  mse: 'return scale * 2.0 * (a[index] - b[index]) / f32(uniforms.size);',
  cosine: 'return scale * (notes[n + 2 + uniforms.side] * a[index] + notes[n + 4] * b[index]);',
  pearson:
    'return scale * (notes[n + 2 + uniforms.side] * (a[index] - notes[n + uniforms.side]) + notes[n + 4] * ' +
    '(b[index] - notes[n + 1 - uniforms.side]));',
  // du = p (log p - log q - divergence), dx = q - p, where p and q are the softmaxes of u and x.
  kl: `
    let own = a[index] - notes[n + 2 * uniforms.side] - notes[n + 2 * uniforms.side + 1];
    let other = b[index] - notes[n + 2 - 2 * uniforms.side] - notes[n + 3 - 2 * uniforms.side];
    if (uniforms.side == 1) { return scale * (exp(own) - exp(other)); }
    return scale * exp(own) * (own - other - notes[n + 4]);`,
}

/** One side's gradient, zero behind the lengths. */
export function distanceGrad(kind: Distance): string {
  return `
  fn element(index: i32) -> f32 {
    let frame = index / uniforms.size;
    let row = frame / uniforms.time;
    if (frame % uniforms.time >= lengths[row]) { return 0.0; }
    let n = frame * ${NOTES};
    let scale = dy[row] / f32(lengths[row]);
    ${ELEMENT[kind]}
  }`
}
