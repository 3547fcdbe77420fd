/** One line of a chart: points with an optional interval. */
export interface Series {
  name: string
  points: readonly { x: number; y: number; low?: number; high?: number }[]
}

export interface Chart {
  title: string
  /** Names of the places along the x axis; without them x is a number. */
  places?: readonly string[]
  xLabel: string
  yLabel: string
  series: readonly Series[]
  /** Formats a value of the y axis. */
  format: (value: number) => string
}

const [WIDTH, HEIGHT] = [760, 400]
const FRAME = { left: 64, right: 230, top: 40, bottom: 56 }
/** Okabe and Ito's colours, which colour-blind people can tell apart, and grey. */
const COLOURS = ['#000000', '#E69F00', '#56B4E9', '#009E73', '#D55E00', '#0072B2', '#CC79A7', '#F0E442', '#7F7F7F']
const DASHES = ['', '6 3', '2 3']

/** A line chart as SVG, with whiskers for the intervals; readable on light and dark paper. */
export function asSvg({ title, places, xLabel, yLabel, series, format }: Chart): string {
  const points = series.flatMap((line) => line.points)
  const [xs, ys] = [points.map(({ x }) => x), points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]).filter(Number.isFinite)]
  const [left, right] = [Math.min(...xs, 0), Math.max(...xs, 1)]
  const ticks = niceTicks(Math.min(0, ...ys), Math.max(...ys, 1e-9))
  const [low, high] = [ticks[0]!, ticks.at(-1)!]
  const at = {
    x: (x: number) => FRAME.left + ((x - left) / (right - left)) * (WIDTH - FRAME.left - FRAME.right),
    y: (y: number) => HEIGHT - FRAME.bottom - ((y - low) / (high - low)) * (HEIGHT - FRAME.top - FRAME.bottom),
  }
  const xTicks = places?.map((name, x) => ({ x, name })) ?? niceTicks(left, right).filter((x) => x >= left && x <= right).map((x) => ({ x, name: String(x) }))
  const body = [
    ...ticks.map((y) => `<line x1="${FRAME.left}" x2="${WIDTH - FRAME.right}" y1="${r(at.y(y))}" y2="${r(at.y(y))}" stroke="#8885"/>${text(FRAME.left - 8, at.y(y) + 4, format(y), 'end')}`),
    ...xTicks.map(({ x, name }) => text(at.x(x), HEIGHT - FRAME.bottom + 18, name, 'middle')),
    text((FRAME.left + WIDTH - FRAME.right) / 2, HEIGHT - 14, xLabel, 'middle'),
    text(FRAME.left, FRAME.top - 14, yLabel, 'start'),
    `<text x="${FRAME.left}" y="16" font-weight="600">${escaped(title)}</text>`,
    ...series.flatMap((line, index) => drawn(line, index, at)),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${escaped(title)}"><rect width="100%" height="100%" fill="#fff"/>${body.join('')}</svg>\n`
}

function drawn({ name, points }: Series, index: number, at: { x: (x: number) => number; y: (y: number) => number }): string[] {
  const colour = COLOURS[index % COLOURS.length]!
  const dash = DASHES[Math.floor(index / COLOURS.length) % DASHES.length]!
  const style = `stroke="${colour}" fill="none" stroke-width="${index === 0 ? 2.5 : 1.5}"${dash ? ` stroke-dasharray="${dash}"` : ''}`
  const known = points.filter(({ y }) => Number.isFinite(y))
  const y = FRAME.top + 8 + index * 17
  const x = WIDTH - FRAME.right + 14
  return [
    `<polyline points="${known.map(({ x, y }) => `${r(at.x(x))},${r(at.y(y))}`).join(' ')}" ${style}/>`,
    ...known.flatMap(({ x, low, high }) => (low === undefined || high === undefined || !Number.isFinite(low + high) ? [] : [`<line x1="${r(at.x(x))}" x2="${r(at.x(x))}" y1="${r(at.y(low))}" y2="${r(at.y(high))}" stroke="${colour}" stroke-opacity="0.5"/>`])),
    `<line x1="${x}" x2="${x + 20}" y1="${y}" y2="${y}" ${style}/>${text(x + 26, y + 4, name, 'start')}`,
  ]
}

/** Four to eight round numbers that span a range. */
export function niceTicks(low: number, high: number): number[] {
  const rough = (high - low || 1) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!
  const first = Math.floor(low / step)
  return Array.from({ length: Math.max(1, Math.ceil(high / step - 1e-9) - first) + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)))
}

function text(x: number, y: number, content: string, anchor: string): string {
  return `<text x="${r(x)}" y="${r(y)}" text-anchor="${anchor}">${escaped(content)}</text>`
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

function r(value: number): string {
  return String(Math.round(value * 10) / 10)
}
