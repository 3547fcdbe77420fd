/** Text at a place of a picture. `anchor` says which end of it is there. */
export function text(x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end', style = ''): string {
  return `<text x="${r(x)}" y="${r(y)}" text-anchor="${anchor}"${style}>${escaped(content)}</text>`
}

/** A picture of a size, which names itself to those who cannot see it; readable on light and dark paper. */
export function picture(title: string, [width, height]: readonly [number, number], body: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${escaped(title)}"><rect width="100%" height="100%" fill="#fff"/>${body.join('')}</svg>\n`
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

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** A coordinate, to a tenth. */
export function r(value: number): string {
  return String(Math.round(value * 10) / 10)
}
