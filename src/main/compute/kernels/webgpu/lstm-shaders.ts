// WGSL of the LSTM's recurrence. Gates stand in the order input, forget, cell, output. `gates` holds for each frame the
// four gates after their activation and the cell state: 5 * hidden values; zeros behind a row's length. Loops around
// barriers must be seen to be the same for a whole workgroup, hence the length comes by `workgroupUniformLoad`.

export const FUNCTIONS = `
  fn squash(v: f32) -> f32 {
    let e = exp(-abs(v));
    return select(e, 1.0, v >= 0.0) / (1.0 + e);
  }

  // Some drivers overflow within tanh.
  fn bend(v: f32) -> f32 {
    return select(tanh(v), sign(v), abs(v) > 15.0);
  }
`

const shared = (hidden: number, threads: number) => `${FUNCTIONS}
  const HIDDEN = ${hidden};
  const FOUR = ${4 * hidden};
  const FIVE = ${5 * hidden};
  const THREADS = ${threads};
  var<workgroup> rowFrames: i32;
  var<workgroup> cell: array<f32, HIDDEN>;
  var<workgroup> gate: array<f32, FOUR>;

  fn frameOf(step: i32, frames: i32, row: i32, direction: i32) -> i32 {
    let backwards = ((uniforms.reversed >> u32(direction)) & 1) == 1;
    return row * uniforms.time + select(step, frames - 1 - step, backwards);
  }
`

/**
 * One row in one direction: `projected` `[batch * time, directions * 4 * hidden]` holds input times weights plus bias.
 */
export function recurrence(hidden: number, threads: number): string {
  return `${shared(hidden, threads)}
  var<workgroup> output: array<f32, HIDDEN>;

  fn main() {
    let row = i32(workgroupId.x);
    let direction = i32(workgroupId.y);
    let thread = i32(localIndex);
    let own = (direction * uniforms.batch + row) * uniforms.time;
    if (thread == 0) { rowFrames = lengths[row]; }
    for (var unit = thread; unit < HIDDEN; unit += THREADS) {
      output[unit] = 0.0;
      cell[unit] = 0.0;
    }
    let frames = workgroupUniformLoad(&rowFrames);
    for (var i = frames * FIVE + thread; i < uniforms.time * FIVE; i += THREADS) { result[own * FIVE + i] = 0.0; }
    for (var step = 0; step < frames; step += 1) {
      let frame = frameOf(step, frames, row, direction);
      for (var column = thread; column < FOUR; column += THREADS) {
        var sum = projected[(frame * uniforms.directions + direction) * FOUR + column];
        for (var unit = 0; unit < HIDDEN; unit += 1) {
          sum += output[unit] * recurrent[(direction * HIDDEN + unit) * FOUR + column];
        }
        if (column / HIDDEN == 2) { gate[column] = bend(sum); } else { gate[column] = squash(sum); }
      }
      workgroupBarrier();
      for (var unit = thread; unit < HIDDEN; unit += THREADS) {
        let state = gate[HIDDEN + unit] * cell[unit] + gate[unit] * gate[2 * HIDDEN + unit];
        cell[unit] = state;
        output[unit] = gate[3 * HIDDEN + unit] * bend(state);
        let at = (own + frame - row * uniforms.time) * FIVE + unit;
        for (var q = 0; q < 4; q += 1) { result[at + q * HIDDEN] = gate[q * HIDDEN + unit]; }
        result[at + FOUR] = state;
      }
      workgroupBarrier();
    }
  }`
}

/** The same row back through time: gradients of the gates before their activation; `recurrent` is transposed. */
export function recurrenceGrad(hidden: number, threads: number): string {
  return `${shared(hidden, threads)}
  // What comes back from the later frame, by gate: their sum is the gradient of the output.
  var<workgroup> later: array<f32, FOUR>;

  fn main() {
    let row = i32(workgroupId.x);
    let direction = i32(workgroupId.y);
    let thread = i32(localIndex);
    let own = (direction * uniforms.batch + row) * uniforms.time;
    if (thread == 0) { rowFrames = lengths[row]; }
    for (var column = thread; column < FOUR; column += THREADS) { later[column] = 0.0; }
    for (var unit = thread; unit < HIDDEN; unit += THREADS) { cell[unit] = 0.0; }
    let frames = workgroupUniformLoad(&rowFrames);
    for (var t = frames; t < uniforms.time; t += 1) {
      for (var column = thread; column < FOUR; column += THREADS) {
        result[((row * uniforms.time + t) * uniforms.directions + direction) * FOUR + column] = 0.0;
      }
    }
    for (var step = frames - 1; step >= 0; step -= 1) {
      let frame = frameOf(step, frames, row, direction);
      let before = frameOf(max(step - 1, 0), frames, row, direction);
      for (var unit = thread; unit < HIDDEN; unit += THREADS) {
        let at = (own + frame - row * uniforms.time) * FIVE + unit;
        let i = gates[at];
        let f = gates[at + HIDDEN];
        let g = gates[at + 2 * HIDDEN];
        let o = gates[at + 3 * HIDDEN];
        let bent = bend(gates[at + FOUR]);
        let previous = select(0.0, gates[(own + before - row * uniforms.time) * FIVE + FOUR + unit], step > 0);
        let back = later[unit] + later[HIDDEN + unit] + later[2 * HIDDEN + unit] + later[3 * HIDDEN + unit];
        let out = dy[(frame * uniforms.directions + direction) * HIDDEN + unit] + back;
        let state = cell[unit] + out * o * (1.0 - bent * bent);
        cell[unit] = state * f;
        gate[unit] = state * g * i * (1.0 - i);
        gate[HIDDEN + unit] = state * previous * f * (1.0 - f);
        gate[2 * HIDDEN + unit] = state * i * (1.0 - g * g);
        gate[3 * HIDDEN + unit] = out * bent * o * (1.0 - o);
        let to = (frame * uniforms.directions + direction) * FOUR + unit;
        for (var q = 0; q < 4; q += 1) { result[to + q * HIDDEN] = gate[q * HIDDEN + unit]; }
      }
      workgroupBarrier();
      for (var column = thread; column < FOUR; column += THREADS) {
        let first = column - column % HIDDEN;
        var sum = 0.0;
        for (var j = 0; j < HIDDEN; j += 1) {
          sum += gate[first + j] * recurrent[(direction * FOUR + first + j) * HIDDEN + column % HIDDEN];
        }
        later[column] = sum;
      }
      workgroupBarrier();
    }
  }`
}
