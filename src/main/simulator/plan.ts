/**
 * The course of the tip in time, on a grid of 400 Hz.
 *
 * - Each up- or down-stroke is a bell-shaped movement with the minimum-jerk profile (Flash and Hogan 1985), skewed as
 *   the lognormal bells of the kinematic theory are (Plamondon 1995).
 * - Neighbouring movements overlap in time and add up (Morasso and Mussa Ivaldi 1982).
 * - They run along the equi-affine length of the stroke, which gives the two-thirds power law (see curve.ts).
 * - Longer strokes are written faster, so that their durations differ little: isochrony (Viviani and Terzuolo 1982).
 */
import { clamp, norm, power, smoothStep } from '../signal/arithmetic.ts'
import { curveOf } from './curve.ts'
import type { Curve } from './curve.ts'
import type { Outline } from './layout.ts'
import type { NamedRandom } from '../random/named.ts'
import type { VirtualWriter } from './writer.ts'

/** Grid points per frame, and seconds between grid points. */
export const PER_FRAME = 4
export const STEP = 0.01 / PER_FRAME
/** How strongly duration grows with the size of a movement; 0 would be perfect isochrony. */
const ISOCHRONY = 0.24
/** Height in mm at which a pen waits over the paper. */
export const HOVER = 2.5

/** Where the tip is to be: mm from the start of the line, z above the paper; `down` is 1 in contact. */
export interface Course {
  length: number
  x: Float64Array
  y: Float64Array
  z: Float64Array
  down: Uint8Array
  /** Where it was measured: the tip force as a multiple of the person's own mean. */
  force?: Float64Array
}

/** Writes a course step by step; positions are the tip's in mm. */
export class CoursePlan {
  length = 0
  private readonly writer: VirtualWriter
  private readonly random: NamedRandom
  private x = new Float64Array(4096)
  private y = new Float64Array(4096)
  private z = new Float64Array(4096)
  private down = new Uint8Array(4096)
  private tip: { x: number; y: number; z: number }

  constructor(writer: VirtualWriter, random: NamedRandom, from: { x: number; y: number; z?: number }) {
    this.writer = writer
    this.random = random
    this.tip = { x: from.x, y: from.y, z: from.z ?? HOVER }
  }

  /** Stays where it is. */
  hold(seconds: number): void {
    const { x, y, z } = this.tip
    for (let n = Math.round(seconds / STEP); n > 0; n--) this.put(x, y, z, 0)
  }

  /** Goes through the air to a point, over a hump that grows with the way. */
  fly(x: number, y: number, z: number): void {
    const { writer, random, tip } = this
    const distance = norm(x - tip.x, y - tip.y)
    const seconds = writer.lift.seconds * (1 + 0.5 * power(0.1 + distance / 5, 0.6)) * random.lognormal(1, 0.12)
    const hump =
      tip.z === 0 && z === 0 ? writer.lift.height * clamp(0.4 + distance / 10, 0.4, 1.6) * random.lognormal(1, 0.15) : 0
    const count = Math.max(8, Math.round(seconds / STEP))
    const from = { ...tip }
    for (let i = 1; i < count; i++) {
      const u = i / count
      const s = smoothStep(u)
      this.put(
        from.x + s * (x - from.x),
        from.y + s * (y - from.y),
        from.z + s * (z - from.z) + hump * 16 * u * u * (1 - u) * (1 - u),
        0,
      )
    }
    this.tip = { x, y, z }
  }

  /** Flies to the first point and writes the strokes in order; returns where each one begins and ends on the grid. */
  write(outlines: readonly Outline[]): { from: number; to: number }[] {
    return outlines.map((outline) => {
      const curve = curveOf(outline)
      this.fly(curve.x[0]!, curve.y[0]!, 0)
      const from = this.length
      this.trace(curve)
      return { from, to: this.length }
    })
  }

  /** Lifts the pen to its hovering height where it stands. */
  lift(): void {
    this.fly(this.tip.x + 0.8, this.tip.y, HOVER)
  }

  course(): Course {
    const { length } = this
    return {
      length,
      x: this.x.subarray(0, length),
      y: this.y.subarray(0, length),
      z: this.z.subarray(0, length),
      down: this.down.subarray(0, length),
    }
  }

  private trace(curve: Curve): void {
    const bells = this.bells(curve)
    const end = Math.max(...bells.map((bell) => bell.to))
    const count = Math.max(12, Math.ceil(end / STEP))
    let [done, open, k] = [0, 0, 0]
    for (let i = 0; i <= count; i++) {
      const t = i * STEP
      while (open < bells.length && bells[open]!.to <= t) done += bells[open++]!.effort
      let reached = done
      for (let b = open; b < bells.length && bells[b]!.from < t; b++)
        reached += bells[b]!.effort * skewed((t - bells[b]!.from) / (bells[b]!.to - bells[b]!.from), bells[b]!.skew)
      while (k + 2 < curve.effort.length && curve.effort[k + 1]! < reached) k++
      const span = curve.effort[k + 1]! - curve.effort[k]!
      const part = span === 0 ? 0 : clamp((reached - curve.effort[k]!) / span, 0, 1)
      this.put(
        curve.x[k]! + part * (curve.x[k + 1]! - curve.x[k]!),
        curve.y[k]! + part * (curve.y[k + 1]! - curve.y[k]!),
        0,
        1,
      )
    }
    this.tip = { x: curve.x.at(-1)!, y: curve.y.at(-1)!, z: 0 }
  }

  private bells({ units }: Curve): { from: number; to: number; effort: number; skew: number }[] {
    const { tempo, fluency } = this.writer
    const seconds = units.map(
      ({ effort }) => tempo * power(Math.max(effort, 0.8) / 2, ISOCHRONY) * this.random.lognormal(1, 0.1),
    )
    const overlap = units.map(({ corner }, i) =>
      i + 1 < units.length ? Math.min(seconds[i]!, seconds[i + 1]!) * (corner ? 0.6 : 1) * fluency : 0,
    )
    let clock = overlap[0] === undefined ? 0 : 0.25 * seconds[0]!
    return units.map(({ effort }, i) => {
      const before = i === 0 ? 0.25 * seconds[0]! : overlap[i - 1]!
      const after = i + 1 < units.length ? overlap[i]! : 0.25 * seconds[i]!
      const bell = {
        from: clock - before,
        to: clock + seconds[i]! + after,
        effort,
        skew: clamp(0.12 + 0.1 * this.random.normal(), -0.3, 0.3),
      }
      clock += seconds[i]!
      return bell
    })
  }

  private put(x: number, y: number, z: number, down: 0 | 1): void {
    if (this.length === this.x.length) {
      this.x = grown(this.x)
      this.y = grown(this.y)
      this.z = grown(this.z)
      const wider = new Uint8Array(2 * this.length)
      wider.set(this.down)
      this.down = wider
    }
    this.x[this.length] = x
    this.y[this.length] = y
    this.z[this.length] = z
    this.down[this.length] = down
    this.length++
  }
}

/** Minimum-jerk progress in a time that runs ahead at first, so that the bell's peak comes early. */
function skewed(u: number, skew: number): number {
  return smoothStep(u + skew * u * (1 - u))
}

function grown(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(2 * values.length)
  wider.set(values)
  return wider
}
