import { KalamosError } from '../../../shared/errors.ts'
import type { NamedArrays } from './types.ts'

/** Where each named array lies within one flat block of floats. */
export interface Layout {
  entries: readonly { name: string; shape: readonly number[]; offset: number; size: number }[]
  /** Floats of the whole block. */
  size: number
}

/** The layout of named arrays, in their own order; every array starts at a multiple of four floats. */
export function layoutOf(arrays: NamedArrays): Layout {
  let size = 0
  const entries = Object.entries(arrays).map(([name, { shape, values }]) => {
    const offset = size
    size += paddedSize(values.length)
    return { name, shape, offset, size: values.length }
  })
  return { entries, size }
}

/** Floats that an array of `size` takes up in a block. */
export function paddedSize(size: number): number {
  return Math.ceil(size / 4) * 4
}

/** Copies named arrays into a block; throws `invalid-input` unless names and sizes are those of the layout. */
export function write(layout: Layout, arrays: NamedArrays, block: Float32Array): void {
  for (const { name, offset, size } of layout.entries) {
    const array = arrays[name]
    if (!array)
      throw new KalamosError(
        'invalid-input',
        `the weights of "${name}" are missing`,
        'The model belongs to another version of its program.',
      )
    if (array.values.length !== size)
      throw new KalamosError(
        'invalid-input',
        `"${name}" has ${array.values.length} values instead of ${size}`,
        'The model belongs to other settings.',
      )
    block.set(array.values, offset)
  }
}

/** Copies of all arrays of a block. */
export function read(layout: Layout, block: Float32Array): NamedArrays {
  return Object.fromEntries(
    layout.entries.map(({ name, shape, offset, size }) => [
      name,
      { shape, values: Float32Array.from(block.subarray(offset, offset + size)) },
    ]),
  )
}

/** A stretch of a block. */
export interface Range {
  from: number
  to: number
}

/** The parts of a block that hold arrays whose names start with none of `frozen`, neighbours joined. */
export function trainedRanges(layout: Layout, frozen: readonly string[]): Range[] {
  const ranges: Range[] = []
  for (const { name, offset, size } of layout.entries) {
    if (isFrozen(name, frozen)) continue
    const last = ranges[ranges.length - 1]
    const to = offset + paddedSize(size)
    if (last && last.to === offset) last.to = to
    else ranges.push({ from: offset, to })
  }
  return ranges
}

export function isFrozen(name: string, frozen: readonly string[]): boolean {
  return frozen.some((prefix) => name.startsWith(prefix))
}

/** The share of one of `count` threads in some ranges: about equally many floats, in multiples of four. */
export function shareOf(ranges: readonly Range[], index: number, count: number): Range[] {
  const total = ranges.reduce((sum, { from, to }) => sum + to - from, 0)
  const cut = (part: number) => Math.floor((total * part) / count / 4) * 4
  const first = cut(index)
  const end = index + 1 === count ? total : cut(index + 1)
  const share: Range[] = []
  let passed = 0
  for (const { from, to } of ranges) {
    const start = Math.max(from, from + first - passed)
    const stop = Math.min(to, from + end - passed)
    if (start < stop) share.push({ from: start, to: stop })
    passed += to - from
  }
  return share
}
