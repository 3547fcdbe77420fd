import { createCanvas } from '@napi-rs/canvas'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runProgram } from '../../src/main/entrypoints/cli/program.ts'
import { readTraining } from '../../src/main/entrypoints/cli/training-file.ts'
import { logFolder } from '../../src/main/log/log-folder.ts'
import { logPath } from '../../src/main/log/index.ts'
import { openStore } from '../../src/main/store/index.ts'

let folder: string
let database: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-terminal-'))
  database = join(folder, 'pens.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs a command line and gives all it says. */
async function run(...args: string[]) {
  let [out, err] = ['', '']
  const code = await runProgram(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    signal: new AbortController().signal,
    keys: () => null,
  })
  return { code, out, err }
}

const onDatabase = (...args: string[]) => run(...args, '--database', database)

/** Three short recordings of two letters, as a file that `import ndjson` reads, and a line that it does not. */
function writeRecordings({ broken = true } = {}): string {
  const file = join(folder, 'letters.ndjson')
  const samples = Array.from({ length: 40 }, (_, i) => [Math.sin(i / 3), Math.cos(i / 3), 1, i % 7, i % 5, i % 3])
  const lines = ['a', 'b', 'a'].map((label, i) =>
    JSON.stringify({
      id: `r${i}`,
      writer: 'w01',
      label,
      device: 'test',
      rate_hz: 60,
      channels: ['acc_x', 'acc_y', 'acc_z', 'gyro_x', 'gyro_y', 'gyro_z'],
      units: ['g', 'g', 'g', 'deg/s', 'deg/s', 'deg/s'],
      samples: samples.map((row) => row.map((value) => value + i)),
    }),
  )
  writeFileSync(file, [...lines, ...(broken ? ['{"broken"'] : [])].join('\n'))
  return file
}

describe('names that are orders to a terminal', () => {
  const ESCAPE = '\x1b]0;PWNED\x07\x1b[2J\x9b31m\u202e'
  // eslint-disable-next-line no-control-regex -- what must not be there
  const ORDERS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/

  test('are shown and not obeyed, in results, errors, tables and JSON alike', async () => {
    const file = join(folder, `names${ESCAPE}.ndjson`)
    const line = (more: object) =>
      JSON.stringify({
        writer: 'w',
        rate_hz: 100,
        channels: ['force'],
        units: ['N'],
        samples: [[1], [2], [3]],
        ...more,
      })
    writeFileSync(
      file,
      [
        line({ writer: `w${ESCAPE}`, device: `d${ESCAPE}`, label: 'ok' }),
        line({ label: `x${ESCAPE}` }),
        line({ units: [`q${ESCAPE}`] }),
      ].join('\n'),
    )
    const said = [
      await onDatabase('import', 'ndjson', file, '--preview'),
      await onDatabase('import', 'ndjson', file),
      await onDatabase('export', 'ndjson', join(folder, 'out.ndjson'), '--writer', `nobody${ESCAPE}`),
      await onDatabase('import', 'ndjson', join(folder, `none${ESCAPE}`), '--json'),
      await run(`verb${ESCAPE}`),
    ]
    for (const { out, err } of said) expect(out + err).not.toMatch(ORDERS)
    expect(said.map(({ out, err }) => out + err).join('')).toContain('\\u001b]0;PWNED')
  })
})

describe('the command line', () => {
  test.each([
    [[]],
    [['bogus']],
    [['devices', '--bogus']],
    [['train', '--epochs', 'many']],
    [['train', '--held-out', '2']],
    [['evaluate']],
    [['import', 'bogus', 'x']],
    [['serve', '--port', '70000']],
    [['record', '--device', 'x', '--writer', 'y', '--advance', 'never']],
  ])('that is wrong, such as %j, is a usage error: exit code 2, nothing on stdout', async (args) => {
    const { code, out, err } = await run(...args)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).not.toBe('')
  })

  test('that is refused leaves a line in the log, with the code and without what was said', async () => {
    const { code } = await run('recognise', '--device', 'Pen of Ada', '--database', database)
    expect(code).toBe(1)
    const logged = readFileSync(logPath(logFolder()), 'utf8').trim().split('\n')
    expect(logged).toContainEqual(
      expect.stringMatching(/ warn entrypoint terminal:\d+ a command was refused: code=not-found$/),
    )
    expect(logged.join()).not.toContain('Ada')
  })

  test.each([
    'devices',
    'record',
    'import',
    'train',
    'evaluate',
    'recognise',
    'replay',
    'self-test',
    'serve',
    'simulate',
    'doctor',
  ])('%s has a help of its own', async (verb) => {
    const { code, out } = await run(verb, '--help')
    expect(code).toBe(0)
    expect(out).toContain(`kalamos ${verb}`)
  })

  test('every verb that does something shows an example', async () => {
    for (const verb of [
      ['devices'],
      ['record'],
      ['import', 'ndjson'],
      ['train'],
      ['evaluate'],
      ['recognise'],
      ['replay'],
      ['self-test'],
      ['serve'],
      ['simulate'],
      ['doctor'],
    ]) {
      expect((await run(...verb, '--help')).out).toContain(`npm run -s kalamos -- ${verb.join(' ')}`)
    }
  })
})

