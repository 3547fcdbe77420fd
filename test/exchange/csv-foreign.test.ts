import { truncateSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { CsvMapping } from '../../src/shared/api/exchange.ts'
import { detectFormat } from '../../src/main/exchange/formats.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { previewImport } from '../../src/main/exchange/preview.ts'
import { newSession, newStore, signal, temporaryFolder } from '../store/fixtures.ts'

/** Tables as loggers, spreadsheets and other programs write them. */

function fileOf(content: string | Buffer, name = 'table.csv'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

const FRAMES = 20
const rows = (row: (at: number) => string): string[] => Array.from({ length: FRAMES }, (_, at) => row(at))
const BY: CsvMapping = { channels: [], writerName: 'w1' }

/** The one recording of a table, as it is stored. */
async function stored(content: string | Buffer | string[], mapping: Partial<CsvMapping> = {}, name?: string) {
  const path = fileOf(Array.isArray(content) ? content.join('\n') : content, name)
  const store = newStore()
  const result = await importRecordings(store, 'csv', path, { csv: { ...BY, ...mapping } })
  const { rateHz, frames, channels } = store.recordings.get(1)
  const { values, deviceMicros } = store.recordings.signal(1)
  return {
    result,
    rateHz,
    frames,
    channels: channels.map(({ name: channel, unit }) => `${channel} ${unit}`),
    first: [...values.subarray(0, channels.length)],
    values,
    deviceMicros,
  }
}

const plain = rows((at) => `${at / 100},${at},0.5`)

describe('a table of another program', () => {
  it.each([
    ['lines that end in a return alone', ['time (s),ax,ay', ...plain].join('\r')],
    [
      'lines that end in several ways',
      `time (s),ax,ay\r\n${plain.slice(0, 10).join('\n')}\r\n${plain.slice(10).join('\r')}`,
    ],
    ['a separator behind the last cell of each row', ['time (s),ax,ay', ...plain.map((row) => `${row},`)].join('\n')],
    ['a separator behind the last cell of the heading', ['time (s),ax,ay,', ...plain].join('\n')],
    ['blanks between the cells', ['time ax ay', ...plain.map((row) => row.replaceAll(',', ' '))].join('\n')],
    [
      'several blanks between the cells, and one behind',
      ['  time   ax  ay ', ...plain.map((row) => ` ${row.replaceAll(',', '    ')} `)].join('\n'),
    ],
    [
      'a line that says its separator',
      `sep=;\r\n${['time (s);ax;ay', ...plain.map((row) => row.replaceAll(',', ';'))].join('\r\n')}`,
    ],
    [
      'remarks before the heading',
      ['# Sampling rate: 100 Hz', '# pen 7, "blue"', '', 'time (s),ax,ay', ...plain].join('\n'),
    ],
    ['a heading that looks like a remark', ['#time [s],ax,ay', ...plain].join('\n')],
    [
      'a line of the logger before the heading',
      ['StartTime: 2021-05-01 10:20:00.000', 'Time(s)\tax\tay', ...plain.map((row) => row.replaceAll(',', '\t'))].join(
        '\n',
      ),
    ],
    [
      'a line break in a cell',
      ['time (s),ax,ay,note', ...plain.map((row, at) => `${row},${at === 3 ? '"a, b\nc, d"' : ''}`)].join('\n'),
    ],
    [
      'a column without a name, and one with a name that is there already',
      ['time (s),ax,ay,,ax', ...plain.map((row) => `${row},7,8`)].join('\n'),
    ],
  ])('is read with %s', async (_, content) => {
    expect(await stored(content)).toMatchObject({
      rateHz: 100,
      frames: FRAMES,
      channels: ['acc1_x count', 'acc1_y count'],
      first: [0, 0.5],
      result: { refused: [] },
    })
  })

  it('is read gzipped as well, and is recognised by its name', async () => {
    const content = gzipSync(['time (s),ax,ay', ...plain].join('\n'))
    expect(await detectFormat(fileOf(content, 'table.csv.gz'))).toBe('csv')
    expect(await stored(content, {}, 'table.csv.gz')).toMatchObject({ rateHz: 100, frames: FRAMES, first: [0, 0.5] })
  })

  it('has a hole where a cell is empty', async () => {
    const { frames, values } = await stored([
      'time (s),ax,ay',
      ...plain.map((row, at) => (at === 5 ? row.replace(',5,', ',,') : row)),
    ])
    expect([frames, values[5 * 2], values[5 * 2 + 1]]).toEqual([FRAMES, NaN, 0.5])
  })

  it('that breaks off in a row comes in up to there, and says so', async () => {
    const { frames, result } = await stored(['time (s),ax,ay', ...plain, '0.2,2'])
    expect([frames, result.refused]).toEqual([
      FRAMES,
      [{ where: `row ${FRAMES + 2}`, reason: 'is not whole: the file breaks off here' }],
    ])
    const short = importRecordings(
      newStore(),
      'csv',
      fileOf(['time (s),ax,ay', ...plain.slice(0, 5), '0.2,2', ...plain].join('\n')),
      { csv: BY },
    )
    expect(await short).toMatchObject({
      imported: 0,
      refused: [{ reason: expect.stringContaining('row 7 has 2 cells') }],
    })
  })

  it('that breaks off in its compression comes in up to there, and says so', async () => {
    const lines = Array.from({ length: 5000 }, (_, at) => `${at / 100},${Math.random()},0.5`)
    const path = fileOf(gzipSync(['time (s),ax,ay', ...lines].join('\n')), 'table.csv.gz')
    truncateSync(path, Math.floor(readFileSync(path).length / 2))
    const store = newStore()
    expect(await importRecordings(store, 'csv', path, { csv: BY })).toMatchObject({
      imported: 1,
      refused: [{ where: '', reason: 'is not whole: the file breaks off here' }],
    })
    expect(store.recordings.get(1).frames).toBeGreaterThan(1000)
  })
})

describe('the time of a table', () => {
  it.each([
    ['timestamp', (at: number) => at * 16, 62.5, 'ms'],
    ['timestamp', (at: number) => 1_650_000_000_000 + at * 10, 100, 'ms'],
    ['Timestamp (ns)', (at: number) => String(1_403_636_579_758_555_392n + BigInt(at * 5_000_000)), 200, 'ns'],
    ['time', (at: number) => at * 2500, 400, 'us'],
    ['seconds_elapsed', (at: number) => at / 50, 50, 's'],
    ['timestamp', (at: number) => `2024-03-31 01:59:59.${String(at * 10).padStart(3, '0')}`, 100, 'clock'],
    ['timestamp', (at: number) => `2024-03-31T01:59:59.${String(at * 10).padStart(3, '0')}+01:00`, 100, 'clock'],
    ['Zeit', (at: number) => `31.03.2024 01:59:59.${String(at * 10).padStart(3, '0')}`, 100, 'clock'],
    ['Time(s)', (at: number) => `10:20:00.${String(at * 10).padStart(3, '0')}`, 100, 'clock'],
  ])('of %s is taken for what gives a plausible rate, and shown', async (heading, time, rate, unit) => {
    const path = fileOf([`${heading},ax`, ...rows((at) => `${time(at)},1`)].join('\n'))
    const csv: CsvMapping = heading === 'Zeit' ? { ...BY, time: { column: 'Zeit' } } : BY
    const preview = await previewImport(newStore(), 'csv', path, { csv })
    expect(preview.recordings).toMatchObject([{ rateHz: rate, frames: FRAMES }])
    if (heading !== 'Zeit') expect(preview.csv!.mapping.time).toEqual({ column: heading, unit })
  })

  it.each([
    ['time (s)', 9],
    ['time', 0.21],
  ])('is asked about where no rate of %s is one of a pen for sure, and taken as it is said', async (heading, step) => {
    const path = fileOf([`${heading},ax`, ...rows((at) => `${at * step},1`)].join('\n'))
    const asked = await previewImport(newStore(), 'csv', path, { csv: BY })
    expect(asked.csv!.mapping.time).toEqual({ column: heading })
    expect(asked.refused).toEqual([
      {
        where: '',
        reason: expect.stringMatching(/does not say for sure what one step of the time in time.* Hz in s, .* Hz in ms/),
      },
    ])
    await expect(importRecordings(newStore(), 'csv', path, { csv: BY })).rejects.toMatchObject({
      code: 'invalid-input',
      hint: expect.stringContaining('--time-unit'),
    })
    const said = await previewImport(newStore(), 'csv', path, { csv: { ...BY, time: { column: heading, unit: 's' } } })
    expect(said.recordings[0]!.rateHz).toBeCloseTo(1 / step, 5)
  })

  it('is not needed where the rate is said, and does no harm then', async () => {
    const { rateHz, deviceMicros } = await stored(['timestamp,ax', ...rows((at) => `frame ${at},1`)], { rateHz: 100 })
    expect([rateHz, deviceMicros.every(Number.isNaN)]).toEqual([100, true])
  })
})

describe('a clock of a table that does not run on', () => {
  const imported = async (lines: string[]) => {
    const store = newStore()
    const { notes } = await importRecordings(store, 'csv', fileOf(lines.join('\n')), { csv: BY })
    return {
      notes: notes?.map(({ note }) => note) ?? [],
      frames: store.recordings.list({}, 0, 10).recordings.map(({ frames }) => frames),
      store,
    }
  }

  it('parts a recording where it begins anew, and says so', async () => {
    const { notes, frames } = await imported([
      'time (ms),ax',
      ...rows((at) => `${at < 8 ? 5000 + at * 10 : (at - 8) * 10},${at}`),
    ])
    expect([frames.sort(), notes]).toEqual([[12, 8], ['its clock began anew or jumped once, and it was parted there']])
  })

  it('parts the same word written twice', async () => {
    const { frames, store } = await imported(['label,time (s),ax', ...rows((at) => `the,${(at % 10) / 100},${at}`)])
    expect([frames, store.recordings.get(1).label, store.recordings.get(2).label]).toEqual([[10, 10], 'the', 'the'])
  })

  it('goes on where its counter starts over, and at midnight', async () => {
    const wrapped = await imported([
      'time (us),ax',
      ...rows((at) => `${(4_294_900_000 + at * 10_000) % 2 ** 32},${at}`),
    ])
    expect([wrapped.frames, wrapped.notes]).toEqual([[FRAMES], ['its clock started over once and was set straight']])
    const overnight = await imported([
      'time,ax',
      ...rows((at) =>
        at < 8 ? `23:59:59.${920 + at * 10},${at}` : `00:00:00.${String((at - 8) * 10).padStart(3, '0')},${at}`,
      ),
    ])
    expect([overnight.frames, overnight.notes, overnight.store.recordings.get(1).rateHz]).toEqual([[FRAMES], [], 100])
  })
})

describe('the units of a table', () => {
  it.each([
    ['Acc X (G)', 'acc1_x g', 1],
    ['ax [m/s^2]', 'acc1_x g', 1 / 9.80665],
    ['ax [m s^-2]', 'acc1_x g', 1 / 9.80665],
    ['ax (m/s²)', 'acc1_x g', 1 / 9.80665],
    ['ax (m/s/s)', 'acc1_x g', 1 / 9.80665],
    ['ax (m·s⁻²)', 'acc1_x g', 1 / 9.80665],
    ['ax [mg]', 'acc1_x g', 0.001],
    ['Gyro X (deg/sec)', 'gyro_x deg/s', 1],
    ['Gyro X (°/s)', 'gyro_x deg/s', 1],
    ['Gyro X (degrees/second)', 'gyro_x deg/s', 1],
    ['wx [rad s^-1]', 'gyro_x deg/s', 180 / Math.PI],
    ['gx (mdps)', 'gyro_x deg/s', 0.001],
    ['Mag X (µT)', 'mag_x uT', 1],
    ['Mag X (G)', 'mag_x uT', 100],
    ['Mag X (mG)', 'mag_x uT', 0.1],
    ['Force (mN)', 'force N', 0.001],
    ['ax', 'acc1_x count', 1],
    ['ax (LSB)', 'acc1_x count', 1],
  ])('are known in their spelling: %s', async (heading, channel, scale) => {
    const { channels, first } = await stored([`time (s);${heading}`, ...rows((at) => `${at / 100};2`)])
    expect(channels).toEqual([channel])
    expect(first[0]).toBeCloseTo(2 * scale, 5)
  })

  it('are asked about where none of a pen is meant, and never become counts by themselves', async () => {
    const path = fileOf(['time (s),ax (furlong)', ...rows((at) => `${at / 100},2`)].join('\n'))
    const { csv, refused } = await previewImport(newStore(), 'csv', path, { csv: BY })
    expect(csv!.mapping.channels).toEqual([{ column: 'ax (furlong)', name: 'acc1_x', unit: 'furlong' }])
    expect(refused).toEqual([{ where: '', reason: expect.stringContaining('"furlong", which is no unit of a pen') }])
    await expect(importRecordings(newStore(), 'csv', path, { csv: BY })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
})

describe('a table with commas before its fractions', () => {
  it('may part thousands by points', async () => {
    const table = [
      'time (ms);ax [mg];ay [mg]',
      ...rows((at) => `${at === 10 ? '1.000' : 900 + at * 10};${at % 2 === 0 ? '0,5' : '1.024'};1.024,5`),
    ]
    const { rateHz, values } = await stored(table, { decimal: ',' })
    expect([rateHz, ...values.subarray(0, 4)]).toEqual([100, ...[0.0005, 1.0245, 1.024, 1.0245].map(Math.fround)])
  })

  it('is told of a point that parts no thousands, which would be another number', async () => {
    const path = fileOf(['time (ms);ax;ay', ...rows((at) => `${at * 10};0,5;${at === 3 ? '12.34' : '1,5'}`)].join('\n'))
    expect(await importRecordings(newStore(), 'csv', path, { csv: { ...BY, decimal: ',' } })).toMatchObject({
      imported: 0,
      refused: [{ reason: 'row 5: "12.34" in ay is no number; its point parts no thousands' }],
    })
  })

  it.each([['1,024.5'], ["1'024.5"], ['1\u202f024.5']])('and the other way round: %s', async (cell) => {
    const { first } = await stored(['time (ms);ax', ...rows((at) => `${at * 10};"${cell}"`)])
    expect(first).toEqual([1024.5])
  })
})

describe('a table of ours', () => {
  it('is read as a German spreadsheet saves it again', async () => {
    const store = newStore()
    const session = newSession(store, 'w1')
    store.recordings.insert({ sessionId: session.id, label: 'Größe', signal: signal(6) })
    const path = join(temporaryFolder(), 'ours.csv')
    await exportRecordings(store, 'csv', path)
    const german = readFileSync(path, 'utf8')
      .split('\r\n')
      .map((line) =>
        line
          .replaceAll(',', ';')
          .replace(/(\d)\.(\d)/g, '$1,$2')
          .replace(';false;', ';FALSCH;'),
      )
    const again = newStore()
    expect(await importRecordings(again, 'csv', fileOf(`\uFEFF${german.join('\r\n')}`))).toMatchObject({
      imported: 1,
      refused: [],
    })
    expect(again.recordings.get(1)).toMatchObject({ label: 'Größe', frames: 6, virtual: false })
    expect([...again.recordings.signal(1).values]).toEqual([...store.recordings.signal(1).values])
    await expect(
      importRecordings(newStore(), 'csv', fileOf(Buffer.from(german.join('\r\n'), 'latin1'))),
    ).rejects.toMatchObject({ code: 'not-utf8', message: expect.stringContaining('Größe') })
  })
})

describe('a heading that was made to keep a reader busy', () => {
  it.each([' '.repeat(200_000), '('.repeat(200_000), `ax${'[ '.repeat(100_000)}`, '1'.repeat(200_000)])(
    'is looked at once',
    async (heading) => {
      await expect(
        importRecordings(newStore(), 'csv', fileOf([`a${heading};b`, '1;2', '3;4'].join('\n')), { csv: BY }),
      ).rejects.toMatchObject({ code: 'invalid-input' })
    },
  )
})
