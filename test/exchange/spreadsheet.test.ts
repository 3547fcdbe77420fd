import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

/** Names of somebody who wants a spreadsheet to run them. */
const line = JSON.stringify({
  id: '-2+3',
  writer: '=cmd|"/c calc"!A1',
  device: '@SUM(1+1)',
  label: '+1-1',
  rate_hz: 100,
  channels: ['force'],
  units: ['N'],
  samples: [[-0.5], [2], [3]],
})

async function exported(spreadsheet: boolean): Promise<string[]> {
  const store = newStore()
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'in.ndjson'), line)
  await importRecordings(store, 'ndjson', join(folder, 'in.ndjson'))
  await exportRecordings(store, 'csv', join(folder, 'out.csv'), { spreadsheet })
  return readFileSync(join(folder, 'out.csv'), 'utf8').split('\r\n')
}

it('a CSV for spreadsheets has an apostrophe before each text that one would calculate, and its numbers as they are', async () => {
  const [, row = ''] = await exported(true)
  for (const cell of [`"'=cmd|""/c calc""!A1"`, `'@SUM(1+1)`, `'+1-1`]) expect(row).toContain(`,${cell},`)
  expect(row).toMatch(/,-0\.5$/)
  expect((row.match(/(?<=^|,)"?[=+@-][^,]*/g) ?? []).filter((cell) => Number.isNaN(Number(cell)))).toEqual([])
})

it('any other CSV has them exactly', async () => {
  const [, row = ''] = await exported(false)
  for (const cell of [`"=cmd|""/c calc""!A1"`, '@SUM(1+1)', '+1-1']) expect(row).toContain(`,${cell},`)
})
