import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { beforeEach, describe, expect, it } from 'vitest'
import type { FormatName } from '../../src/shared/api/exchange.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'
import { fill } from './corpus.ts'
import { hasPython, runPython } from './python.ts'

/** What is written is read here by programs that know nothing of Kalamos. */
const python = hasPython()
const numpy = hasPython('numpy')
const pyarrow = hasPython('pyarrow')
const pandas = hasPython('pandas', 'pyarrow')
const pyxdf = hasPython('pyxdf')
const titled = (name: string, found: boolean, what: string) => `${name}${found ? '' : `, skipped: ${what} not found`}`

const word = (at: number) => ({
  label: ['Haus', 'a"b",c', null, 'größer'][at]!,
  signal: {
    channels: PEN_CHANNELS,
    rateHz: 100,
    frames: 4 + at,
    values: Float32Array.from({ length: (4 + at) * 13 }, (_, index) => (index === 3 ? NaN : (index + at) / 3)),
    deviceMicros: Float64Array.from({ length: 4 + at }, (_, frame) => 1e6 * at + frame * 10_000),
    hostMillis: Float64Array.from({ length: 4 + at }, (_, frame) => 1.7e12 + at * 1000 + frame * 10 + 0.125),
    gaps: [{ at: 2, lost: 5 }],
  },
})
const WORDS = [0, 1, 2, 3].map(word)
let values: number[][]

beforeEach(() => {
  values = WORDS.map(({ signal }) => Array.from(signal.values, (value) => (Number.isNaN(value) ? -999 : value)))
})

async function written(format: FormatName, name: string): Promise<string> {
  const store = newStore()
  fill(store, WORDS)
  const path = join(temporaryFolder(), name)
  await exportRecordings(store, format, path, { holdout: 0, licence: 'CC BY 4.0' })
  return path
}

describe.skipIf(!numpy)(titled('numpy', numpy, 'python3 with numpy'), () => {
  it('opens the NPZ without a pickle, with each recording where offsets says', async () => {
    const read = runPython(
      `import sys, json, numpy as np
z = np.load(sys.argv[1], allow_pickle=False)
v = np.nan_to_num(z['values'], nan=-999)
o = z['offsets']
print(json.dumps(dict(dtype=str(z['values'].dtype), columns=z['columns'].tolist(), label=z['label'].tolist(), writer=z['writer'].tolist(), virtual=z['virtual'].tolist(), rate=z['rate_hz'].tolist(),
  values=[v[a:b].astype('f8').ravel().tolist() for a, b in zip(o, o[1:])], host=z['host_ms'][:4].tolist(), lost=z['lost_before'][:4].tolist())))`,
      await written('npz', 'words.npz'),
    )
    expect(read).toEqual({
      dtype: 'float32',
      columns: PEN_CHANNELS.map(({ name, unit }) => `${name} [${unit}]`),
      label: ['Haus', 'a"b",c', '', 'größer'],
      writer: ['Wörter & <Ink>', 'virtual 1', 'Wörter & <Ink>', 'virtual 1'],
      virtual: [false, true, false, true],
      rate: [100, 100, 100, 100],
      values,
      host: [1.7e12 + 0.125, 1.7e12 + 10.125, 1.7e12 + 20.125, 1.7e12 + 30.125],
      lost: [0, 0, 5, 0],
    })
  })

  it('loads a table of the REWI layout as its training code does', async () => {
    const read = runPython(
      `import sys, os, json, numpy as np
root = os.path.join(sys.argv[1], 'writer-independent')
val, train = (json.load(open(os.path.join(root, name + '.json'), encoding='utf-8')) for name in ('val', 'train'))
seen = []
for fold in val['annotations']:
  held = {a['id_writer'] for a in val['annotations'][fold]}
  assert all(a['id_writer'] not in held for a in train['annotations'][fold])
  assert len(val['annotations'][fold]) + len(train['annotations'][fold]) == 3
  for a in val['annotations'][fold]:
    x = np.loadtxt(os.path.join(root, a['filename']), delimiter=';', dtype=np.float32)
    assert all(c in val['categories'] for c in a['label'])
    seen.append([a['label'], list(x.shape), np.nan_to_num(x, nan=-999).astype('f8').ravel().tolist()])
print(json.dumps(sorted(seen)))`,
      await written('rewi', 'folds'),
    ) as unknown[]
    const expected = WORDS.flatMap(({ label, signal }, at) =>
      label === null ? [] : [[label, [signal.frames, 13], values[at]]],
    )
    expect(read).toEqual(expected.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)))
  })
})

