import { loadPart, madd, storePart } from './simd'

// The matrix product behind convolution, LSTM and dense layers.
//
// The right factor is packed into panels of eight columns, `[1 + k][8]`: the first line of a panel is what is added
// to every row (a bias or zeros), the others are the factor's rows; missing columns are zeros. The left factor is read
// in place, its rows may overlap (a convolution is a product whose rows are windows into the sequence).

/** Bytes of a packed right factor. */
export function packedSize(k: i32, n: i32): usize {
  return <usize>((n + 7) >> 3) * <usize>(k + 1) << 5
}

/** Packs `[k, n]` with the given strides in bytes; `bias` is an address or 0. */
export function pack(k: i32, n: i32, from: usize, rowStride: usize, columnStride: usize, bias: usize, to: usize): void {
  for (let j: i32 = 0; j < n; j += 8) {
    const columns = min(8, n - j)
    packLine(bias ? bias + (<usize>j << 2) : 0, 4, columns, to)
    to += 32
    let line = from + <usize>j * columnStride
    for (let p: i32 = 0; p < k; p++) {
      packLine(line, columnStride, columns, to)
      line += rowStride
      to += 32
    }
  }
}

@inline
function packLine(from: usize, stride: usize, columns: i32, to: usize): void {
  if (from != 0 && columns == 8 && stride == 4) {
    v128.store(to, v128.load(from))
    v128.store(to, v128.load(from, 16), 16)
    return
  }
  for (let q: i32 = 0; q < 8; q++) {
    store<f32>(to + (<usize>q << 2), from != 0 && q < columns ? load<f32>(from + <usize>q * stride) : 0)
  }
}

/** c `[m, n]` = a `[m, k]` x packed (+ c where `add`); `aStride` and `cStride` are bytes from row to row. */
export function multiply(m: i32, n: i32, k: i32, a: usize, aStride: usize, packed: usize, c: usize, cStride: usize, add: bool): void {
  const panel = <usize>(k + 1) << 5
  for (let j: i32 = 0; j < n; j += 8) {
    const columns = min(8, n - j)
    let left = m
    let from = a
    let to = c + (<usize>j << 2)
    while (left >= 6 && left != 8) {
      tile6(k, from, aStride, packed, to, cStride, columns, add)
      from += 6 * aStride
      to += 6 * cStride
      left -= 6
    }
    while (left >= 4) {
      tile4(k, from, aStride, packed, to, cStride, columns, add)
      from += 4 * aStride
      to += 4 * cStride
      left -= 4
    }
    while (left >= 2) {
      tile2(k, from, aStride, packed, to, cStride, columns, add)
      from += 2 * aStride
      to += 2 * cStride
      left -= 2
    }
    if (left > 0) tile1(k, from, packed, to, columns, add)
    packed += panel
  }
}

@inline
function finish(to: usize, low: v128, high: v128, columns: i32, add: bool): void {
  if (columns == 8) {
    if (add) {
      low = f32x4.add(low, v128.load(to))
      high = f32x4.add(high, v128.load(to, 16))
    }
    v128.store(to, low)
    v128.store(to, high, 16)
  } else finishPart(to, low, high, columns, add)
}

function finishPart(to: usize, low: v128, high: v128, columns: i32, add: bool): void {
  if (columns < 4) {
    if (add) low = f32x4.add(low, loadPart(to, columns))
    storePart(to, low, columns)
    return
  }
  if (add) low = f32x4.add(low, v128.load(to))
  v128.store(to, low)
  if (columns == 4) return
  if (add) high = f32x4.add(high, loadPart(to + 16, columns - 4))
  storePart(to + 16, high, columns - 4)
}

function tile6(k: i32, a0: usize, stride: usize, b: usize, c: usize, cStride: usize, columns: i32, add: bool): void {
  let a1 = a0 + stride, a2 = a1 + stride, a3 = a2 + stride, a4 = a3 + stride, a5 = a4 + stride
  let c00 = v128.load(b), c01 = v128.load(b, 16)
  let c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01, c40 = c00, c41 = c01, c50 = c00, c51 = c01
  const end = a0 + (<usize>k << 2)
  while (a0 < end) {
    b += 32
    const b0 = v128.load(b), b1 = v128.load(b, 16)
    let s = v128.load32_splat(a0)
    c00 = madd(s, b0, c00)
    c01 = madd(s, b1, c01)
    s = v128.load32_splat(a1)
    c10 = madd(s, b0, c10)
    c11 = madd(s, b1, c11)
    s = v128.load32_splat(a2)
    c20 = madd(s, b0, c20)
    c21 = madd(s, b1, c21)
    s = v128.load32_splat(a3)
    c30 = madd(s, b0, c30)
    c31 = madd(s, b1, c31)
    s = v128.load32_splat(a4)
    c40 = madd(s, b0, c40)
    c41 = madd(s, b1, c41)
    s = v128.load32_splat(a5)
    c50 = madd(s, b0, c50)
    c51 = madd(s, b1, c51)
    a0 += 4
    a1 += 4
    a2 += 4
    a3 += 4
    a4 += 4
    a5 += 4
  }
  finish(c, c00, c01, columns, add)
  c += cStride
  finish(c, c10, c11, columns, add)
  c += cStride
  finish(c, c20, c21, columns, add)
  c += cStride
  finish(c, c30, c31, columns, add)
  c += cStride
  finish(c, c40, c41, columns, add)
  c += cStride
  finish(c, c50, c51, columns, add)
}

