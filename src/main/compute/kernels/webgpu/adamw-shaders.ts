import { ELEMENT_INDEX } from './program.ts'

// WGSL of AdamW over all weights at once. What is a finite number is told by its bits: a driver may take it for
// granted.

/** Invocations of the workgroups that reduce a gradient to its norm. */
export const THREADS = 256

const FINITE = `
  fn isFinite(v: f32) -> bool { return (bitcast<u32>(v) & 0x7f800000u) != 0x7f800000u; }
`

/** What `how` makes of the values of all invocations; then all of them know it. */
const overLanes = (name: string, how: (a: string, b: string) => string) => `
  fn ${name}(own: vec2<f32>) -> vec2<f32> {
    lanes[localIndex] = own;
    workgroupBarrier();
    for (var half = ${THREADS / 2}u; half > 0u; half /= 2u) {
      if (localIndex < half) { lanes[localIndex] = ${how('lanes[localIndex]', 'lanes[localIndex + half]')}; }
      workgroupBarrier();
    }
    let all = lanes[0];
    workgroupBarrier();
    return all;
  }
`

const REDUCTIONS = `${FINITE}
  var<workgroup> lanes: array<vec2<f32>, ${THREADS}>;
  ${overLanes('largestOfLanes', (a, b) => `max(${a}, ${b})`)}
  ${overLanes('sumOfLanes', (a, b) => `${a} + ${b}`)}
`

/**
 * For each workgroup the largest value, the sum of the squares relative to it, and one where a value is no finite
 * number.
 */
export const NORM_PARTS = `${REDUCTIONS}
  fn main() {
    let part = i32(workgroupId.x);
    let begin = part * ${THREADS} + i32(localIndex);
    let stride = uniforms.parts * ${THREADS};
    var own = vec2<f32>(0.0);
    for (var i = begin; i < uniforms.count; i += stride) {
      if (isFinite(gradients[i])) { own.x = max(own.x, abs(gradients[i])); } else { own.y = 1.0; }
    }
    let most = largestOfLanes(own);
    let scale = select(1.0, most.x, most.x > 0.0);
    own = vec2<f32>(0.0);
    for (var i = begin; i < uniforms.count; i += stride) {
      let value = gradients[i] / scale;
      own.x += value * value;
    }
    let squares = sumOfLanes(own).x;
    if (localIndex == 0u) {
      result[part * 3] = most.x;
      result[part * 3 + 1] = squares;
      result[part * 3 + 2] = most.y;
    }
  }`

/** One workgroup: an invocation for each part. */
export const JOINED_NORM = `${REDUCTIONS}
  fn main() {
    let at = i32(localIndex) * 3;
    let mine = i32(localIndex) < uniforms.parts;
    var own = vec2<f32>(0.0);
    if (mine) { own = vec2<f32>(found[at], found[at + 2]); }
    let most = largestOfLanes(own);
    let scale = select(1.0, most.x, most.x > 0.0);
    own = vec2<f32>(0.0);
    if (mine) {
      let relative = found[at] / scale;
      own.x = found[at + 1] * relative * relative;
    }
    let squares = sumOfLanes(own).x;
    if (localIndex == 0u) { result[0] = select(most.x / uniforms.rows * sqrt(squares), uniforms.NAN, most.y > 0.0); }
  }`

/** `result` is [3, stride]: weights, first moments, second moments. */
export const ADAMW = `${FINITE}
  fn main() {
    let index = ${ELEMENT_INDEX};
    if (index >= uniforms.count || !isFinite(norm[0]) || !isFinite(loss[0])) { return; }
    var scale = 1.0 / uniforms.rows;
    if (norm[0] > uniforms.clipNorm) { scale = uniforms.clipNorm / norm[0] / uniforms.rows; }
    let gradient = gradients[uniforms.first + index] * scale;
    let at = uniforms.begin + index;
    let m = uniforms.beta1 * result[at + uniforms.stride] + (1.0 - uniforms.beta1) * gradient;
    let v = uniforms.beta2 * result[at + 2 * uniforms.stride] + (1.0 - uniforms.beta2) * gradient * gradient;
    result[at + uniforms.stride] = m;
    result[at + 2 * uniforms.stride] = v;
    result[at] = uniforms.shrink * result[at] - uniforms.rate * m / (sqrt(v) * uniforms.perRoot + uniforms.epsilon);
  }`
