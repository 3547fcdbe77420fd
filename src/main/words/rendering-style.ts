import type { NamedRandom } from '../random/named.ts'

/** Geometry, ink and paper of one word image. */
export interface RenderingStyle {
  /** Height of the letter x as a share of the image's height. */
  xHeight: number
  /** Width of letters relative to the font's. */
  stretch: number
  /** Shear to the right, as a tangent. */
  slant: number
  /** Turn of the line, radians. */
  turn: number
  /** Additional distance between letters, in x-heights. */
  spacing: number
  /** How much broader strokes are than the font's, in pixels. */
  boldness: number
  /** How far the line strays up and down, in pixels, over how many pixels, and where it begins (radians). */
  wander: { height: number; period: number; phase: number }
  /** Share of a pixel's ink that reaches each neighbour, 0 to 1/3. */
  blur: number
  /** Darkness of the ink, 0 to 1. */
  ink: number
  /** Brightness of the paper, 0 to 255, and how it changes from the left edge to the right one. */
  paper: { level: number; slope: number }
  /** A ruled line: its height as a share of the image's, and how dark it is. */
  rule: { at: number; ink: number }
  /** Deviation of the grain, in grey levels. */
  grain: number
}

/** Draws a style. Ranges are ours, chosen by eye to look like photographed words of many hands. */
export function drawRenderingStyle(random: NamedRandom): RenderingStyle {
  const limited = (spread: number, limit: number): number => Math.max(-limit, Math.min(limit, random.normal() * spread))
  return {
    xHeight: random.between(0.3, 0.46),
    stretch: random.between(0.82, 1.2),
    slant: limited(0.14, 0.4),
    turn: limited(0.015, 0.04),
    spacing: random.between(-0.03, 0.15),
    boldness: Math.max(0, random.between(-0.5, 1)),
    wander: { height: random.between(0, 1.1), period: random.between(30, 120), phase: random.between(0, 6.28) },
    blur: Math.max(0, random.between(-0.12, 0.26)),
    ink: random.between(0.55, 1),
    paper: { level: random.between(190, 255), slope: limited(10, 25) },
    rule: { at: random.between(0.1, 0.95), ink: random.chance(0.25) ? random.between(0.05, 0.25) : 0 },
    grain: random.between(0, 11),
  }
}
