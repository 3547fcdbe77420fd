/** What plots in SVG are made of: no script, no fonts of their own, readable in print and by a screen reader. */

/** A place of a picture, in its units from the left and the top. */
export type Point = readonly [x: number, y: number]

/** Text at a place of a picture. `anchor` says which end of it is there. */
export function text([x, y]: Point, content: string, anchor: 'start' | 'middle' | 'end', style = ''): string {
  return `<text x="${r(x)}" y="${r(y)}" text-anchor="${anchor}"${style && ` ${style}`}>${escaped(content)}</text>`
}

/** A straight line from one place to another. */
export function line([x1, y1]: Point, [x2, y2]: Point, style: string): string {
  return `<line x1="${r(x1)}" x2="${r(x2)}" y1="${r(y1)}" y2="${r(y2)}" ${style}/>`
}

/** A filled circle about a place. */
export function dot([x, y]: Point, radius: number, colour: string): string {
  return `<circle cx="${r(x)}" cy="${r(y)}" r="${radius}" fill="${colour}"/>`
}

/** A line from place to place, or the shape that it surrounds. */
export function through(kind: 'polyline' | 'polygon', points: readonly Point[], style: string): string {
  return `<${kind} points="${points.map((point) => point.map(r).join(',')).join(' ')}" ${style}/>`
}

/** A picture of a size, which names itself to those who cannot see it; readable on light and dark paper. */
export function picture(title: string, [width, height]: Point, body: readonly string[]): string {
  const fonts = 'font-family="system-ui, sans-serif" font-size="12"'
  const ground = '<rect width="100%" height="100%" fill="#fff"/>'
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ${fonts} ` +
    `${named(title)}>${ground}${body.join('')}</svg>\n`
  )
}

/** Attributes of a picture by which a screen reader names it. */
export function named(title: string): string {
  return `role="img" aria-label="${escaped(title)}"`
}

/** Four to eight round numbers that span a range. */
export function niceTicks(low: number, high: number): number[] {
  const rough = (high - low || 1) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!
  const first = Math.floor(low / step)
  return Array.from({ length: Math.max(1, Math.ceil(high / step - 1e-9) - first) + 1 }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  )
}

/** A text as SVG and HTML take it, between tags or in quotes. */
export function escaped(content: string): string {
  return content.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
}

/** A coordinate, to a tenth. */
function r(value: number): string {
  return String(Math.round(value * 10) / 10)
}
