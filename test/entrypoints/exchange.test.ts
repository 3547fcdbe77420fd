import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runProgram } from '../../src/main/entrypoints/cli/program.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-verbs-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function run(...args: string[]) {
  let [out, err] = ['', '']
  const code = await runProgram([...args, '--database', join(folder, 'pens.db')], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    signal: new AbortController().signal,
    keys: () => null,
  })
  return { code, out, err }
}

/** Words of six writers with three pens, and a line that is none. */
function words(): string {
  const path = join(folder, 'words.ndjson')
  const lines = Array.from({ length: 24 }, (_, at) =>
    JSON.stringify({
      id: `r${at}`,
      writer: `w${at % 6}`,
      device: `pen ${at % 3}`,
      label: ['Haus', 'Maus', 'Weg', 'Zug'][Math.floor(at / 6)],
      rate_hz: 100,
      channels: PEN_CHANNELS.map(({ name }) => name),
      units: PEN_CHANNELS.map(({ unit }) => unit),
      samples: Array.from({ length: 5 }, (_, frame) => PEN_CHANNELS.map((_, channel) => (at + frame + channel) / 8)),
    }),
  )
  writeFileSync(path, [...lines, '{"broken"'].join('\n'))
  return path
}

type Lists = Record<string, { label: string; id_writer: number; filename: string }[]>
/** By what the recordings of a division are parted. */
const DIVIDED: [string, (annotation: Lists[string][number]) => string | number][] = [
  ['writer-independent', ({ id_writer }) => id_writer],
  ['word-disjoint', ({ label }) => label],
]
const listsAt = (root: string, name: string): Lists =>
  (JSON.parse(readFileSync(join(root, name), 'utf8')) as { annotations: Lists }).annotations

