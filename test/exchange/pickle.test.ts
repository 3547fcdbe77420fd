import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NdArray, readNpy } from '../../src/main/exchange/numpy.ts'
import { readPickle, type PickleValue } from '../../src/main/exchange/pickle.ts'

/** What Python writes for an expression; null where Python (or numpy) is not there. */
function python(code: string): Uint8Array | null {
  try {
    return execFileSync('python3', ['-c', `import sys, pickle, io\n${code}`], { stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return null
  }
}
const dumped = (expression: string, protocol: number, setup = ''): Uint8Array | null => python(`${setup}\nsys.stdout.buffer.write(pickle.dumps(${expression}, protocol=${protocol}))`)
const hasPython = dumped('1', 2) !== null
const hasNumpy = python('import numpy') !== null

/** Arrays and maps as plain values, to compare. */
function plain(value: PickleValue): unknown {
  if (value instanceof NdArray) return { shape: [...value.shape], values: [...value.values].map((item) => plain(item)) }
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]))
  if (value instanceof Uint8Array) return [...value]
  return Array.isArray(value) ? value.map(plain) : value
}

describe.skipIf(!hasPython)("pickles of Python's own (skipped: python3 not found)", () => {
  test.each([0, 1, 2, 3, 4, 5])('plain data of protocol %i are read as they were', (protocol) => {
    const pickle = dumped(`[None, True, False, 0, -1, 255, 65536, -2**40, 3.5, float('-inf'), 'Grüße 漢 \\n', (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), {'a': [1, {'b': 2}]}]`, protocol)!
    expect(plain(readPickle(pickle, 'data.pkl'))).toEqual([null, true, false, 0, -1, 255, 65536, -(2 ** 40), 3.5, -Infinity, 'Grüße 漢 \n', [], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4], { a: [1, { b: 2 }] }])
  })

  test.each([2, 3, 4, 5])('bytes of protocol %i are bytes', (protocol) => {
    expect(plain(readPickle(dumped("[b'', b'\\x00\\xff\\x80', bytearray(b'xy')]", protocol)!, 'data.pkl'))).toEqual([[], [0, 255, 128], [120, 121]])
  })

  test('long lists and shared values are read', () => {
    const list = readPickle(dumped('(lambda x: [x] * 3 + list(range(3000)))([7])', 4)!, 'data.pkl') as PickleValue[]
    expect(list).toHaveLength(3003)
    expect(list[0]).toBe(list[2])
  })

  const attack = (call: string): string => `class Evil:\n  def __reduce__(self):\n    ${call}`
  test.each([0, 2, 4])('a call of os.system is refused by name and not run (protocol %i)', (protocol) => {
    const pickle = dumped('[1, Evil()]', protocol, attack("import os; return (os.system, ('touch /tmp/kalamos-was-run',))"))!
    expect(() => readPickle(pickle, 'gift.pkl')).toThrow(/gift\.pkl asks for (posix|os|nt)\.system, which is no data: it was not run/)
  })

  test.each([
    ['builtins.eval', "return (eval, ('1+1',))"],
    ['builtins.getattr', "return (getattr, ('x', 'upper'))"],
    ['subprocess.Popen', "import subprocess; return (subprocess.Popen, (['true'],))"],
    ['numpy.load', "class load: pass\n    load.__module__ = 'numpy'; load.__qualname__ = 'load'; import types; m = types.ModuleType('numpy'); m.load = load; sys.modules['numpy'] = m; return (load, ('x',))"],
  ])('a call of %s is refused by name', (name, call) => {
    expect(() => readPickle(dumped('Evil()', 4, attack(call))!, 'gift.pkl')).toThrow(name)
  })
})

