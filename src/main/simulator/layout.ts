/** From a word to the strokes of one writer: letter shapes, habits, joins, slant and the wandering baseline. */
import { clamp, cos, norm, sin } from '../signal/arithmetic.ts'
import { randomStream } from '../random/named.ts'
import type { NamedRandom } from '../random/named.ts'
import { SCRIPT_FONTS, extent, glyphOf } from './shapes.ts'
import type { FontName, Glyph, GlyphStroke } from './shapes.ts'
import type { VirtualWriter } from './writer.ts'

/** Control points (x, y pairs in mm, y up the page) of a stroke written without lifting the pen. */
export type Outline = number[]

export interface LaidWord {
  outlines: Outline[]
  /** How many of the outlines are written in the line; the delayed dots and bars come after them. */
  inLine: number
  /**
   * Where each letter begins: the outline in the line, and the control point of it. Null for a letter of delayed
   * strokes alone.
   */
  begins: ({ outline: number; point: number } | null)[]
  /** Where the next word's first letter would begin without a space. */
  end: number
}

const habits = new WeakMap<VirtualWriter, Map<string, Glyph>>()
const isScript = (font: FontName) => (SCRIPT_FONTS as readonly FontName[]).includes(font)
const isCapital = (symbol: string) => symbol !== symbol.toLowerCase()

/** Lays a word on the line from `origin` (mm). What is random within the writer's habit comes from `random`. */
export function layWord(
  writer: VirtualWriter,
  letters: readonly string[],
  random: NamedRandom,
  origin: { x: number; y: number },
): LaidWord {
  const word = new WordLine(writer, random, origin)
  for (const letter of letters) word.add(letter)
  return { outlines: word.outlines(), inLine: word.inLine, begins: word.begins, end: word.cursor }
}

class WordLine {
  cursor: number
  readonly begins: LaidWord['begins'] = []
  private readonly writer: VirtualWriter
  private readonly random: NamedRandom
  private readonly y: number
  private readonly start: number
  private readonly size: number
  private readonly wave: { phase: number; length: number }
  private readonly written: Outline[] = []
  private readonly delayed: Outline[] = []
  private previous: string | undefined

  constructor(writer: VirtualWriter, random: NamedRandom, origin: { x: number; y: number }) {
    this.writer = writer
    this.random = random
    this.cursor = this.start = origin.x
    this.y = origin.y
    this.size = writer.xHeight * random.lognormal(1, 0.03)
    this.wave = { phase: random.between(0, 6.28), length: random.between(12, 30) }
  }

  get inLine(): number {
    return this.written.length
  }

  outlines(): Outline[] {
    return [...this.written, ...this.delayed]
  }

  add(letter: string): void {
    const { writer, random } = this
    const glyph = habitGlyph(writer, letter)
    const place = this.placement()
    const warp = drawWarp(random, writer.unsteadiness)
    let first = true
    this.begins.push(null)
    for (const stroke of glyph.strokes) {
      const outline = stroke.points.length === 0 ? [] : place(warped(stroke.points, warp))
      if (stroke.delayed) this.delayed.push(outline)
      else if (first) this.enter(outline, letter)
      else this.continue(outline, letter)
      first = first && stroke.delayed
    }
    this.previous = letter
    this.cursor += glyph.advance * writer.width * writer.spacing * this.size * random.lognormal(1, 0.02)
  }

  private placement(): (points: readonly number[]) => Outline {
    const { writer, random, cursor } = this
    const size = this.size * random.lognormal(1, 0.025)
    const shear = sin(writer.slant) / cos(writer.slant) + 0.03 * random.normal()
    const along = cursor - this.start
    const height =
      this.y +
      along * writer.baseline.slope +
      writer.baseline.wander * this.size * sin((2 * Math.PI * along) / this.wave.length + this.wave.phase)
    return (points) => {
      const outline: Outline = []
      for (let i = 0; i < points.length; i += 2) {
        const y = points[i + 1]!
        const tall = y > 1 ? 1 + (y - 1) * writer.ascender : y < 0 ? y * writer.descender : y
        outline.push(cursor + (points[i]! * writer.width + tall * shear) * size, height + tall * size)
      }
      return outline
    }
  }

  /** Begins a letter: joined to the last one where the writer joins this pair and the way is short. */
  private enter(outline: Outline, letter: string): void {
    const last = this.written.at(-1)
    const pair = `${this.previous}${letter}`
    const joins =
      this.previous !== undefined &&
      /^\p{L}\p{L}$/u.test(pair) &&
      randomStream('join', this.writer.seed, pair).chance(this.writer.joining)
    if (
      last !== undefined &&
      joins &&
      gap(last, outline) < 1.35 * this.size &&
      last.at(-1)! < outline[1]! + 1.6 * this.size
    )
      last.push(...bridge(last, outline), ...outline)
    else this.written.push(outline)
    this.begins[this.begins.length - 1] = {
      outline: this.written.length - 1,
      point: (this.written.at(-1)!.length - outline.length) / 2,
    }
  }