describe('an error', () => {
  test('is said on stderr with its way out: exit code 1, nothing on stdout', async () => {
    openStore(database).close()
    expect(await onDatabase('evaluate', '--model', 'Digits', '--json')).toEqual({
      code: 1,
      out: '',
      err: 'There is no model Digits.\nThere are 1 (base).\n',
    })
  })

  test.each([
    ['evaluate', '--model', 'base'],
    ['export', 'ndjson', 'out.ndjson'],
    ['train', '--writer', 'w01'],
    ['adapt', '--writer', 'w01'],
  ])('names the database that is not there, and makes none: %s', async (...args) => {
    const { code, out, err } = await onDatabase(...args)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(`There is no database ${database}.`)
    expect(existsSync(database)).toBe(false)
  })

  test('names the device that is not there, and those that are', async () => {
    const { code, err } = await onDatabase(
      'record',
      '--device',
      'no-such-pen',
      '--writer',
      'w01',
      '--prompts',
      'first-minutes',
    )
    expect(code).toBe(1)
    expect(err).toContain('There is no device no-such-pen.')
    expect(err).toContain('replay:<file>')
  })

  test('names the database that another process has', async () => {
    const holder = openStore(database)
    try {
      const { code, err } = await onDatabase('devices')
      expect(code).toBe(1)
      expect(err).toContain(database)
    } finally {
      holder.close()
    }
  })

  test('names the database that is none, and leaves it alone', async () => {
    writeFileSync(
      database,
      'a letter to a friend, not a database, long enough to have a header of a hundred bytes or even some more',
    )
    const { code, err } = await onDatabase('devices')
    expect(code).toBe(1)
    expect(err).toContain(database)
  })
})

