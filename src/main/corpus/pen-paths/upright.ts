/** Which way y grows in a set of pen paths, by what of letters lies above and below: dots, ascenders, descenders. */
import { median } from '../../statistics/quantile.ts'
import { extent } from '../../simulator/shapes.ts'
import type { PenPath } from '../../simulator/pen-path.ts'

/** Sides of the middle that differ by less than this tell nothing. */
const CLEAR = 1.25
/** A dot is smaller than this share of the word's height. */
const DOT = 0.2
/** So many words have to tell, and so large a share of them the same. */
const LEAST = 2
const AGREED = 0.7

/** The way that y grows by these paths; null where they do not tell. */
export function yAxisOf(paths: Iterable<PenPath>): 'up' | 'down' | null {
  let [up, down] = [0, 0]
  for (const path of paths) {
    const vote = voteOf(path)
    if (vote > 0) up++
    else if (vote < 0) down++
  }
  if (up + down < LEAST || Math.max(up, down) < AGREED * (up + down)) return null
  return up > down ? 'up' : 'down'
}

/** Above 0 where a word stands upright as its y grows upwards, below 0 where it does as y grows downwards. */
function voteOf({ label, strokes }: PenPath): number {
  const ys = strokes.flatMap(({ y }) => [...y])
  const [low, middle, high] = [Math.min(...ys), median(ys), Math.max(...ys)]
  if (label === null || /[ijäöü]/.test(label)) {
    if (label !== null && /[^\p{L}]/u.test(label)) return 0
    return dots(strokes, high - low).reduce((sum, y) => sum + Math.sign(y - middle), 0)
  }
  // Without low letters beside them the middle of high ones tells nothing.
  if (!/[acemnorsuvwx]/.test(label) || label.length < 2) return 0
  const [ascends, descends] = [/[bdfhklt\p{Lu}]/u.test(label), /[gjpqyfßzGJQYZ]/.test(label)]
  if (ascends === descends) return 0
  const upwards = (high - middle) / Math.max(middle - low, 1e-6)
  if (upwards < CLEAR && upwards > 1 / CLEAR) return 0
  return upwards > 1 === ascends ? 1 : -1
}

/** The heights of what is small enough for a dot and has ink of another stroke beside it, above or below. */
function dots(strokes: PenPath['strokes'], height: number): number[] {
  const boxes = strokes.map(({ x, y }) => extent([...x].flatMap((value, i) => [value, y[i]!])))
  return boxes.flatMap((box, at) => {
    const isSmall = Math.max(box.right - box.left, box.high - box.low) < DOT * height
    const isOver = boxes.some((other, i) => i !== at && other.left - 2 < box.left && other.right + 2 > box.right)
    return isSmall && isOver ? [(box.low + box.high) / 2] : []
  })
}
