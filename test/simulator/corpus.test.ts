import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { benchmarkRecordings, virtualWords500 } from '../../src/main/corpus/benchmark.ts'
import { corpus, corpusWriters, writeCorpus } from '../../src/main/corpus/corpus.ts'
import type { CorpusRecording, CorpusSpec } from '../../src/main/corpus/corpus.ts'
import { writeDigipenCorpus } from '../../src/main/corpus/digipen-folder.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

const spec: CorpusSpec = { words: ['Haus', 'tree', 'grün'], writers: 2, perWriter: 4, seed: 7 }

describe('a corpus', () => {
  it('goes through the word list without repeats before it takes a word again', () => {
    const items = [...corpus(spec)]
    expect(items).toHaveLength(8)
    for (const seed of [70001, 70002]) {
      const own = items.filter(({ writer }) => writer.seed === seed)
      expect(new Set(own.slice(0, 3).map(({ recording }) => recording.label))).toEqual(new Set(spec.words))
      expect(own.map(({ recording }) => recording.take)).toEqual([0, 0, 0, 1])
    }
  })
  it('has writers that can be drawn again by their seed', () => {
    for (const writer of corpusWriters(spec)) expect(drawWriter(writer.seed)).toEqual(writer)
  })
  it('is made as it is asked for: the first recording of a huge one comes at once', () => {
    const [first] = corpus({ ...spec, writers: 9999, perWriter: 1_000_000 })
    expect(first!.recording.virtual).toBe(true)
  })
  it('tells the sink to begin, add and commit, and to abort when it is cancelled', async () => {
    const log: string[] = []
    const sink = {
      begin: () => void log.push('begin'),
      add: ({ recording }: CorpusRecording) => void log.push(recording.label),
      commit: () => void log.push('commit'),
      abort: () => void log.push('abort'),
    }
    await writeCorpus({ ...spec, writers: 1, perWriter: 1 }, sink)
    expect(log).toEqual(['begin', expect.any(String), 'commit'])
    log.length = 0
    await expect(writeCorpus(spec, sink, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    expect(log).toEqual(['begin', 'abort'])
  })
  it('lets the sink abort when the sink itself fails, and passes the failure on', async () => {
    const log: string[] = []
    const sink = {
      begin: () => undefined,
      add: () => Promise.reject(new Error('disk full')),
      commit: () => void log.push('commit'),
      abort: () => void log.push('abort'),
    }
    await expect(writeCorpus(spec, sink)).rejects.toThrow('disk full')
    expect(log).toEqual(['abort'])
  })
})

describe('a DigiPen folder', () => {
  let folder: string
  const out = () => join(folder, 'corpus')
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kalamos-digipen-'))
    await writeDigipenCorpus(out(), spec)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const read = (name: string) => readFileSync(join(out(), 'virtual-70001', name), 'utf8')

  it('holds a folder per writer and a mark that says virtual', () => {
    expect(readdirSync(out()).sort()).toEqual(['virtual-70001', 'virtual-70002', 'virtual.json'])
    expect(JSON.parse(readFileSync(join(out(), 'virtual.json'), 'utf8'))).toMatchObject({
      virtual: true,
      seed: 7,
      writers: [{ name: 'virtual 70001', recordings: 4 }, { recordings: 4 }],
    })
  })
  it('has the fifteen columns, a counter without gaps and times that never go back', () => {
    const [header, ...rows] = read('sensor_data.csv').trimEnd().split('\n')
    expect(header).toBe(
      'Millis;Acc1 X;Acc1 Y;Acc1 Z;Acc2 X;Acc2 Y;Acc2 Z;Gyro X;Gyro Y;Gyro Z;Mag X;Mag Y;Mag Z;Force;Time',
    )
    const table = rows.map((row) => row.split(';').map(Number))
    for (const [i, row] of table.entries()) {
      expect(row).toHaveLength(15)
      expect(row.every(Number.isInteger)).toBe(true)
      expect(row[14]).toBe(i)
      if (i > 0) expect(row[0]).toBeGreaterThanOrEqual(table[i - 1]![0]!)
    }
  })
  it('labels stretches that hold the whole word and touch no other', () => {
    const rows = read('sensor_data.csv')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => row.split(';').map(Number))
    const [header, ...labels] = read('labels.csv').trimEnd().split('\n')
    expect(header).toBe('Label;start;stop')
    expect(labels).toHaveLength(4)
    const labelled = labels
      .map((line) => line.split(';'))
      .map(([label, start, stop]) => ({ label: label!, start: Number(start), stop: Number(stop) }))
    const pressed = rows.filter((row) => row[13]! > 60).map((row) => row[0]!)
    expect(pressed.every((millis) => labelled.some(({ start, stop }) => start <= millis && millis < stop))).toBe(true)
    for (const [i, { start, stop }] of labelled.entries()) {
      expect(stop).toBeGreaterThan(start)
      if (i > 0) expect(start).toBeGreaterThanOrEqual(labelled[i - 1]!.stop)
    }
  })
  it('has a calibration whose keys are those of a DigiPen', () => {
    expect(
      read('calibration.txt')
        .trimEnd()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual(['smx', 'smy', 'smz', 'bmx', 'bmy', 'bmz', 'bgx', 'bgy', 'bgz'])
  })
  it('is the same bytes from the same seed', async () => {
    const again = join(folder, 'again')
    await writeDigipenCorpus(again, spec)
    for (const name of ['sensor_data.csv', 'labels.csv', 'calibration.txt'])
      expect(readFileSync(join(again, 'virtual-70001', name), 'utf8')).toBe(read(name))
    expect(createHash('sha256').update(read('sensor_data.csv')).digest('hex')).toBe(
      'd71d6023a219ec0f6a8d532b41c4a5a1db00b1d54605e2fcebd6171ff7148a04',
    )
  })
})

describe('VirtualWords-500', () => {
  const benchmark = virtualWords500()

  it('has 50 writers, 5 of them left-handed, and 500 words', () => {
    expect(benchmark.writers).toHaveLength(50)
    expect(benchmark.writers.filter(({ handedness }) => handedness === 'left')).toHaveLength(5)
    expect(benchmark.words).toHaveLength(500)
    expect(benchmark.recordings).toBe(25_000)
  })
  it('holds out every writer once and every word once, with a left-hander in each fold', () => {
    const of = (split: string) => benchmark.folds.filter((fold) => fold.split === split)
    const held = of('writer-independent').flatMap(({ writers }) => writers)
    expect(new Set(held).size).toBe(50)
    expect(new Set(of('word-disjoint').flatMap(({ words }) => words)).size).toBe(500)
    for (const { writers } of of('writer-independent')) {
      expect(writers).toHaveLength(10)
      expect(
        benchmark.writers.filter(({ id, handedness }) => writers.includes(id) && handedness === 'left'),
      ).toHaveLength(1)
    }
    for (const { words } of of('word-disjoint')) expect(words).toHaveLength(100)
  })
  it('is fixed for good: the definition never changes', () => {
    expect(createHash('sha256').update(JSON.stringify(benchmark)).digest('hex')).toBe(
      'c26c5700a8e2b7e93d78f42aade13addc1a73bda8071bfac73c526aa043ccb1c',
    )
  })
  it('gives its recordings stable ids', () => {
    const [first, second] = benchmarkRecordings({ writers: ['vw500-w07'], perWriter: 2 })
    expect([first!.id, second!.id]).toEqual(['vw500-w07-001', 'vw500-w07-002'])
    expect(first!.recording.label).toBe(benchmark.words[0]!.text)
  })
})
