import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { browse } from '../../src/main/exchange/browse.ts'
import { detectFormat } from '../../src/main/exchange/formats.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { previewImport } from '../../src/main/exchange/preview.ts'
import { openForeign, readForeign } from '../../src/main/files/foreign-file.ts'
import { replayFrom } from '../../src/main/replay/source.ts'
import { ProtocolLibrary } from '../../src/main/protocol/library.ts'
import { readLexicon } from '../../src/main/recognise/text-file.ts'
import { openStore } from '../../src/main/store/index.ts'
import { readTraining } from '../../src/main/entrypoints/cli/training-file.ts'
import { wholeImageFolder } from '../../src/main/words/folder.ts'
import { readWordFile } from '../../src/main/words/lists.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

const FILE_FORMATS = ['ndjson', 'csv', 'parquet', 'npz', 'xdf'] as const

/** A pipe that nobody writes to: whoever reads from it waits for ever. */
function pipe(name = 'pipe'): string {
  const path = join(temporaryFolder(), name)
  execFileSync('mkfifo', [path])
  return path
}

const refused = (path: string, kind: string) => ({
  code: 'invalid-input',
  message: `${path} is a ${kind}.`,
  hint: 'Name a file.',
})

describe.skipIf(process.platform === 'win32')('what is no file', () => {
  it('is told by its kind: a pipe, a device, a socket, a folder, and what a link leads to', async () => {
    const folder = temporaryFolder()
    const socket = join(folder, 's')
    const server = createServer().listen(socket)
    await once(server, 'listening')
    const link = join(folder, 'link')
    symlinkSync('/dev/zero', link)
    const fifo = pipe()
    for (const [path, kind] of [
      [fifo, 'pipe'],
      ['/dev/zero', 'device'],
      [link, 'device'],
      [socket, 'socket'],
      [folder, 'folder'],
    ] as const) {
      expect(() => openForeign(path)).toThrow(expect.objectContaining(refused(path, kind)))
    }
    server.close()
  })

  it.each(FILE_FORMATS)('is refused by the reader of %s at once, also for a preview', async (format) => {
    const store = newStore()
    for (const [path, kind] of [
      [pipe(`a.${format}`), 'pipe'],
      ['/dev/zero', 'device'],
    ] as const) {
      await expect(importRecordings(store, format, path)).rejects.toMatchObject(refused(path, kind))
      await expect(previewImport(store, format, path)).rejects.toMatchObject(refused(path, kind))
    }
  })

  it('is refused inside of a folder of recordings too', async () => {
    const [words, sets] = [temporaryFolder(), temporaryFolder()]
    for (const path of [join(words, 'sensor_data.csv'), join(words, 'labels.csv'), join(sets, 'val.json')])
      execFileSync('mkfifo', [path])
    await expect(importRecordings(newStore(), 'digipen', words)).rejects.toMatchObject(
      refused(join(words, 'labels.csv'), 'pipe'),
    )
    await expect(importRecordings(newStore(), 'rewi', sets)).rejects.toMatchObject(
      refused(join(sets, 'val.json'), 'pipe'),
    )
    mkdirSync(join(sets, '0'))
    for (const name of ['all_x_dat_train_imu.pkl', 'all_train_gt.pkl']) execFileSync('mkfifo', [join(sets, '0', name)])
    await expect(importRecordings(newStore(), 'onhw', sets)).rejects.toMatchObject(
      refused(join(sets, '0', 'all_x_dat_train_imu.pkl'), 'pipe'),
    )
    expect(await detectFormat(pipe('a.csv'))).toBe('csv')
  })

  it('is refused as a protocol and as its prompts, a lexicon, a list of words, a training, a replay, a picture and a database', async () => {
    const library = new ProtocolLibrary(newStore())
    const fifo = pipe('a.yaml')
    const named = join(temporaryFolder(), 'study.yaml')
    writeFileSync(
      named,
      `id: mine\nname: My study\nblocks: [{ name: Words, prompts: { file: ${JSON.stringify(fifo)} } }]`,
    )
    for (const path of [fifo, named])
      expect(() => library.import(path)).toThrow(expect.objectContaining(refused(fifo, 'pipe')))
    for (const read of [readLexicon, readWordFile, openStore]) {
      expect(() => read(fifo)).toThrow(expect.objectContaining(refused(fifo, 'pipe')))
      expect(() => read('/dev/zero')).toThrow(expect.objectContaining(refused('/dev/zero', 'device')))
    }
    expect(() => readTraining(fifo)).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining('is a pipe') }),
    )
    await expect(replayFrom()({ from: 'file', path: fifo }, [], new AbortController().signal)).rejects.toMatchObject(
      refused(fifo, 'pipe'),
    )
    const picture = pipe('Haus.png')
    await expect(wholeImageFolder(join(picture, '..'))).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringContaining('is a pipe'),
    })
  })

  it('is not among the places of a machine', async () => {
    const folder = join(pipe(), '..')
    writeFileSync(join(folder, 'words.csv'), '')
    mkdirSync(join(folder, 'sessions'))
    symlinkSync('/dev/zero', join(folder, 'endless.csv'))
    symlinkSync(join(folder, 'gone'), join(folder, 'nowhere.csv'))
    expect((await browse(folder)).places.map(({ name }) => name)).toEqual(['sessions', 'words.csv'])
  })
})

describe('a file that is larger than anything of its kind', () => {
  it('is refused before it is read', () => {
    const path = join(temporaryFolder(), 'huge.txt')
    writeFileSync(path, '')
    truncateSync(path, 2 ** 40)
    const message = (most: number) => ({
      code: 'invalid-input',
      message: `${path} has 1048576 MB; at most ${most} MB are read.`,
    })
    expect(() => readForeign(path, 2 ** 20)).toThrow(expect.objectContaining(message(1)))
    expect(() => readLexicon(path)).toThrow(expect.objectContaining(message(16)))
    expect(() => readWordFile(path)).toThrow(expect.objectContaining(message(16)))
    expect(() => new ProtocolLibrary(newStore()).import(path)).toThrow(expect.objectContaining(message(1)))
  })

  it('and a path that no file can have is told as not there', () => {
    for (const path of ['x'.repeat(5000), 'a\0b'])
      expect(() => openForeign(path)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})