describe.skipIf(!python)(titled('the standard library of Python', python, 'python3'), () => {
  it('reads the CSV', async () => {
    const read = runPython(
      `import sys, csv, json
rows = list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8')))
print(json.dumps([[r['recording'], r['label'], r['virtual'], r['lost_before'], float(r['host_ms']), float(r['force [N]'])] for r in rows]))`,
      await written('csv', 'words.csv'),
    )
    const rows = WORDS.flatMap(({ label, signal }, at) =>
      Array.from({ length: signal.frames }, (_, frame) => [
        String(at + 1),
        label ?? '',
        String(at % 2 === 1),
        frame === 2 ? '5' : '0',
        signal.hostMillis[frame],
        signal.values[frame * 13 + 12],
      ]),
    )
    const float32 = (read as unknown[][]).map((row) => [...row.slice(0, 5), Math.fround(row[5] as number)])
    expect(float32).toEqual(rows)
  })

  it('finds the zip container of the NPZ sound, sums and all', async () => {
    const names = runPython(
      `import sys, zipfile, json\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is ` +
        `None\nprint(json.dumps(z.namelist()[:2]))`,
      await written('npz', 'words.npz'),
    )
    expect(names).toEqual(['offsets.npy', 'columns.npy'])
  })

  it('reads the NDJSON and the data sheet', async () => {
    const path = await written('ndjson', 'words.ndjson.gz')
    const read = runPython(
      `import sys, gzip, json
lines = [json.loads(l) for l in gzip.open(sys.argv[1], 'rt', encoding='utf-8')]
sheet = json.load(open(sys.argv[1] + '.datasheet.json', encoding='utf-8'))
print(json.dumps([[l['label'] for l in lines], lines[1]['samples'][0][:2], sheet['licence'], sheet['recordings'], sheet['virtual_recordings'], [w['name'] for w in sheet['writers']], sheet['sessions'][0]['profile']['calibration'][0]]))`,
      path,
    ) as unknown[]
    expect(read.toSpliced(1, 1)).toEqual([
      ['Haus', 'a"b",c', null, 'größer'],
      'CC BY 4.0',
      4,
      2,
      ['Wörter & <Ink>', 'virtual 1'],
      ['smx', '1.25'],
    ])
    expect((read[1] as number[]).map(Math.fround)).toEqual([...WORDS[1]!.signal.values.slice(0, 2)])
    expect(readFileSync(`${path}.datasheet.txt`, 'utf8')).toContain(
      'of which 2 are virtual: a simulation, nobody wrote them',
    )
  })

  it('reads the XDF with nothing but its specification', async () => {
    const read = runPython(XDF_READER, await written('xdf', 'words.xdf')) as {
      name: string
      type: string
      labels: string[]
      times: number[]
      rows: (number | string)[][]
      footer: number
    }[]
    expect(read.map(({ type }) => type)).toEqual(['Pen', 'Markers', 'Pen', 'Markers'])
    expect(read[0]!.labels).toEqual([
      ...PEN_CHANNELS.map(({ name }) => name),
      'device_us',
      'host_ms',
      'lost_before',
      'recording',
    ])
    expect(read[0]!.footer).toBe(4 + 6)
    expect(read[0]!.times[0]).toBe((1.7e12 + 0.125) / 1000)
    expect(read[0]!.rows.slice(0, 4).flatMap((row) => row.slice(0, 13))).toEqual(values[0])
    expect(read[1]!.rows.map(([label]) => label)).toEqual(['Haus', ''])
    expect(read[3]!.rows.map(([label]) => label)).toEqual(['a"b",c', 'größer'])
  })
})

