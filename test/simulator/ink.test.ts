import { describe, expect, it } from 'vitest'
import { drawStrokes } from '../../src/main/simulator/ink.ts'
import type { InkStroke } from '../../src/main/simulator/ink.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

const stroke = (pressure: number): InkStroke => ({
  x: Float32Array.of(0, 20),
  y: Float32Array.of(0, 0),
  t: Float32Array.of(0, 500),
  pressure: Float32Array.of(pressure, pressure),
})
const ink = (pixels: Uint8Array) => pixels.reduce((sum, grey) => sum + (255 - grey) / 255, 0)

describe('the picture of virtual ink', () => {
  it('has the height that was asked for, white paper and dark ink', () => {
    const image = drawStrokes(simulateWord(drawWriter(2), 'Quelle').strokes, { height: 40 })
    expect(image.height).toBe(40)
    expect(image.pixels).toHaveLength(image.width * image.height)
    expect(Math.max(...image.pixels)).toBe(255)
    expect(Math.min(...image.pixels)).toBeLessThan(30)
    const share = ink(image.pixels) / image.pixels.length
    expect(share).toBeGreaterThan(0.04)
    expect(share).toBeLessThan(0.5)
  })
  it('draws a line of known length and width with that much ink', () => {
    const { pixels } = drawStrokes([stroke(0.8)], { height: 64, maxWidth: 204, nib: 0.5 })
    const [length, width] = [200, 0.5 * 10]
    expect(ink(pixels)).toBeGreaterThan(length * width * 0.9)
    expect(ink(pixels)).toBeLessThan((length + width) * width * 1.1)
  })
  it('draws heavier strokes thicker', () => {
    const options = { height: 64, maxWidth: 204 }
    expect(ink(drawStrokes([stroke(0.9)], options).pixels)).toBeGreaterThan(
      1.3 * ink(drawStrokes([stroke(0.3)], options).pixels),
    )
  })
  it('scales a long word down to the widest picture', () => {
    expect(
      drawStrokes(simulateWord(drawWriter(2), 'Handschriftenkunde').strokes, { height: 64, maxWidth: 100 }).width,
    ).toBeLessThanOrEqual(101)
  })
  it('is blank paper where there is no ink', () => {
    expect(Math.min(...drawStrokes([]).pixels)).toBe(255)
  })
  it('has its ink where the signal has its force: pen-down time is the strokes’ time', () => {
    const { strokes, signal } = simulateWord(drawWriter(2), 'Quelle')
    const down = strokes.reduce((sum, { t }) => sum + t.at(-1)! - t[0]!, 0) / 10
    const pressing = Array.from({ length: signal.frames }, (_, i) => signal.values[i * 13 + 12]!).filter(
      (newton) => newton > 0.05,
    ).length
    expect(Math.abs(pressing - down) / down).toBeLessThan(0.2)
  })
})
