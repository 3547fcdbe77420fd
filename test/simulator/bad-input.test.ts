import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { corpus } from '../../src/main/corpus/corpus.ts'
import type { CorpusSpec } from '../../src/main/corpus/corpus.ts'
import { writeDigipenCorpus } from '../../src/main/corpus/digipen-folder.ts'
import { simulateText, simulateWord } from '../../src/main/simulator/simulate.ts'
import { virtualPenSource } from '../../src/main/simulator/source.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

const writer = drawWriter(1)
const spec: CorpusSpec = { words: ['Haus', 'tree'], writers: 2, perWriter: 2, seed: 7 }
const refusal = (message: RegExp, code = 'invalid-input') =>
  expect.objectContaining({ name: 'KalamosError', code, message: expect.stringMatching(message) as string })

describe('a word that cannot be written', () => {
  it('is refused when it has a letter without a shape, and the letter is named', () => {
    expect(() => simulateWord(writer, 'señor')).toThrow(refusal(/“ñ” \(U\+00F1\)/))
  })
  it('is refused when it is empty', () => {
    expect(() => simulateWord(writer, '')).toThrow(refusal(/empty/))
    expect(() => simulateText(writer, [])).toThrow(refusal(/no text/))
    expect(() => virtualPenSource(writer).write('  ')).toThrow(refusal(/no text/))
  })
  it('is refused when it has 200 letters', () => {
    expect(() => simulateWord(writer, 'a'.repeat(200))).toThrow(refusal(/200 letters/))
  })
  it('is understood in decomposed spelling, because ä is one letter', () => {
    expect(simulateWord(writer, 'a\u0308').label).toBe('ä')
  })
})

describe('a writer or a corpus that cannot be drawn', () => {
  it.each([-1, 0.5, Number.NaN, 2 ** 31])('refuses the seed %d', (seed) => {
    expect(() => drawWriter(seed)).toThrow(refusal(/seed/))
  })
  it('refuses zero writers, zero words a writer and an empty list at the call, not at the first recording', () => {
    expect(() => corpus({ ...spec, writers: 0 })).toThrow(refusal(/0 writers/))
    expect(() => corpus({ ...spec, perWriter: 0 })).toThrow(refusal(/0 words/))
    expect(() => corpus({ ...spec, words: [] })).toThrow(refusal(/list is empty/))
    expect(() => corpus({ ...spec, words: ['Haus', 'naïve'] })).toThrow(refusal(/“ï”/))
  })
})

describe('an output folder that cannot be used', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kalamos-virtual-'))
  })
  afterEach(() => {
    chmodSync(folder, 0o755)
    rmSync(folder, { recursive: true, force: true })
  })

  it('is refused when it is not empty, and is left as it was', async () => {
    writeFileSync(join(folder, 'mine.txt'), 'mine')
    await expect(writeDigipenCorpus(folder, spec)).rejects.toEqual(refusal(/not empty/, 'conflict'))
    expect(readdirSync(folder)).toEqual(['mine.txt'])
  })
  it('is refused when it is a file', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    await expect(writeDigipenCorpus(file, spec)).rejects.toEqual(refusal(/is a file/, 'conflict'))
  })
  it('is refused when it lies under a file', async () => {
    writeFileSync(join(folder, 'file'), '')
    await expect(writeDigipenCorpus(join(folder, 'file', 'out'), spec)).rejects.toEqual(
      refusal(/cannot be written/, 'not-writable'),
    )
  })
  it.skipIf(process.getuid?.() === 0)('is refused when it may not be written', async () => {
    chmodSync(folder, 0o555)
    await expect(writeDigipenCorpus(join(folder, 'out'), spec)).rejects.toEqual(
      refusal(/cannot be written/, 'not-writable'),
    )
  })
  it('is not made for a corpus that is refused', async () => {
    const out = join(folder, 'out')
    await expect(writeDigipenCorpus(out, { ...spec, writers: 0 })).rejects.toEqual(refusal(/0 writers/))
    expect(readdirSync(folder)).toEqual([])
  })
  it('leaves nothing behind when the corpus is cancelled half way', async () => {
    const out = join(folder, 'out')
    const cancel = new AbortController()
    const run = writeDigipenCorpus(
      out,
      { ...spec, perWriter: 40 },
      { signal: cancel.signal, onProgress: () => cancel.abort() },
    )
    await expect(run).rejects.toEqual(refusal(/cancelled/, 'cancelled'))
    expect(existsSync(out)).toBe(false)
    expect(readdirSync(folder)).toEqual([])
  })
  it('leaves alone what it did not make, whatever that is called', async () => {
    const out = join(folder, 'out')
    mkdirSync(`${out}.incomplete`)
    writeFileSync(join(`${out}.incomplete`, 'half.csv'), '')
    await writeDigipenCorpus(out, spec)
    expect(readdirSync(folder)).toEqual(['out', 'out.incomplete'])
    expect(readdirSync(`${out}.incomplete`)).toEqual(['half.csv'])
  })
})
