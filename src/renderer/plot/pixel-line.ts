import type uPlot from 'uplot'

/** Where a line goes, in whole pixels. */
export interface Pen {
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
}

/** From a value to its pixel: `value * scale + offset`. */
export interface ToPixel {
  scale: number
  offset: number
}

/**
 * Draws values over time as a line through whole pixels. Points that would change no pixel are left out: those on the
 * pixel before them, and those on the way of a level or upright stretch, which are most of them where a pen is sampled
 * more often than a plot is wide. A null breaks the line.
 */
export function pixelLine(
  times: ArrayLike<number>,
  values: ArrayLike<number | null | undefined>,
  first: number,
  last: number,
  x: ToPixel,
  y: ToPixel,
  pen: Pen,
): void {
  let drawing = false
  let [fromX, fromY, atX, atY] = [0, 0, 0, 0]
  // The stretch from `from` to `at` is drawn only when the line turns.
  const turn = (): void => {
    if (drawing && (atX !== fromX || atY !== fromY)) pen.lineTo(atX, atY)
  }
  for (let i = first; i <= last; i++) {
    const value = values[i]
    if (value === null || value === undefined) {
      turn()
      drawing = false
      continue
    }
    const toX = Math.round(times[i]! * x.scale + x.offset)
    const toY = Math.round(value * y.scale + y.offset)
    if (!drawing) {
      pen.moveTo(toX, toY)
      drawing = true
      ;[fromX, fromY, atX, atY] = [toX, toY, toX, toY]
    } else if (toX !== atX || toY !== atY) {
      if (!goesOn(fromX, fromY, atX, atY, toX, toY)) {
        turn()
        fromX = atX
        fromY = atY
      }
      atX = toX
      atY = toY
    }
  }
  turn()
}

/** Whether a level or upright stretch goes on the same way. */
function goesOn(fromX: number, fromY: number, atX: number, atY: number, toX: number, toY: number): boolean {
  if (fromY === atY) return toY === atY && (toX - atX) * (atX - fromX) >= 0
  return fromX === atX && toX === atX && (toY - atY) * (atY - fromY) > 0
}

/** uPlot's line, drawn by `pixelLine`: its own one asks for each point's place and clips what lies in gaps. */
export const pixelPath: uPlot.Series.PathBuilder = (plot, seriesIndex, first, last) => {
  const stroke = new Path2D()
  const { left, top, width, height } = plot.bbox
  const { min: fromX = 0, max: toX = 1 } = plot.scales['x'] ?? {}
  const { min: fromY = 0, max: toY = 1 } = plot.scales['y'] ?? {}
  const across = width / ((toX ?? 1) - (fromX ?? 0))
  const up = height / ((toY ?? 1) - (fromY ?? 0))
  const x = { scale: across, offset: left - (fromX ?? 0) * across }
  const y = { scale: -up, offset: top + height + (fromY ?? 0) * up }
  pixelLine(plot.data[0], plot.data[seriesIndex] ?? [], first, last, x, y, stroke)
  return { stroke, fill: null, clip: null, band: null, gaps: [], flags: 0 }
}