describe('import and train', () => {
  test('a file is imported once; lines that do not fit are named', async () => {
    const file = writeRecordings()
    const first = await onDatabase('import', 'ndjson', file, '--json')
    expect(JSON.parse(first.out)).toMatchObject({
      imported: 3,
      duplicates: 0,
      refused: [{ where: 'line 4', reason: 'is no JSON' }],
    })
    expect(first.err).toContain('line 4 was left out')
    expect(JSON.parse((await onDatabase('import', 'ndjson', file, '--json')).out)).toMatchObject({
      imported: 0,
      duplicates: 3,
    })
  })

  test('a table in another encoding says what it would be, and is read once that is said', async () => {
    const file = join(folder, 'excel.csv')
    writeFileSync(
      file,
      Buffer.from(
        ['label;writer;timestamp;ax', ...Array.from({ length: 12 }, (_, at) => `für;w1;${at * 10};1`)].join('\r\n'),
        'latin1',
      ),
    )
    const refused = await onDatabase('import', 'csv', file)
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(/Read as Windows-1252 it says “für”(.|\n)*--encoding windows-1252/),
    ])
    const seen = await onDatabase('import', 'csv', file, '--encoding', 'windows-1252', '--preview')
    expect(seen.out).toMatch(/Time: timestamp, in ms(.|\n)*für/)
    expect(
      JSON.parse((await onDatabase('import', 'csv', file, '--encoding', 'windows-1252', '--json')).out),
    ).toMatchObject({ imported: 1, refused: [] })
  })

  test('a preview says what would be trained on', async () => {
    await onDatabase('import', 'ndjson', writeRecordings())
    const { code, out } = await onDatabase('train', '--preview', '--held-out', '0', '--rate', '60', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ trainRecordings: 3, alphabet: 'ab', rateHz: 60 })
    for (const model of ['cnn-bilstm', 'ott', 'rewi-s'])
      expect((await onDatabase('train', '--preview', '--held-out', '0', '--model', model)).code, model).toBe(0)
    expect((await onDatabase('train', '--model', 'huge')).err).toContain(
      'It must be one of small, cnn-bilstm, rewi-s, rewi.',
    )
  })

  test('labels of pictures in another encoding say what they would be, and are read once that is said', async () => {
    await onDatabase('import', 'ndjson', writeRecordings())
    writeFileSync(join(folder, '1.png'), createCanvas(32, 32).toBuffer('image/png'))
    writeFileSync(join(folder, '2.png'), createCanvas(32, 32).toBuffer('image/png'))
    writeFileSync(join(folder, 'labels.csv'), Buffer.from('1.png;a\n2.png;f\xfcr\n', 'latin1'))
    const preview = (...more: string[]) =>
      onDatabase(
        'train',
        '--preview',
        '--task',
        'classes',
        '--held-out',
        '0',
        '--recipe',
        'pairs',
        '--pictures',
        folder,
        ...more,
      )
    expect((await preview()).out).toMatch(/Read as Windows-1252 it says “für”(.|\n)*--encoding windows-1252/)
    expect((await preview('--encoding', 'windows-1252')).out).toContain(
      'Pictures: 1 of 2 labels have pictures of their own',
    )
  })

  test('a recipe and its pictures are named by options, and a preview says of how many labels there are pictures', async () => {
    await onDatabase('import', 'ndjson', writeRecordings())
    const scans = join(folder, 'scans')
    mkdirSync(scans)
    writeFileSync(join(scans, 'a.png'), createCanvas(32, 32).toBuffer('image/png'))
    const preview = await onDatabase(
      'train',
      '--preview',
      '--task',
      'classes',
      '--held-out',
      '0',
      '--recipe',
      'pairs',
      '--pictures',
      scans,
    )
    expect(preview.err).toBe('')
    expect(preview.out).toContain(
      'Pictures: 1 of 2 labels have pictures of their own; the others are rendered in handwriting fonts.',
    )
    expect(
      (
        await onDatabase(
          'train',
          '--preview',
          '--held-out',
          '0',
          '--recipe',
          'pairs',
          '--pictures',
          join(folder, 'none'),
        )
      ).out,
    ).toContain(`This method cannot be trained: There is no folder ${join(folder, 'none')}.`)
    expect(await onDatabase('train', '--preview', '--recipe', 'texts', '--pictures', 'fonts')).toMatchObject({
      code: 1,
      err:
        'Word images (fonts) belong to the methods pairs and in-batch.\nChoose one of them with --recipe, or ' +
        'leave out --pictures.\n',
    })
    expect((await onDatabase('train', '--recipe', 'magic')).code).toBe(2)
  })

  test('a configuration is taken as it is, out of a run as it is printed, and with the image network for its task', async () => {
    await onDatabase('import', 'ndjson', writeRecordings())
    const config = {
      name: 'x',
      model: 'small',
      task: 'classes',
      filter: {},
      channels: [],
      rateHz: 60,
      split: { by: 'recording', heldOut: 0 },
      epochs: 1,
      batchSize: 4,
      learningRate: 0.01,
      weightDecay: 0,
      warmupEpochs: 0,
      augment: false,
      seed: 1,
      startFrom: null,
      backend: 'auto',
      threads: 1,
      recipe: { kind: 'cross-modal' },
    }
    const file = join(folder, 'run.json')
    writeFileSync(file, JSON.stringify({ id: 3, state: 'finished', config }))
    const preview = JSON.parse((await onDatabase('train', '--preview', '--config', file, '--json')).out) as {
      against: unknown
      layers: { image: { name: string }[] }
    }
    expect(preview).toMatchObject({ trainRecordings: 3, rateHz: 60, against: null })
    expect(readTraining(file).recipe).toMatchObject({ image: { size: 'letter', steps: 600 } })

    writeFileSync(file, JSON.stringify({ ...config, epochs: 0 }))
    const { err } = await onDatabase('train', '--preview', '--config', file)
    expect(err).toContain(`${file}: epochs: `)
    expect(err).toContain('or the card (.json) of a model')
  })

  test('runs are listed, and one that is not there cannot be repeated', async () => {
    openStore(database).close()
    expect((await onDatabase('train', '--list')).out).toBe('No run yet.\n')
    expect((await onDatabase('train', '--reproduce', '7')).err).toContain('There is no training run 7.')
  })

  test('a writer that is not there is named, with those that are', async () => {
    await onDatabase('import', 'ndjson', writeRecordings())
    expect((await onDatabase('train', '--preview', '--writer', 'w99')).err).toBe(
      'There is no writer w99.\nThere are w01.\n',
    )
  })
})

test('a replay plays every frame of a file and says so', async () => {
  const { code, out } = await onDatabase('replay', writeRecordings({ broken: false }), '--speed', '100', '--json')
  expect(code).toBe(0)
  const { frames, lostFrames } = JSON.parse(out) as { frames: number; lostFrames: number }
  expect(frames).toBeGreaterThanOrEqual(120)
  expect(lostFrames).toBe(0)
})

test('a virtual corpus is made where it is wanted, and says that it is virtual', async () => {
  const { code, out } = await run('simulate', '--writers', '1', '--per-writer', '3', '--out', database, '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ recordings: 3 })
  expect((await run('simulate')).err).toContain('--out')
  const store = openStore(database)
  expect(store.writers.list()).toMatchObject([{ virtual: true, recordings: 3 }])
  store.close()
})
