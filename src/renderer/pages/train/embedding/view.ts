/** A part of the plane that is looked at: its middle, and pixels for a unit of it. */
export interface View {
  x: number
  y: number
  scale: number
}

export interface Size {
  width: number
  height: number
}

type Point = readonly [number, number]

/** Free room around the points, in pixels: names must fit. */
const MARGIN = 36
const [CLOSEST, FARTHEST] = [60, 0.5]

/** The view in which all points are seen. */
export function wholeView(points: readonly Point[], { width, height }: Size): View {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const fit = (room: number, span: number): number => Math.max(1, room - 2 * MARGIN) / Math.max(span, 1e-6)
  return {
    x: (left + right) / 2,
    y: (bottom + top) / 2,
    scale: Math.min(fit(width, right - left), fit(height, top - bottom)),
  }
}

/** Where a point of the plane is on the screen; the plane's y goes up. */
export function onScreen([x, y]: Point, view: View, { width, height }: Size): [number, number] {
  return [width / 2 + (x - view.x) * view.scale, height / 2 - (y - view.y) * view.scale]
}

/** Zooms by a factor so that what is at a place on the screen stays there. `whole` bounds how near and how far. */
export function zoomed(view: View, factor: number, [px, py]: Point, { width, height }: Size, whole: View): View {
  const scale = Math.min(CLOSEST * whole.scale, Math.max(FARTHEST * whole.scale, view.scale * factor))
  const [dx, dy] = [px - width / 2, height / 2 - py]
  return { x: view.x + dx / view.scale - dx / scale, y: view.y + dy / view.scale - dy / scale, scale }
}

/** Moves what is seen by so many pixels. */
export function moved(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx / view.scale, y: view.y + dy / view.scale }
}

/** The point nearest to a place on the screen, within `reach` pixels; null where there is none. */
export function pointAt(places: readonly Point[], [px, py]: Point, reach: number): number | null {
  let [best, least] = [-1, reach]
  places.forEach(([x, y], at) => {
    const distance = Math.hypot(x - px, y - py)
    if (distance <= least) [best, least] = [at, distance]
  })
  return best < 0 ? null : best
}
