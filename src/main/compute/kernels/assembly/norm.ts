import { loadUpTo, madd, splat, storeUpTo } from './simd'
import { addFrames } from './sums'

// Normalisation over valid frames of `[batch, time, channels]`. Batch norm calls the parts one by one, because sums of
// several threads are added in between; instance norm runs them for each row.

/** total `[channels]` = sum of (x - mean)^2. */
export function centredSquares(batch: i32, time: i32, channels: i32, lengths: usize, x: usize, mean: usize, total: usize, scratch: usize): void {
  const bytes = <usize>channels << 2
  memory.fill(total, 0, bytes)
  for (let row: i32 = 0; row < batch; row++) {
    memory.fill(scratch, 0, bytes)
    addSquares(load<i32>(lengths + (<usize>row << 2)), channels, x + <usize>(row * time) * bytes, mean, scratch)
    addFrames(1, channels, scratch, total)
  }
}

function addSquares(count: i32, channels: i32, x: usize, mean: usize, total: usize): void {
  for (let frame: i32 = 0; frame < count; frame++) {
    for (let c: i32 = 0; c < channels; c += 4) {
      const at = <usize>c << 2
      const left = channels - c
      const d = f32x4.sub(loadUpTo(x + at, left), loadUpTo(mean + at, left))
      storeUpTo(total + at, madd(d, d, loadUpTo(total + at, left)), left)
    }
    x += <usize>channels << 2
  }
}

/** y = (x - mean) * scale * gamma + beta over valid frames, zero behind; gamma and beta may be 0. `scale` is 1 / deviation. */
export function normalise(
  batch: i32, time: i32, channels: i32, lengths: usize, x: usize, mean: usize, scale: usize, gamma: usize, beta: usize, y: usize,
): void {
  const bytes = <usize>channels << 2
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const at = <usize>(row * time) * bytes
    normaliseFrames(length, channels, x + at, mean, scale, gamma, beta, y + at)
    memory.fill(y + at + <usize>length * bytes, 0, <usize>(time - length) * bytes)
  }
}

function normaliseFrames(count: i32, channels: i32, x: usize, mean: usize, scale: usize, gamma: usize, beta: usize, y: usize): void {
  for (let frame: i32 = 0; frame < count; frame++) {
    for (let c: i32 = 0; c < channels; c += 4) {
      const at = <usize>c << 2
      const left = channels - c
      let v = f32x4.mul(f32x4.sub(loadUpTo(x + at, left), loadUpTo(mean + at, left)), loadUpTo(scale + at, left))
      if (gamma) v = f32x4.mul(v, loadUpTo(gamma + at, left))
      if (beta) v = f32x4.add(v, loadUpTo(beta + at, left))
      storeUpTo(y + at, v, left)
    }
    x += <usize>channels << 2
    y += <usize>channels << 2
  }
}

/** sum `[channels]` = sum of dy, product `[channels]` = sum of dy * normalised x: dbeta and dgamma. Scratch: twice the channels. */
export function normGradSums(
  batch: i32, time: i32, channels: i32, lengths: usize, x: usize, dy: usize, mean: usize, scale: usize, sum: usize, product: usize, scratch: usize,
): void {
  const bytes = <usize>channels << 2
  memory.fill(sum, 0, bytes)
  memory.fill(product, 0, bytes)
  for (let row: i32 = 0; row < batch; row++) {
    const at = <usize>(row * time) * bytes
    memory.fill(scratch, 0, 2 * bytes)
    addGradSums(load<i32>(lengths + (<usize>row << 2)), channels, x + at, dy + at, mean, scale, scratch, scratch + bytes)
    addFrames(1, channels, scratch, sum)
    addFrames(1, channels, scratch + bytes, product)
  }
}

function addGradSums(count: i32, channels: i32, x: usize, dy: usize, mean: usize, scale: usize, sum: usize, product: usize): void {
  for (let frame: i32 = 0; frame < count; frame++) {
    for (let c: i32 = 0; c < channels; c += 4) {
      const at = <usize>c << 2
      const left = channels - c
      const g = loadUpTo(dy + at, left)
      const normal = f32x4.mul(f32x4.sub(loadUpTo(x + at, left), loadUpTo(mean + at, left)), loadUpTo(scale + at, left))
      storeUpTo(sum + at, f32x4.add(loadUpTo(sum + at, left), g), left)
      storeUpTo(product + at, madd(g, normal, loadUpTo(product + at, left)), left)
    }
    x += <usize>channels << 2
    dy += <usize>channels << 2
  }
}

