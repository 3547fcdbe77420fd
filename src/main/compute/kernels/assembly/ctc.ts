import { exp4, exp64, lanes, loadUpTo, log64, splat, storeUpTo } from './simd'

// Connectionist temporal classification (Graves et al. 2006) by forward and backward variables, in logarithms and double
// precision. State 2k + 1 is the label's symbol k, even states are blanks.

export function ctcScratch(time: i32, longest: i32): usize {
  const states = <usize>(2 * longest + 1)
  return (states * <usize>time * 2 + 2 * states) * 8 + <usize>time * 16 + 256
}

@inline
function logAdd(a: f64, b: f64): f64 {
  if (a < b) {
    const swap = a
    a = b
    b = swap
  }
  return b == -Infinity ? a : a + log64(1.0 + exp64(b - a))
}

@inline
function at(base: usize, index: i32): usize {
  return base + (<usize>index << 3)
}

/**
 * losses `[batch]` and gradients of each loss with respect to its logits `[batch, time, classes]`. The labels stand one
 * behind the other, row r's from `starts[r]` to `starts[r + 1]`. An impossible label: infinite loss, zero gradient.
 */
export function ctc(
  batch: i32, time: i32, classes: i32, lengths: usize, labels: usize, starts: usize, blank: i32,
  logits: usize, losses: usize, gradients: usize, scratch: usize,
): void {
  const row = (<usize>time * <usize>classes) << 2
  for (let r: i32 = 0; r < batch; r++) {
    const offset = <usize>r << 2
    const start = load<i32>(starts + offset)
    const count = load<i32>(starts + offset, 4) - start
    const loss = ctcRow(time, classes, load<i32>(lengths + offset), labels + (<usize>start << 2), count, blank, logits + row * <usize>r, gradients + row * <usize>r, scratch)
    store<f32>(losses + offset, <f32>loss)
  }
}

@inline
function symbolOf(state: i32, label: usize, blank: i32): i32 {
  return (state & 1) == 0 ? blank : load<i32>(label + (<usize>(state >> 1) << 2))
}

/** Whether a path may come to `state` from two states before: not into a blank, nor between two equal symbols. */
@inline
function maySkip(state: i32, label: usize): bool {
  if ((state & 1) == 0 || state < 3) return false
  const symbol = label + (<usize>(state >> 1) << 2)
  return load<i32>(symbol) != load<i32>(symbol - 4)
}

function ctcRow(time: i32, classes: i32, frames: i32, label: usize, count: i32, blank: i32, logits: usize, gradients: usize, scratch: usize): f64 {
  const states = 2 * count + 1
  const alpha = scratch
  const emission = at(alpha, states * time)
  const beta = at(emission, states * time)
  const stride = <usize>classes << 2
  softmaxFrames(frames, classes, logits, gradients, label, states, blank, emission)
  memory.fill(gradients + <usize>frames * stride, 0, <usize>(time - frames) * stride)

  for (let t: i32 = 0; t < frames; t++) {
    const now = at(alpha, t * states)
    const last = at(alpha, (t - 1) * states)
    const emit = at(emission, t * states)
    for (let s: i32 = 0; s < states; s++) {
      let sum: f64 = -Infinity
      if (t == 0) sum = s < 2 ? 0 : sum
      else {
        sum = load<f64>(at(last, s))
        if (s > 0) sum = logAdd(sum, load<f64>(at(last, s - 1)))
        if (maySkip(s, label)) sum = logAdd(sum, load<f64>(at(last, s - 2)))
      }
      store<f64>(at(now, s), sum + load<f64>(at(emit, s)))
    }
  }
  const end = at(alpha, (frames - 1) * states)
  let total = load<f64>(at(end, states - 1))
  if (states > 1) total = logAdd(total, load<f64>(at(end, states - 2)))
  if (total == -Infinity) {
    memory.fill(gradients, 0, <usize>frames * stride)
    return Infinity
  }

  // beta(s) leaves out the emission of its own frame, so alpha + beta is the weight of all paths through a state.
  for (let s: i32 = 0; s < states; s++) store<f64>(at(beta, s), s >= states - 2 ? 0 : -Infinity)
  for (let t: i32 = frames - 1; t >= 0; t--) {
    const now = at(alpha, t * states)
    const gradient = gradients + <usize>t * stride
    for (let s: i32 = 0; s < states; s++) {
      const weight = load<f64>(at(now, s)) + load<f64>(at(beta, s)) - total
      if (weight < -100.0) continue
      const to = gradient + (<usize>symbolOf(s, label, blank) << 2)
      store<f32>(to, <f32>(<f64>load<f32>(to) - exp64(weight)))
    }
    if (t > 0) stepBack(states, label, at(emission, t * states), beta)
  }
  return -total
}

/** beta of the frame before; upwards, so that what is read is still the later frame's. */
function stepBack(states: i32, label: usize, emit: usize, beta: usize): void {
  for (let s: i32 = 0; s < states; s++) {
    let sum = load<f64>(at(beta, s)) + load<f64>(at(emit, s))
    if (s + 1 < states) sum = logAdd(sum, load<f64>(at(beta, s + 1)) + load<f64>(at(emit, s + 1)))
    if (s + 2 < states && maySkip(s + 2, label)) sum = logAdd(sum, load<f64>(at(beta, s + 2)) + load<f64>(at(emit, s + 2)))
    store<f64>(at(beta, s), sum)
  }
}

/** The softmax of each frame into `gradients`, the log-probability of each state's symbol into `emission`. */
function softmaxFrames(frames: i32, classes: i32, logits: usize, gradients: usize, label: usize, states: i32, blank: i32, emission: usize): void {
  for (let t: i32 = 0; t < frames; t++) {
    let top = load<f32>(logits)
    for (let k: i32 = 1; k < classes; k++) top = max<f32>(top, load<f32>(logits + (<usize>k << 2)))
    const highest = splat(top)
    let sums = splat(0)
    let sum: f32 = 0
    for (let k: i32 = 0; k < classes; k += 4) {
      const place = <usize>k << 2
      const left = classes - k
      const e = exp4(f32x4.sub(loadUpTo(logits + place, left), highest))
      storeUpTo(gradients + place, e, left)
      if (left >= 4) sums = f32x4.add(sums, e)
      else for (let q: i32 = k; q < classes; q++) sum += load<f32>(gradients + (<usize>q << 2))
    }
    sum += lanes(sums)
    const scale = splat(1 / sum)
    for (let k: i32 = 0; k < classes; k += 4) {
      const place = gradients + (<usize>k << 2)
      storeUpTo(place, f32x4.mul(loadUpTo(place, classes - k), scale), classes - k)
    }
    const base = <f64>top + log64(<f64>sum)
    for (let s: i32 = 0; s < states; s++) {
      store<f64>(at(emission, t * states + s), <f64>load<f32>(logits + (<usize>symbolOf(s, label, blank) << 2)) - base)
    }
    logits += <usize>classes << 2
    gradients += <usize>classes << 2
  }
}
