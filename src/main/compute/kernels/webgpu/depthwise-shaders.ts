// WGSL of depthwise convolution: output channel o reads input channel o modulo the number of those.

export const DEPTHWISE = (bias: boolean) => `
  fn element(index: i32) -> f32 {
    let output = index % uniforms.outputs;
    let row = index / uniforms.outputs / uniforms.time;
    let t = index / uniforms.outputs % uniforms.time;
    if (t >= lengths[row]) { return 0.0; }
    var sum = ${bias ? 'bias[output]' : '0.0'};
    for (var tap = 0; tap < uniforms.width; tap += 1) {
      let source = t + tap - uniforms.before;
      if (source >= 0 && source < lengths[row]) {
        sum += kernel[tap * uniforms.outputs + output] * x[(row * uniforms.time + source) * uniforms.channels + output % uniforms.channels];
      }
    }
    return sum;
  }`

export const DEPTHWISE_INPUT_GRAD = `
  fn element(index: i32) -> f32 {
    let channel = index % uniforms.channels;
    let row = index / uniforms.channels / uniforms.time;
    let t = index / uniforms.channels % uniforms.time;
    if (t >= lengths[row]) { return 0.0; }
    var sum = 0.0;
    for (var tap = 0; tap < uniforms.width; tap += 1) {
      let frame = t + uniforms.before - tap;
      if (frame >= 0 && frame < lengths[row]) {
        for (var output = channel; output < uniforms.outputs; output += uniforms.channels) {
          sum += kernel[tap * uniforms.outputs + output] * dy[(row * uniforms.time + frame) * uniforms.outputs + output];
        }
      }
    }
    return sum;
  }`

/** For each row a line a tap, and one for the bias. */
export const DEPTHWISE_KERNEL_GRAD = `
  fn element(index: i32) -> f32 {
    let output = index % uniforms.outputs;
    let tap = index / uniforms.outputs % (uniforms.width + 1);
    let row = index / uniforms.outputs / (uniforms.width + 1);
    let frames = lengths[row];
    var sum = 0.0;
    for (var t = 0; t < frames; t += 1) {
      let gradient = dy[(row * uniforms.time + t) * uniforms.outputs + output];
      let source = t + tap - uniforms.before;
      if (tap == uniforms.width) {
        sum += gradient;
      } else if (source >= 0 && source < frames) {
        sum += gradient * x[(row * uniforms.time + source) * uniforms.channels + output % uniforms.channels];
      }
    }
    return sum;
  }`