/** Written from the specification of XDF 1.0 (wiki of sccn/xdf), and from nothing else. */
const XDF_READER = `
import sys, struct, json, math
import xml.etree.ElementTree as ET
data = open(sys.argv[1], 'rb').read()
assert data[:4] == b'XDF:'
def varlen(at):
  n = data[at]
  assert n in (1, 4, 8)
  return int.from_bytes(data[at + 1:at + 1 + n], 'little'), at + 1 + n
streams, at = {}, 4
while at < len(data):
  length, at = varlen(at)
  end = at + length
  tag, = struct.unpack_from('<H', data, at)
  body = at + 2
  if tag == 1:
    assert ET.fromstring(data[body:end]).findtext('version') == '1.0'
  else:
    sid, = struct.unpack_from('<I', data, body)
    body += 4
    if tag == 2:
      info = ET.fromstring(data[body:end])
      streams[sid] = dict(name=info.findtext('name'), type=info.findtext('type'), fmt=info.findtext('channel_format'), count=int(info.findtext('channel_count')), rate=float(info.findtext('nominal_srate')),
        labels=[c.findtext('label') for c in info.iterfind('desc/channels/channel')], times=[], rows=[], footer=None)
    elif tag == 3:
      s = streams[sid]
      n, body = varlen(body)
      for _ in range(n):
        if data[body] == 8:
          s['times'].append(struct.unpack_from('<d', data, body + 1)[0]); body += 9
        else:
          assert data[body] == 0
          s['times'].append(s['times'][-1] + 1 / s['rate']); body += 1
        if s['fmt'] == 'string':
          row = []
          for _ in range(s['count']):
            k, body = varlen(body)
            row.append(data[body:body + k].decode('utf-8')); body += k
        else:
          row = [-999 if math.isnan(x) else x for x in struct.unpack_from('<%dd' % s['count'], data, body)]
          body += 8 * s['count']
        s['rows'].append(row)
      assert body == end
    elif tag == 6:
      streams[sid]['footer'] = int(ET.fromstring(data[body:end]).findtext('sample_count'))
  at = end
for s in streams.values():
  assert s['times'] == sorted(s['times']) and s['footer'] == len(s['rows'])
print(json.dumps(list(streams.values())))
`

it('hyparquet reads the Parquet', async () => {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(await written('parquet', 'words.parquet')) })
  expect(
    rows.map((row) => [row['label'], row['writer'], row['virtual'], row['rate_hz'], (row['force'] as number[]).length]),
  ).toEqual([
    ['Haus', 'Wörter & <Ink>', false, 100, 4],
    ['a"b",c', 'virtual 1', true, 100, 5],
    [null, 'Wörter & <Ink>', false, 100, 6],
    ['größer', 'virtual 1', true, 100, 7],
  ])
  expect(rows[1]!['acc1_x']).toEqual([0, 1, 2, 3, 4].map((frame) => WORDS[1]!.signal.values[frame * 13]))
})

describe.skipIf(!pyarrow)(titled('pyarrow', pyarrow, 'python3 with pyarrow'), () => {
  it('reads the Parquet, lists and all', async () => {
    const read = runPython(
      `import sys, json, pyarrow.parquet as pq
t = pq.read_table(sys.argv[1])
print(json.dumps([t.column('label').to_pylist(), t.column('force').to_pylist(), t.column('gap_lost').to_pylist(), str(t.schema.field('force').type), t.column('host_ms').to_pylist()[0]]))`,
      await written('parquet', 'words.parquet'),
    )
    const force = WORDS.map(({ signal }) =>
      Array.from({ length: signal.frames }, (_, frame) => signal.values[frame * 13 + 12]),
    )
    expect(read).toEqual([
      ['Haus', 'a"b",c', null, 'größer'],
      force,
      [[5], [5], [5], [5]],
      expect.stringMatching(/^list<element: float/),
      [...WORDS[0]!.signal.hostMillis],
    ])
  })
})

describe.skipIf(!pandas)(titled('pandas', pandas, 'python3 with pandas and pyarrow'), () => {
  it('reads the Parquet and the CSV into the same numbers', async () => {
    const same = runPython(
      `import sys, json, numpy as np, pandas as pd
a, b = pd.read_parquet(sys.argv[1]), pd.read_csv(sys.argv[2])
print(json.dumps(bool(np.array_equal(np.concatenate(a['force']).astype('f4'), b['force [N]'].to_numpy().astype('f4')))))`,
      await written('parquet', 'words.parquet'),
      await written('csv', 'words.csv'),
    )
    expect(same).toBe(true)
  })
})

describe.skipIf(!pyxdf)(titled('pyxdf', pyxdf, 'python3 with pyxdf'), () => {
  it('loads the XDF', async () => {
    const read = runPython(
      `import sys, json, pyxdf
streams, _ = pyxdf.load_xdf(sys.argv[1], dejitter_timestamps=False, synchronize_clocks=False)
print(json.dumps(sorted([s['info']['type'][0], len(s['time_series'])] for s in streams)))`,
      await written('xdf', 'words.xdf'),
    )
    expect(read).toEqual([
      ['Markers', 2],
      ['Markers', 2],
      ['Pen', 10],
      ['Pen', 12],
    ])
  })
})
