import { multiply, pack, packedSize } from './matrix'
import { collect, flush, outerSize } from './outer'
import { loadUpTo, madd, sigmoid4, splat, storeUpTo, tanh4 } from './simd'
import { addFrames } from './sums'

// One direction of an LSTM over whole sequences. Gates stand in the order input, forget, cell, output.
//
// `order` lists the rows by falling length: at step s the rows that are still running are the first ones, so that one
// matrix product serves them all and no work is done on padding. A reversed row starts at its own last frame.
// `gates` `[batch, time, 4 * hidden]` and `cells` `[batch, time, hidden]` keep what the gradient needs.

@inline
function size(rows: i32, columns: i32): usize {
  return (<usize>rows * <usize>columns) << 2
}

@inline
function entry(list: usize, index: i32): i32 {
  return load<i32>(list + (<usize>index << 2))
}

/** Rows whose length exceeds `step`. */
function running(step: i32, batch: i32, order: usize, lengths: usize): i32 {
  let count = batch
  while (count > 0 && entry(lengths, entry(order, count - 1)) <= step) count--
  return count
}

export function lstmScratch(batch: i32, inputs: i32, hidden: i32): usize {
  return packedSize(inputs, 4 * hidden) + packedSize(hidden, 4 * hidden) + size(batch, 6 * hidden) + 256
}

export function lstm(
  batch: i32, time: i32, inputs: i32, hidden: i32, reverse: bool, lengths: usize, order: usize,
  x: usize, input: usize, recurrent: usize, bias: usize, gates: usize, cells: usize,
  y: usize, columns: i32, column: i32, scratch: usize,
): void {
  const four = 4 * hidden
  const packedRecurrent = scratch + packedSize(inputs, four)
  pack(inputs, four, input, size(1, four), 4, bias, scratch)
  pack(hidden, four, recurrent, size(1, four), 4, 0, packedRecurrent)
  lstmPacked(batch, time, inputs, hidden, reverse, lengths, order, x, scratch, packedRecurrent, gates, cells, y, columns, column, packedRecurrent + packedSize(hidden, four))
}

/** The same with weights that are packed already: the input's with the bias, the recurrent ones without. */
export function lstmPacked(
  batch: i32, time: i32, inputs: i32, hidden: i32, reverse: bool, lengths: usize, order: usize,
  x: usize, input: usize, recurrent: usize, gates: usize, cells: usize,
  y: usize, columns: i32, column: i32, scratch: usize,
): void {
  const four = 4 * hidden
  const h = scratch
  const c = h + size(batch, hidden)
  const z = c + size(batch, hidden)
  for (let row: i32 = 0; row < batch; row++) {
    const length = entry(lengths, row)
    multiply(length, four, inputs, x + size(row * time, inputs), size(1, inputs), input, gates + size(row * time, four), size(1, four), false)
    for (let t: i32 = length; t < time; t++) memory.fill(y + size(row * time + t, columns) + size(1, column), 0, size(1, hidden))
  }
  memory.fill(c, 0, size(batch, hidden))
  memory.fill(z, 0, size(batch, four))
  const steps = batch > 0 ? entry(lengths, entry(order, 0)) : 0
  for (let step: i32 = 0; step < steps; step++) {
    const active = running(step, batch, order, lengths)
    if (step > 0) multiply(active, four, hidden, h, size(1, hidden), recurrent, z, size(1, four), false)
    for (let r: i32 = 0; r < active; r++) {
      const row = entry(order, r)
      const frame = row * time + (reverse ? entry(lengths, row) - 1 - step : step)
      cell(hidden, gates + size(frame, four), z + size(r, four), c + size(r, hidden), h + size(r, hidden), cells + size(frame, hidden), y + size(frame, columns) + size(1, column))
    }
  }
}

function cell(hidden: i32, gates: usize, z: usize, c: usize, h: usize, cells: usize, y: usize): void {
  const gate = size(1, hidden)
  for (let j: i32 = 0; j < hidden; j += 4) {
    const at = <usize>j << 2
    const left = hidden - j
    const g0 = gates + at, g1 = g0 + gate, g2 = g1 + gate, g3 = g2 + gate
    const z0 = z + at, z1 = z0 + gate, z2 = z1 + gate, z3 = z2 + gate
    const i = sigmoid4(f32x4.add(loadUpTo(g0, left), loadUpTo(z0, left)))
    const f = sigmoid4(f32x4.add(loadUpTo(g1, left), loadUpTo(z1, left)))
    const g = tanh4(f32x4.add(loadUpTo(g2, left), loadUpTo(z2, left)))
    const o = sigmoid4(f32x4.add(loadUpTo(g3, left), loadUpTo(z3, left)))
    const state = madd(f, loadUpTo(c + at, left), f32x4.mul(i, g))
    const out = f32x4.mul(o, tanh4(state))
    storeUpTo(g0, i, left)
    storeUpTo(g1, f, left)
    storeUpTo(g2, g, left)
    storeUpTo(g3, o, left)
    storeUpTo(c + at, state, left)
    storeUpTo(cells + at, state, left)
    storeUpTo(h + at, out, left)
    storeUpTo(y + at, out, left)
  }
}

export function lstmGradScratch(batch: i32, inputs: i32, hidden: i32): usize {
  const weights = packedSize(4 * hidden, inputs) + packedSize(4 * hidden, hidden)
  return max(weights + size(batch, 6 * hidden), max(outerSize(inputs, 4 * hidden), outerSize(hidden, 4 * hidden))) + 256
}

/**
 * Gradients of one direction: overwrites dinput, drecurrent and dbias; writes dx (unless its address is 0), or adds to it
 * where `add`. `dgates` `[batch, time, 4 * hidden]` is scratch.
 */
