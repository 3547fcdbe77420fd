import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileBytes } from '../../src/main/exchange/file-bytes.ts'
import { importRecordings } from '../../src/main/exchange/import.ts'
import { elementsOf, numbersOf } from '../../src/main/exchange/pickle/numpy.ts'
import { readNpy } from '../../src/main/exchange/pickle/npy.ts'
import { readPickle } from '../../src/main/exchange/pickle/read.ts'
import { NumpyArray, type PickleValue } from '../../src/main/exchange/pickle/values.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'
import { hasPython, runPython } from './python.ts'

const numpy = hasPython('numpy')

function pickleOf(bytes: string | Uint8Array): FileBytes {
  const path = join(temporaryFolder(), 'a.pkl')
  writeFileSync(path, typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  return new FileBytes(path)
}

/** What a pickle holds, with its arrays as lists. */
function plain(value: PickleValue, file: FileBytes): unknown {
  if (value instanceof NumpyArray)
    return { shape: value.shape, elements: elementsOf(value, file).map((each) => plain(each, file)) }
  if (Array.isArray(value)) return value.map((each) => plain(each, file))
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [String(key), plain(each, file)]))
  return value
}

describe('a pickle that wants to run something', () => {
  it.each([
    ["cos\nsystem\n(S'echo owned'\ntR.", 'os.system'],
    ['\x80\x04\x8c\x08builtins\x8c\x04eval\x93\x8c\x011\x85R.', 'builtins.eval'],
    ['\x80\x02cposix\nsystem\nq\x00X\x04\x00\x00\x00truetR.', 'posix.system'],
    ['(ios\nsystem\n.', 'os.system'],
    ['\x80\x04\x8c\x0asubprocess\x8c\x05Popen\x93)\x81.', 'subprocess.Popen'],
    ['cnumpy\nload\n.', 'numpy.load'],
    ['ccodecs\nencode\n.', 'codecs.encode'],
    ['Pabc\n.', 'an object of another file'],
    ['\x80\x02\x82\x01.', 'an object of a registered extension'],
  ])('is refused by the name of what it wants: %j', (bytes, name) => {
    const file = pickleOf(bytes)
    expect(() => readPickle(file)).toThrowError(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining(name) }),
    )
    file.close()
  })

  it('does not crash on anything, and never runs long', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const file = pickleOf(bytes)
        try {
          readPickle(file)
        } catch (error) {
          expect(error).toMatchObject({ name: 'KalamosError', message: expect.stringContaining(file.path) })
        } finally {
          file.close()
        }
      }),
      { numRuns: 500 },
    )
  })

  it('does not reserve what an array announces and does not have', () => {
    // numpy.ndarray with the shape (2 ** 40,) and four bytes of data.
    const bomb =
      "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n(L1099511627776L\ntcnumpy\ndtype\n(Vf4\nI0\nI1\ntRI00\nC\x04aaaatb."
    const file = pickleOf(bomb)
    expect(() => readPickle(file)).toThrowError(
      expect.objectContaining({
        code: 'decode-failed',
        message: expect.stringContaining('announces 1099511627776 elements'),
      }),
    )
    file.close()
  })
})

