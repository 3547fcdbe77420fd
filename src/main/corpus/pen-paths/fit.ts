/**
 * What tablets measured of how people hold, press and lift a pen, as the numbers that a re-enacted hold is drawn with.
 */
import { LIFT_SCALE } from '../../simulator/hold.ts'
import type { PathStroke, PenPath } from '../../simulator/pen-path.ts'
import { median } from '../../statistics/quantile.ts'
import { gridOf, highPassed, slope } from './series.ts'

/** Times in the air that are pauses rather than movements, and those that no hand has (s). */
const LIFTS = { least: 0.02, most: 1.5 }
/** Tip speed (mm/s) in relation to which the fall of the tip counts, as in the simulator's force. */
const FALL = 40
/** Time constants (s) that are tried for the filter within a tablet that measures tilt. */
const LAGS = Array.from({ length: 17 }, (_, i) => i * 0.005)
const DEGREES = 180 / Math.PI

export interface LiftFit {
  /** ln(seconds) = constant + distance * ln(1 + mm / 5), people apart by `between`, lifts of one apart by `within`. */
  constant: number
  distance: number
  between: number
  within: number
  least: number
  most: number
}

/** Fits how long a pen is in the air by how far it goes. */
export function fitLifts(paths: readonly PenPath[]): LiftFit {
  const known = paths.flatMap(({ writer, strokes, lifts }) =>
    lifts.flatMap(({ seconds }, at) => {
      const [last, next] = [strokes[at]!, strokes[at + 1]!]
      if (seconds === null || seconds < LIFTS.least || seconds > LIFTS.most) return []
      const mm = Math.hypot(next.x[0]! - last.x.at(-1)!, next.y[0]! - last.y.at(-1)!)
      return [{ writer, way: Math.log1p(mm / LIFT_SCALE), log: Math.log(seconds) }]
    }),
  )
  const people = [...Map.groupBy(known, ({ writer }) => writer).values()].filter(({ length }) => length >= 10)
  // The slope within people: who goes further is not who is slower.
  const centred = people.flatMap((own) => {
    const [way, log] = [meanOf(own.map((lift) => lift.way)), meanOf(own.map((lift) => lift.log))]
    return own.map((lift) => ({ way: lift.way - way, log: lift.log - log }))
  })
  const distance = slope(
    centred.map(({ way }) => way),
    centred.map(({ log }) => log),
  )
  const levels = people.map((own) => meanOf(own.map(({ way, log }) => log - distance * way)))
  return {
    constant: meanOf(levels),
    distance,
    between: spreadOf(levels),
    within: spreadOf(centred.map(({ way, log }) => log - distance * way)),
    ...LIFTS,
  }
}

export interface TiltFit {
  /** Degrees: the mean over people, how far people are apart, and how far one wanders along a line. */
  altitude: { mean: number; between: number; wander: number }
  azimuth: { mean: number; between: number; wander: number }
  /**
   * Distance in mm from the tip of the point about which fingers tilt and turn the pen, and how far people are apart.
   */
  pivot: number
  pivotBetween: number
  turnPivot: number
  turnPivotBetween: number
  /** Time constants in s of the tablet's own filters, which are taken out of the pivots. */
  lag: { tilt: number; turn: number }
  /** Share of the fast movement of altitude and azimuth that follows from the movement of the tip. */
  explained: { tilt: number; turn: number }
}

/** Fits tilt and azimuth and how they go along with the tip, on lines with measured tilt. */
export function fitTilt(paths: readonly PenPath[]): TiltFit {
  const lines = paths.filter(({ strokes }) => strokes.every(({ altitude }) => altitude !== undefined)).map(tiltOf)
  const people = [...Map.groupBy(lines, ({ writer }) => writer).values()]
  const of = (pick: (line: (typeof lines)[number]) => number) => people.map((own) => meanOf(own.map(pick)))
  const [altitudes, azimuths] = [of(({ altitude }) => altitude), of(({ eastward }) => eastward)]
  const lag = { tilt: bestLag(lines, 'tilt'), turn: bestLag(lines, 'turn') }
  const coupled = (angle: 'tilt' | 'turn') => people.map((own) => coupling(own, angle, lag[angle]))
  const [tilt, turn] = [coupled('tilt'), coupled('turn')]
  const level = Math.cos(meanOf(altitudes) / DEGREES)
  const pivots = tilt.map(({ gain }) => 1 / Math.max(gain, 1e-3))
  const turnPivots = turn.map(({ gain }) => 1 / Math.max(gain, 1e-3) / level)
  return {
    altitude: {
      mean: meanOf(altitudes),
      between: spreadOf(altitudes),
      wander: meanOf(of(({ slow }) => slow.altitude)),
    },
    azimuth: { mean: meanOf(azimuths), between: spreadOf(azimuths), wander: meanOf(of(({ slow }) => slow.azimuth)) },
    pivot: median(pivots),
    pivotBetween: spreadOf(pivots.map(Math.log)),
    turnPivot: median(turnPivots),
    turnPivotBetween: spreadOf(turnPivots.map(Math.log)),
    lag,
    explained: { tilt: meanOf(tilt.map(({ share }) => share)), turn: meanOf(turn.map(({ share }) => share)) },
  }
}