function tile4(k: i32, a0: usize, stride: usize, b: usize, c: usize, cStride: usize, columns: i32, add: bool): void {
  let a1 = a0 + stride, a2 = a1 + stride, a3 = a2 + stride
  let c00 = v128.load(b), c01 = v128.load(b, 16)
  let c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01
  const end = a0 + (<usize>k << 2)
  while (a0 < end) {
    b += 32
    const b0 = v128.load(b), b1 = v128.load(b, 16)
    let s = v128.load32_splat(a0)
    c00 = madd(s, b0, c00)
    c01 = madd(s, b1, c01)
    s = v128.load32_splat(a1)
    c10 = madd(s, b0, c10)
    c11 = madd(s, b1, c11)
    s = v128.load32_splat(a2)
    c20 = madd(s, b0, c20)
    c21 = madd(s, b1, c21)
    s = v128.load32_splat(a3)
    c30 = madd(s, b0, c30)
    c31 = madd(s, b1, c31)
    a0 += 4
    a1 += 4
    a2 += 4
    a3 += 4
  }
  finish(c, c00, c01, columns, add)
  c += cStride
  finish(c, c10, c11, columns, add)
  c += cStride
  finish(c, c20, c21, columns, add)
  c += cStride
  finish(c, c30, c31, columns, add)
}

function tile2(k: i32, a0: usize, stride: usize, b: usize, c: usize, cStride: usize, columns: i32, add: bool): void {
  let a1 = a0 + stride
  let c00 = v128.load(b), c01 = v128.load(b, 16)
  let c10 = c00, c11 = c01
  const end = a0 + (<usize>k << 2)
  while (a0 < end) {
    b += 32
    const b0 = v128.load(b), b1 = v128.load(b, 16)
    let s = v128.load32_splat(a0)
    c00 = madd(s, b0, c00)
    c01 = madd(s, b1, c01)
    s = v128.load32_splat(a1)
    c10 = madd(s, b0, c10)
    c11 = madd(s, b1, c11)
    a0 += 4
    a1 += 4
  }
  finish(c, c00, c01, columns, add)
  finish(c + cStride, c10, c11, columns, add)
}

/** One row: four sums at a time for each half, because each waits for its last addition. */
function tile1(k: i32, a: usize, b: usize, c: usize, columns: i32, add: bool): void {
  let low = v128.load(b), high = v128.load(b, 16)
  let low1 = f32x4.splat(0), high1 = low1, low2 = low1, high2 = low1, low3 = low1, high3 = low1
  b += 32
  let left = k
  for (; left >= 4; left -= 4) {
    let s = v128.load32_splat(a)
    low = madd(s, v128.load(b), low)
    high = madd(s, v128.load(b, 16), high)
    s = v128.load32_splat(a, 4)
    low1 = madd(s, v128.load(b, 32), low1)
    high1 = madd(s, v128.load(b, 48), high1)
    s = v128.load32_splat(a, 8)
    low2 = madd(s, v128.load(b, 64), low2)
    high2 = madd(s, v128.load(b, 80), high2)
    s = v128.load32_splat(a, 12)
    low3 = madd(s, v128.load(b, 96), low3)
    high3 = madd(s, v128.load(b, 112), high3)
    a += 16
    b += 128
  }
  for (; left > 0; left--) {
    const s = v128.load32_splat(a)
    low = madd(s, v128.load(b), low)
    high = madd(s, v128.load(b, 16), high)
    a += 4
    b += 32
  }
  low = f32x4.add(f32x4.add(low, low1), f32x4.add(low2, low3))
  high = f32x4.add(f32x4.add(high, high1), f32x4.add(high2, high3))
  finish(c, low, high, columns, add)
}
