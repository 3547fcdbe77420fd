import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Events } from '../../src/main/process/events.ts'
import { browse } from '../../src/main/exchange/browse.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { openExchange } from '../../src/main/exchange/handlers.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { previewImport } from '../../src/main/exchange/preview.ts'
import { readEntries } from '../../src/main/exchange/reading/reading.ts'
import { mustReadProtocol } from '../../src/main/protocol/read.ts'
import { newSession, newStore, signal, temporaryFolder } from '../store/fixtures.ts'

function ndjson(...lines: object[]): string {
  const path = join(temporaryFolder(), 'words.ndjson')
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'))
  return path
}

const word = (label: string, writer: string, more: object = {}) => ({
  id: `${writer} ${label}`,
  writer,
  label,
  rate_hz: 50,
  channels: ['force', 'acc1_x'],
  units: ['N', 'g'],
  samples: Array.from({ length: 300 }, (_, at) => [at, at + 1]),
  ...more,
})

describe('a preview', () => {
  it('tells who and what is in a file, with sketches of the first signals, and changes nothing', async () => {
    const store = newStore()
    const path = ndjson(
      word('Haus', 'w1'),
      word('Maus', 'w1'),
      word('Haus', 'w2', { rate_hz: 100 }),
      { writer: 'w3' },
      word('', 'w2'),
    )
    const preview = await previewImport(store, 'ndjson', path)
    expect(preview.seen).toEqual({
      recordings: 4,
      known: 0,
      refused: 1,
      frames: 1200,
      labels: 2,
      unlabelled: 1,
      writers: [
        { name: 'w1', virtual: false, recordings: 2, known: 0, here: null },
        { name: 'w2', virtual: false, recordings: 2, known: 0, here: null },
      ],
      freePrefix: 'words-',
      signals: [
        {
          rateHz: 50,
          channels: [
            { name: 'force', unit: 'N' },
            { name: 'acc1_x', unit: 'g' },
          ],
          recordings: 3,
        },
        {
          rateHz: 100,
          channels: [
            { name: 'force', unit: 'N' },
            { name: 'acc1_x', unit: 'g' },
          ],
          recordings: 1,
        },
      ],
    })
    expect(preview.refused).toEqual([{ where: 'line 4', reason: expect.stringContaining('rate_hz') }])
    expect(preview.share).toBe(1)
    const [first] = preview.recordings
    expect(first!.sketch).toHaveLength(120 * 2)
    expect(first!.sketch.slice(0, 4)).toEqual([0, 1, 2, 3])
    expect(store.writers.list()).toEqual([])
  })

  it('says what is there already, and what would be refused for the sake of the writer', async () => {
    const store = newStore()
    const path = ndjson(word('Haus', 'w1'), word('Maus', 'w1'))
    await importRecordings(store, 'ndjson', path)
    const again = await previewImport(store, 'ndjson', path)
    expect([again.seen.known, again.recordings.map(({ known }) => known)]).toEqual([2, [true, true]])
    const simulated = ndjson(word('Laus', 'w1', { virtual: true }))
    expect((await previewImport(store, 'ndjson', simulated)).refused).toEqual([
      { where: 'line 1', reason: expect.stringContaining('w1 is real here and virtual in the file') },
    ])
    expect((await previewImport(store, 'ndjson', simulated, { writerPrefix: 'lab-' })).refused).toEqual([])
  })

  it('names the writers of a name that is here, and what would tell them apart', async () => {
    const store = newStore()
    await importRecordings(store, 'ndjson', ndjson(word('Haus', 'w1')))
    const other = ndjson(word('Laus', 'w1'), word('Laus', 'w2'))
    const { seen } = await previewImport(store, 'ndjson', other)
    expect(seen.writers.map(({ name, here, known }) => [name, here, known])).toEqual([
      ['w1', 1, 0],
      ['w2', null, 0],
    ])
    expect(seen.freePrefix).toBe('words-')
    await importRecordings(store, 'ndjson', other, { writerPrefix: 'words-' })
    expect((await previewImport(store, 'ndjson', ndjson(word('Maus', 'w1')))).seen.freePrefix).toBe('words-2-')
    const grown = await previewImport(store, 'ndjson', ndjson(word('Maus', 'w1'), word('Haus', 'w1')))
    expect(grown.seen.writers.map(({ here, known }) => [here, known])).toEqual([[1, 1]])
  })

  it('tells a person who maps columns what stands in them, whatever parts them', async () => {
    const path = join(temporaryFolder(), 'table.csv')
    writeFileSync(path, 'a|what, exactly|who\n1|"Haus|hoch"|w1\n2|x|w1\n')
    const { csv } = await previewImport(newStore(), 'csv', path, {
      csv: { channels: [], delimiter: '|', guess: false },
    })
    expect(csv!.columns).toEqual([
      { name: 'a', examples: ['1', '2'] },
      { name: 'what, exactly', examples: ['Haus|hoch', 'x'] },
      { name: 'who', examples: ['w1', 'w1'] },
    ])
  })

  it('takes a mapping that says it is complete at its word', async () => {
    const path = join(temporaryFolder(), 'table.csv')
    writeFileSync(path, 'word,ax,writer\nHaus,1,w1\nHaus,2,w1\n')
    const channels = [{ column: 'ax', name: 'acc1_x', unit: 'g' }]
    const guessed = await previewImport(newStore(), 'csv', path, { csv: { channels, rateHz: 10 } })
    expect(guessed.recordings).toMatchObject([{ label: 'Haus', writer: 'w1' }])
    const said = await previewImport(newStore(), 'csv', path, {
      csv: { channels, rateHz: 10, writerName: 'me', guess: false },
    })
    expect(said.recordings).toMatchObject([{ label: null, writer: 'me' }])
  })
})

