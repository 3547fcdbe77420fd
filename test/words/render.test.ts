import { describe, expect, test } from 'vitest'
import { renderedImages, strokeImage, strokeImages } from '../../src/main/words/images.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'
import { ByteCache } from '../../src/main/words/cache.ts'
import { renderWord } from '../../src/main/words/render.ts'

describe('rendered word images', () => {
  test('the same word and seed give the same image, whatever was drawn between', () => {
    const first = renderWord('Übung', 7)
    renderWord('anderes', 3)
    expect(renderWord('Übung', 7)).toEqual(first)
    expect(renderWord('U\u0308bung', 7)).toEqual(first)
  })

  test('another seed gives another image of the same word', () => {
    const images = Array.from({ length: 20 }, (_, seed) => renderWord('Haus', seed))
    expect(new Set(images.map(({ pixels }) => Buffer.from(pixels).toString('base64'))).size).toBe(20)
  })

  test('images are 32 pixels high and as wide as their word, up to the widest allowed', () => {
    const mean = (text: string): number =>
      Array.from({ length: 20 }, (_, seed) => renderWord(text, seed)).reduce((sum, { width }) => sum + width / 20, 0)
    expect(renderWord('ich', 1).height).toBe(32)
    expect(mean('Handschrifterkennung')).toBeGreaterThan(3 * mean('ich'))
    expect(renderWord('Donaudampfschifffahrtsgesellschaftskapitän'.repeat(4), 1).width).toBe(600)
  })

  test('a fixed size is kept', () => {
    expect(renderWord('A', 1, { width: 32, height: 32 })).toMatchObject({ width: 32, height: 32 })
  })

  test('the word lies inside the image: its edges are paper', () => {
    for (let seed = 0; seed < 200; seed++) {
      const { width, height, pixels } = renderWord('Jäger', seed)
      const column = (x: number): number =>
        Array.from({ length: height }, (_, y) => pixels[y * width + x]!).reduce((a, b) => a + b) / height
      const brightest = Math.max(...Array.from({ length: width }, (_, x) => column(x)))
      expect(column(0), `seed ${seed}, left`).toBeGreaterThan(0.75 * brightest)
      expect(column(width - 1), `seed ${seed}, right`).toBeGreaterThan(0.75 * brightest)
    }
  })

  test('there is ink in it: some pixels are much darker than the paper', () => {
    for (let seed = 0; seed < 50; seed++) {
      const sorted = renderWord('Wort', seed).pixels.toSorted()
      expect(
        sorted[Math.floor(sorted.length / 2)]! - sorted[Math.floor(sorted.length / 50)]!,
        `seed ${seed}`,
      ).toBeGreaterThan(40)
    }
  })

  test('only the chosen hands are used, and they must have the letters', () => {
    expect(renderWord('Haus', 1, { fontNames: ['nanum-pen-script'] }).height).toBe(32)
    expect(() => renderWord('Häuser', 1, { fontNames: ['nanum-pen-script'] })).toThrow(/nanum-pen-script/)
  })

  test('an empty text is refused', () => {
    expect(() => renderWord(' ', 1)).toThrow(/empty/)
  })
})

describe('the store of rendered images', () => {
  test('an image that is kept is not drawn again', () => {
    const source = renderedImages()
    expect(source.image('Haus', 1)).toBe(source.image('Haus', 1))
  })

  test('the image asked for longest ago makes room for new ones', () => {
    const cache = new ByteCache<{ pixels: Uint8Array }>(250)
    const made: string[] = []
    const ask = (key: string): unknown => cache.get(key, () => (made.push(key), { pixels: new Uint8Array(100) }))
    ask('a')
    ask('b')
    ask('a')
    ask('c')
    ask('a')
    ask('b')
    expect(made).toEqual(['a', 'b', 'c', 'b'])
    expect(cache.bytes).toBe(200)
  })
})

describe('images of strokes', () => {
  const written = simulateWord(drawWriter(3), 'Haus')
  const strokesOf = (text: string) => (text === 'Haus' ? [written.strokes] : [])

  test('the strokes that moved the pen give a picture 32 pixels high with ink and paper', () => {
    const { height, width, pixels } = strokeImage(written.strokes, 5)
    expect([height, pixels.length]).toEqual([32, 32 * width])
    const sorted = pixels.toSorted()
    expect(sorted.at(-1)! - sorted[20]!).toBeGreaterThan(60)
    expect(strokeImage(written.strokes, 5).pixels).toEqual(pixels)
    expect(strokeImage(written.strokes, 6).pixels).not.toEqual(pixels)
  })

  test('words without strokes are rendered if that is allowed, and refused otherwise', () => {
    expect(strokeImages(strokesOf, renderedImages()).image('Baum', 1).height).toBe(32)
    expect(() => strokeImages(strokesOf).image('Baum', 1)).toThrow(/Baum/)
    const source = strokeImages(strokesOf)
    expect(source.image('Haus', 1)).toBe(source.image('Haus', 1))
  })
})
