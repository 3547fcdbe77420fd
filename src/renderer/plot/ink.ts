/** Ink as a picture of its own size: lines, and the box about them. */
export interface InkPicture {
  box: string
  path: string
}

/** Room about the ink in mm, so that no line is cut. */
const ROOM = 0.6

/** The picture of pen-down strokes; each is x and y in mm in turn. */
export function inkOf(strokes: readonly (readonly number[])[]): InkPicture {
  const points = strokes.map((stroke) =>
    Array.from({ length: stroke.length >> 1 }, (_, at) => [stroke[2 * at]!, stroke[2 * at + 1]!] as const),
  )
  const [xs, ys] = [0, 1].map((axis) => points.flat().map((point) => point[axis]!)) as [number[], number[]]
  if (xs.length === 0) return { box: '0 0 1 1', path: '' }
  const [left, top] = [Math.min(...xs) - ROOM, Math.min(...ys) - ROOM]
  const [width, height] = [Math.max(...xs) + ROOM - left, Math.max(...ys) + ROOM - top]
  const rounded = (value: number): string => String(Math.round(value * 100) / 100)
  return {
    box: [left, top, width, height].map(rounded).join(' '),
    path: points
      .flatMap((stroke) =>
        stroke.length === 0 ? [] : [`M${stroke.map((point) => point.map(rounded).join(' ')).join('L')}`],
      )
      .join(''),
  }
}
