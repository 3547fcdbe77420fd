import { niceTicks, picture, r, text } from './svg.ts'

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
  const at = {
    x: (x: number) => FRAME.left + ((x - left) / (right - left)) * (WIDTH - FRAME.left - FRAME.right),
    y: (y: number) => HEIGHT - FRAME.bottom - ((y - low) / (high - low)) * (HEIGHT - FRAME.top - FRAME.bottom),
  }
  const xTicks = niceTicks(left, right).filter((x) => x >= left && x <= right)
  const body = [
    ...ticks.map(
      (y) =>
        `<line x1="${FRAME.left}" x2="${WIDTH - FRAME.right}" y1="${r(at.y(y))}" y2="${r(at.y(y))}" stroke="#8885"/>${text(FRAME.left - 8, at.y(y) + 4, format(y), 'end')}`,
    ),
    ...xTicks.map((x) => text(at.x(x), HEIGHT - FRAME.bottom + 18, String(x), 'middle')),
    text((FRAME.left + WIDTH - FRAME.right) / 2, HEIGHT - 14, xLabel, 'middle'),
    text(FRAME.left, FRAME.top - 12, yLabel, 'start'),
    text(8, 18, title, 'start', ' font-weight="600"'),
    ...series.flatMap((line, index) => drawn(line, index, at)),
  ]
  return picture(title, [WIDTH, HEIGHT], body)
}

function drawn(
  { name, points }: Series,
  index: number,
  at: { x: (x: number) => number; y: (y: number) => number },
): string[] {
  const colour = COLOURS[index % COLOURS.length]!
  const dash = DASHES[Math.floor(index / COLOURS.length) % DASHES.length]!
  const style = `stroke="${colour}" fill="none" stroke-width="${index === 0 ? 2.5 : 1.5}"${dash ? ` stroke-dasharray="${dash}"` : ''}`
  const known = points.filter(({ y }) => Number.isFinite(y))
  const y = FRAME.top + 8 + index * 17
  const x = WIDTH - FRAME.right + 14
  return [
    `<polyline points="${known.map(({ x, y }) => `${r(at.x(x))},${r(at.y(y))}`).join(' ')}" ${style}/>`,
    `<line x1="${x}" x2="${x + 20}" y1="${y}" y2="${y}" ${style}/>${text(x + 26, y + 4, name, 'start')}`,
  ]
}
