import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { KalamosError } from '../../shared/errors.ts'
import { native } from '../native/libraries.ts'
import { symbols } from '../../shared/text.ts'
import { resource } from '../files/paths.ts'

/** The handwriting fonts of word images: open fonts of the `@fontsource` packages, German school hands among them. */
export const HANDWRITING_FONTS = [
  'bad-script',
  'caveat',
  'cedarville-cursive',
  'covered-by-your-grace',
  'dancing-script',
  'gochi-hand',
  'handlee',
  'homemade-apple',
  'indie-flower',
  'kalam',
  'la-belle-aurore',
  'mansalva',
  'marck-script',
  'nanum-pen-script',
  'nothing-you-could-do',
  'over-the-rainbow',
  'patrick-hand',
  'playwrite-de-grund',
  'playwrite-de-sas',
  'reenie-beanie',
  'sedgwick-ave',
  'shadows-into-light',
  'waiting-for-the-sunrise',
  'zeyada',
] as const
export type HandwritingFontName = (typeof HANDWRITING_FONTS)[number]

export interface HandwritingFont {
  fontName: HandwritingFontName
  /**
   * The name under which the drawing library knows it. No installed font bears it, so no other font can answer to it.
   */
  family: string
  /** Height of the letter x, as a share of the font size. */
  xHeight: number
  /** Whether the font itself has a shape for this symbol. */
  draws(symbol: string): boolean
}

/** Font size at which fonts are measured and drawn; other sizes are scaled from it. */
export const FONT_SIZE = 64

const packages = createRequire(import.meta.url)
let loaded: readonly HandwritingFont[] | undefined
let table: Record<HandwritingFontName, { letters: string }> | undefined

/**
 * All fonts, registered with the drawing library at the first call. Throws `unavailable` for one that it does not take.
 */
export function handwritingFonts(): readonly HandwritingFont[] {
  loaded ??= HANDWRITING_FONTS.map(load)
  return loaded
}

/**
 * The fonts that have every letter of a text; the others are refused for it, because the drawing library would
 * fill in a stranger's letter. Throws `label-unfit` naming the letters that no font can draw.
 */
export function fontsFor(text: string): readonly HandwritingFont[] {
  const letters = symbols(text).filter((symbol) => symbol !== ' ')
  const fit = handwritingFonts().filter((font) => letters.every((letter) => font.draws(letter)))
  if (fit.length > 0) return fit
  const unknown = [...new Set(letters.filter((letter) => !handwritingFonts().some((font) => font.draws(letter))))]
  const what =
    unknown.length > 0
      ? `No handwriting font has the letters “${unknown.join('')}”`
      : 'No single handwriting font has all the letters'
  throw new KalamosError(
    'label-unfit',
    `${what} of “${text}”.`,
    'Leave such words out, or give images of them in a folder of your own.',
  )
}

/**
 * Ranges of the code points that a font has glyphs for, from the table that `npm run fonts` writes. The drawing library
 * cannot be asked: it replaces a missing letter silently by another font's.
 */
function lettersOf(fontName: HandwritingFontName): [first: number, last: number][] {
  table ??= JSON.parse(readFileSync(resource('words', 'letters.json'), 'utf8')) as Record<
    HandwritingFontName,
    { letters: string }
  >
  return table[fontName].letters.split(' ').map((range) => {
    const [first, last = first] = range.split('-').map((digits) => parseInt(digits, 16))
    return [first!, last!]
  })
}

function isIn(ranges: readonly [first: number, last: number][], point: number): boolean {
  return ranges.some(([first, last]) => point >= first && point <= last)
}

function load(fontName: HandwritingFontName): HandwritingFont {
  const path = packages.resolve(`@fontsource/${fontName}/files/${fontName}-latin-400-normal.woff2`)
  const family = `kalamos ${fontName}`
  const bytes = readFileSync(path)
  const ranges = lettersOf(fontName)
  const { GlobalFonts, createCanvas } = native('drawing')
  // The library is native: in an installed app it cannot open the path, which leads into an archive.
  if (!GlobalFonts.register(bytes, family) || !GlobalFonts.has(family)) {
    throw new KalamosError(
      'unavailable',
      `The handwriting font ${fontName} could not be registered.`,
      'Reinstall the packages.',
    )
  }
  const pen = createCanvas(8, 8).getContext('2d')
  pen.font = `${FONT_SIZE}px "${family}"`
  const hasInk = new Map<string, boolean>()
  const inked = (symbol: string): boolean => {
    let known = hasInk.get(symbol)
    if (known === undefined) {
      const box = pen.measureText(symbol)
      known =
        box.actualBoundingBoxLeft + box.actualBoundingBoxRight > 0 &&
        box.actualBoundingBoxAscent + box.actualBoundingBoxDescent > 0
      hasInk.set(symbol, known)
    }
    return known
  }
  return {
    fontName,
    family,
    xHeight: pen.measureText('x').actualBoundingBoxAscent / FONT_SIZE,
    draws: (symbol) => [...symbol].every((character) => isIn(ranges, character.codePointAt(0)!)) && inked(symbol),
  }
}
