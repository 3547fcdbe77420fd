import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { beforeAll, expect, test } from 'vitest'
import { FAVICON, SOURCE, renderIcons } from '../../scripts/icons.mjs'
import { root } from '../../src/main/files/paths.ts'

/** How far two renderings of one drawing may be apart, of 255: processors round differently. */
const ROUNDING = 2
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47])

let rendered: Map<string, Uint8Array>
beforeAll(async () => {
  rendered = await renderIcons()
})

const committed = (path: string): Buffer => readFileSync(join(root, path))

test('every committed picture is what the drawing gives', async () => {
  const pictures = [...rendered.keys()].filter((path) => path.endsWith('.png'))
  expect(pictures).toContain('build/icons/512x512.png')
  for (const path of pictures)
    expect(await difference(committed(path), Buffer.from(rendered.get(path)!)), path).toBeLessThan(ROUNDING)
})

test('the icon of Windows has every size that its shell asks for', async () => {
  const images = imagesOfIco(committed('build/icon.ico'))
  expect(images.map(({ size }) => size)).toEqual([16, 24, 32, 48, 64, 128, 256])
  expect(await difference(images.at(-1)!.bytes, committed('build/icons/256x256.png'))).toBeLessThan(ROUNDING)
})

test('the icon of macOS has every size up to 1024, drawn with the margin that is usual there', async () => {
  const images = imagesOfIcns(committed('build/icon.icns'))
  expect(images.map(({ type }) => type).sort()).toEqual([
    'ic04',
    'ic05',
    'ic07',
    'ic08',
    'ic09',
    'ic10',
    'ic11',
    'ic12',
    'ic13',
    'ic14',
  ])
  const fresh = imagesOfIcns(Buffer.from(rendered.get('build/icon.icns')!))
  for (const [index, { type, bytes }] of images.entries()) {
    if (isPng(bytes)) expect(await difference(bytes, fresh[index]!.bytes), type).toBeLessThan(ROUNDING)
  }
  const largest = images.find(({ type }) => type === 'ic10')!
  const { width, data } = await pixels(largest.bytes)
  expect(width).toBe(1024)
  const opaqueInTheMiddleRow = Array.from({ length: width }, (_, x) => data[(512 * width + x) * 4 + 3]!).filter(
    (alpha) => alpha > 128,
  ).length
  expect(opaqueInTheMiddleRow).toBe(824)
})

test('the page shows the drawing itself', () => {
  expect(committed(FAVICON)).toEqual(committed(SOURCE))
})

/** Mean difference of two pictures of one size over all channels, of 255; Infinity where sizes differ. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = [await pixels(one), await pixels(other)]
  if (a.width !== b.width) return Infinity
  return a.data.reduce((sum, value, index) => sum + Math.abs(value - b.data[index]!), 0) / a.data.length
}

async function pixels(png: Buffer): Promise<{ width: number; data: Uint8ClampedArray }> {
  const image = await loadImage(png)
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, image.width, image.height)
}

function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, PNG.length).equals(PNG)
}

/** A directory of 16 bytes an image follows the header of 6; width 0 stands for 256. */
function imagesOfIco(ico: Buffer): { size: number; bytes: Buffer }[] {
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index
    const start = ico.readUInt32LE(at + 12)
    return { size: ico[at]! || 256, bytes: ico.subarray(start, start + ico.readUInt32LE(at + 8)) }
  })
}

/** Each image has a type of four letters and its length, both counted in. */
function imagesOfIcns(icns: Buffer): { type: string; bytes: Buffer }[] {
  const images = []
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    images.push({
      type: icns.toString('latin1', at, at + 4),
      bytes: icns.subarray(at + 8, at + icns.readUInt32BE(at + 4)),
    })
  }
  return images
}
