import { createCanvas } from '@napi-rs/canvas'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { strokeImage } from '../../src/main/words/images.ts'
import { countPictures, openPictures } from '../../src/main/words/origin.ts'
import { strokesBehind, type VirtualArchive, type WrittenWord } from '../../src/main/words/virtual-strokes.ts'
import { writeCorpus } from '../../src/main/corpus/corpus.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { databaseSink } from '../../src/main/corpus/store-sink.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'words-'))))
afterEach(() => rmSync(folder, { recursive: true }))

function picture(file: string): void {
  writeFileSync(join(folder, file), createCanvas(96, 32).toBuffer('image/png'))
}

describe("pictures out of a user's own folder", () => {
  const open = (labels: string[]) => openPictures({ from: 'folder', folder }, labels, null)

  test('show the labels they are of; the other labels are written in fonts', async () => {
    picture('Haus.png')
    expect(countPictures({ from: 'folder', folder }, ['Haus', 'Baum', 'Haus'], null)).toEqual({ labels: 2, own: 1 })
    const source = await open(['Haus', 'Baum', 'Haus'])
    expect([source.image('Haus', 3).width, source.image('Baum', 3).height]).toEqual([96, 32])
    expect(source.image('Haus', 3)).toBe(source.image('Haus', 4))
  })

  test('are refused by the name of the file that cannot be read', async () => {
    picture('Haus.png')
    writeFileSync(join(folder, 'Baum.png'), 'not a picture')
    writeFileSync(join(folder, 'Ast.png'), 'not a picture')
    await expect(open(['Haus'])).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringMatching(/Ast\.png cannot be used: .*1 more/) as string,
    })
  })

  test('are refused by the name of the file that has no label, and of the one that is named but missing', async () => {
    picture('0001.png')
    writeFileSync(join(folder, 'labels.csv'), 'file;label\n0002.png;Haus\n')
    await expect(open(['Haus'])).rejects.toThrow(/0002\.png cannot be used: labels\.csv names it, but it is not there/)
    writeFileSync(join(folder, 'labels.csv'), 'file;label\n')
    await expect(open(['Haus'])).rejects.toThrow(/0001\.png cannot be used: labels\.csv does not name it/)
  })

  test('are refused where there is no such folder, and where none shows a label', async () => {
    await expect(openPictures({ from: 'folder', folder: join(folder, 'none') }, ['Haus'], null)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(join(folder, 'none')) as string,
    })
    picture('haus.png')
    await expect(open(['Haus'])).rejects.toThrow(/the pictures show “haus”, the labels are “Haus”/)
  })

  test('are refused where neither they nor any font can show a label', async () => {
    picture('Haus.png')
    await expect(open(['Haus', '漢字'])).rejects.toMatchObject({
      code: 'label-unfit',
      message: expect.stringContaining('漢字') as string,
    })
  })
})

describe('pictures of the strokes of virtual recordings', async () => {
  const place = mkdtempSync(join(tmpdir(), 'strokes-'))
  await writeCorpus(
    { words: ['Ei', 'Ast'], writers: 2, perWriter: 3, seed: 7 },
    databaseSink(join(place, 'virtual.db')),
  )
  const store = openStore(join(place, 'virtual.db'))
  const recordings = [...store.recordings.each({})] as (WrittenWord & { writerName: string })[]
  const archive: VirtualArchive = {
    signal: (id) => store.recordings.signal(id),
    profile: (id) => store.sessions.profile(id),
  }
  afterAll(() => {
    store.close()
    rmSync(place, { recursive: true })
  })

  test('are drawn from the very movements that made the signals, further takes too', () => {
    const strokes = strokesBehind(recordings, archive)!
    const written = ['Ei', 'Ast'].flatMap((label) => strokes.of(label))
    expect(written).toHaveLength(6)
    const takes = [70001, 70002].flatMap((seed) =>
      ['Ei', 'Ast'].flatMap((word) => [0, 1].map((take) => simulateWord(drawWriter(seed), word, { take }).strokes)),
    )
    for (const one of written) expect(takes).toContainEqual(one)
  })

  test('are pictures for a recipe; labels that nobody wrote are written in fonts', async () => {
    const strokes = strokesBehind(recordings, archive)!
    expect(countPictures({ from: 'strokes' }, ['Ei', 'Haus'], strokes)).toEqual({ labels: 2, own: 1 })
    const source = await openPictures({ from: 'strokes' }, ['Ei', 'Haus'], strokes)
    const [first] = strokes.of('Ei')
    expect(source.image('Ei', 0).pixels).toEqual(strokeImage(first!, 0).pixels)
    expect(source.image('Haus', 0).height).toBe(32)
  })

  test('are not taken from a recording whose label was changed, be it to one that the virtual pen cannot write', () => {
    for (const label of ['Hut', 'ein Hut', '漢字']) {
      const relabelled = recordings.map((recording) => ({ ...recording, label }))
      expect(strokesBehind(relabelled, archive)!.of(label)).toEqual([])
    }
  })

  test('are refused where no recording is of a virtual corpus', async () => {
    const real = recordings.map((recording) => ({ ...recording, virtual: false }))
    expect(strokesBehind(real, archive)).toBeNull()
    await expect(openPictures({ from: 'strokes' }, ['Ei'], null)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('strokes') as string,
    })
  })
})
