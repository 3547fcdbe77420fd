/** Ink of a virtual recording, and its picture: the offline twin of the sensor signal. */
import { clamp, norm } from '../signal/arithmetic.ts'
import type { Motion } from './motion.ts'
import { STEP } from './plan.ts'

/** A pen-down stroke: x and y in mm (y down the page, the baseline at 0), t in ms, pressure 0-1, all of one length. */
export interface InkStroke {
  x: Float32Array
  y: Float32Array
  t: Float32Array
  pressure: Float32Array
}

/** Force in N at which pressure is one half; a stylus saturates like this. */
const HALF_PRESSURE = 0.3
/** Grid steps between points: 200 points a second. */
const STRIDE = 2

export function inked(motion: Motion, from: number, to: number): InkStroke {
  const count = Math.ceil((to - from) / STRIDE)
  const pick = (value: (i: number) => number) =>
    Float32Array.from({ length: count }, (_, k) => value(from + k * STRIDE))
  return {
    x: pick((i) => motion.x[i]!),
    y: pick((i) => -motion.y[i]!),
    t: pick((i) => i * STEP * 1000),
    pressure: pick((i) => motion.force[i]! / (motion.force[i]! + HALF_PRESSURE)),
  }
}

export interface WordImage {
  width: number
  height: number
  /** Grey, row by row: 255 is paper, 0 full ink. */
  pixels: Uint8Array
}

export interface ImageOptions {
  /** Height in pixels; the ink is scaled to fill it. */
  height?: number
  /** Widest picture in pixels; longer words are scaled down further. */
  maxWidth?: number
  /** Blank border in pixels. */
  margin?: number
  /** Width of a firmly drawn line in mm. */
  nib?: number
}

/** The strokes as a grey word image, drawn as round-ended lines whose width follows the pressure, with smooth edges. */
export function drawStrokes(strokes: readonly InkStroke[], options: ImageOptions = {}): WordImage {
  const { height = 32, maxWidth = 600, margin = 2, nib = 0.42 } = options
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of strokes) {
    for (const value of x) [left, right] = [Math.min(left, value), Math.max(right, value)]
    for (const value of y) [top, bottom] = [Math.min(top, value), Math.max(bottom, value)]
  }
  if (left > right) return { width: height, height, pixels: new Uint8Array(height * height).fill(255) }
  const scale = Math.min(
    (height - 2 * margin) / Math.max(bottom - top, 4),
    (maxWidth - 2 * margin) / Math.max(right - left, 1),
  )
  const width = Math.max(height, Math.ceil((right - left) * scale + 2 * margin))
  const ink = new Float32Array(width * height)
  const shift = { x: (width - (right - left) * scale) / 2, y: (height - (bottom - top) * scale) / 2 }
  for (const { x, y, pressure } of strokes) {
    for (let i = 1; i < x.length; i++) {
      const radius = 0.5 * Math.max(1, nib * scale * (0.45 + (0.55 * (pressure[i]! + pressure[i - 1]!)) / 1.6))
      const at = (value: number, low: number, offset: number) => (value - low) * scale + offset
      capsule(
        ink,
        width,
        height,
        at(x[i - 1]!, left, shift.x),
        at(y[i - 1]!, top, shift.y),
        at(x[i]!, left, shift.x),
        at(y[i]!, top, shift.y),
        radius,
      )
    }
  }
  return { width, height, pixels: Uint8Array.from(ink, (cover) => Math.floor(255 * (1 - cover) + 0.5)) }
}

/** Adds a line with round ends: cover falls from 1 to 0 over one pixel about its edge. */
function capsule(
  ink: Float32Array,
  width: number,
  height: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  radius: number,
): void {
  const reach = radius + 1
  const [dx, dy] = [x1 - x0, y1 - y0]
  const square = dx * dx + dy * dy
  const rows = [
    Math.max(0, Math.floor(Math.min(y0, y1) - reach)),
    Math.min(height - 1, Math.ceil(Math.max(y0, y1) + reach)),
  ] as const
  const columns = [
    Math.max(0, Math.floor(Math.min(x0, x1) - reach)),
    Math.min(width - 1, Math.ceil(Math.max(x0, x1) + reach)),
  ] as const
  for (let row = rows[0]; row <= rows[1]; row++) {
    for (let column = columns[0]; column <= columns[1]; column++) {
      const [px, py] = [column + 0.5 - x0, row + 0.5 - y0]
      const along = square === 0 ? 0 : clamp((px * dx + py * dy) / square, 0, 1)
      const cover = clamp(radius + 0.5 - norm(px - along * dx, py - along * dy), 0, 1)
      const at = row * width + column
      if (cover > ink[at]!) ink[at] = cover
    }
  }
}