/** dx = gamma * scale * (dy - sum / count - normalised x * product / count). */
export function normGrad(
  batch: i32, time: i32, channels: i32, lengths: usize, x: usize, dy: usize, mean: usize, scale: usize, gamma: usize, sum: usize, product: usize,
  perCount: f32, dx: usize,
): void {
  const bytes = <usize>channels << 2
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const at = <usize>(row * time) * bytes
    gradFrames(length, channels, x + at, dy + at, mean, scale, gamma, sum, product, perCount, dx + at)
    memory.fill(dx + at + <usize>length * bytes, 0, <usize>(time - length) * bytes)
  }
}

function gradFrames(
  count: i32, channels: i32, x: usize, dy: usize, mean: usize, scale: usize, gamma: usize, sum: usize, product: usize, perCount: f32, dx: usize,
): void {
  const factor = splat(perCount)
  for (let frame: i32 = 0; frame < count; frame++) {
    for (let c: i32 = 0; c < channels; c += 4) {
      const at = <usize>c << 2
      const left = channels - c
      const s = loadUpTo(scale + at, left)
      const normal = f32x4.mul(f32x4.sub(loadUpTo(x + at, left), loadUpTo(mean + at, left)), s)
      const mean4 = f32x4.mul(factor, madd(normal, loadUpTo(product + at, left), loadUpTo(sum + at, left)))
      let g = f32x4.mul(f32x4.sub(loadUpTo(dy + at, left), mean4), s)
      if (gamma) g = f32x4.mul(g, loadUpTo(gamma + at, left))
      storeUpTo(dx + at, g, left)
    }
    x += <usize>channels << 2
    dy += <usize>channels << 2
    dx += <usize>channels << 2
  }
}

/** scale `[channels]` = 1 / sqrt(squares / count + epsilon). */
function deviations(channels: i32, squares: usize, count: i32, epsilon: f32, scale: usize): void {
  const n = <f32>max(count, 1)
  for (let c: i32 = 0; c < channels; c++) {
    store<f32>(scale + (<usize>c << 2), 1 / sqrt<f32>(load<f32>(squares + (<usize>c << 2)) / n + epsilon))
  }
}

/** Statistics of each row on its own: y, and for the gradient mean and scale `[batch, channels]`. */
export function instanceNorm(
  batch: i32, time: i32, channels: i32, lengths: usize, x: usize, gamma: usize, beta: usize, epsilon: f32, y: usize, mean: usize, scale: usize,
): void {
  const bytes = <usize>channels << 2
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const at = <usize>(row * time) * bytes
    memory.fill(mean, 0, bytes)
    memory.fill(scale, 0, bytes)
    addFrames(length, channels, x + at, mean)
    for (let c: i32 = 0; c < channels; c++) store<f32>(mean + (<usize>c << 2), load<f32>(mean + (<usize>c << 2)) / <f32>max(length, 1))
    addSquares(length, channels, x + at, mean, scale)
    deviations(channels, scale, length, epsilon, scale)
    normaliseFrames(length, channels, x + at, mean, scale, gamma, beta, y + at)
    memory.fill(y + at + <usize>length * bytes, 0, <usize>(time - length) * bytes)
    mean += bytes
    scale += bytes
  }
}

/** dx, and dgamma and dbeta `[channels]` summed over the rows. Scratch: twice the channels. */
export function instanceNormGrad(
  batch: i32, time: i32, channels: i32, lengths: usize, x: usize, dy: usize, gamma: usize, mean: usize, scale: usize,
  dx: usize, dgamma: usize, dbeta: usize, scratch: usize,
): void {
  const bytes = <usize>channels << 2
  const product = scratch + bytes
  memory.fill(dgamma, 0, bytes)
  memory.fill(dbeta, 0, bytes)
  for (let row: i32 = 0; row < batch; row++) {
    const length = load<i32>(lengths + (<usize>row << 2))
    const at = <usize>(row * time) * bytes
    memory.fill(scratch, 0, 2 * bytes)
    addGradSums(length, channels, x + at, dy + at, mean, scale, scratch, product)
    addFrames(1, channels, scratch, dbeta)
    addFrames(1, channels, product, dgamma)
    gradFrames(length, channels, x + at, dy + at, mean, scale, gamma, scratch, product, <f32>1 / <f32>max(length, 1), dx + at)
    memory.fill(dx + at + <usize>length * bytes, 0, <usize>(time - length) * bytes)
    mean += bytes
    scale += bytes
  }
}
