import type { WordImage } from '../simulator/ink.ts'
import { randomStream, type NamedRandom } from '../random/named.ts'
import type { RenderingStyle } from './rendering-style.ts'

/** Normal numbers to draw grain from: drawing each anew would cost more than all the rest of an image. */
const GRAIN = grainTable(1 << 14)

function grainTable(size: number): Float32Array {
  const random = randomStream('grain')
  return Float32Array.from({ length: size }, () => random.normal())
}

/**
 * Puts ink on paper. `ink` is how much of each pixel is covered, 0 to 255, row by row `[height, width]`;
 * it is used up (the line's wander and the blur are worked into it).
 */
export function onPaper(
  ink: Uint8Array,
  width: number,
  height: number,
  style: RenderingStyle,
  random: NamedRandom,
): WordImage {
  stray(ink, width, height, style.wander)
  if (style.boldness > 0) thicken(ink, width, height, style.boldness)
  if (style.blur > 0) blur(ink, width, height, style.blur)
  const pixels = new Uint8Array(width * height)
  const rule = style.rule.ink === 0 ? -1 : Math.round(style.rule.at * (height - 1))
  const cover = style.ink / 255
  for (let y = 0, at = 0; y < height; y++) {
    let grain = random.below(GRAIN.length)
    const stride = 1 + 2 * random.below(8)
    const paper = style.paper.level * (y === rule ? 1 - style.rule.ink : 1)
    const slope = style.paper.slope / width
    for (let x = 0; x < width; x++, at++) {
      grain = (grain + stride) & (GRAIN.length - 1)
      const value = (paper + slope * x) * (1 - cover * ink[at]!) + style.grain * GRAIN[grain]!
      pixels[at] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5
    }
  }
  return { width, height, pixels }
}

/** Shifts columns up and down along a wave; parts of pixels are shared out between two rows. */
function stray(
  ink: Uint8Array,
  width: number,
  height: number,
  { height: reach, period, phase }: RenderingStyle['wander'],
): void {
  for (let x = 0; x < width; x++) {
    const shift = reach * Math.sin(phase + (2 * Math.PI * x) / period)
    const whole = Math.floor(shift)
    const part = shift - whole
    const step = shift > 0 ? -1 : 1
    const read = (y: number): number => (y < 0 || y >= height ? 0 : ink[y * width + x]!)
    for (let i = 0, y = step > 0 ? 0 : height - 1; i < height; i++, y += step) {
      ink[y * width + x] = (1 - part) * read(y - whole) + part * read(y - whole - 1)
    }
  }
}

/** Broadens strokes to the right and downwards, as a broader nib would: half a pixel each at a boldness of 1. */
function thicken(ink: Uint8Array, width: number, height: number, boldness: number): void {
  const share = boldness / 2
  for (let at = width * height - 1; at > width; at--) {
    const value = ink[at]! + share * Math.max(ink[at - 1]!, ink[at - width]!)
    ink[at] = value > 255 ? 255 : value
  }
}

/** Spreads ink to the four neighbours: rows first, then columns. */
function blur(ink: Uint8Array, width: number, height: number, share: number): void {
  smooth(ink, height, width, 1, width, share)
  smooth(ink, width, 1, width, height, share)
}

function smooth(ink: Uint8Array, lines: number, lineStep: number, step: number, length: number, share: number): void {
  const own = 1 - 2 * share
  for (let line = 0; line < lines; line++) {
    let before = 0
    let at = line * lineStep
    for (let i = 0; i < length; i++, at += step) {
      const here = ink[at]!
      ink[at] = own * here + share * (before + (i + 1 < length ? ink[at + step]! : 0))
      before = here
    }
  }
}
