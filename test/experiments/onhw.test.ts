import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WORD_ALPHABET } from '../../src/shared/text.ts'
import { exportRecordings } from '../../src/main/exchange/export.ts'
import type { TrialSpec, Outcome } from '../../src/main/experiments/experiment.ts'
import { onhw } from '../../src/main/experiments/onhw/experiment.ts'
import { foldedSets, readFold } from '../../src/main/experiments/onhw/sets.ts'
import { StoreSink } from '../../src/main/corpus/store-sink.ts'
import { writeCorpus } from '../../src/main/corpus/corpus.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'
import { hasPython, runPython } from '../exchange/python.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

const numpy = hasPython('numpy')
const WORDS = ['an', 'so', 'du']
const WRITERS = 5

/**
 * Five folds by writers and five by words, as they were published, of what virtual writers wrote: pickles by Python's
 * own pickle and numpy.
 */
const PUBLISHED = `import sys, os, json, pickle, numpy as np
out, alphabet = sys.argv[1], sys.argv[2]
rows = json.load(open(out + '/rows.json'))
def label(word): return [alphabet.index(c) for c in word] + [59] * (10 - len(word))
for split, key in (('WI', 'writer'), ('WD', 'word')):
  for fold in range(5):
    base = out + '/words500_R/%s/%d/' % (split, fold); os.makedirs(base)
    held = lambda row: (row['writer'] if key == 'writer' else ['an', 'so', 'du'].index(row['label'])) % 5 == fold % (5 if key == 'writer' else 3)
    for name, mine in (('train', [r for r in rows if not held(r)]), ('val', [r for r in rows if held(r)])):
      pickle.dump([np.array(r['counts'], dtype='f8') for r in mine], open(base + 'all_x_dat_%s_imu.pkl' % name, 'wb'))
      pickle.dump([label(r['label']) for r in mine], open(base + 'all_%s_gt.pkl' % name, 'wb'))
      pickle.dump(np.array([r['writer'] for r in mine]), open(base + '%s_ids.pkl' % name, 'wb'))`

function publish(folder: string): void {
  const rows = Array.from({ length: WRITERS }, (_, writer) => writer).flatMap((writer) =>
    WORDS.map((word) => {
      const { counts, signal } = simulateWord(drawWriter(writer + 1), word)
      return {
        writer,
        label: word,
        counts: Array.from({ length: signal.frames }, (_, frame) => [...counts.subarray(frame * 13, (frame + 1) * 13)]),
      }
    }),
  )
  writeFileSync(join(folder, 'rows.json'), JSON.stringify(rows))
  runPython(PUBLISHED, folder, WORD_ALPHABET)
}

/** The first trial without and with a loss, made as small as can be. */
async function firstTrials(data: string): Promise<{ cell: TrialSpec; outcome: Outcome }[]> {
  const room = { openEngine: openTestEngine, data, progress: () => undefined }
  const scale = { seeds: 1, quick: true }
  const cells = await onhw.cells(scale, room)
  const run = await onhw.open(room, scale)
  const done: { cell: TrialSpec; outcome: Outcome }[] = []
  for (const cell of cells.slice(0, 2)) {
    const config = cell.config as { recipe: { kind: string; image?: object }; epochs: number }
    const recipe =
      config.recipe.kind === 'cross-modal'
        ? { ...config.recipe, image: { ...config.recipe.image, size: 'tiny', steps: 1, variants: 1 } }
        : config.recipe
    done.push({ cell, outcome: await run({ ...cell, config: { ...config, recipe, epochs: 1 } }) })
  }
  return done
}

describe.skipIf(!numpy)(`the published protocol${numpy ? '' : ', skipped: python3 with numpy not found'}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'onhw-'))
  beforeAll(() => publish(folder))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('finds both divisions of OnHW-words500, tells them apart by their writers, and reads their folds', async () => {
    const sets = await foldedSets(folder)
    expect(sets.map(({ name, split, folds, layout }) => [name, split, folds.length, layout])).toEqual([
      [join('words500_R', 'WD'), 'writer-dependent', 5, 'onhw'],
      [join('words500_R', 'WI'), 'writer-independent', 5, 'onhw'],
    ])
    const { train, heldOut, refused } = await readFold(sets[1]!, '3')
    expect([train.length, refused, heldOut.map(({ writer, label }) => `${writer} ${label}`)]).toEqual([
      12,
      0,
      ['onhw-3 an', 'onhw-3 so', 'onhw-3 du'],
    ])
  })

  it('trains without and with a loss on a fold and measures it on the other part', async () => {
    const trials = await firstTrials(folder)
    expect(trials.map(({ cell }) => cell.variant)).toEqual(['plain', 'triplet, cosine'])
    for (const { outcome } of trials) {
      expect(outcome.measures).toMatchObject({
        cer: expect.any(Number),
        wer: expect.any(Number),
        bestCer: expect.any(Number),
      })
      expect(Number.isFinite(outcome.curve[0]!.loss)).toBe(true)
    }
  })
})

it('sets in the layout of REWI are read with their folds, and virtual ones are called virtual', async () => {
  const store = newStore()
  await writeCorpus({ words: WORDS, writers: WRITERS, perWriter: 3, seed: 1 }, new StoreSink(store))
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'mine'))
  await exportRecordings(store, 'rewi', join(folder, 'mine', 'set'))
  const sets = await foldedSets(folder)
  expect(sets.map(({ layout, split, virtual, folds }) => [layout, split, virtual, folds.length])).toEqual([
    ['rewi', 'writer-dependent', true, 5],
    ['rewi', 'writer-independent', true, 5],
  ])
  const { train, heldOut } = await readFold(sets[1]!, '0')
  // One of the five writers is in the locked holdout of an export.
  expect([train.length, heldOut.length, new Set(heldOut.map(({ writer }) => writer)).size]).toEqual([9, 3, 1])
  const cells = await onhw.cells(
    { seeds: 1, quick: true },
    { openEngine: openTestEngine, data: folder, progress: () => undefined },
  )
  expect(new Set(cells.map(({ condition }) => condition.startsWith('virtual, ')))).toEqual(new Set([true]))
})

it('a folder without folds is refused with what was looked for', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'photos'))
  await expect(foldedSets(folder)).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('all_x_dat_train_imu.pkl'),
    hint: expect.stringContaining('--data'),
  })
})
