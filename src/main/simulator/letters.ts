/** When each letter of a word was written, on the grid of its course. */
import type { LaidWord } from './layout.ts'
import type { Course } from './plan.ts'

interface Steps {
  from: number
  to: number
}

/**
 * The steps of each letter: from where the tip is nearest to the letter's first point, to where the next letter begins
 * or the pen was lifted before it. `written` are the steps of each outline.
 */
export function letterSteps(
  { outlines, inLine, begins }: LaidWord,
  course: Course,
  written: readonly Steps[],
): (Steps | null)[] {
  const starts: (number | null)[] = []
  let reached = 0
  for (const begin of begins) {
    if (begin === null) {
      starts.push(null)
      continue
    }
    const { from, to } = written[begin.outline]!
    const outline = outlines[begin.outline]!
    reached =
      begin.point === 0
        ? from
        : nearest(course, Math.max(from, reached + 1), to, outline[2 * begin.point]!, outline[2 * begin.point + 1]!)
    starts.push(reached)
  }
  return begins.map((begin, letter) => {
    const start = starts[letter]!
    if (begin === null) return null
    const next = begins.findIndex((other, at) => at > letter && other !== null)
    const lastOutline =
      next < 0 ? inLine - 1 : begins[next]!.point > 0 ? begins[next]!.outline : begins[next]!.outline - 1
    const stop = next >= 0 && begins[next]!.outline === lastOutline ? starts[next]! : written[lastOutline]!.to
    return { from: start, to: Math.max(start + 1, stop) }
  })
}

/** The step from `from` to before `to` at which the tip is nearest to a point. */
function nearest({ x, y }: Course, from: number, to: number, px: number, py: number): number {
  let best = Math.min(from, to - 1)
  let least = Infinity
  for (let step = from; step < to; step++) {
    const distance = (x[step]! - px) ** 2 + (y[step]! - py) ** 2
    if (distance < least) [best, least] = [step, distance]
  }
  return best
}
