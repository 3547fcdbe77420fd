import { madd } from './simd'

// Weight gradients: the sum over frames of (input window) x (output gradient), c `[rows, n]` += a^T b.
//
// Frames are collected from row after row of the batch into a block, both factors packed into panels (six values of a,
// eight of b), and multiplied when the block is full. A block of b stays in the second-level cache.

/** Most frames in one block. */
const BLOCK: i32 = 128

const ROWS: i32 = 6

/** Bytes from panel to panel: a line more than needed, so that panels do not compete for the same cache sets. */
const PANEL_A: usize = 24 * <usize>BLOCK + 64
const PANEL_B: usize = 32 * <usize>BLOCK + 64

/** Scratch bytes of a block. */
export function outerSize(rows: i32, n: i32): usize {
  return <usize>((rows + 5) / 6) * PANEL_A + <usize>((n + 7) >> 3) * PANEL_B
}

@inline
function panelsOfB(rows: i32, scratch: usize): usize {
  return scratch + <usize>((rows + 5) / 6) * PANEL_A
}

/** Puts `frames` frames at place `filled` of the block. */
function gather(frames: i32, filled: i32, rows: i32, n: i32, a: usize, aStride: usize, b: usize, bStride: usize, scratch: usize): void {
  const whole = rows / ROWS
  const rest = rows - whole * ROWS
  for (let f: i32 = 0; f < frames; f++) {
    let from = a
    let to = scratch + <usize>(filled + f) * 24
    for (let panel: i32 = 0; panel < whole; panel++) {
      v128.store(to, v128.load(from))
      store<u64>(to, load<u64>(from, 16), 16)
      from += 24
      to += PANEL_A
    }
    if (rest > 0) {
      for (let q: i32 = 0; q < ROWS; q++) store<f32>(to + (<usize>q << 2), q < rest ? load<f32>(from + (<usize>q << 2)) : 0)
    }
    a += aStride
  }
  const base = panelsOfB(rows, scratch)
  const wholeB = n >> 3
  const restB = n & 7
  for (let f: i32 = 0; f < frames; f++) {
    let from = b
    let to = base + (<usize>(filled + f) << 5)
    for (let panel: i32 = 0; panel < wholeB; panel++) {
      v128.store(to, v128.load(from))
      v128.store(to, v128.load(from, 16), 16)
      from += 32
      to += PANEL_B
    }
    if (restB > 0) {
      for (let q: i32 = 0; q < 8; q++) store<f32>(to + (<usize>q << 2), q < restB ? load<f32>(from + (<usize>q << 2)) : 0)
    }
    b += bStride
  }
}

/**
 * Adds `frames` frames to the block that already holds `filled`, flushing whenever it is full.
 * Returns how many it holds now; `flush` what is left at the end.
 */
export function collect(frames: i32, filled: i32, rows: i32, n: i32, a: usize, aStride: usize, b: usize, bStride: usize, scratch: usize, c: usize): i32 {
  while (frames > 0) {
    const part = min(frames, BLOCK - filled)
    gather(part, filled, rows, n, a, aStride, b, bStride, scratch)
    filled += part
    frames -= part
    a += <usize>part * aStride
    b += <usize>part * bStride
    if (filled == BLOCK) {
      flush(filled, rows, n, scratch, c)
      filled = 0
    }
  }
  return filled
}

/** c += the block's `filled` frames. */
export function flush(filled: i32, rows: i32, n: i32, scratch: usize, c: usize): void {
  if (filled == 0) return
  const cStride = <usize>n << 2
  const base = panelsOfB(rows, scratch)
  for (let i: i32 = 0; i < rows; i += ROWS) {
    const a = scratch + <usize>(i / ROWS) * PANEL_A
    let b = base
    for (let j: i32 = 0; j < n; j += 8) {
      tile(filled, a, b, c + <usize>i * cStride + (<usize>j << 2), cStride, min(ROWS, rows - i), min(8, n - j))
      b += PANEL_B
    }
  }
}

function tile(k: i32, a: usize, b: usize, c: usize, cStride: usize, rows: i32, columns: i32): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00
  let c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00
  const end = b + (<usize>k << 5)
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16)
    let s = v128.load32_splat(a)
    c00 = madd(s, b0, c00)
    c01 = madd(s, b1, c01)
    s = v128.load32_splat(a, 4)
    c10 = madd(s, b0, c10)
    c11 = madd(s, b1, c11)
    s = v128.load32_splat(a, 8)
    c20 = madd(s, b0, c20)
    c21 = madd(s, b1, c21)
    s = v128.load32_splat(a, 12)
    c30 = madd(s, b0, c30)
    c31 = madd(s, b1, c31)
    s = v128.load32_splat(a, 16)
    c40 = madd(s, b0, c40)
    c41 = madd(s, b1, c41)
    s = v128.load32_splat(a, 20)
    c50 = madd(s, b0, c50)
    c51 = madd(s, b1, c51)
    a += 24
    b += 32
  }
  addTo(c, c00, c01, columns)
  if (rows > 1) addTo(c + cStride, c10, c11, columns)
  if (rows > 2) addTo(c + 2 * cStride, c20, c21, columns)
  if (rows > 3) addTo(c + 3 * cStride, c30, c31, columns)
  if (rows > 4) addTo(c + 4 * cStride, c40, c41, columns)
  if (rows > 5) addTo(c + 5 * cStride, c50, c51, columns)
}

@inline
function addTo(c: usize, low: v128, high: v128, columns: i32): void {
  if (columns == 8) {
    v128.store(c, f32x4.add(v128.load(c), low))
    v128.store(c, f32x4.add(v128.load(c, 16), high), 16)
  } else addPart(c, low, high, columns)
}

function addPart(c: usize, low: v128, high: v128, columns: i32): void {
  for (let q: i32 = 0; q < columns; q++) {
    const v = q < 4 ? low : high
    const lane = q & 3
    const value =
      lane == 0 ? f32x4.extract_lane(v, 0) : lane == 1 ? f32x4.extract_lane(v, 1) : lane == 2 ? f32x4.extract_lane(v, 2) : f32x4.extract_lane(v, 3)
    const at = c + (<usize>q << 2)
    store<f32>(at, load<f32>(at) + value)
  }
}
