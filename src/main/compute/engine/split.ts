import type { Batch, ExtraArray, NamedArrays, PredictedArrays } from './types.ts'

/** A thread's rows of a batch. */
export interface BatchPart {
  rows: number
  rowOffset: number
  totalRows: number
  time: number
  channels: number
  x: Float32Array
  lengths: Int32Array
  labels: readonly (readonly number[])[]
  extra: Record<string, ExtraArray>
}

/**
 * Neighbouring rows for each of at most `threads` threads, with about equally many frames each. Where `trim`, a part's
 * time axis ends with its longest row.
 */
export function splitBatch(batch: Batch, threads: number, trim: boolean): BatchPart[] {
  const cuts = cutRows(batch.lengths, Math.min(threads, batch.rows))
  return cuts.slice(1).map((end, index) => partOf(batch, cuts[index]!, end, trim))
}

/** Row indices where parts begin and end, from 0 to the number of rows; no part is empty. */
function cutRows(lengths: Int32Array, parts: number): number[] {
  const frames = lengths.reduce((sum, length) => sum + length, 0)
  const cuts = [0]
  let passed = 0
  for (const [row, length] of lengths.entries()) {
    const wanted = (frames * cuts.length) / parts
    const rowsLeft = lengths.length - row
    const mustCut = rowsLeft <= parts - cuts.length
    if (cuts.length < parts && row > cuts[cuts.length - 1]! && (mustCut || passed + length / 2 > wanted)) cuts.push(row)
    passed += length
  }
  return [...cuts, lengths.length]
}

function partOf(batch: Batch, from: number, to: number, trim: boolean): BatchPart {
  const { channels } = batch
  const lengths = batch.lengths.slice(from, to)
  const time = trim ? Math.max(...lengths) : batch.time
  const rows = to - from
  const x = new Float32Array(rows * time * channels)
  for (let row = 0; row < rows; row++) {
    const start = (from + row) * batch.time * channels
    x.set(batch.x.subarray(start, start + time * channels), row * time * channels)
  }
  const extra = Object.fromEntries(
    Object.entries(batch.extra ?? {}).map(([name, array]) => [name, rowsOf(array, from, to)]),
  )
  return {
    rows,
    rowOffset: from,
    totalRows: batch.rows,
    time,
    channels,
    x,
    lengths,
    labels: batch.labels.slice(from, to),
    extra,
  }
}

function rowsOf({ shape, values }: ExtraArray, from: number, to: number): ExtraArray {
  const perRow = shape.slice(1).reduce((product, extent) => product * extent, 1)
  return { shape: [to - from, ...shape.slice(1)], values: values.slice(from * perRow, to * perRow) }
}

/** Puts the threads' predictions together again; time axes of different lengths are filled up with zeros. */
export function mergePredictions(parts: readonly PredictedArrays[]): PredictedArrays {
  if (parts.length === 1) return parts[0]!
  const outputs: NamedArrays = {}
  for (const name of Object.keys(parts[0]!.outputs)) outputs[name] = joinRows(parts.map((part) => part.outputs[name]!))
  if (!parts[0]!.lengths) return { outputs }
  return { outputs, lengths: Int32Array.from(parts.flatMap((part) => [...(part.lengths ?? [])])) }
}

function joinRows(arrays: readonly { shape: readonly number[]; values: Float32Array }[]): {
  shape: number[]
  values: Float32Array
} {
  const rows = arrays.reduce((sum, { shape }) => sum + shape[0]!, 0)
  const inner = arrays[0]!.shape.slice(1)
  if (inner.length > 0) inner[0] = Math.max(...arrays.map(({ shape }) => shape[1]!))
  const perRow = inner.reduce((product, extent) => product * extent, 1)
  const values = new Float32Array(rows * perRow)
  let row = 0
  for (const array of arrays) {
    const own = array.values.length / array.shape[0]!
    for (let i = 0; i < array.shape[0]!; i++) values.set(array.values.subarray(i * own, (i + 1) * own), row++ * perRow)
  }
  return { shape: [rows, ...inner], values }
}