/** One recording so long that looking at it takes many turns. */
function longTable(): string {
  const path = join(temporaryFolder(), 'long.csv')
  writeFileSync(path, `word,ax,force\n${'Haus,1.5,2\n'.repeat(200_000)}`)
  return path
}

describe('a preview that nobody waits for any more', () => {
  it('stops in the middle of a recording', async () => {
    const abort = new AbortController()
    const looking = previewImport(newStore(), 'csv', longTable(), {
      csv: { channels: [{ column: 'ax', name: 'acc1_x', unit: 'g' }], rateHz: 100 },
      signal: abort.signal,
    })
    setImmediate(() => abort.abort())
    await expect(looking).rejects.toMatchObject({ code: 'cancelled', message: expect.stringContaining('long.csv') })
  })

  it('is cancelled as it was asked for, and leaves the way free for the next one', async () => {
    const { handlers, close } = openExchange({ store: newStore(), events: new Events() })
    const path = longTable()
    const csv = { channels: [{ column: 'ax', name: 'acc1_x', unit: 'g' }], rateHz: 100 }
    const looking = handlers['exchange.preview']({ format: 'csv', path, csv })
    const finding = handlers['exchange.detect']({ path: temporaryFolder() })
    handlers['exchange.cancelPreview']({})
    await Promise.all([looking, finding].map((asked) => expect(asked).rejects.toMatchObject({ code: 'cancelled' })))
    expect(
      (await handlers['exchange.preview']({ format: 'ndjson', path: ndjson(word('Haus', 'w1')) })).seen.recordings,
    ).toBe(1)
    const last = handlers['exchange.preview']({ format: 'csv', path, csv })
    await Promise.all([close(), expect(last).rejects.toMatchObject({ code: 'cancelled' })])
  })

  it.each(['ndjson', 'csv', 'xdf', 'digipen', 'parquet', 'npz', 'rewi'] as const)(
    'is told to the reader of %s',
    async (format) => {
      const store = newStore()
      const session = newSession(store)
      for (const label of ['Haus', 'Maus']) store.recordings.insert({ sessionId: session.id, label, signal: signal(5) })
      const path = join(temporaryFolder(), `words.${format}`)
      await exportRecordings(store, format, path, { filter: {} })
      const entries = readEntries(format, path, { signal: AbortSignal.abort() })
      await expect(entries.next()).rejects.toMatchObject({ code: 'cancelled' })
    },
  )
})