describe('import and export', () => {
  test('a preview changes nothing and tells what would come in; a report keeps every line that was left out', async () => {
    const file = words()
    const preview = await run('import', 'ndjson', file, '--preview')
    expect([preview.code, preview.out]).toEqual([
      0,
      expect.stringContaining('24 recordings of 6 writers, 4 labels, 0 already here, 1 would be left out.'),
    ])
    const report = join(folder, 'report.txt')
    expect((await run('import', 'ndjson', file, '--report', report)).out).toBe(
      '24 imported, 0 already here, 1 left out.\n',
    )
    expect(readFileSync(report, 'utf8')).toContain('line 25: is no JSON')
    expect((await run('import', 'ndjson', file, '--preview', '--json')).out).toContain('"known":24')
  })

  test('recordings are chosen by the file they came from, their pen and who wrote them', async () => {
    await run('import', 'ndjson', words())
    const trained = async (...options: string[]): Promise<unknown> =>
      (
        JSON.parse((await run('train', '--preview', '--held-out', '0', '--json', ...options)).out) as {
          trainRecordings: number
        }
      ).trainRecordings
    expect(await trained('--file', 'words.ndjson')).toBe(24)
    expect(await trained('--pen', 'pen 1', '--origin', 'imported')).toBe(8)
    expect((await run('train', '--preview', '--origin', 'virtual')).err).toContain('No recordings fit the filter.')
    expect(await run('train', '--preview', '--file', 'other.csv')).toMatchObject({
      code: 1,
      err: 'There is no imported file other.csv among the recordings.\nThere are words.ndjson.\n',
    })
    expect((await run('train', '--preview', '--tag', 'drill')).err).toContain('There are none yet.')
    expect((await run('export', 'csv', join(folder, 'two.csv'), '--pen', 'pen 2', '--json')).out).toContain(
      '"exported":8',
    )
  })

  test('a writer of a name that is here is another one until it is said that they are one', async () => {
    await run('import', 'ndjson', words())
    const file = join(folder, 'others.ndjson')
    writeFileSync(
      file,
      JSON.stringify({
        id: 'o',
        writer: 'w1',
        label: 'Uhu',
        rate_hz: 100,
        channels: ['force'],
        units: ['N'],
        samples: [[1], [2]],
      }),
    )
    expect((await run('import', 'ndjson', file, '--preview')).out).toContain(
      'Writers called w1 are here already. To import, say that they are the same people (--same-writers) or not ' +
        '(--prefix "others-").',
    )
    expect(await run('import', 'ndjson', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('A writer called w1 is here already, with 4 recordings'),
    })
    expect((await run('import', 'ndjson', file, '--same-writers')).out).toBe(
      '1 imported, 0 already here, 0 left out.\n',
    )
  })

  test('what is exported and imported again is known', async () => {
    await run('import', 'ndjson', words())
    for (const format of ['csv', 'parquet', 'rewi'] as const) {
      const path = join(folder, `out-${format}`)
      expect([format, JSON.parse((await run('export', format, path, '--json')).out)]).toEqual([
        format,
        expect.objectContaining({ exported: 24, refusedCount: 0 }),
      ])
      expect([format, JSON.parse((await run('import', format, path, '--json')).out)]).toEqual([
        format,
        expect.objectContaining({ imported: 0, duplicates: 24 }),
      ])
    }
  })

  test('folds part writers and words, spread the pens, keep the holdout apart, and stay as they are when more is exported', async () => {
    await run('import', 'ndjson', words())
    await run('export', 'rewi', join(folder, 'first'), '--holdout', '0.2')
    const {
      holdout,
      writers,
      words: folded,
    } = JSON.parse(readFileSync(join(folder, 'first', 'folds.json'), 'utf8')) as {
      holdout: string[]
      writers: Record<string, number>
      words: Record<string, number>
    }
    expect(holdout).toHaveLength(1)
    expect(Object.keys(writers).sort()).toEqual(
      ['w0', 'w1', 'w2', 'w3', 'w4', 'w5'].filter((writer) => writer !== holdout[0]),
    )
    for (const [division, part] of DIVIDED) {
      const [train, val] = [
        listsAt(join(folder, 'first', division), 'train.json'),
        listsAt(join(folder, 'first', division), 'val.json'),
      ]
      for (const fold of Object.keys(val)) {
        const held = new Set(val[fold]!.map(part))
        expect(train[fold]!.filter((each) => held.has(part(each)))).toEqual([])
        expect(train[fold]!.length + val[fold]!.length).toBe(20)
      }
      expect(Object.values(val).flat()).toHaveLength(20)
    }
    expect(Object.values(listsAt(join(folder, 'first', 'holdout'), 'val.json')).flat()).toHaveLength(4)
    expect(readdirSync(join(folder, 'first', 'holdout'))).not.toContain('train.json')

    const more = join(folder, 'more.ndjson')
    writeFileSync(
      more,
      readFileSync(words(), 'utf8')
        .split('\n')
        .slice(0, 6)
        .map((line) => line.replace(/"id":"r/, '"id":"x').replace(/"writer":"w/, '"writer":"v'))
        .join('\n'),
    )
    await run('import', 'ndjson', more)
    await run('export', 'rewi', join(folder, 'second'), '--holdout', '0.2')
    const later = JSON.parse(readFileSync(join(folder, 'second', 'folds.json'), 'utf8')) as typeof JSON & {
      holdout: string[]
      writers: Record<string, number>
      words: Record<string, number>
    }
    expect(later.writers).toMatchObject(writers)
    expect(later.words).toMatchObject(folded)
    expect(later.holdout).toEqual(expect.arrayContaining(holdout))
  })

  test('say what is wrong, and the way out', async () => {
    mkdirSync(join(folder, 'holiday'))
    expect(await run('import', 'digipen', join(folder, 'holiday'))).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('holiday'),
    })
    expect(await run('export', 'parquet', join(folder, 'a.parquet'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('Record or import something first'),
    })
    expect(await run('export', 'onhw', join(folder, 'a'))).toMatchObject({ code: 2 })
    expect(await run('import', 'ndjson', join(folder, 'none'), '--label', 'x')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Columns can be named for csv only'),
    })
  })
})
