import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../src/renderer/app.css'), 'utf8')

type Palette = Map<string, string>

function paletteIn(text: string): Palette {
  return new Map([...text.matchAll(/--color-([\w-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1]!, found[2]!]))
}

const light = paletteIn(css.slice(css.indexOf('@theme'), css.indexOf('@media')))
const dark = new Map([...light, ...paletteIn(css.slice(css.indexOf('@media'), css.indexOf('@layer')))])

/** Relative luminance of an sRGB colour, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(palette: Palette, a: string, b: string): number {
  const [lighter, darker] = [luminance(palette.get(a)!), luminance(palette.get(b)!)].sort((x, y) => y - x)
  return (lighter! + 0.05) / (darker! + 0.05)
}

const TEXTS: [string, string[]][] = [
  ['ink', ['ground', 'surface', 'sunken', 'accent-soft', 'bad-soft', 'warn-soft']],
  ['muted', ['ground', 'surface', 'sunken']],
  ['accent', ['surface', 'sunken', 'accent-soft', 'ground']],
  ['on-accent', ['accent', 'accent-hover']],
  ['good', ['surface', 'good-soft']],
  ['warn', ['surface', 'warn-soft', 'ground']],
  ['bad', ['surface', 'bad-soft', 'sunken']],
  ['virtual', ['surface', 'virtual-soft']],
  ['reenacted', ['surface', 'reenacted-soft']],
]

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s palette', (_name, palette) => {
  it('keeps text at a contrast of at least 4.5 : 1', () => {
    for (const [text, grounds] of TEXTS) {
      for (const ground of grounds)
        expect(contrast(palette, text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('keeps the traces of a plot and the borders of controls at 3 : 1 or more', () => {
    for (const mark of [...Array.from({ length: 8 }, (_, i) => `trace-${i + 1}`), 'strong-line']) {
      expect(contrast(palette, mark, 'surface'), mark).toBeGreaterThanOrEqual(3)
    }
  })
})