describe('the places of a machine', () => {
  it('are told folder by folder, without what is hidden; of a path that is none, those beside it', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'sessions'))
    for (const name of ['w10.csv', 'w9.csv', '.secret']) writeFileSync(join(folder, name), '')
    const told = await browse(folder)
    expect(told).toMatchObject({ folder, more: 0 })
    expect(told.places.map(({ name, kind }) => [name, kind])).toEqual([
      ['sessions', 'folder'],
      ['w9.csv', 'file'],
      ['w10.csv', 'file'],
    ])
    expect((await browse(join(folder, 'w9.csv'))).folder).toBe(folder)
    expect((await browse(join(folder, 'no', 'such'))).folder).toBe(folder)
  })
})

describe('the report of an import', () => {
  it('has every line that was left out with its reason, and is never written over anything', async () => {
    const store = newStore()
    const { handlers } = openExchange({ store, events: new Events() })
    const report = join(temporaryFolder(), 'report.txt')
    await expect(handlers['exchange.report']({ path: report })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Nothing was imported'),
    })
    const bad = Array.from({ length: 1200 }, () => ({ writer: 'w1' }))
    const result = await handlers['exchange.import']({ format: 'ndjson', path: ndjson(word('Haus', 'w1'), ...bad) })
    expect(result).toMatchObject({ imported: 1, refusedCount: 1200 })
    expect(await handlers['exchange.report']({ path: report })).toEqual({ path: report, lines: 1200 })
    const lines = readFileSync(report, 'utf8').split('\n')
    expect(lines[1]).toContain('1 imported, 0 known already, 1200 left out')
    expect(lines.filter((line) => /^line \d+: has no rate_hz/.test(line))).toHaveLength(1200)
    await expect(handlers['exchange.report']({ path: report })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('is there already'),
    })
  })
})

describe('an export', () => {
  it('takes only what is chosen, and tells protocol, pen, licence and notes in its data sheet', async () => {
    const store = newStore()
    const path = ndjson(word('Haus', 'w1'), word('Maus', 'w1'), word('Laus', 'w2'))
    await importRecordings(store, 'ndjson', path)
    const { id } = store.sessions.list().find(({ writerName }) => writerName === 'w1')!
    const source = 'id: mine\nname: My study\nblocks: [{ name: Words, prompts: { inline: [Haus] } }]'
    const protocol = store.protocols.save(source, mustReadProtocol(source, 'My study'))
    store.promptedSessions.begin({
      sessionId: id,
      protocol: { id: 'mine', version: protocol.version },
      plan: { blocks: [], prompts: [], sessionSteps: [] },
      segmentation: { by: 'force', threshold: 0.1, pauseMs: 500, minimumMs: 100 },
      pen: { name: 'Pen', serial: 'A7', firmware: '1.2' },
      surface: 'paper',
    })
    const { handlers } = openExchange({ store, events: new Events() })
    const folder = temporaryFolder()
    const done = await handlers['exchange.export']({
      format: 'ndjson',
      path: join(folder, 'a.ndjson'),
      filter: { writerId: store.writers.find('w1')!.id },
      ids: [2, 3],
      licence: 'CC BY 4.0',
      notes: 'Pilot.\nTwo writers.',
    })
    expect(done.exported).toBe(1)
    expect(readFileSync(join(folder, 'a.ndjson'), 'utf8')).toContain('"Maus"')
    const sheet = JSON.parse(readFileSync(join(folder, 'a.ndjson.datasheet.json'), 'utf8')) as { sessions: object[] }
    expect(sheet).toMatchObject({
      licence: 'CC BY 4.0',
      notes: 'Pilot.\nTwo writers.',
      sessions: [
        { writer: 'w1', protocol: { id: 'mine', version: 1, name: 'My study' }, pen_serial: 'A7', surface: 'paper' },
      ],
    })
    const text = readFileSync(join(folder, 'a.ndjson.datasheet.txt'), 'utf8')
    expect(text).toContain('My study, version 1')
    expect(text).toContain('  Two writers.')
    expect(readdirSync(folder)).toHaveLength(3)
  })
})
