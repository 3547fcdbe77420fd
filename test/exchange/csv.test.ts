import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CsvMapping } from '../../src/shared/api/exchange.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { previewImport } from '../../src/main/exchange/preview.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

function fileOf(...lines: string[]): string {
  const path = join(temporaryFolder(), 'table.csv')
  writeFileSync(path, lines.join('\n'))
  return path
}

const rows = (count: number, row: (at: number) => string) => Array.from({ length: count }, (_, at) => row(at))

describe('a table of others', () => {
  it('is guessed by the names of its columns', async () => {
    const path = fileOf(
      'sample_id,user,word,time_ms,ax (m/s^2),Gyro Y [dps],Force',
      ...rows(6, (at) => `${at < 3 ? 1 : 2},w${at < 3 ? 1 : 2},"Haus, groß",${at * 20},9.80665,-4,${at}`),
    )
    const { csv, recordings } = await previewImport(newStore(), 'csv', path)
    expect(csv).toMatchObject({ delimiter: ',', decimal: '.', own: false })
    expect(csv!.mapping).toMatchObject({
      recording: 'sample_id',
      writer: 'user',
      label: 'word',
      time: { column: 'time_ms', unit: 'ms' },
    })
    expect(recordings).toHaveLength(2)
    const store = newStore()
    expect(await importRecordings(store, 'csv', path)).toMatchObject({ imported: 2, refused: [] })
    expect(store.recordings.get(1)).toMatchObject({ label: 'Haus, groß', writerName: 'w1', rateHz: 50, frames: 3 })
    expect(store.recordings.get(1).channels).toEqual([
      { name: 'acc1_x', unit: 'g' },
      { name: 'gyro_y', unit: 'deg/s' },
      { name: 'force', unit: 'count' },
    ])
    expect([...store.recordings.signal(1).values]).toEqual([1, -4, 0, 1, -4, 1, 1, -4, 2])
    expect([...store.recordings.signal(1).deviceMicros]).toEqual([0, 20_000, 40_000])
  })

  it('is read as a person maps it', async () => {
    const mapping: CsvMapping = {
      channels: [{ column: 'b', name: 'acc1_z', unit: 'mg' }],
      rateHz: 25,
      writerName: 'w07',
      labelText: 'Ä',
      device: 'own pen',
    }
    const store = newStore()
    await importRecordings(store, 'csv', fileOf('a|b', '1|500', '2|250'), { csv: mapping })
    expect(store.recordings.get(1)).toMatchObject({
      label: 'Ä',
      writerName: 'w07',
      rateHz: 25,
      channels: [{ name: 'acc1_z', unit: 'g' }],
    })
    expect([...store.recordings.signal(1).values]).toEqual([0.5, 0.25])
    expect(store.sessions.get(1).deviceName).toBe('own pen')
  })

  it('with commas for decimals is refused until somebody says so', async () => {
    const path = fileOf('ax;ay;writer', '0,5;1,25;w1', '0,75;2;w1')
    const store = newStore()
    await expect(importRecordings(store, 'csv', path)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('commas before its fractions'),
      hint: expect.stringContaining('--decimal ,'),
    })
    expect((await previewImport(newStore(), 'csv', path)).csv).toMatchObject({ decimal: ',', delimiter: ';' })
    await importRecordings(store, 'csv', path, { csv: { channels: [], decimal: ',', rateHz: 10 } })
    expect([...store.recordings.signal(1).values]).toEqual([0.5, 1.25, 0.75, 2])
  })

  it.each([
    [['ax,ay,writer', '0,5,1,25,w1'], 'commas seem to stand both between the cells and before the fractions'],
    [['ax;ay;writer'], 'only a heading'],
    [[''], 'nothing'],
    [['first;second', '1;2'], 'No column of'],
    [['ax;writer', '1;w1'], 'does not say how many samples a second'],
  ])('that cannot be read for sure is refused as a whole: %j', async (lines, message) => {
    const store = newStore()
    await expect(importRecordings(store, 'csv', fileOf(...lines))).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining(message),
    })
    expect(store.writers.list()).toEqual([])
  })

  it('names the column that a mapping wants and the table has not', async () => {
    const importing = importRecordings(newStore(), 'csv', fileOf('ax,writer', '1,w'), {
      csv: { channels: [{ column: 'az', name: 'acc1_z', unit: 'g' }], rateHz: 10 },
    })
    await expect(importing).rejects.toMatchObject({
      message: expect.stringContaining('no column "az"'),
      hint: 'It has ax, writer.',
    })
  })

  it.each([
    [rows(20, (at) => `1,w,${at < 10 ? at * 10 : 100 + (at - 10) * 20},1`), 'changes its rate, from 100 to 50 Hz'],
    [rows(4, (at) => `1,w,${-at},1`), 'has times that do not rise'],
    [['1,w,0,1', '1,w,10,x', '1,w,20,1'], 'row 3: "x" in ax is no number'],
    [['1,w,0,1', '1,w,10,1,1', '1,w,20,1'], 'row 3 has 5 cells, the heading 4'],
    [rows(3, (at) => `1,,${at},1`), 'has no writer'],
  ])('refuses a recording with the reason: %j', async (lines, reason) => {
    const good = rows(3, (at) => `2,w,${at * 10},1`)
    const path = fileOf('id,writer,t_ms,ax', ...lines, ...good)
    // A row that is too wide for its heading looks like decimals with commas only where commas part the cells.
    if (reason.includes('cells'))
      return expect(importRecordings(newStore(), 'csv', path)).rejects.toMatchObject({ code: 'invalid-input' })
    const result = await importRecordings(newStore(), 'csv', path)
    expect(result).toMatchObject({
      imported: 1,
      refused: [{ where: 'row 2', reason: expect.stringContaining(reason) }],
    })
  })

  it('with a quote that does not end is damaged, and nothing of it stays', async () => {
    const store = newStore()
    const path = fileOf('id,writer,t_ms,ax', ...rows(3, (at) => `1,w,${at},1`), '2,"w,1,2')
    await expect(importRecordings(store, 'csv', path)).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringContaining('after row 4'),
    })
    expect(store.writers.list()).toEqual([])
  })
})
