/**
 * Letters as pen strokes, from the open single-stroke fonts of the package `hersheytext`
 * (Hershey's fonts and the EMS fonts; their terms are in docs/notices/single-stroke-fonts.md).
 * One unit is the height of the letter x, the baseline is y = 0 and y points up.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { KalamosError } from '../../shared/errors.ts'
import { WORD_ALPHABET, symbols } from '../../shared/text.ts'
import { norm } from '../signal/arithmetic.ts'

/**
 * Every symbol the virtual pen can write: the letters of the word sets, digits, the signs of the equation set, and
 * those of a sentence.
 */
export const VIRTUAL_ALPHABET = `${WORD_ALPHABET}0123456789+-·:=.,;!?'"()/%&@€$–`

/** The longest word that is written in one go. */
export const LONGEST_WORD = 60

/** Points of one pen-down stroke as x, y pairs. A delayed stroke (dot, crossbar) is written after the word. */
export interface GlyphStroke {
  points: readonly number[]
  delayed: boolean
}

export interface Glyph {
  advance: number
  strokes: readonly GlyphStroke[]
}

export const SCRIPT_FONTS = ['HersheyScript1', 'EMSAllure'] as const
export const PRINT_FONTS = [
  'EMSTech',
  'EMSReadability',
  'EMSFelix',
  'EMSReadabilityItalic',
  'HersheySans1',
  'EMSElfin',
] as const
export type FontName = (typeof SCRIPT_FONTS)[number] | (typeof PRINT_FONTS)[number]

type Font = ReadonlyMap<string, Glyph>
const fonts = new Map<FontName, Font>()

/** The glyph of one symbol in a font; the symbol must be of {@link VIRTUAL_ALPHABET}. */
export function glyphOf(fontName: FontName, symbol: string): Glyph {
  const glyph = font(fontName).get(symbol)
  if (glyph === undefined) throw unwritable(symbol, symbol)
  return glyph
}

/**
 * The symbols of a word that the virtual pen is asked to write.
 * Throws `invalid-input` for an empty word, a word above {@link LONGEST_WORD} symbols, or a symbol without a shape.
 */
export function writableSymbols(word: string): string[] {
  const letters = symbols(word)
  if (letters.length === 0)
    throw new KalamosError(
      'invalid-input',
      'There is no word to write: the text is empty.',
      'Give a word of at least one letter.',
    )
  if (letters.length > LONGEST_WORD) {
    throw new KalamosError(
      'invalid-input',
      `The word “${letters.slice(0, 12).join('')}…” has ${letters.length} letters; the virtual pen writes words ` +
        `of up to ${LONGEST_WORD}.`,
      'Split it into shorter words.',
    )
  }
  for (const letter of letters) if (!VIRTUAL_ALPHABET.includes(letter)) throw unwritable(letter, word)
  return letters
}

function unwritable(symbol: string, word: string): KalamosError {
  const code = symbol.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return new KalamosError(
    'invalid-input',
    `The virtual pen has no shape for “${symbol}” (U+${code}) in “${word}”.`,
    `It can write ${VIRTUAL_ALPHABET}.`,
  )
}

function font(name: FontName): Font {
  const known = fonts.get(name)
  if (known !== undefined) return known
  const path = createRequire(import.meta.url).resolve(`hersheytext/svg_fonts/${name}.svg`)
  const loaded = scaled(parseFont(readFileSync(path, 'utf8')), name)
  fonts.set(name, loaded)
  return loaded
}

interface RawGlyph {
  advance: number
  strokes: number[][]
}

function parseFont(svg: string): Map<string, RawGlyph> {
  const glyphs = new Map<string, RawGlyph>()
  for (const [, unicode, advance, path] of svg.matchAll(
    /<glyph\s+unicode="([^"]+)"[^>]*?horiz-adv-x="([^"]+)"(?:\s+d="([^"]*)")?/g,
  )) {
    glyphs.set(unescaped(unicode!), { advance: Number(advance), strokes: parsePath(path ?? '') })
  }
  return glyphs
}

function unescaped(text: string): string {
  const plain = text.replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
  return plain.replace('&apos;', "'").replace('&amp;', '&')
}