describe.skipIf(!numpy)(`pickles and arrays of Python${numpy ? '' : ', skipped: python3 with numpy not found'}`, () => {
  it.each([0, 1, 2, 3, 4, 5])('are read in protocol %i', (protocol) => {
    const path = join(temporaryFolder(), 'a.pkl')
    runPython(
      `import sys, pickle, numpy as np
value = [None, True, False, 1, -1, 255, 65536, -2**31, 2**40, 1.5, 'Straße', 'x' * 300, (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [[], [1]], {'a': {'b': 2}},
  np.arange(6, dtype='f8').reshape(2, 3), np.asfortranarray(np.arange(6, dtype='i2').reshape(2, 3)), np.arange(3, dtype='>f4'), np.array([1.5, -2], dtype='f2'),
  np.float64(2.5), np.int32(-7), np.str_('ß'), np.array(['a', 'größer']), np.array([True, False]), np.zeros((0, 13)), np.array([[1], [2, 3]], dtype=object), np.arange(2000.0)]
pickle.dump(value, open(sys.argv[1], 'wb'), protocol=${protocol})`,
      path,
    )
    const file = new FileBytes(path)
    const read = plain(readPickle(file), file) as unknown[]
    expect(read.slice(0, 19)).toEqual([
      null,
      true,
      false,
      1,
      -1,
      255,
      65536,
      -(2 ** 31),
      2 ** 40,
      1.5,
      'Straße',
      'x'.repeat(300),
      [],
      [1],
      [1, 2],
      [1, 2, 3],
      [1, 2, 3, 4],
      [[], [1]],
      { a: { b: 2 } },
    ])
    expect(read.slice(19, 30)).toEqual([
      { shape: [2, 3], elements: [0, 1, 2, 3, 4, 5] },
      { shape: [2, 3], elements: [0, 1, 2, 3, 4, 5] },
      { shape: [3], elements: [0, 1, 2] },
      { shape: [2], elements: [1.5, -2] },
      2.5,
      -7,
      'ß',
      { shape: [2], elements: ['a', 'größer'] },
      { shape: [2], elements: [1, 0] },
      { shape: [0, 13], elements: [] },
      { shape: [2], elements: [[1], [2, 3]] },
    ])
    expect((read[30] as { elements: number[] }).elements.at(-1)).toBe(1999)
    file.close()
  })

  it('that Python made to do harm are refused', () => {
    const path = join(temporaryFolder(), 'evil.pkl')
    runPython(
      `import sys, pickle, os
class Evil:
  def __reduce__(self): return (os.system, ('touch owned',))
pickle.dump([1, Evil()], open(sys.argv[1], 'wb'))`,
      path,
    )
    const file = new FileBytes(path)
    expect(() => readPickle(file)).toThrowError(
      /(posix|nt|os)\.system to be|wants to run or build (posix|nt|os)\.system/,
    )
    file.close()
  })

  it('are read from .npy files, numbers and objects', () => {
    const folder = temporaryFolder()
    runPython(
      `import sys, numpy as np
np.save(sys.argv[1] + '/n.npy', np.asfortranarray(np.arange(6.0).reshape(2, 3)))
o = np.empty(2, dtype=object); o[0] = np.ones((2, 13)); o[1] = np.zeros((1, 13)); np.save(sys.argv[1] + '/o.npy', o)`,
      folder,
    )
    const [n, o] = ['n.npy', 'o.npy'].map((name) => new FileBytes(join(folder, name))) as [FileBytes, FileBytes]
    expect([...numbersOf(readNpy(n), n)]).toEqual([0, 1, 2, 3, 4, 5])
    expect(plain(readNpy(o), o)).toEqual({
      shape: [2],
      elements: [
        { shape: [2, 13], elements: Array<number>(26).fill(1) },
        { shape: [1, 13], elements: Array<number>(13).fill(0) },
      ],
    })
    n.close()
    o.close()
  })
})

const WORDS = `import sys, os, pickle, numpy as np
out = sys.argv[1]; os.makedirs(out + '/0'); os.makedirs(out + '/1')
rng = np.random.RandomState(1)
alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÄÖÜäöüß'
def label(word): return [alphabet.index(c) for c in word] + [59] * (12 - len(word))
words = ['Haus', 'größer', 'Übung', 'ß', 'Zaun']
xs = [np.round(rng.uniform(-8000, 8000, (20 + i, 13))) for i in range(5)]
for fold in (0, 1):
  for split, rows in (('train', [0, 1, 2]), ('val', [3, 4])):
    rows = rows if fold == 0 else [(r + 2) % 5 for r in rows]
    base = out + '/%d/' % fold
    pickle.dump([xs[r] for r in rows], open(base + 'all_x_dat_%s_imu.pkl' % split, 'wb'))
    pickle.dump([label(words[r]) for r in rows], open(base + 'all_%s_gt.pkl' % split, 'wb'))
    pickle.dump(np.array([r % 2 for r in rows]), open(base + '%s_ids.pkl' % split, 'wb'))
    pickle.dump([{} for r in rows], open(base + '%s_cals.pkl' % split, 'wb'))`

