import { line, niceTicks, picture, text, through, type Point } from '../corpus/svg.ts'

/** One line of a chart. */
export interface Series {
  name: string
  points: readonly { x: number; y: number }[]
}

export interface Chart {
  title: string
  xLabel: string
  yLabel: string
  series: readonly Series[]
  /** Formats a value of the y axis. */
  format: (value: number) => string
}

const [WIDTH, HEIGHT] = [760, 400]
const FRAME = { left: 64, right: 230, top: 54, bottom: 56 }
/** Okabe and Ito's colours, which colour-blind people can tell apart, and grey. */
const COLOURS = ['#000000', '#E69F00', '#56B4E9', '#009E73', '#D55E00', '#0072B2', '#CC79A7', '#F0E442', '#7F7F7F']
const DASHES = ['', '6 3', '2 3']

/** A line chart as SVG. */
export function asCurves({ title, xLabel, yLabel, series, format }: Chart): string {
  const points = series.flatMap((line) => line.points)
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y).filter(Number.isFinite)]
  const [left, right] = [Math.min(...xs, 0), Math.max(...xs, 1)]
  const ticks = niceTicks(Math.min(0, ...ys), Math.max(...ys, 1e-9))
  const [low, high] = [ticks[0]!, ticks.at(-1)!]
  const at = (x: number, y: number): Point => [
    FRAME.left + ((x - left) / (right - left)) * (WIDTH - FRAME.left - FRAME.right),
    HEIGHT - FRAME.bottom - ((y - low) / (high - low)) * (HEIGHT - FRAME.top - FRAME.bottom),
  ]
  const xTicks = niceTicks(left, right).filter((x) => x >= left && x <= right)
  const body = [
    ...ticks.flatMap((tick) => {
      const [, y] = at(left, tick)
      return [
        line([FRAME.left, y], [WIDTH - FRAME.right, y], 'stroke="#8885"'),
        text([FRAME.left - 8, y + 4], format(tick), 'end'),
      ]
    }),
    ...xTicks.map((x) => text([at(x, low)[0], HEIGHT - FRAME.bottom + 18], String(x), 'middle')),
    text([(FRAME.left + WIDTH - FRAME.right) / 2, HEIGHT - 14], xLabel, 'middle'),
    text([FRAME.left, FRAME.top - 12], yLabel, 'start'),
    text([8, 18], title, 'start', 'font-weight="600"'),
    ...series.flatMap((one, index) => drawn(one, index, at)),
  ]
  return picture(title, [WIDTH, HEIGHT], body)
}

function drawn({ name, points }: Series, index: number, at: (x: number, y: number) => Point): string[] {
  const colour = COLOURS[index % COLOURS.length]!
  const dash = DASHES[Math.floor(index / COLOURS.length) % DASHES.length]!
  const style =
    `stroke="${colour}" fill="none" ` +
    `stroke-width="${index === 0 ? 2.5 : 1.5}"${dash && ` stroke-dasharray="${dash}"`}`
  const known = points.filter(({ y }) => Number.isFinite(y)).map(({ x, y }) => at(x, y))
  const [x, y] = [WIDTH - FRAME.right + 14, FRAME.top + 8 + index * 17]
  return [through('polyline', known, style), line([x, y], [x + 20, y], style), text([x + 26, y + 4], name, 'start')]
}