/** Strokes of an SVG path of absolute M, L and C commands; curves become four straight pieces. */
function parsePath(path: string): number[][] {
  const strokes: number[][] = []
  for (const [, command, tail] of path.matchAll(/([MLC])([^MLC]*)/g)) {
    const numbers = [...tail!.matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g)].map(([digits]) => Number(digits))
    const stroke = strokes.at(-1)
    if (command === 'M' || stroke === undefined) strokes.push(numbers)
    else if (command === 'L') stroke.push(...numbers)
    else for (let i = 0; i + 5 < numbers.length; i += 6) curve(stroke, numbers.slice(i, i + 6))
  }
  return strokes.filter((stroke) => stroke.length >= 2)
}

function curve(stroke: number[], [x1, y1, x2, y2, x3, y3]: number[]): void {
  const [x0, y0] = [stroke.at(-2)!, stroke.at(-1)!]
  for (let step = 1; step <= 4; step++) {
    const t = step / 4
    const u = 1 - t
    const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
    stroke.push(a * x0 + b * x1! + c * x2! + d * x3!, a * y0 + b * y1! + c * y2! + d * y3!)
  }
}

// Hershey's script has outlined digits; they are taken from the sans font.
const SUBSTITUTED = new Map<FontName, { font: FontName; symbols: string }>([
  ['HersheyScript1', { font: 'HersheySans1', symbols: '0123456789' }],
])
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'a', ö: 'o', ü: 'u', Ä: 'A', Ö: 'O', Ü: 'U' }
const DOTTED = 'ijäöüÄÖÜ:·.;!?'
const CROSSED = 'tf'

function scaled(raw: ReadonlyMap<string, RawGlyph>, name: FontName): Font {
  const height = Math.max(...raw.get('x')!.strokes.flatMap((stroke) => stroke.filter((_, i) => i % 2 === 1)))
  const substitute = SUBSTITUTED.get(name)
  const glyphs = new Map<string, Glyph>()
  for (const symbol of VIRTUAL_ALPHABET) {
    if (substitute?.symbols.includes(symbol) === true) {
      glyphs.set(symbol, glyphOf(substitute.font, symbol))
      continue
    }
    const base = UMLAUTS[symbol]
    const source = raw.get(base ?? symbol)
    if (source === undefined) throw new Error(`the font ${name} has no glyph for ${symbol}`)
    const strokes = connected(source.strokes.map((stroke) => stroke.map((v) => v / height))).map((points) =>
      classified(points, symbol),
    )
    glyphs.set(symbol, {
      advance: source.advance / height,
      strokes: base === undefined ? strokes : [...strokes, ...umlautDots(strokes)],
    })
  }
  return glyphs
}

/** Strokes whose end is the next one's start were split by the font only; the pen does not lift there. */
function connected(strokes: number[][]): number[][] {
  const joined: number[][] = []
  for (const stroke of strokes) {
    const previous = joined.at(-1)
    if (previous !== undefined && norm(previous.at(-2)! - stroke[0]!, previous.at(-1)! - stroke[1]!) < 0.08)
      previous.push(...stroke.slice(2))
    else joined.push([...stroke])
  }
  return joined
}

function classified(points: number[], symbol: string): GlyphStroke {
  const { left, right, low, high } = extent(points)
  const [width, height] = [right - left, high - low]
  if (DOTTED.includes(symbol) && width < 0.3 && height < 0.3)
    return dot((left + right) / 2, (low + high) / 2, low > 0.8)
  const bar = CROSSED.includes(symbol) && width > 1.5 * height && low > 0.4
  return { points, delayed: bar }
}

/** A dot is a short tick: a pen cannot draw a point without moving. */
function dot(x: number, y: number, delayed: boolean): GlyphStroke {
  return { points: [x - 0.02, y + 0.06, x + 0.02, y - 0.06], delayed }
}

function umlautDots(strokes: readonly GlyphStroke[]): GlyphStroke[] {
  const { left, right, high } = extent(strokes.flatMap(({ points }) => points))
  const middle = (left + right) / 2 + 0.08
  return [dot(middle - 0.22, high + 0.35, true), dot(middle + 0.22, high + 0.37, true)]
}

/** Bounds of x, y pairs. */
export function extent(points: readonly number[]): { left: number; right: number; low: number; high: number } {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]!)
    right = Math.max(right, points[i]!)
    low = Math.min(low, points[i + 1]!)
    high = Math.max(high, points[i + 1]!)
  }
  return { left, right, low, high }
}
