/** What a tablet measured of a person's pen: the way of its tip, in time. */
import type { Handedness } from '../../shared/api/writers.ts'

/**
 * A stroke on paper, all arrays of one length: mm (y up the page), s from the first point, pressure in the tablet's own
 * counts.
 */
export interface PathStroke {
  x: Float64Array
  y: Float64Array
  t: Float64Array
  pressure?: Float64Array
  /** Radians: the pen's slope over the paper, and where its rear points, counterclockwise from the line of writing. */
  altitude?: Float64Array
  azimuth?: Float64Array
}

/**
 * The way between two strokes: how long it took, where that is known, and the points over which the pen was seen to
 * hover.
 */
export interface PathLift {
  seconds: number | null
  x: Float64Array
  y: Float64Array
}

/** A written word, or a line. `lifts` are those between neighbouring strokes: one less than strokes. */
export interface PenPath {
  id: string
  writer: string
  /** Part of the collection that was recorded alike; empty where there is one alone. */
  set: string
  label: string | null
  handedness: Handedness
  strokes: readonly PathStroke[]
  lifts: readonly PathLift[]
}

/** Speeds of the tip in mm/s between neighbouring points on paper. */
export function pathSpeeds({ strokes }: Pick<PenPath, 'strokes'>): number[] {
  const speeds: number[] = []
  for (const { x, y, t } of strokes) {
    for (let i = 1; i < t.length; i++) {
      const seconds = t[i]! - t[i - 1]!
      if (seconds > 0) speeds.push(Math.hypot(x[i]! - x[i - 1]!, y[i]! - y[i - 1]!) / seconds)
    }
  }
  return speeds
}
