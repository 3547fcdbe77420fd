import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FormatName } from '../../src/shared/api/exchange.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import type { Store } from '../../src/main/store/index.ts'
import { exportWriter } from '../../src/main/writers/export.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'
import { fill } from './corpus.ts'

const FORMATS: readonly FormatName[] = ['ndjson', 'csv', 'parquet', 'npz', 'xdf', 'digipen', 'rewi']

function filled(): Store {
  const store = newStore()
  const signal = {
    channels: PEN_CHANNELS,
    rateHz: 100,
    frames: 5,
    values: new Float32Array(65),
    deviceMicros: new Float64Array(5).fill(NaN),
    hostMillis: new Float64Array(5).fill(NaN),
    gaps: [],
  }
  fill(
    store,
    ['Haus', 'Maus'].map((label) => ({ label, signal })),
  )
  return store
}

/** A folder with somebody's work under every name that an export might think to be its own. */
function foreign(place: string): string[] {
  return ['incomplete', 'partial', 'new', 'parts', 'incomplete.parts'].map((ending) => {
    mkdirSync(`${place}.${ending}`)
    writeFileSync(join(`${place}.${ending}`, 'thesis.txt'), 'years of work')
    return join(`${place}.${ending}`, 'thesis.txt')
  })
}

describe('an export', () => {
  it.each(FORMATS)(
    'as %s deletes nothing that it did not make, done or refused, and leaves nothing of its own beside',
    async (format) => {
      const store = filled()
      const place = join(temporaryFolder(), 'words')
      const theirs = foreign(place)
      const before = readdirSync(join(place, '..'))
      await expect(exportRecordings(store, format, place, { filter: { writerId: 99 } })).rejects.toMatchObject({
        code: 'empty-recording',
      })
      await expect(exportRecordings(store, format, place, { signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: 'cancelled',
      })
      expect(readdirSync(join(place, '..'))).toEqual(before)
      const { files } = await exportRecordings(store, format, place)
      expect(theirs.map((path) => readFileSync(path, 'utf8'))).toEqual(theirs.map(() => 'years of work'))
      expect(readdirSync(join(place, '..')).sort()).toEqual(
        [...before, ...files.map((file) => file.slice(place.length - 5))].sort(),
      )
    },
  )

  it('of all that is stored of a writer deletes nothing either', async () => {
    const store = filled()
    const place = join(temporaryFolder(), 'w01')
    const theirs = foreign(place)
    await exportWriter(store, store.writers.list()[0]!.id, place)
    expect(readdirSync(place)).toEqual(['recordings.ndjson.gz', 'writer.json'])
    expect(theirs.every((path) => existsSync(path))).toBe(true)
  })

  it('writes neither over a link nor through it', async () => {
    const folder = temporaryFolder()
    const [link, target] = [join(folder, 'words.csv'), join(folder, 'nowhere.csv')]
    symlinkSync(target, link)
    await expect(exportRecordings(filled(), 'csv', link)).rejects.toMatchObject({ code: 'conflict' })
    await expect(exportRecordings(filled(), 'csv', link, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect([existsSync(target), lstatSync(link).isSymbolicLink(), readdirSync(folder)]).toEqual([
      false,
      true,
      ['words.csv'],
    ])
  })

  it('does not take a place that was taken while it was written', async () => {
    const place = join(temporaryFolder(), 'words.csv')
    const progress = (): void => writeFileSync(`${place}.datasheet.txt`, 'mine')
    const store = newStore()
    const signal = {
      channels: PEN_CHANNELS,
      rateHz: 100,
      frames: 1,
      values: new Float32Array(13),
      deviceMicros: new Float64Array(1).fill(NaN),
      hostMillis: new Float64Array(1).fill(NaN),
      gaps: [],
    }
    store.transaction(() =>
      fill(
        store,
        Array.from({ length: 60 }, (_, at) => ({ label: `w${at}`, signal })),
      ),
    )
    await expect(exportRecordings(store, 'csv', place, { progress })).rejects.toMatchObject({ code: 'conflict' })
    expect(readdirSync(join(place, '..'))).toEqual(['words.csv.datasheet.txt'])
    expect(readFileSync(`${place}.datasheet.txt`, 'utf8')).toBe('mine')
  })
})
