// WGSL of what stands around the matrix product of a convolution.

/** One line for each output frame: `width` input frames, then a one. */
export const COLUMNS = `
  fn element(index: i32) -> f32 {
    let column = index % uniforms.columns;
    let row = index / uniforms.columns / uniforms.frames;
    let frame = index / uniforms.columns % uniforms.frames;
    if (frame >= outLengths[row]) { return 0.0; }
    let tap = column / uniforms.channels;
    if (tap >= uniforms.width) { return select(0.0, 1.0, column == uniforms.width * uniforms.channels); }
    let t = frame * uniforms.stride + tap - uniforms.before;
    if (t < 0 || t >= lengths[row]) { return 0.0; }
    return x[(row * uniforms.time + t) * uniforms.channels + column % uniforms.channels];
  }`

/** The kernel as a matrix with the bias below, and zeros below that. */
export const WITH_BIAS = (bias: boolean) => `
  fn element(index: i32) -> f32 {
    let row = index / uniforms.outputs;
    if (row < uniforms.rows) { return kernel[index]; }
    ${bias ? 'if (row == uniforms.rows) { return bias[index % uniforms.outputs]; }' : ''}
    return 0.0;
  }`

/** Adds up what comes back to an input frame from all output frames that saw it. */
export const INPUT_GRAD = `
  fn element(index: i32) -> f32 {
    let channel = index % uniforms.channels;
    let row = index / uniforms.channels / uniforms.time;
    let t = index / uniforms.channels % uniforms.time;
    if (t >= lengths[row]) { return 0.0; }
    var sum = 0.0;
    for (var tap = 0; tap < uniforms.width; tap += 1) {
      let start = t + uniforms.before - tap;
      let frame = start / uniforms.stride;
      if (start >= 0 && start % uniforms.stride == 0 && frame < outLengths[row]) {
        sum += columns[((row * uniforms.frames + frame) * uniforms.width + tap) * uniforms.channels + channel];
      }
    }
    return sum;
  }`
