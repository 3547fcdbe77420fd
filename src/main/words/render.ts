import type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
import { KalamosError } from '../../shared/errors.ts'
import { native } from '../native/libraries.ts'
import type { WordImage } from '../simulator/ink.ts'
import { randomStream } from '../random/named.ts'
import { FONT_SIZE, fontsFor, type HandwritingFontName } from './fonts.ts'
import { drawRenderingStyle, type RenderingStyle } from './rendering-style.ts'
import { onPaper } from './paper.ts'

export interface RenderOptions {
  /** Pixels; 32 by default, as in the recogniser's family. */
  height?: number
  /** All images this wide (text in the middle) instead of as wide as their text. */
  width?: number
  /** Longer text is squeezed into this width; 600 by default. */
  maxWidth?: number
  /** Only these fonts; by default all that have the letters. */
  fontNames?: readonly HandwritingFontName[]
}

const MARGIN = 3

/**
 * Writes a text in a handwriting font, on paper, all drawn from the seed: the same text, seed and options give the same
 * image on the same machine. Throws `label-unfit` for a text that no font can draw and `invalid-input` for an empty
 * one.
 */
export function renderWord(text: string, seed: number, options: RenderOptions = {}): WordImage {
  const word = text.normalize('NFC').trim()
  if (word === '') throw new KalamosError('invalid-input', 'There is no word to draw: the text is empty.')
  const { height = 32, width: fixed, maxWidth = 600, fontNames } = options
  const random = randomStream('word image', word, seed)
  const able = fontsFor(word).filter(({ fontName }) => fontNames?.includes(fontName) ?? true)
  if (able.length === 0)
    throw new KalamosError(
      'label-unfit',
      `None of the chosen fonts (${fontNames?.join(', ')}) has all letters of “${word}”.`,
    )
  const font = random.pick(able)
  const style = drawRenderingStyle(random)
  const box = measure(word, font.family, style)
  const place = layOut(box, style, font.xHeight, height, fixed ?? maxWidth)
  const width = fixed ?? Math.max(8, Math.min(maxWidth, Math.ceil(place.width)))
  const ink = inkOf(word, font.family, style, place, width, height)
  return onPaper(ink, width, height, style, random)
}

interface Box {
  left: number
  right: number
  ascent: number
  descent: number
}

/** Bounds of a text around its starting point, at the size `FONT_SIZE`. */
function measure(word: string, family: string, style: RenderingStyle): Box {
  const { pen } = sheet(32, 32)
  setFont(pen, family, style)
  const box = pen.measureText(word)
  return {
    left: box.actualBoundingBoxLeft,
    right: box.actualBoundingBoxRight,
    ascent: box.actualBoundingBoxAscent,
    descent: box.actualBoundingBoxDescent,
  }
}

interface Place {
  /** Scale of letters across and along. */
  scaleX: number
  scaleY: number
  x: number
  baseline: number
  width: number
}

/** Finds the scale and place at which sheared and turned text lies inside the image. */
function layOut(box: Box, style: RenderingStyle, fontXHeight: number, height: number, maxWidth: number): Place {
  const spare = MARGIN + style.wander.height / 2
  const wanted = (style.xHeight * height) / (fontXHeight * FONT_SIZE)
  const tall = box.ascent + box.descent
  const long = box.left + box.right
  let scaleY = Math.min(wanted, (height - 2 * spare) / (tall + Math.abs(style.turn) * long))
  let scaleX = scaleY * style.stretch
  const lean = Math.abs(style.slant) * tall * scaleY
  const room = maxWidth - 2 * MARGIN
  if (long * scaleX + lean > room) {
    const squeeze = room / (long * scaleX + lean)
    scaleX *= squeeze
    scaleY *= Math.max(squeeze, 0.5)
  }
  const [top, bottom] = [box.ascent * scaleY, box.descent * scaleY]
  const rise = Math.abs(style.turn) * long * scaleX
  const free = height - 2 * spare - top - bottom - rise
  const forward = Math.max(0, style.slant * (style.slant > 0 ? bottom : -top))
  return {
    scaleX,
    scaleY,
    x: MARGIN + box.left * scaleX + forward,
    baseline: spare + Math.max(0, free) / 2 + top + (style.turn < 0 ? rise : 0),
    width: long * scaleX + lean + 2 * MARGIN,
  }
}

function inkOf(
  word: string,
  family: string,
  style: RenderingStyle,
  place: Place,
  width: number,
  height: number,
): Uint8Array {
  const wide = Math.ceil(width / 32) * 32
  const { canvas, pen } = sheet(wide, height)
  pen.setTransform(1, 0, 0, 1, 0, 0)
  pen.clearRect(0, 0, wide, height)
  setFont(pen, family, style)
  const offset = Math.max(0, (width - place.width) / 2)
  pen.setTransform(
    place.scaleX,
    Math.tan(style.turn) * place.scaleX,
    -style.slant * place.scaleY,
    place.scaleY,
    offset + place.x,
    place.baseline,
  )
  pen.fillText(word, 0, 0)
  const rgba = canvas.data()
  const ink = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) ink[y * width + x] = rgba[4 * (y * wide + x) + 3]!
  return ink
}

function setFont(pen: SKRSContext2D, family: string, style: RenderingStyle): void {
  pen.font = `${FONT_SIZE}px "${family}"`
  pen.letterSpacing = `${(style.spacing * FONT_SIZE * 0.4).toFixed(2)}px`
}

/** One sheet a size, wiped for each word: a canvas costs more to make than to draw on. */
const sheets = new Map<string, { canvas: Canvas; pen: SKRSContext2D }>()

function sheet(width: number, height: number): { canvas: Canvas; pen: SKRSContext2D } {
  const key = `${width}x${height}`
  let found = sheets.get(key)
  if (!found) {
    const canvas = native('drawing').createCanvas(width, height)
    const pen = canvas.getContext('2d')
    pen.lang = 'de'
    found = { canvas, pen }
    sheets.set(key, found)
  }
  return found
}
