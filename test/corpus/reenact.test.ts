import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { runProgram } from '../../src/main/entrypoints/cli/program.ts'
import { openStore } from '../../src/main/store/index.ts'
import { drawHold } from '../../src/main/simulator/hold.ts'
import { STEP } from '../../src/main/simulator/plan.ts'
import { reenact } from '../../src/main/simulator/reenact.ts'
import type { PenPath } from '../../src/main/simulator/pen-path.ts'
import { readPenPaths } from '../../src/main/corpus/pen-paths/read.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'
import { wordLine, type PathLine } from './path-line.ts'

function fileOf(lines: readonly (PathLine | string)[]): string {
  const path = join(temporaryFolder(), 'made-up.ndjson')
  writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return path
}

const people = [
  wordLine('a1', 'w001'),
  wordLine('a2', 'w001'),
  { ...wordLine('b1', 'w002'), hand: 'L' },
  { ...wordLine('b2', 'w002'), hand: 'L' },
]

async function path(): Promise<PenPath> {
  return (await readPenPaths(fileOf(people))).paths[0]!
}

const person = { name: 'made-up w001', handedness: 'right' } as const

async function run(args: readonly string[], signal = new AbortController().signal) {
  let [out, err] = ['', '']
  const code = await runProgram(['reenact', ...args], {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    signal,
    keys: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }) }),
  } as Parameters<typeof runProgram>[1])
  return { code, out, err }
}

describe('a re-enacted word', () => {
  it('follows the measured path: where it was, when, and for how long it was in the air', async () => {
    const measured = await path()
    const { truth, strokes, label, reenacted } = reenact(measured, drawHold(person, 0, 7), { truth: true })
    expect({ label, reenacted, strokes: strokes.length }).toEqual({ label: 'hilj', reenacted: true, strokes: 3 })
    const [wave, dot] = [strokes[0]!, strokes[1]!]
    const seconds = (stroke: typeof wave) => (stroke.t.at(-1)! - stroke.t[0]!) / 1000
    expect(seconds(wave)).toBeCloseTo(measured.strokes[0]!.t.at(-1)!, 1)
    expect((dot.t[0]! - wave.t.at(-1)!) / 1000).toBeCloseTo(measured.lifts[0]!.seconds!, 1)
    // The smoothing that takes a tablet's steps away rounds the turns by little.
    for (let i = 10; i < 50; i++) {
      const at = Math.round((measured.strokes[0]!.t[i]! * 1000) / (2 * STEP * 1000))
      expect(Math.abs(wave.x[at]! - measured.strokes[0]!.x[i]!)).toBeLessThan(0.1)
      expect(Math.abs(-wave.y[at]! - measured.strokes[0]!.y[i]!)).toBeLessThan(0.35)
    }
    expect([...truth!.motion.down].filter((down) => down === 1)).not.toHaveLength(0)
  })

  it('is the same from the same seed, and another in every pose', async () => {
    const measured = await path()
    const values = (pose: number, seed: number) => [...reenact(measured, drawHold(person, pose, seed)).signal.values]
    expect(values(0, 7)).toEqual(values(0, 7))
    expect(values(1, 7)).not.toEqual(values(0, 7))
    expect(values(0, 8)).not.toEqual(values(0, 7))
  })

  it('has the force that was measured, and a drawn one where none was', async () => {
    const measured = await path()
    const [wave, ...dots] = measured.strokes
    const pressed = { ...wave!, pressure: wave!.t.map((_, i) => (i < 30 ? 100 : 300)) }
    const rest = dots.map((dot) => ({ ...dot, pressure: dot.t.map(() => 200) }))
    const { truth, strokes } = reenact({ ...measured, strokes: [pressed, ...rest] }, drawHold(person, 0, 7), {
      truth: true,
    })
    const { force, down } = truth!.motion
    const [from, to] = [down.indexOf(1), down.indexOf(0, down.indexOf(1))]
    const mean = (part: Float64Array) => part.reduce((sum, newton) => sum + newton, 0) / part.length
    const half = Math.floor((from + to) / 2)
    expect(mean(force.subarray(half + 20, to - 20)) / mean(force.subarray(from + 20, half - 20))).toBeCloseTo(3, 1)
    expect(strokes).toHaveLength(3)
    const drawn = reenact(measured, drawHold(person, 0, 7), { truth: true }).truth!.motion
    expect(mean(drawn.force.filter((_, i) => drawn.down[i] === 1))).toBeGreaterThan(0.3)
  })

  it('points the pen of a left-hander the other way', () => {
    const azimuths = (handedness: 'left' | 'right') =>
      Array.from({ length: 40 }, (_, pose) => Math.cos(drawHold({ name: 'w', handedness }, pose, 1).pose.azimuth))
    expect(azimuths('right').filter((east) => east > 0).length).toBeGreaterThan(30)
    expect(azimuths('left').filter((east) => east < 0).length).toBeGreaterThan(30)
  })
})

