/**
 * From a measured pen path to the course of the tip: the same way at the same times, and flights where the tablet saw
 * none.
 */
import { clamp, norm, smoothStep } from '../signal/arithmetic.ts'
import type { NamedRandom } from '../random/named.ts'
import { liftSeconds, type PenHold } from './hold.ts'
import type { PathLift, PathStroke, PenPath } from './pen-path.ts'
import { HOVER, STEP, type Course } from './plan.ts'

/** A tablet gives a dot one point: the pen stays on paper for about so long (s). */
const DOT_SECONDS = 0.03
/** Times in the air of less than this no hand has. */
const SHORTEST_LIFT = 0.02

export interface Retraced {
  course: Course
  /** Where each stroke begins and ends on the grid. */
  written: { from: number; to: number }[]
}

/** `lead` and `tail` are the seconds in which the pen hovers before and after. */
export function retrace(
  path: Pick<PenPath, 'strokes' | 'lifts'>,
  hold: PenHold,
  random: NamedRandom,
  { lead, tail }: { lead: number; tail: number },
): Retraced {
  const trail = new Trail()
  const [first, last] = [path.strokes[0]!, path.strokes.at(-1)!]
  const begin = { x: first.x[0]! - random.between(1, 4), y: first.y[0]! - random.between(-1, 3) }
  trail.rest(begin, lead)
  trail.fly(straight(begin, startOf(first)), liftSeconds(hold, 3, random.normal()), { from: HOVER, to: 0, hump: 0 })
  const pressures = meanPressure(path.strokes)
  const written = path.strokes.map((stroke, at) => {
    const from = trail.length
    trail.write(stroke, pressures)
    const to = trail.length
    const next = path.strokes[at + 1]
    if (next !== undefined) {
      const way = wayOf(path.lifts[at], endOf(stroke), startOf(next))
      const mm = norm(next.x[0]! - stroke.x.at(-1)!, next.y[0]! - stroke.y.at(-1)!)
      const seconds = path.lifts[at]?.seconds ?? liftSeconds(hold, mm, random.normal())
      const hump = hold.lift.height * clamp(0.4 + mm / 10, 0.4, 1.6) * random.lognormal(1, 0.15)
      trail.fly(way, Math.max(seconds, SHORTEST_LIFT), { from: 0, to: 0, hump })
    }
    return { from, to }
  })
  const end = endOf(last)
  const away = { x: end.x + 0.8, y: end.y }
  trail.fly(straight(end, away), liftSeconds(hold, 3, random.normal()), { from: 0, to: HOVER, hump: 0 })
  trail.rest(away, tail)
  return { course: trail.course(), written }
}

interface Place {
  x: number
  y: number
}

/** Places over which the pen goes at even times; between two alone it speeds up and slows down. */
type Way = readonly Place[]

const straight = (from: Place, to: Place): Way => [from, to]
const startOf = ({ x, y }: PathStroke): Place => ({ x: x[0]!, y: y[0]! })
const endOf = ({ x, y }: PathStroke): Place => ({ x: x.at(-1)!, y: y.at(-1)! })

function wayOf(lift: PathLift | undefined, from: Place, to: Place): Way {
  if (lift === undefined || lift.x.length < 2) return straight(from, to)
  return [from, ...Array.from(lift.x, (x, i) => ({ x, y: lift.y[i]! })), to]
}

/** The mean force of a person's writing in counts of the tablet; null where it measured none. */
function meanPressure(strokes: readonly PathStroke[]): number | null {
  const counts = strokes.flatMap(({ pressure }) => (pressure === undefined ? [] : [...pressure]))
  const sum = counts.reduce((total, count) => total + count, 0)
  return sum > 0 ? sum / counts.length : null
}

/** A course that grows. */
class Trail {
  readonly #x: number[] = []
  readonly #y: number[] = []
  readonly #z: number[] = []
  readonly #down: (0 | 1)[] = []
  readonly #force: number[] = []
  #measured = false

  get length(): number {
    return this.#x.length
  }

  rest(place: Place, seconds: number): void {
    for (let n = Math.round(seconds / STEP); n > 0; n--) this.#put(place.x, place.y, HOVER, 0, 0)
  }

  write({ x, y, t, pressure }: PathStroke, mean: number | null): void {
    const seconds = Math.max(t.at(-1)!, DOT_SECONDS)
    const force = pressure !== undefined && mean !== null ? pressure : null
    if (force !== null) this.#measured = true
    let k = 0
    for (let i = 0; i * STEP <= seconds; i++) {
      while (k + 2 < t.length && t[k + 1]! <= i * STEP) k++
      const span = t.length > 1 ? t[k + 1]! - t[k]! : 0
      const part = span > 0 ? clamp((i * STEP - t[k]!) / span, 0, 1) : 0
      const next = Math.min(k + 1, t.length - 1)
      const at = (values: Float64Array): number => values[k]! + part * (values[next]! - values[k]!)
      this.#put(at(x), at(y), 0, 1, force === null ? 0 : at(force) / mean!)
    }
  }

  fly(way: Way, seconds: number, { from, to, hump }: { from: number; to: number; hump: number }): void {
    const count = Math.max(8, Math.round(seconds / STEP))
    for (let i = 1; i < count; i++) {
      const u = i / count
      const s = smoothStep(u)
      const place = (way.length === 2 ? s : u) * (way.length - 1)
      const k = Math.min(Math.floor(place), way.length - 2)
      const [a, b] = [way[k]!, way[k + 1]!]
      this.#put(
        a.x + (place - k) * (b.x - a.x),
        a.y + (place - k) * (b.y - a.y),
        from + s * (to - from) + hump * 16 * u * u * (1 - u) * (1 - u),
        0,
        0,
      )
    }
  }

  course(): Course {
    return {
      length: this.length,
      x: Float64Array.from(this.#x),
      y: Float64Array.from(this.#y),
      z: Float64Array.from(this.#z),
      down: Uint8Array.from(this.#down),
      ...(this.#measured ? { force: Float64Array.from(this.#force) } : {}),
    }
  }

  #put(x: number, y: number, z: number, down: 0 | 1, force: number): void {
    this.#x.push(x)
    this.#y.push(y)
    this.#z.push(z)
    this.#down.push(down)
    this.#force.push(force)
  }
}