describe.skipIf(!hasNumpy)('numpy in pickles and files (skipped: numpy not found)', () => {
  const setup = 'import numpy as np'

  test.each([2, 3, 4, 5])('arrays of protocol %i keep their shape and values', (protocol) => {
    const pickle = dumped("[np.arange(6, dtype='f4').reshape(2, 3), np.array([[1, -2], [3, 4]], dtype='>i2'), np.asfortranarray(np.arange(6.).reshape(2, 3)), np.float64(2.5), np.int64(-7), np.array([True, False])]", protocol, setup)!
    expect(plain(readPickle(pickle, 'data.pkl'))).toEqual([
      { shape: [2, 3], values: [0, 1, 2, 3, 4, 5] },
      { shape: [2, 2], values: [1, -2, 3, 4] },
      { shape: [2, 3], values: [0, 1, 2, 3, 4, 5] },
      2.5,
      -7,
      { shape: [2], values: [1, 0] },
    ])
  })

  test('object arrays of arrays of different length are read from .npy files', () => {
    const file = python(`${setup}
a = np.empty(2, dtype=object); a[0] = np.ones((2, 13)); a[1] = np.zeros((1, 13), dtype='i2')
b = io.BytesIO(); np.save(b, a, allow_pickle=True); sys.stdout.buffer.write(b.getvalue())`)!
    const array = readNpy(file, 'X_train.npy', readPickle)
    expect(array.shape).toEqual([2])
    expect((array.values as NdArray[]).map(({ shape }) => shape)).toEqual([[2, 13], [1, 13]])
  })

  test('plain .npy files are read, numbers and texts', () => {
    const saved = (expression: string): NdArray => readNpy(python(`${setup}\nb = io.BytesIO(); np.save(b, ${expression}); sys.stdout.buffer.write(b.getvalue())`)!, 'a.npy', readPickle)
    expect(plain(saved("np.array(['Haus', 'Ä'])"))).toEqual({ shape: [2], values: ['Haus', 'Ä'] })
    expect(plain(saved('np.asfortranarray(np.arange(4.).reshape(2, 2))'))).toEqual({ shape: [2, 2], values: [0, 1, 2, 3] })
    expect(plain(saved('np.float32(3)'))).toEqual({ shape: [], values: [3] })
  })
})

describe('pickles that are broken or hostile', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

  test('a hand-written os.system is refused by name', () => {
    expect(() => readPickle(bytes("cos\nsystem\n(S'echo'\ntR."), 'gift.pkl')).toThrow(/os\.system/)
    expect(() => readPickle(bytes("(S'echo'\nios\nsystem\n."), 'gift.pkl')).toThrow(/os\.system/)
    expect(() => readPickle(bytes('\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x04echo\x85R.'), 'gift.pkl')).toThrow(/os\.system/)
  })

  test('names on the prototype of objects are no way around', () => {
    expect(() => readPickle(bytes('c__proto__\nconstructor\n.'), 'gift.pkl')).toThrow(/__proto__\.constructor/)
  })

  test('lengths beyond the file and arrays beyond their data are refused', () => {
    expect(() => readPickle(bytes('\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\x7f.'), 'a.pkl')).toThrow(/ends too early/)
    expect(() => readPickle(bytes('cnumpy.core.multiarray\n_reconstruct\n(tR(I1\n(I99999999\nI99999999\ntcnumpy\ndtype\n(S\'f8\'\ntRI00\nC\x01xtb.'), 'a.pkl')).toThrow(/larger than its data/)
  })

  test('persistent ids and extension codes are refused', () => {
    expect(() => readPickle(bytes('Pfile\n.'), 'a.pkl')).toThrow(/0x50/)
    expect(() => readPickle(bytes('\x82\x01.'), 'a.pkl')).toThrow(/0x82/)
  })

  test('any bytes give data or a clear error', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      try {
        readPickle(noise, 'noise.pkl')
      } catch (error) {
        expect(error).toMatchObject({ name: 'KalamosError', code: 'decode-failed' })
      }
    }), { numRuns: 2000 })
  })

  test('a file that is no numpy file is refused by name', () => {
    expect(() => readNpy(bytes('not numpy at all'), 'x.npy', readPickle)).toThrow(/x\.npy.*signature/)
  })
})