describe('kalamos reenact', () => {
  it('stores each word in every pose, re-enacted and ended, and not twice when it is made again', async () => {
    const [data, out] = [fileOf(people), join(temporaryFolder(), 'people.db')]
    for (let time = 0; time < 2; time++) {
      const { code, out: said } = await run(['--data', data, '--out', out, '--poses', '2'])
      expect(code).toBe(0)
      expect(said).toBe(`8 re-enacted recordings of 2 people are in ${out}.\n`)
    }
    const store = openStore(out)
    try {
      expect(store.recordings.count({ origin: 're-enacted' })).toBe(8)
      expect(store.recordings.count({})).toBe(8)
      expect(store.writers.list()).toMatchObject([
        { name: 'made-up w001', handedness: 'right', virtual: true, reenacted: true, recordings: 4 },
        { name: 'made-up w002', handedness: 'left', virtual: true, reenacted: true, recordings: 4 },
      ])
      for (const session of store.sessions.list())
        expect(session).toMatchObject({ reenacted: true, recordings: 2, endedAt: expect.any(Number) as number })
    } finally {
      store.close()
    }
  })

  it('writes a folder that says what it is, and stays re-enacted when it is imported', async () => {
    const out = join(temporaryFolder(), 'folder')
    expect((await run(['--data', fileOf(people), '--out', out, '--poses', '2', '--json'])).code).toBe(0)
    expect(JSON.parse(readFileSync(join(out, 'virtual.json'), 'utf8'))).toMatchObject({
      virtual: true,
      reenacted: true,
    })
    const store = newStore()
    expect(await importRecordings(store, 'digipen', out)).toMatchObject({ imported: 8 })
    expect(store.recordings.count({ origin: 're-enacted' })).toBe(8)
    expect(store.writers.list().map(({ name }) => name)).toEqual(['made-up w001', 'made-up w002'])
  })

  it('takes as few writers and words as it is asked for', async () => {
    const { out } = await run([
      ...['--data', fileOf(people), '--out', join(temporaryFolder(), 'few.db'), '--poses', '1'],
      ...['--writers', '1', '--per-writer', '1', '--json'],
    ])
    expect(JSON.parse(out)).toMatchObject({ recordings: 1, writers: 1, poses: 1, refused: 0 })
  })

  it('names the lines that cannot be re-enacted on stderr', async () => {
    const bad = { ...wordLine('bad'), unit: 'px' }
    const { code, err } = await run(['--data', fileOf([...people, bad]), '--out', join(temporaryFolder(), 'some.db')])
    expect(code).toBe(0)
    expect(err).toContain('line 5 (bad) is in pixels: how large one of them was is not known\n')
  })

  it('reports statistic, target and value of re-enacted words', async () => {
    const { code, out } = await run(['--data', fileOf(people), '--poses', '1', '--report', '--json'])
    expect(code).toBe(0)
    const made = JSON.parse(out) as {
      statistics: object[]
      compared: { name: string; target: number; value: number }[]
    }
    expect(made).toMatchObject({ reenacted: true, sample: { recordings: 4, people: 2 } })
    expect(made.statistics[0]).toMatchObject({ name: 'median |Acc1|', target: 16550 })
    // What the words are re-enacted from moves as fast as they do.
    const speed = made.compared.find(({ name }) => name === 'tip speed of these words, median')!
    expect(speed.value / speed.target).toBeGreaterThan(0.8)
    expect(speed.value / speed.target).toBeLessThan(1.2)
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const out = join(temporaryFolder(), 'gone')
    const { code } = await run(['--data', fileOf(people), '--out', out], AbortSignal.abort())
    expect(code).toBe(130)
    expect(() => readFileSync(join(out, 'virtual.json'))).toThrow(/ENOENT/)
  })

  it('says what is missing: a place, a file, a path in the file', async () => {
    expect((await run(['--data', fileOf(people)])).err).toContain('neither --out nor --report is given')
    expect((await run(['--out', 'x.db'])).err).toContain('--data is not given')
    expect((await run(['--data', 'nowhere.ndjson', '--out', 'x.db'])).err).toContain('nowhere.ndjson')
    const { err } = await run(['--data', fileOf(['{}']), '--out', join(temporaryFolder(), 'x.db')])
    expect(err).toContain('holds no pen path that can be re-enacted: line 1 has no id')
  })
})
