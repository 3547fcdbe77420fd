// WGSL of the CTC loss (Graves et al. 2006) in logarithms. State 2k + 1 is the label's symbol k, even states are
// blanks. Forward and backward variables are kept relative to the largest of their frame, so that float32 is precise
// enough for any length. Each row's result: gradients [time, classes], forward variables [time, states], bases of the
// log-softmax [time], loss.

/**
 * One row to a workgroup; `capacity` bounds the states. `lattice` holds for each row its frames, its label's length,
 * and the label.
 */
export function ctc(capacity: number, threads: number): string {
  return `
  const CAPACITY = ${capacity};
  const THREADS = ${threads};
  // Stands for the logarithm of zero: finite, so that no difference becomes NaN.
  const LOG_ZERO = -1e30;
  const IMPOSSIBLE = -1e28;
  var<workgroup> rowFrames: i32;
  var<workgroup> broken: atomic<u32>;
  var<workgroup> line: array<f32, 2 * CAPACITY>;
  var<workgroup> weight: array<f32, CAPACITY>;

  fn logAdd(a: f32, b: f32) -> f32 {
    return max(a, b) + log(1.0 + exp(-abs(a - b)));
  }

  fn label(row: i32, k: i32) -> i32 {
    return lattice[row * uniforms.stride + 2 + k];
  }

  fn symbolOf(row: i32, state: i32) -> i32 {
    if ((state & 1) == 0) { return uniforms.blank; }
    return label(row, state / 2);
  }

  // Whether a path may come to a state from two before: not into a blank, nor between two equal symbols.
  fn maySkip(row: i32, state: i32) -> bool {
    if ((state & 1) == 0 || state < 3) { return false; }
    return label(row, state / 2) != label(row, state / 2 - 1);
  }

  fn logit(row: i32, t: i32, symbol: i32) -> f32 {
    return max(logits[(row * uniforms.time + t) * uniforms.classes + symbol], LOG_ZERO);
  }

  fn largest(old: i32, states: i32) -> f32 {
    var top = LOG_ZERO;
    for (var s = 0; s < states; s += 1) { top = max(top, line[old + s]); }
    return select(top, 0.0, top < IMPOSSIBLE);
  }

  fn main() {
    let row = i32(workgroupId.x);
    let thread = i32(localIndex);
    let states = 2 * lattice[row * uniforms.stride + 1] + 1;
    let size = uniforms.time * (uniforms.classes + uniforms.states + 1) + 1;
    let gradients = row * size;
    let alphas = gradients + uniforms.time * uniforms.classes;
    let bases = alphas + uniforms.time * uniforms.states;
    if (thread == 0) { rowFrames = lattice[row * uniforms.stride]; }
    let frames = workgroupUniformLoad(&rowFrames);

    for (var t = thread; t < frames; t += THREADS) {
      var top = logit(row, t, 0);
      for (var k = 1; k < uniforms.classes; k += 1) { top = max(top, logit(row, t, k)); }
      var sum = 0.0;
      for (var k = 0; k < uniforms.classes; k += 1) {
        sum += exp(logit(row, t, k) - top);
        if (isnan(logits[(row * uniforms.time + t) * uniforms.classes + k])) { atomicStore(&broken, 1u); }
      }
      result[bases + t] = top + log(sum);
    }
    for (var i = frames * uniforms.classes + thread; i < uniforms.time * uniforms.classes; i += THREADS) { result[gradients + i] = 0.0; }
    storageBarrier();
    workgroupBarrier();

    var passed = 0.0;
    for (var t = 0; t < frames; t += 1) {
      let fresh = (t & 1) * CAPACITY;
      let old = CAPACITY - fresh;
      var top = 0.0;
      if (t > 0) { top = largest(old, states); }
      passed += top;
      for (var s = thread; s < states; s += THREADS) {
        var sum = LOG_ZERO;
        if (t == 0) {
          if (s < 2) { sum = 0.0; }
        } else {
          sum = line[old + s];
          if (s > 0) { sum = logAdd(sum, line[old + s - 1]); }
          if (maySkip(row, s)) { sum = logAdd(sum, line[old + s - 2]); }
        }
        let forward = max(sum - top + logit(row, t, symbolOf(row, s)) - result[bases + t], LOG_ZERO);
        line[fresh + s] = forward;
        result[alphas + t * uniforms.states + s] = forward;
      }
      workgroupBarrier();
    }
    let end = ((frames - 1) & 1) * CAPACITY + states - 1;
    var total = line[end];
    if (states > 1) { total = logAdd(total, line[end - 1]); }
    let possible = total > IMPOSSIBLE;
    if (thread == 0) {
      var loss = uniforms.INFINITY;
      if (possible) { loss = -passed - total; }
      if (atomicLoad(&broken) == 1u) { loss = uniforms.NAN; }
      result[bases + uniforms.time] = loss;
    }
    workgroupBarrier();

    // The backward variable leaves out the emission of its own frame: forward plus backward weighs all paths through a state.
    for (var s = thread; s < states; s += THREADS) {
      line[((frames - 1) & 1) * CAPACITY + s] = select(LOG_ZERO, 0.0, s >= states - 2);
    }
    workgroupBarrier();
    for (var t = frames - 1; t >= 0; t -= 1) {
      let old = (t & 1) * CAPACITY;
      let fresh = CAPACITY - old;
      let base = result[bases + t];
      let top = largest(old, states);
      for (var s = thread; s < states; s += THREADS) {
        weight[s] = max(result[alphas + t * uniforms.states + s] + line[old + s], LOG_ZERO);
        var sum = line[old + s] + logit(row, t, symbolOf(row, s));
        if (s + 1 < states) { sum = logAdd(sum, line[old + s + 1] + logit(row, t, symbolOf(row, s + 1))); }
        if (s + 2 < states && maySkip(row, s + 2)) { sum = logAdd(sum, line[old + s + 2] + logit(row, t, symbolOf(row, s + 2))); }
        line[fresh + s] = max(sum - base - top, LOG_ZERO);
      }
      workgroupBarrier();
      var heaviest = LOG_ZERO;
      for (var s = 0; s < states; s += 1) { heaviest = max(heaviest, weight[s]); }
      var whole = 0.0;
      for (var s = 0; s < states; s += 1) { whole += exp(weight[s] - heaviest); }
      for (var k = thread; k < uniforms.classes; k += THREADS) {
        var gradient = exp(logit(row, t, k) - base);
        for (var s = 0; s < states; s += 1) {
          if (symbolOf(row, s) == k) { gradient -= exp(weight[s] - heaviest) / whole; }
        }
        result[gradients + t * uniforms.classes + k] = select(0.0, gradient, possible);
      }
      workgroupBarrier();
    }
  }`
}
