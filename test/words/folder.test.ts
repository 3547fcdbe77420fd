import { createCanvas } from '@napi-rs/canvas'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprintOfFolder, labelOfName, readImageFolder } from '../../src/main/words/folder.ts'
import { pictureImages, renderedImages } from '../../src/main/words/images.ts'

describe("a folder of a user's own word images", () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'words-'))))
  afterEach(() => rmSync(folder, { recursive: true }))

  function picture(file: string, width: number, height: number, shade = '#000'): void {
    const canvas = createCanvas(width, height)
    const pen = canvas.getContext('2d')
    pen.fillStyle = shade
    pen.fillRect(0, 0, width / 2, height)
    writeFileSync(join(folder, file), canvas.toBuffer('image/png'))
  }

  test('file names give the labels, and pictures are scaled to the same height', async () => {
    picture('Haus.png', 128, 64)
    picture('Haus_2.png', 64, 64)
    const { images, refused } = await readImageFolder(folder)
    expect(refused).toEqual([])
    expect(images.map(({ label, image }) => [label, image.width, image.height])).toEqual([
      ['Haus', 64, 32],
      ['Haus', 32, 32],
    ])
  })

  test('ink stays dark and clear paper becomes white', async () => {
    picture('Haus.png', 64, 64)
    const { pixels, width } = (await readImageFolder(folder)).images[0]!.image
    expect([pixels[2], pixels[width - 2]]).toEqual([0, 255])
  })

  test('labels.csv says what the pictures show; those it does not name are left out and listed', async () => {
    picture('0001.png', 64, 32)
    picture('0002.png', 64, 32)
    writeFileSync(join(folder, 'labels.csv'), '﻿file;label\n0001.png;Äpfel\n')
    const { images, refused } = await readImageFolder(folder)
    expect(images.map(({ label }) => label)).toEqual(['Äpfel'])
    expect(refused).toEqual([{ file: '0002.png', reason: 'labels.csv does not name it' }])
  })

  test('labels.csv in Windows-1252 is refused with what it would say, and read once that is said', async () => {
    picture('0001.png', 64, 32)
    writeFileSync(join(folder, 'labels.csv'), Buffer.from('0001.png;Stra\xdfe\n', 'latin1'))
    await expect(readImageFolder(folder)).rejects.toMatchObject({
      code: 'not-utf8',
      message: expect.stringContaining('“Straße”'),
    })
    expect((await readImageFolder(folder, 'windows-1252')).images.map(({ label }) => label)).toEqual(['Straße'])
    expect(fingerprintOfFolder(folder, 'windows-1252')).toMatchObject({ pictures: 1 })
  })

  test('a file that is no picture is left out and listed, not fatal', async () => {
    picture('Haus.png', 64, 32)
    writeFileSync(join(folder, 'Baum.png'), 'not a picture')
    const { images, refused } = await readImageFolder(folder)
    expect(images).toHaveLength(1)
    expect(refused.map(({ file }) => file)).toEqual(['Baum.png'])
  })

  test('a missing or empty folder is said', async () => {
    await expect(readImageFolder(join(folder, 'none'))).rejects.toThrow(/no folder/)
    await expect(readImageFolder(folder)).rejects.toThrow(/no pictures/)
  })

  test('numbers behind a name do not belong to the word', () => {
    expect(['Haus.png', 'Haus-01.png', 'Haus_12.JPG', 'a 3.png', '42.png', 'e-mail.png'].map(labelOfName)).toEqual([
      'Haus',
      'Haus',
      'Haus',
      'a',
      '42',
      'e-mail',
    ])
  })

  test('words without a picture of their own are rendered, or refused', async () => {
    picture('Haus.png', 64, 32)
    const { images } = await readImageFolder(folder)
    expect(pictureImages(images).image('Haus', 5)).toBe(images[0]!.image)
    expect(() => pictureImages(images).image('Baum', 5)).toThrow(/Baum/)
    expect(pictureImages(images, renderedImages()).image('Baum', 5).height).toBe(32)
  })
})
