/** Small plots for the report. */
import { line, named, text, through, type Point } from './svg.ts'

export interface Series {
  name: string
  colour: string
  values: readonly number[]
}

const WIDTH = 420
const HEIGHT = 190
const EDGE = { left: 34, right: 8, top: 22, bottom: 30 }

/** Two or more samples as overlaid histograms of shares. */
export function histogram(
  title: string,
  unit: string,
  series: readonly Series[],
  range: readonly [number, number],
  bins = 40,
): string {
  const [low, high] = range
  const shares = series.map(({ values }) => binned(values, low, high, bins))
  const top = Math.max(...shares.flat(), 1e-9)
  const at = (across: number, share: number): Point => [
    EDGE.left + across * (WIDTH - EDGE.left - EDGE.right),
    HEIGHT - EDGE.bottom - (share / top) * (HEIGHT - EDGE.top - EDGE.bottom),
  ]
  const outlines = series.map(({ name, colour }, s) => {
    const steps = shares[s]!.flatMap((share, i) => [at(i / bins, share), at((i + 1) / bins, share)])
    const style = `fill="${colour}" fill-opacity="0.25" stroke="${colour}"`
    const shape = through('polygon', [at(0, 0), ...steps, at(1, 0)], style)
    return shape + text([WIDTH - EDGE.right, EDGE.top + 12 + 14 * s], name, 'end', `fill="${colour}"`)
  })
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((across) =>
    text([at(across, 0)[0], HEIGHT - 12], tick(low + across * (high - low)), across === 1 ? 'end' : 'middle'),
  )
  return svg(titled(title, unit), [...outlines, ...ticks])
}

/** Lines over time, one per series, on one scale. */
export function lines(title: string, unit: string, series: readonly Series[], perSecond: number): string {
  const all = series.flatMap(({ values }) => values)
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const last = Math.max(...series.map(({ values }) => values.length)) - 1
  const at = (i: number, value: number): Point => [
    EDGE.left + (i / Math.max(last, 1)) * (WIDTH - EDGE.left - EDGE.right),
    HEIGHT - EDGE.bottom - ((value - low) / Math.max(high - low, 1e-9)) * (HEIGHT - EDGE.top - EDGE.bottom),
  ]
  const paths = series.map(({ values, colour }) => {
    const points = values.map((value, i) => at(i, value))
    return through('polyline', points, `fill="none" stroke="${colour}"`)
  })
  const ticks = [low, high].map((value) => text([EDGE.left - 4, at(0, value)[1] + 4], tick(value), 'end'))
  const time = [0, last].map((i) =>
    text([at(i, low)[0], HEIGHT - 12], `${tick(i / perSecond)} s`, i === 0 ? 'start' : 'end'),
  )
  return svg(titled(title, unit), [...paths, ...ticks, ...time])
}

const titled = (title: string, unit: string) => (unit === '' ? title : `${title} (${unit})`)

function svg(title: string, parts: readonly string[]): string {
  const heading = text([EDGE.left, 14], title, 'start', 'font-weight="600"')
  const ground = HEIGHT - EDGE.bottom
  const axis = line([EDGE.left, ground], [WIDTH - EDGE.right, ground], 'stroke="#888"')
  const size = `viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"`
  return `<svg ${size} ${named(title)}>${[heading, ...parts, axis].join('')}</svg>`
}

function binned(values: readonly number[], low: number, high: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) {
    const bin = Math.floor((bins * (value - low)) / (high - low))
    if (bin >= 0 && bin < bins) counts[bin]!++
  }
  return counts.map((count) => count / Math.max(values.length, 1))
}

const tick = (value: number) =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
