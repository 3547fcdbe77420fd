import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readPenPaths } from '../../src/main/corpus/pen-paths/read.ts'
import { temporaryFolder } from '../store/fixtures.ts'
import { wordLine, type PathLine } from './path-line.ts'

async function read(lines: readonly (PathLine | string)[]) {
  const path = join(temporaryFolder(), 'paths.ndjson.gz')
  writeFileSync(
    path,
    gzipSync(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')),
  )
  return readPenPaths(path)
}

const sound = [wordLine('first'), wordLine('second')]

/** What is said of a line between two that are sound, which are read all the same. */
async function refusalOf(line: PathLine | string): Promise<string> {
  const { paths, refused } = await read([sound[0]!, line, sound[1]!])
  expect(paths.map(({ id }) => id)).toEqual(['first', 'second'])
  expect(refused).toHaveLength(1)
  return `${refused[0]!.where} ${refused[0]!.reason}`
}

describe('a file of pen paths', () => {
  it('gives words with times from each stroke’s start, and what is known of the ways between them', async () => {
    const { paths, refused } = await read(sound)
    expect(refused).toEqual([])
    expect(paths[0]).toMatchObject({ id: 'first', writer: 'w001', label: 'hilj', handedness: 'right' })
    expect(paths[0]!.strokes.map(({ t }) => t[0])).toEqual([0, 0, 0])
    expect(paths[0]!.lifts.map(({ seconds }) => seconds)).toEqual([0.12, 0.09])
  })

  it('knows no times between strokes where each has a clock of its own', async () => {
    const { paths } = await read(sound.map((line) => ({ ...line, t_ref: 'stroke', gaps_ms: null })))
    expect(paths[0]!.lifts.map(({ seconds }) => seconds)).toEqual([null, null])
  })

  it('takes a single point within a word for a dot', async () => {
    const line = wordLine('dotted')
    line.strokes[1] = line.strokes[1]!.slice(0, 1)
    const { paths, refused } = await read([...sound, line])
    expect(refused).toEqual([])
    expect(paths[2]!.strokes[1]!.x).toHaveLength(1)
  })
})

describe('which way y grows', () => {
  const upsideDown = (line: PathLine): PathLine => ({
    ...line,
    strokes: line.strokes.map((stroke) => stroke.map(([x, y, t]) => [x!, 10 - y!, t!])),
  })
  const heights = ({ strokes }: { strokes: readonly { y: Float64Array }[] }) => ({
    body: strokes[0]!.y.reduce((sum, y) => sum + y, 0) / strokes[0]!.y.length,
    dot: strokes[1]!.y[0]!,
  })

  it('is found by where dots lie, so that every word comes upright', async () => {
    for (const lines of [sound, sound.map(upsideDown)]) {
      const { paths } = await read(lines)
      for (const path of paths) expect(heights(path).dot).toBeGreaterThan(heights(path).body)
    }
  })

  it('is taken from the file where that says so', async () => {
    const { paths } = await read(sound.map((line) => ({ ...line, y_axis: 'down' })))
    for (const path of paths) expect(heights(path).dot).toBeLessThan(heights(path).body)
  })

  it('is refused where nothing shows it', async () => {
    const flat = (id: string): PathLine => ({ ...wordLine(id), label: 'oo', strokes: [wordLine(id).strokes[0]!] })
    await expect(read([flat('a'), flat('b')])).rejects.toThrow(
      'line 1 (a) does not say whether y grows up or down (y_axis), and no dots, ascenders or descenders show it',
    )
  })
})

describe('a line that cannot be re-enacted is refused by its name, and the others go on', () => {
  const bad = (change: Partial<PathLine>): PathLine => ({ ...wordLine('bad'), ...change })
  const strokes = wordLine('bad').strokes
  const scaled = (mm: number, seconds = 1) =>
    strokes.map((stroke) => stroke.map(([x, y, t]) => [x! * mm, y! * mm, t! * seconds]))

  it.each<[string, PathLine | string, string]>([
    ['one point', bad({ strokes: [[[1, 2, 0]]] }), 'line 2 (bad) has no stroke of more than one point'],
    ['no strokes', bad({ strokes: [] }), 'line 2 (bad) has no stroke of more than one point'],
    [
      'two pens in one stroke',
      bad({ strokes: [strokes[0]!.map(([x, y, t], i) => [x! + 60 * (i % 2), y!, t!])] }),
      'line 2 (bad) jumps by 60 mm within stroke 1, as if two pens had written into it',
    ],
    [
      'two clocks in one stroke',
      bad({ strokes: [[...strokes[0]!, ...strokes[0]!]] }),
      'line 2 (bad) has times that run backwards in stroke 1, as if two pens had written into it',
    ],
    [
      'no times',
      bad({ columns: ['x', 'y'], strokes: strokes.map((stroke) => stroke.map(([x, y]) => [x!, y!])) }),
      'line 2 (bad) has no times: how fast the pen moved is not known',
    ],
    ['pixels', bad({ unit: 'tablet pixel' }), 'line 2 (bad) is in pixels: how large one of them was is not known'],
    ['pixels, unsaid', bad({ strokes: scaled(20, 20) }), 'line 2 (bad) is 140 mm high: it may be in pixels'],
    ['another unit', bad({ unit: '0.01 mm' }), 'line 2 (bad) is in 0.01 mm, not in mm'],
    [
      '300 mm/s',
      bad({ strokes: scaled(1, 1 / 9) }),
      'line 2 (bad) moves at 300 mm/s: its scale or its rate cannot be right',
    ],
    [
      'a doubtful scale',
      bad({ scale_suspect: true }),
      'line 2 (bad) is marked as one whose scale or rate cannot be right: its movement is not to be believed',
    ],
    ['all rest', bad({ strokes: scaled(0.01) }), 'line 2 (bad) is all rest: the pen moves by 0.3 mm'],
    ['no axes', bad({ columns: ['p', 'q', 't_ms'] }), 'line 2 (bad) has no columns x and y'],
    [
      'a point without a time',
      bad({ strokes: [strokes[0]!, [[1, 2]]] }),
      'line 2 (bad) has a point with fewer values than columns in stroke 2',
    ],
    [
      'very many points',
      bad({ strokes: [Array.from({ length: 20_001 }, (_, i) => [i / 1000, 0, i])] }),
      'line 2 (bad) has 20001 points; a line of writing has 20000 at most',
    ],
    ['no writer', bad({ writer: '' }), 'line 2 (bad) writer: is empty'],
    ['what is no JSON', '{"id": "cut', 'line 2 is not JSON'],
    [
      'a recording of sensors',
      JSON.stringify({ id: 's', samples: [[1]] }),
      'line 2 (s) has no writer: fill it in, or leave this recording out',
    ],
  ])('%s', async (_, line, said) => {
    expect(await refusalOf(line)).toBe(said)
  })
})