describe.skipIf(!numpy)(`importing OnHW${numpy ? '' : ', skipped: python3 with numpy not found'}`, () => {
  it('takes words with writers and labels from one fold, which has all of them', async () => {
    const folder = join(temporaryFolder(), 'words500_R')
    runPython(WORDS, folder)
    const store = newStore()
    expect(await importRecordings(store, 'onhw', folder)).toEqual({
      imported: 5,
      duplicates: 0,
      refused: [],
      refusedCount: 0,
    })
    const all = [...store.recordings.each({})]
    expect(all.map(({ label, writerName, frames }) => [label, writerName, frames])).toEqual([
      ['Haus', 'onhw-0', 20],
      ['größer', 'onhw-1', 21],
      ['Übung', 'onhw-0', 22],
      ['ß', 'onhw-1', 23],
      ['Zaun', 'onhw-0', 24],
    ])
    expect(store.writers.list().every(({ handedness }) => handedness === 'right')).toBe(true)
    expect(await importRecordings(store, 'onhw', join(folder, '1'))).toMatchObject({ imported: 0, duplicates: 5 })
  })

  it('turns counts into units by the published ranges', async () => {
    const folder = temporaryFolder()
    runPython(
      `import sys, numpy as np
x = np.empty(1, dtype=object); x[0] = np.array([[16384, 0, 0, 4096, 0, 0, 16384, 0, 0, 4096, 0, 0, 2048]])
for s in ('train', 'test'):
  np.save(sys.argv[1] + '/X_%s.npy' % s, x if s == 'train' else np.empty(0, dtype=object)); np.save(sys.argv[1] + '/y_%s.npy' % s, np.array(['g'] if s == 'train' else [], dtype='U1'))`,
      folder,
    )
    const store = newStore()
    expect(await importRecordings(store, 'onhw', folder)).toMatchObject({ imported: 1 })
    expect([...store.recordings.signal(1).values]).toEqual([1, 0, 0, 1, 0, 0, 500, 0, 0, 1200, 0, 0, Math.fround(2.66)])
    expect(store.sessions.profile(1)).toMatchObject({
      source: 'OnHW',
      assumed: expect.arrayContaining([expect.stringContaining('mT')]),
    })
  })

  it('refuses recordings of another width one by one, and files that do not belong together', async () => {
    const folder = temporaryFolder()
    runPython(
      `import sys, pickle, numpy as np
pickle.dump([np.ones((3, 13)), np.ones((3, 6)), np.zeros((0, 13)), np.full((2, 13), np.nan)], open(sys.argv[1] + '/all_x_dat_imu.pkl', 'wb'))
pickle.dump(['a', 'b', 'c', 'd'], open(sys.argv[1] + '/all_gt.pkl', 'wb')); pickle.dump([1, 1, 2, 2], open(sys.argv[1] + '/list_ids.pkl', 'wb'))`,
      folder,
    )
    const { imported, refused } = await importRecordings(newStore(), 'onhw', folder)
    expect([imported, refused.map(({ reason }) => reason)]).toEqual([
      1,
      ['has 6 channels where a DigiPen has 13', 'has no samples', 'holds what is no number'],
    ])
    runPython(`import sys, pickle; pickle.dump(['a'], open(sys.argv[1] + '/all_gt.pkl', 'wb'))`, folder)
    await expect(importRecordings(newStore(), 'onhw', folder)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('has 4 recordings and'),
    })
  })

  it('leaves the store as it was where a file breaks off before anything of it is whole', async () => {
    const folder = join(temporaryFolder(), 'words')
    runPython(WORDS, folder)
    const path = join(folder, '0', 'all_x_dat_val_imu.pkl')
    truncateSync(path, 300)
    const store = newStore()
    await expect(importRecordings(store, 'onhw', folder)).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringContaining(path),
    })
    expect([store.recordings.count({}), store.writers.list()]).toEqual([0, []])
  })
})

it('OnHW names what is missing in a folder that is none', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'photos'))
  await expect(importRecordings(newStore(), 'onhw', folder)).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('is no folder of OnHW'),
  })
  writeFileSync(join(folder, 'all_x_dat_imu.pkl'), '].')
  await expect(importRecordings(newStore(), 'onhw', folder)).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('no all_gt.pkl'),
  })
})
