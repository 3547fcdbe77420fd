import * as v from 'valibot'
import type { Handedness } from '../../../shared/api/writers.ts'
import { reasonOf } from '../../exchange/fields.ts'
import { median } from '../../statistics/quantile.ts'
import { pathSpeeds, type PathLift, type PathStroke, type PenPath } from '../../simulator/pen-path.ts'

/**
 * A line of a file of pen paths, as far as it is looked at; ../shared/data/README.md of the workspace describes such
 * files.
 */
const Line = v.object({
  id: v.string(),
  writer: v.pipe(v.string(), v.trim(), v.nonEmpty('is empty'), v.maxLength(100)),
  label: v.optional(v.nullable(v.pipe(v.string(), v.normalize('NFC'), v.maxLength(200))), null),
  set: v.optional(v.nullable(v.string()), null),
  hand: v.optional(v.nullable(v.string()), null),
  unit: v.optional(v.string(), 'mm'),
  /** Which way y grows; found out where it is not said. */
  y_axis: v.optional(v.picklist(['up', 'down'])),
  scale_suspect: v.optional(v.boolean(), false),
  columns: v.array(v.string()),
  strokes: v.array(v.array(v.array(v.number()))),
  t_ref: v.optional(v.nullable(v.string()), 'sample'),
  gaps_ms: v.optional(v.nullable(v.array(v.nullable(v.number()))), null),
  hover: v.optional(v.nullable(v.array(v.nullable(v.array(v.array(v.number()))))), null),
})
type Line = v.InferOutput<typeof Line>

/** A path before it is known which way y grows in its set. */
export interface ParsedPath {
  path: PenPath
  yAxis: 'up' | 'down' | undefined
}

/** No hand moves a pen like this on the average of a word (mm/s), nor between two points. */
const FASTEST_WORD = 200
const FASTEST_STEP = { mmPerSecond: 2000, mm: 5 }
/** No word or line is written higher or longer than this (mm, s). */
const HIGHEST = 80
const LONGEST = 60
/** A pen that moves less than this (mm) does not write. */
const REST = 1
/** A line of writing has some thousand points. */
const MOST_POINTS = 20_000

/** A value of unknown make as a pen path, or why it is none. */
export function parsePath(value: unknown): ParsedPath | { reason: string } {
  const parsed = v.safeParse(Line, value, { abortEarly: true })
  if (!parsed.success) return { reason: reasonOf(parsed.issues[0]) }
  const line = parsed.output
  const unfit = unfitColumns(line)
  if (unfit !== null) return { reason: unfit }
  const strokes = line.strokes.filter((points) => points.length > 0).map((points) => strokeOf(points, line.columns))
  const reason = unfitStrokes(strokes) ?? (line.scale_suspect ? SUSPECT : null)
  if (reason !== null) return { reason }
  const path: PenPath = {
    id: line.id,
    writer: line.writer,
    set: line.set ?? '',
    label: line.label === '' ? null : line.label,
    handedness: handednessOf(line.hand),
    strokes: strokes.map(fromItsStart),
    lifts: strokes.slice(1).map((next, at) => liftOf(line, at, strokes[at]!, next)),
  }
  return { path, yAxis: line.y_axis }
}

const SUSPECT = 'is marked as one whose scale or rate cannot be right: its movement is not to be believed'

function unfitColumns({ columns, unit, strokes }: Line): string | null {
  if (!columns.includes('x') || !columns.includes('y')) return 'has no columns x and y'
  if (/px|pixel/i.test(unit)) return 'is in pixels: how large one of them was is not known'
  if (!/^mm\b/.test(unit)) return `is in ${unit}, not in mm`
  if (!columns.includes('t_ms')) return 'has no times: how fast the pen moved is not known'
  const points = strokes.reduce((sum, stroke) => sum + stroke.length, 0)
  if (points > MOST_POINTS) return `has ${points} points; a line of writing has ${MOST_POINTS} at most`
  const short = strokes.findIndex((points) => points.some((point) => point.length < columns.length))
  return short < 0 ? null : `has a point with fewer values than columns in stroke ${short + 1}`
}

function strokeOf(points: readonly (readonly number[])[], columns: readonly string[]): PathStroke {
  const column = (name: string): Float64Array | undefined => {
    const at = columns.indexOf(name)
    return at < 0 ? undefined : Float64Array.from(points, (point) => point[at]!)
  }
  const [pressure, altitude, azimuth] = [column('pressure'), column('altitude_deg'), column('azimuth_deg')]
  const RADIANS = Math.PI / 180
  return {
    x: column('x')!,
    y: column('y')!,
    t: column('t_ms')!.map((millis) => millis / 1000),
    ...(pressure === undefined ? {} : { pressure }),
    ...(altitude === undefined ? {} : { altitude: altitude.map((degrees) => degrees * RADIANS) }),
    // Tablets count clockwise from the top of the page.
    ...(azimuth === undefined ? {} : { azimuth: azimuth.map((degrees) => (90 - degrees) * RADIANS) }),
  }
}

function unfitStrokes(strokes: readonly PathStroke[]): string | null {
  if (!strokes.some(({ x }) => x.length > 1)) return 'has no stroke of more than one point'
  let way = 0
  for (const [at, { x, y, t }] of strokes.entries()) {
    for (let i = 1; i < t.length; i++) {
      const [mm, seconds] = [Math.hypot(x[i]! - x[i - 1]!, y[i]! - y[i - 1]!), t[i]! - t[i - 1]!]
      if (seconds < 0) return `has times that run backwards in stroke ${at + 1}, as if two pens had written into it`
      if (mm > FASTEST_STEP.mm && mm > FASTEST_STEP.mmPerSecond * seconds)
        return `jumps by ${mm.toFixed(0)} mm within stroke ${at + 1}, as if two pens had written into it`
      way += mm
    }
    if (t.at(-1)! - t[0]! > LONGEST) return `has a stroke of ${(t.at(-1)! - t[0]!).toFixed(0)} s`
  }
  if (way < REST) return `is all rest: the pen moves by ${way.toFixed(1)} mm`
  const ys = strokes.flatMap(({ y }) => [...y])
  const height = Math.max(...ys) - Math.min(...ys)
  if (height > HIGHEST) return `is ${height.toFixed(0)} mm high: it may be in pixels`
  const speed = median(pathSpeeds({ strokes }))
  if (speed > FASTEST_WORD) return `moves at ${speed.toFixed(0)} mm/s: its scale or its rate cannot be right`
  return null
}

function fromItsStart(stroke: PathStroke): PathStroke {
  const start = stroke.t[0]!
  return { ...stroke, t: stroke.t.map((seconds) => seconds - start) }
}

/** What is said of the way to the next stroke; from the clock that strokes share, where they do. */
function liftOf({ gaps_ms, hover, columns, t_ref }: Line, at: number, last: PathStroke, next: PathStroke): PathLift {
  const said = gaps_ms?.[at]
  const clock = t_ref === 'sample' ? next.t[0]! - last.t.at(-1)! : 0
  const seconds = said != null ? said / 1000 : clock > 0 ? clock : null
  const points = hover?.[at] ?? []
  const [x, y] = [columns.indexOf('x'), columns.indexOf('y')]
  return {
    seconds: seconds !== null && seconds > 0 && seconds < LONGEST ? seconds : null,
    x: Float64Array.from(points, (point) => point[x]!),
    y: Float64Array.from(points, (point) => point[y]!),
  }
}

function handednessOf(hand: string | null): Handedness {
  return hand === 'L' ? 'left' : hand === 'R' ? 'right' : 'unknown'
}
