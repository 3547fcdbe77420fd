/** Small SVG plots for the report: no script, no fonts, readable in print and by a screen reader. */

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
  const x = (share: number) => EDGE.left + share * (WIDTH - EDGE.left - EDGE.right)
  const y = (share: number) => HEIGHT - EDGE.bottom - (share / top) * (HEIGHT - EDGE.top - EDGE.bottom)
  const outlines = series.map(({ name, colour }, s) => {
    const steps = shares[s]!.map(
      (share, i) => `${number(x(i / bins))},${number(y(share))} ${number(x((i + 1) / bins))},${number(y(share))}`,
    )
    const shape = `${number(x(0))},${number(y(0))} ${steps.join(' ')} ${number(x(1))},${number(y(0))}`
    const key = `<text x="${WIDTH - EDGE.right}" y="${EDGE.top + 12 + 14 * s}" text-anchor="end" fill="${colour}">${escaped(name)}</text>`
    return `<polygon points="${shape}" fill="${colour}" fill-opacity="0.25" stroke="${colour}"/>${key}`
  })
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<text x="${number(x(share))}" y="${HEIGHT - 12}" text-anchor="${share === 1 ? 'end' : 'middle'}">${tick(low + share * (high - low))}</text>`,
  )
  return svg(titled(title, unit), [...outlines, ...ticks])
}

/** Lines over time, one per series, on one scale. */
export function lines(title: string, unit: string, series: readonly Series[], perSecond: number): string {
  const all = series.flatMap(({ values }) => values)
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const last = Math.max(...series.map(({ values }) => values.length)) - 1
  const x = (i: number) => EDGE.left + (i / Math.max(last, 1)) * (WIDTH - EDGE.left - EDGE.right)
  const y = (value: number) =>
    HEIGHT - EDGE.bottom - ((value - low) / Math.max(high - low, 1e-9)) * (HEIGHT - EDGE.top - EDGE.bottom)
  const paths = series.map(
    ({ values, colour }) =>
      `<polyline fill="none" stroke="${colour}" points="${values.map((value, i) => `${number(x(i))},${number(y(value))}`).join(' ')}"/>`,
  )
  const ticks = [low, high].map(
    (value) => `<text x="${EDGE.left - 4}" y="${number(y(value) + 4)}" text-anchor="end">${tick(value)}</text>`,
  )
  const time = [0, last].map(
    (i) =>
      `<text x="${number(x(i))}" y="${HEIGHT - 12}" text-anchor="${i === 0 ? 'start' : 'end'}">${tick(i / perSecond)} s</text>`,
  )
  return svg(titled(title, unit), [...paths, ...ticks, ...time])
}

const titled = (title: string, unit: string) => (unit === '' ? title : `${title} (${unit})`)

function svg(title: string, parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(title)}"><text x="${EDGE.left}" y="14" font-weight="600">${escaped(title)}</text>${parts.join('')}<line x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${HEIGHT - EDGE.bottom}" y2="${HEIGHT - EDGE.bottom}" stroke="#888"/></svg>`
}

function binned(values: readonly number[], low: number, high: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) {
    const bin = Math.floor((bins * (value - low)) / (high - low))
    if (bin >= 0 && bin < bins) counts[bin]!++
  }
  return counts.map((count) => count / Math.max(values.length, 1))
}

const number = (value: number) => value.toFixed(1)
const tick = (value: number) =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
}
