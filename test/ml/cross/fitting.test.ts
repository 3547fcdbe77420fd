import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imageConfig, outputColumns } from '../../../src/main/ml/image/config.ts'
import { fittingImages, onWiderPaper } from '../../../src/main/ml/image/fitting.ts'
import { ctcFits } from '../../../src/main/compute/ops/index.ts'
import type { WordImage } from '../../../src/main/simulator/ink.ts'

const blank = (width: number): WordImage => ({ width, height: 32, pixels: new Uint8Array(32 * width).fill(200) })

describe('pictures for a network that spells', () => {
  test('have room for every letter of their label, and for the blanks between equal ones', () => {
    const encode = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0) - 96)
    fc.assert(
      fc.property(
        fc.constantFrom('words', 'tiny'),
        fc.integer({ min: 1, max: 60 }),
        fc.string({ unit: fc.constantFrom('i', 'l'), minLength: 1, maxLength: 12 }),
        (size, width, label) => {
          const config = imageConfig(size, { classes: 27, head: 'ctc' })
          const image = fittingImages({ height: 32, image: () => blank(width) }, config, encode).image(label, 0)
          expect(ctcFits(encode(label), outputColumns(config, Int32Array.of(image.width))[0]!)).toBe(true)
          expect(image.pixels).toHaveLength(32 * image.width)
        },
      ),
    )
  })

  test('are left as they are where they are wide enough', () => {
    const image = blank(40)
    expect(onWiderPaper(image, 40)).toBe(image)
  })

  test('lie in the middle of paper that goes on as at their edges', () => {
    const wide = onWiderPaper({ width: 3, height: 1, pixels: Uint8Array.of(9, 5, 7) }, 6)
    expect([...wide.pixels]).toEqual([9, 9, 5, 7, 7, 7])
  })
})
