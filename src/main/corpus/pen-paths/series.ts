/** Pen paths on an even grid of 10 ms, as fits need them. */
import type { PathLift, PathStroke } from '../../simulator/pen-path.ts'

const GRID = 0.01
/** Spread in grid steps of the average that counts as slow: below about 0.5 Hz. */
const SLOW = 30

export interface PathGrid {
  x: Float64Array
  y: Float64Array
  /** 1 on paper; between strokes everything is interpolated over a short gap. */
  down: Uint8Array
  pressure?: Float64Array
  altitude?: Float64Array
  azimuth?: Float64Array
}

/** Strokes one after the other, 0.1 s apart where it is not known how far. */
export function gridOf(strokes: readonly PathStroke[], lifts: readonly PathLift[] = []): PathGrid {
  const starts: number[] = []
  let clock = 0
  for (const [at, { t }] of strokes.entries()) {
    starts.push(clock)
    clock += t.at(-1)! + (lifts[at]?.seconds ?? 0.1)
  }
  const times = strokes.flatMap(({ t }, at) => [...t].map((seconds) => starts[at]! + seconds))
  const size = Math.max(1, Math.floor(times.at(-1)! / GRID))
  const column = (pick: (stroke: PathStroke) => Float64Array): Float64Array =>
    sampled(
      times,
      strokes.flatMap((stroke) => [...pick(stroke)]),
      size,
    )
  const has = (name: 'pressure' | 'altitude' | 'azimuth') => strokes.every((stroke) => stroke[name] !== undefined)
  const down = new Uint8Array(size)
  strokes.forEach(({ t }, at) =>
    down.fill(1, Math.ceil(starts[at]! / GRID), Math.ceil((starts[at]! + t.at(-1)!) / GRID)),
  )
  return {
    x: column(({ x }) => x),
    y: column(({ y }) => y),
    down,
    ...(has('pressure') ? { pressure: column(({ pressure }) => pressure!) } : {}),
    ...(has('altitude') ? { altitude: column(({ altitude }) => altitude!) } : {}),
    ...(has('azimuth') ? { azimuth: column(({ azimuth }) => azimuth!) } : {}),
  }
}

/** Without what moves more slowly than strokes do. */
export function highPassed(values: Float64Array): Float64Array {
  const weights = Array.from({ length: 6 * SLOW + 1 }, (_, i) => Math.exp(-0.5 * ((i - 3 * SLOW) / SLOW) ** 2))
  const last = values.length - 1
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return values.map((value, at) => {
    let slow = 0
    for (let i = 0; i < weights.length; i++)
      slow += weights[i]! * values[Math.max(0, Math.min(last, at + i - 3 * SLOW))]!
    return value - slow / total
  })
}

/** The slope of the straight line through 0 that fits best. */
export function slope(x: readonly number[], y: readonly number[]): number {
  let [xy, xx] = [0, 0]
  for (let i = 0; i < x.length; i++) {
    xy += x[i]! * y[i]!
    xx += x[i]! * x[i]!
  }
  return xx === 0 ? 0 : xy / xx
}

function sampled(times: readonly number[], values: readonly number[], size: number): Float64Array {
  let k = 0
  return Float64Array.from({ length: size }, (_, i) => {
    while (k + 2 < times.length && times[k + 1]! <= i * GRID) k++
    const [from, next] = [times[k]!, times[k + 1] ?? times[k]!]
    const part = next > from ? Math.min(1, Math.max(0, (i * GRID - from) / (next - from))) : 0
    return values[k]! + part * ((values[k + 1] ?? values[k]!) - values[k]!)
  })
}