export function lstmGrad(
  batch: i32, time: i32, inputs: i32, hidden: i32, reverse: bool, lengths: usize, order: usize,
  x: usize, input: usize, recurrent: usize, gates: usize, cells: usize, y: usize, dy: usize, columns: i32, column: i32,
  dgates: usize, dx: usize, add: bool, dinput: usize, drecurrent: usize, dbias: usize, scratch: usize,
): void {
  const four = 4 * hidden
  const packedRecurrent = scratch + packedSize(four, inputs)
  const dh = packedRecurrent + packedSize(four, hidden)
  const dc = dh + size(batch, hidden)
  const z = dc + size(batch, hidden)
  pack(four, hidden, recurrent, 4, size(1, four), 0, packedRecurrent)
  memory.fill(dh, 0, size(batch, 2 * hidden))
  const steps = batch > 0 ? entry(lengths, entry(order, 0)) : 0
  for (let step: i32 = steps - 1; step >= 0; step--) {
    const active = running(step, batch, order, lengths)
    for (let r: i32 = 0; r < active; r++) {
      const row = entry(order, r)
      const t = reverse ? entry(lengths, row) - 1 - step : step
      const frame = row * time + t
      const before = step == 0 ? 0 : cells + size(reverse ? frame + 1 : frame - 1, hidden)
      cellGrad(hidden, gates + size(frame, four), cells + size(frame, hidden), before, dy + size(frame, columns) + size(1, column), dh + size(r, hidden), dc + size(r, hidden), dgates + size(frame, four), z + size(r, four))
    }
    if (step > 0) multiply(active, hidden, four, z, size(1, four), packedRecurrent, dh, size(1, hidden), false)
  }
  if (dx) {
    pack(four, inputs, input, 4, size(1, four), 0, scratch)
    for (let row: i32 = 0; row < batch; row++) {
      const length = entry(lengths, row)
      const to = dx + size(row * time, inputs)
      multiply(length, inputs, four, dgates + size(row * time, four), size(1, four), scratch, to, size(1, inputs), add)
      if (!add) memory.fill(to + size(length, inputs), 0, size(time - length, inputs))
    }
  }
  weightGrads(batch, time, inputs, hidden, reverse, lengths, x, y, columns, column, dgates, dinput, drecurrent, dbias, scratch)
}

function cellGrad(hidden: i32, gates: usize, cells: usize, before: usize, dy: usize, dh: usize, dc: usize, dgates: usize, z: usize): void {
  const gate = size(1, hidden)
  const one = splat(1.0)
  for (let j: i32 = 0; j < hidden; j += 4) {
    const at = <usize>j << 2
    const left = hidden - j
    const g0 = gates + at, g1 = g0 + gate, g2 = g1 + gate, g3 = g2 + gate
    const i = loadUpTo(g0, left), f = loadUpTo(g1, left), g = loadUpTo(g2, left), o = loadUpTo(g3, left)
    const bend = tanh4(loadUpTo(cells + at, left))
    const previous = before ? loadUpTo(before + at, left) : splat(0)
    const out = f32x4.add(loadUpTo(dy + at, left), loadUpTo(dh + at, left))
    const state = f32x4.add(loadUpTo(dc + at, left), f32x4.mul(f32x4.mul(out, o), f32x4.sub(one, f32x4.mul(bend, bend))))
    const di = f32x4.mul(f32x4.mul(f32x4.mul(state, g), i), f32x4.sub(one, i))
    const df = f32x4.mul(f32x4.mul(f32x4.mul(state, previous), f), f32x4.sub(one, f))
    const dg = f32x4.mul(f32x4.mul(state, i), f32x4.sub(one, f32x4.mul(g, g)))
    const d0 = f32x4.mul(f32x4.mul(f32x4.mul(out, bend), o), f32x4.sub(one, o))
    storeUpTo(dc + at, f32x4.mul(state, f), left)
    const to = dgates + at
    storeUpTo(to, di, left)
    storeUpTo(to + gate, df, left)
    storeUpTo(to + 2 * gate, dg, left)
    storeUpTo(to + 3 * gate, d0, left)
    const compact = z + at
    storeUpTo(compact, di, left)
    storeUpTo(compact + gate, df, left)
    storeUpTo(compact + 2 * gate, dg, left)
    storeUpTo(compact + 3 * gate, d0, left)
  }
}

function weightGrads(
  batch: i32, time: i32, inputs: i32, hidden: i32, reverse: bool, lengths: usize, x: usize, y: usize, columns: i32, column: i32,
  dgates: usize, dinput: usize, drecurrent: usize, dbias: usize, scratch: usize,
): void {
  const four = 4 * hidden
  memory.fill(dinput, 0, size(inputs, four))
  memory.fill(drecurrent, 0, size(hidden, four))
  memory.fill(dbias, 0, size(1, four))
  let filled: i32 = 0
  for (let row: i32 = 0; row < batch; row++) {
    const length = entry(lengths, row)
    const from = dgates + size(row * time, four)
    filled = collect(length, filled, inputs, four, x + size(row * time, inputs), size(1, inputs), from, size(1, four), scratch, dinput)
    addFrames(length, four, from, dbias)
  }
  flush(filled, inputs, four, scratch, dinput)
  filled = 0
  for (let row: i32 = 0; row < batch; row++) {
    const length = entry(lengths, row)
    if (length < 2) continue
    const previous = y + size(row * time + (reverse ? 1 : 0), columns) + size(1, column)
    const from = dgates + size(row * time + (reverse ? 0 : 1), four)
    filled = collect(length - 1, filled, hidden, four, previous, size(1, columns), from, size(1, four), scratch, drecurrent)
  }
  flush(filled, hidden, four, scratch, drecurrent)
}
