import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { benchmarkRecordings } from '../../src/main/corpus/benchmark.ts'
import { simulateVerb } from '../../src/main/entrypoints/cli/simulate-command.ts'
import type { SimulateIo } from '../../src/main/entrypoints/cli/simulate-command.ts'
import { measureReality } from '../../src/main/corpus/reality.ts'
import { report } from '../../src/main/corpus/report.ts'
import type { Report } from '../../src/main/corpus/report.ts'
import { quantile } from '../../src/main/statistics/quantile.ts'
import { powerShares } from '../../src/main/corpus/statistics.ts'

const data = new URL('../../../shared/data', import.meta.url).pathname
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-report-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the statistics', () => {
  it('find the power of a 20 Hz tone above 15 and not above 25 Hz, whatever its mean', () => {
    const tone = Float64Array.from({ length: 200 }, (_, i) => 1000 + Math.sin((2 * Math.PI * 20 * i) / 100))
    expect(powerShares(tone).above15).toBeCloseTo(1, 6)
    expect(powerShares(tone).above25).toBeCloseTo(0, 6)
  })
})

describe('the virtual pen beside the published statistics', () => {
  const sample = benchmarkRecordings({ perWriter: 6 })
  const made = report({ recordings: sample, realRecordings: 'nowhere' })

  it('keeps every one of them within its tolerance', () => {
    expect(made.report.sample).toEqual({ recordings: 300, writers: 50 })
    expect(made.report.statistics).toHaveLength(12)
    for (const { name, value, target, tolerance, within } of made.report.statistics)
      expect(within, `${name}: ${value}, target ${target} ± ${tolerance}`).toBe(true)
  })
  it('says that real recordings are missing where they are', () => {
    expect(made.report.missing[0]).toContain('skipped: real recordings not found')
    expect(made.page).toContain('skipped: real recordings not found')
    expect(made.report.comparisons.every(({ name }) => name.startsWith('published'))).toBe(true)
  })
  it('writes a page that says virtual and holds plots', () => {
    expect(made.page).toContain('Everything called virtual here is simulated')
    expect(made.page.match(/<svg/g)!.length).toBeGreaterThan(12)
    expect(made.page).not.toContain('NaN')
  })
})

describe.skipIf(!existsSync(data))('real recordings (skipped: real recordings not found)', () => {
  it('have the speeds that are stated of them: median 32, 95th percentile 93 mm/s', () => {
    const { stylus } = measureReality(data)
    expect(quantile(stylus!.speeds, 0.5)).toBeCloseTo(32, 0)
    expect(quantile(stylus!.speeds, 0.95)).toBeCloseTo(93, 0)
  })
  it('stand beside the virtual ones in the report', () => {
    const made = report({
      recordings: benchmarkRecordings({ writers: ['vw500-w01'], perWriter: 3 }),
      realRecordings: data,
    })
    expect(made.report.missing).toEqual([])
    expect(made.report.comparisons.map(({ name }) => name.split(':')[0])).toEqual(
      expect.arrayContaining(['stylus-words', 'pen-computer', 'letter-strokes']),
    )
  })
})

describe('simulate at the terminal', () => {
  const terminal = (extra: Partial<SimulateIo> = {}) => {
    const printed: string[] = []
    return {
      printed,
      io: {
        print: (text: string) => void printed.push(text),
        openDatabase: () => {
          throw new Error('no database in this test')
        },
        realRecordings: 'nowhere',
        ...extra,
      } satisfies SimulateIo,
    }
  }

  it('writes a corpus of the user’s words and says how much', async () => {
    const { io, printed } = terminal()
    const words = join(folder, 'words.txt')
    writeFileSync(words, 'Haus\nBaum\n')
    await simulateVerb({ words, writers: 2, perWriter: 2, seed: 1, out: join(folder, 'corpus') }, io)
    expect(printed.join('\n')).toContain('4 virtual recordings by 2 virtual writers')
    expect(readdirSync(join(folder, 'corpus'))).toContain('virtual.json')
  })
  it('hands a database to the store', async () => {
    const added: string[] = []
    const sink = {
      begin: () => undefined,
      add: ({ recording }: { recording: { label: string } }) => void added.push(recording.label),
      commit: () => void added.push('commit'),
      abort: () => undefined,
    }
    const { io } = terminal({ openDatabase: () => sink })
    await simulateVerb({ writers: 1, perWriter: 2, out: 'study.db' }, io)
    expect(added).toEqual([expect.any(String), expect.any(String), 'commit'])
  })
  it('prints the statistics as JSON', async () => {
    const { io, printed } = terminal()
    const page = join(folder, 'page.html')
    await simulateVerb({ report: page, json: true, writers: 2, perWriter: 2, seed: 3 }, io)
    const json = JSON.parse(printed.join('')) as Report
    expect(json.statistics[0]).toMatchObject({
      name: expect.any(String) as string,
      target: 16550,
      tolerance: 827.5,
      value: expect.any(Number) as number,
      within: expect.any(Boolean) as boolean,
    })
    expect(json.words_per_second).toBeGreaterThan(0)
    expect(readFileSync(page, 'utf8')).toContain('<!doctype html>')
  })
  it('refuses to do nothing, and zero writers, before anything is written', async () => {
    const { io } = terminal()
    await expect(simulateVerb({}, io)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('nothing to do') as string,
    })
    await expect(simulateVerb({ writers: 0, out: join(folder, 'none') }, io)).rejects.toMatchObject({
      code: 'invalid-input',
    })
    expect(existsSync(join(folder, 'none'))).toBe(false)
  })
  it('fails clearly where the page cannot be written', async () => {
    const { io } = terminal()
    writeFileSync(join(folder, 'file'), '')
    await expect(
      simulateVerb({ report: join(folder, 'file', 'page.html'), writers: 1, perWriter: 1 }, io),
    ).rejects.toMatchObject({ code: 'not-writable' })
  })
})