export interface ForceFit {
  /** How much heavier a stroke of 40 mm/s down the page is, as a share of the mean, and how far people are apart. */
  downstroke: { mean: number; between: number }
  /** How far strokes of one person are apart, as the spread of a logarithm. */
  level: number
  /** How far the force wanders within a stroke beyond that, as a share of the mean. */
  rest: number
}

/** Fits the force within strokes, on words with measured pressure. */
export function fitForce(paths: readonly PenPath[]): ForceFit {
  const people = [...Map.groupBy(paths, ({ writer }) => writer).values()].flatMap((own) => {
    const strokes = own.flatMap((path) => path.strokes.flatMap((stroke) => pressedOf(stroke) ?? []))
    if (strokes.length < 10) return []
    const [fall, force] = [strokes.flatMap((stroke) => stroke.fall), strokes.flatMap((stroke) => stroke.force)]
    const down = slope(fall, force)
    const rest = spreadOf(force.map((value, i) => value - down * fall[i]!))
    return [{ down, rest, level: spreadOf(strokes.map(({ level }) => Math.log(level))) }]
  })
  return {
    downstroke: { mean: meanOf(people.map(({ down }) => down)), between: spreadOf(people.map(({ down }) => down)) },
    level: median(people.map(({ level }) => level)),
    rest: median(people.map(({ rest }) => rest)),
  }
}

/** Force and fall of the tip in the middle of a stroke, both about their mean; null where it is too short. */
function pressedOf(stroke: PathStroke): { fall: number[]; force: number[]; level: number } | null {
  if (stroke.pressure === undefined || stroke.t.at(-1)! < 0.15) return null
  const { y, pressure } = gridOf([stroke])
  const [from, to] = [5, y.length - 5]
  if (to - from < 3) return null
  const force = [...pressure!.subarray(from, to)]
  const level = meanOf(force)
  if (level <= 0) return null
  const fall = force.map((_, i) => {
    const speed = (y[from + i - 2]! - y[from + i + 2]!) / 0.04
    return Math.min(1.5, Math.max(-1, speed / FALL))
  })
  const usual = meanOf(fall)
  return { fall: fall.map((value) => value - usual), force: force.map((value) => value / level - 1), level }
}

/** A line on an even grid: how the tip moved along and across the pen, and what tilt and azimuth did meanwhile. */
function tiltOf({ writer, handedness, strokes, lifts }: PenPath) {
  const grid = gridOf(strokes, lifts)
  const [altitude, azimuth] = [grid.altitude!, grid.azimuth!]
  const [height, heading] = [meanOf(altitude), meanOf(azimuth)]
  const [x, y] = [highPassed(grid.x), highPassed(grid.y)]
  const [east, north] = [Math.cos(heading), Math.sin(heading)]
  const [slopes, headings] = [highPassed(altitude), highPassed(azimuth)]
  return {
    writer,
    altitude: height * DEGREES,
    // A left-hander's pen is the mirror image.
    eastward: handedness === 'left' ? -180 - heading * DEGREES : heading * DEGREES,
    slow: {
      altitude: spreadOf(altitude.map((value, i) => value - slopes[i]!)) * DEGREES,
      azimuth: spreadOf(azimuth.map((value, i) => value - headings[i]!)) * DEGREES,
    },
    tilt: { angle: slopes, way: x.map((mm, i) => mm * east + y[i]! * north) },
    turn: { angle: headings, way: x.map((mm, i) => mm * north - y[i]! * east) },
    down: grid.down,
  }
}

type TiltLine = ReturnType<typeof tiltOf>

/**
 * How far an angle goes along with the way of the tip, as a tablet with a filter of this time constant would have seen
 * it.
 */
function coupling(lines: readonly TiltLine[], angle: 'tilt' | 'turn', lag: number): { gain: number; share: number } {
  const [ways, angles]: [number[], number[]] = [[], []]
  for (const line of lines) {
    const way = delayed(line[angle].way, lag)
    for (let i = 0; i < way.length; i++) {
      if (line.down[i] === 0) continue
      ways.push(way[i]!)
      angles.push(line[angle].angle[i]!)
    }
  }
  const gain = slope(ways, angles)
  const all = angles.reduce((sum, value) => sum + value * value, 0)
  const left = angles.reduce((sum, value, i) => sum + (value - gain * ways[i]!) ** 2, 0)
  return { gain, share: 1 - left / all }
}

function bestLag(lines: readonly TiltLine[], angle: 'tilt' | 'turn'): number {
  const shares = LAGS.map((lag) => coupling(lines, angle, lag).share)
  return LAGS[shares.indexOf(Math.max(...shares))]!
}

/** A low pass of first order, on a grid of 10 ms. */
function delayed(values: Float64Array, seconds: number): Float64Array {
  const keep = seconds / (seconds + 0.01)
  let last = values[0]!
  return values.map((value) => (last = keep * last + (1 - keep) * value))
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

function spreadOf(values: ArrayLike<number>): number {
  const mean = meanOf(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i]! - mean) ** 2
  return Math.sqrt(sum / Math.max(values.length - 1, 1))
}