  /** Goes on within a letter: back over the last stroke where the writer does so, else with a lift. */
  private continue(outline: Outline, letter: string): void {
    const last = this.written.at(-1)
    const retraces =
      last !== undefined && randomStream('retrace', this.writer.seed, letter).chance(this.writer.retracing)
    const way = retraces ? wayBack(last, outline, this.size) : undefined
    if (last !== undefined && way !== undefined) last.push(...way, ...outline)
    else this.written.push(outline)
  }
}

/** The letter in the writer's own form, the same whenever the letter comes. */
function habitGlyph(writer: VirtualWriter, symbol: string): Glyph {
  const known = habits.get(writer) ?? new Map<string, Glyph>()
  habits.set(writer, known)
  const before = known.get(symbol)
  if (before !== undefined) return before
  const random = randomStream('letter', writer.seed, symbol)
  const fontName: FontName = random.chance(writer.variety)
    ? writer.fonts.other
    : isCapital(symbol)
      ? writer.fonts.capital
      : writer.fonts.small
  const source = glyphOf(fontName, symbol)
  const warp = drawWarp(random, writer.distortion)
  const strokes = source.strokes.map(({ points, delayed }): GlyphStroke => ({
    points: warped(isScript(fontName) ? looped(points, writer.loops) : points, warp),
    delayed,
  }))
  const glyph = { advance: source.advance * random.lognormal(1, 0.05), strokes }
  known.set(symbol, glyph)
  return glyph
}

/** Two slow waves in x and two in y bend a letter without breaking it. */
type Warp = readonly number[]

function drawWarp(random: NamedRandom, amount: number): Warp {
  return Array.from({ length: 4 }, () => [
    amount * random.normal(),
    random.between(1, 2.6),
    random.between(1, 2.6),
    random.between(0, 6.28),
  ]).flat()
}

function warped(points: readonly number[], warp: Warp): number[] {
  const bent: number[] = []
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!]
    const wave = (k: number) => warp[k]! * sin(warp[k + 1]! * x + warp[k + 2]! * y + warp[k + 3]!)
    bent.push(x + wave(0) + wave(4), y + wave(8) + wave(12))
  }
  return bent
}

/** Loops above and below the small letters, narrowed or widened about their own middle. */
function looped(points: readonly number[], factor: number): number[] {
  const outside = points.filter((_, i) => (i % 2 === 0 ? isOutside(points[i + 1]!) : false))
  if (outside.length < 5) return [...points]
  const middle = outside.reduce((sum, x) => sum + x, 0) / outside.length
  return points.map((value, i) => {
    if (i % 2 === 1) return value
    const y = points[i + 1]!
    const weight = isOutside(y) ? clamp(1.5 * (y > 1 ? y - 1.1 : -0.1 - y), 0, 1) : 0
    return middle + (value - middle) * (1 + (factor - 1) * weight)
  })
}

const isOutside = (y: number) => y > 1.1 || y < -0.1

function gap(last: Outline, next: Outline): number {
  return norm(next[0]! - last.at(-2)!, next[1]! - last.at(-1)!)
}

/** A connecting stroke (cubic Hermite) that leaves and arrives in the directions of the letters it joins. */
function bridge(last: Outline, next: Outline): Outline {
  const [x0, y0, x1, y1] = [last.at(-2)!, last.at(-1)!, next[0]!, next[1]!]
  const reach = 0.8 * norm(x1 - x0, y1 - y0)
  const leave = direction(last.at(-4) ?? x0 - 1, last.at(-3) ?? y0, x0, y0)
  const arrive = direction(x1, y1, next[2] ?? x1 + 1, next[3] ?? y1)
  const points: Outline = []
  for (const t of [0.25, 0.5, 0.75]) {
    const [a, b, c, d] = [(1 + 2 * t) * (1 - t) * (1 - t), t * (1 - t) * (1 - t), t * t * (3 - 2 * t), t * t * (t - 1)]
    points.push(
      a * x0 + b * reach * leave.x + c * x1 + d * reach * arrive.x,
      a * y0 + b * reach * leave.y + c * y1 + d * reach * arrive.y,
    )
  }
  return points
}

function direction(x0: number, y0: number, x1: number, y1: number): { x: number; y: number } {
  const length = norm(x1 - x0, y1 - y0)
  return length === 0 ? { x: 1, y: 0 } : { x: (x1 - x0) / length, y: (y1 - y0) / length }
}

/** The points back along `last` to where `next` begins, if it begins on it within the last two x-heights of the way. */
function wayBack(last: Outline, next: Outline, size: number): Outline | undefined {
  const way: Outline = []
  let length = 0
  for (let i = last.length - 4; i >= 0 && length < 2.2 * size; i -= 2) {
    const [x, y] = [last[i]!, last[i + 1]!]
    length += norm(last[i + 2]! - x, last[i + 3]! - y)
    if (norm(x - next[0]!, y - next[1]!) < 0.2 * size) return way
    way.push(x, y)
  }
  return undefined
}

/** Width in mm of a word gap of this writer. */
export function wordGap(writer: VirtualWriter, random: NamedRandom): number {
  return writer.xHeight * writer.spacing * 1.3 * random.lognormal(1, 0.12)
}

/** Bounds of laid outlines in mm. */
export function bounds(outlines: readonly Outline[]): ReturnType<typeof extent> {
  return extent(outlines.flat())
}
