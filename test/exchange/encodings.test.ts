import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FormatName } from '../../src/shared/api/exchange.ts'
import type { SaidEncoding } from '../../src/shared/encoding.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import type { Store } from '../../src/main/store/index.ts'
import { afterTest } from '../cleaning.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

const LABELS = ['für', 'Straße', 'Größe']
const INTO = {
  'UTF-8 with a mark': (text: string) => Buffer.from(`\uFEFF${text}`),
  'UTF-16': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'UTF-16, the high byte first': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  'UTF-8 with every letter taken apart': (text: string) => Buffer.from(text.normalize('NFD')),
}
const windows = (text: string): Buffer => Buffer.from(text, 'latin1')

const csv = [
  'Label;time (s);ax;writer',
  ...LABELS.flatMap((label) => [0, 1, 2, 3].map((at) => `${label};0.0${at};1.5;w1`)),
]
const ndjson = LABELS.map((label) =>
  JSON.stringify({ writer: 'w1', label, rate_hz: 100, channels: ['acc1_x'], units: ['g'], samples: [[1], [2]] }),
)

function fileOf(name: string, content: Buffer): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

/** A session of a DigiPen whose labels are in some encoding. */
function digipen(encoded: (text: string) => Buffer): string {
  const folder = temporaryFolder()
  const heading = 'Millis;Acc1 X;Acc1 Y;Acc1 Z;Acc2 X;Acc2 Y;Acc2 Z;Gyro X;Gyro Y;Gyro Z;Mag X;Mag Y;Mag Z;Force;Time'
  const rows = Array.from({ length: 30 }, (_, at) => `${at * 10};1;2;3;4;5;6;7;8;9;10;11;12;13;${at}`)
  writeFileSync(join(folder, 'sensor_data.csv'), encoded([heading, ...rows].join('\r\n')))
  writeFileSync(
    join(folder, 'labels.csv'),
    encoded(['Label;start;stop', ...LABELS.map((label, at) => `${label};${at * 100};${at * 100 + 100}`)].join('\r\n')),
  )
  return folder
}

/** A set in the layout of REWI, with its paths as they are written on some system. */
function rewi(encoded: (text: string) => Buffer, separator = '/'): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'data'))
  const annotations = LABELS.map((label, at) => {
    writeFileSync(
      join(folder, 'data', `${at}.csv`),
      encoded(
        Array.from({ length: 5 }, () => Array.from({ length: 13 }, (_, channel) => channel).join(';')).join('\r\n'),
      ),
    )
    return { filename: ['data', `${at}.csv`].join(separator), label, id_writer: 7, rate_sample_orig: 100 }
  })
  writeFileSync(join(folder, 'val.json'), encoded(JSON.stringify({ annotations: { 0: annotations } })))
  return folder
}

const MAKES: [FormatName, (encoded: (text: string) => Buffer) => string][] = [
  ['csv', (encoded) => fileOf('table.csv', encoded(csv.join('\r\n')))],
  ['ndjson', (encoded) => fileOf('words.ndjson', encoded(ndjson.join('\r\n')))],
  ['digipen', digipen],
  ['rewi', rewi],
]

const labelsOf = (store: Store) =>
  store.recordings
    .list({}, 0, 10)
    .recordings.map(({ label }) => label)
    .sort()

async function labels(format: FormatName, path: string, encoding?: SaidEncoding) {
  const store = newStore()
  const result = await importRecordings(store, format, path, { encoding })
  expect(result.refused).toEqual([])
  return labelsOf(store)
}

describe.each(MAKES)('%s', (format, make) => {
  it.each(Object.entries(INTO))('in %s is read by itself, from the first word on', async (_, encoded) => {
    expect(await labels(format, make(encoded))).toEqual([...LABELS].sort())
  })

  it('in Windows-1252 is never read by guess: it says what the words would be, and is read when told to', async () => {
    const path = make(windows)
    const store = newStore()
    await expect(importRecordings(store, format, path)).rejects.toMatchObject({
      code: 'not-utf8',
      message: expect.stringContaining('für'),
      hint: expect.stringContaining('--encoding windows-1252'),
    })
    expect(store.recordings.count({})).toBe(0)
    expect(await labels(format, path, 'windows-1252')).toEqual([...LABELS].sort())
  })
})

describe('a line of NDJSON with a damaged byte', () => {
  it('is left out by itself, where it is no JSON for it', async () => {
    const content = Buffer.from(ndjson.join('\n'))
    content[content.indexOf('rate_hz') + 9] = 0xff
    expect(await importRecordings(newStore(), 'ndjson', fileOf('words.ndjson', content))).toMatchObject({
      imported: 2,
      refused: [{ where: 'line 1', reason: 'is no JSON' }],
    })
  })
})

describe('a set of REWI made on Windows', () => {
  it('has its files where its paths say, with backslashes', async () => {
    expect(await labels('rewi', rewi(Buffer.from, '\\'))).toEqual([...LABELS].sort())
  })

  it('does not lead out of its folder by them', async () => {
    const folder = rewi(Buffer.from)
    const elsewhere = join(folder, '..', 'elsewhere.csv')
    cpSync(join(folder, 'data', '0.csv'), elsewhere)
    afterTest(() => rmSync(elsewhere))
    writeFileSync(
      join(folder, 'val.json'),
      JSON.stringify({ annotations: { 0: [{ filename: '..\\elsewhere.csv', label: 'a' }] } }),
    )
    expect(await importRecordings(newStore(), 'rewi', folder)).toMatchObject({
      imported: 0,
      refused: [{ reason: 'lies outside of the folder' }],
    })
  })
})
