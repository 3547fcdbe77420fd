import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSafetensors, writeSafetensors, type TensorFile } from '../../src/main/ml/checkpoint/safetensors.ts'
import { KalamosError } from '../../src/shared/errors.ts'

const example: TensorFile = {
  tensors: {
    'conv/weights': { shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 0, 1e-30, 6) },
    'conv/bias': { shape: [2], values: Float32Array.of(0.5, Number.NEGATIVE_INFINITY) },
    scale: { shape: [], values: Float32Array.of(14.285714) },
  },
  metadata: { format: 'kalamos' },
}

function fileOf(header: unknown, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const bytes = new Uint8Array(8 + json.length + data.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  bytes.set(data, 8 + json.length)
  return bytes
}

function problem(bytes: Uint8Array): KalamosError {
  try {
    readSafetensors(bytes, 'pen.safetensors')
  } catch (error) {
    if (error instanceof KalamosError) return error
    throw error
  }
  throw new Error('the file was read')
}

describe('safetensors', () => {
  it('come back as they were written, to the bit', () => {
    const back = readSafetensors(writeSafetensors(example), 'pen.safetensors')
    expect({ ...back, tensors: { ...back.tensors } }).toEqual(example)
  })

  it('are laid out as the format says', () => {
    const bytes = writeSafetensors({ tensors: { a: { shape: [1], values: Float32Array.of(1) } }, metadata: {} })
    const header = '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
    expect(new DataView(bytes.buffer).getBigUint64(0, true)).toBe(56n)
    expect(new TextDecoder().decode(bytes.subarray(8, 64))).toBe(header.padEnd(56))
    expect([...bytes.subarray(64)]).toEqual([0, 0, 0x80, 0x3f])
  })

  it('are refused at every length they can be cut to, by the name of the file', () => {
    const whole = writeSafetensors(example)
    for (let length = 0; length < whole.length; length++) {
      const error = problem(whole.subarray(0, length))
      expect(error.code).toBe('checkpoint-damaged')
      expect(error.message).toContain('pen.safetensors')
    }
  })

  it.each([
    ['a header longer than any file', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 127, 0), /header claims/],
    ['a header that is no JSON', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0x7b), /not JSON/],
    ['a header that is a list', fileOf([]), /not an object/],
    ['metadata that are not texts', fileOf({ __metadata__: { a: 1 } }), /metadata/],
    [
      'another type of number',
      fileOf({ a: { dtype: 'F16', shape: [2], data_offsets: [0, 4] } }, new Uint8Array(4)),
      /F16/,
    ],
    [
      'a shape below zero',
      fileOf({ a: { dtype: 'F32', shape: [-1], data_offsets: [0, 4] } }, new Uint8Array(4)),
      /shape/,
    ],
    [
      'a shape that overflows',
      fileOf({ a: { dtype: 'F32', shape: [2 ** 40, 2 ** 40], data_offsets: [0, 4] } }, new Uint8Array(4)),
      /bytes for shape/,
    ],
    [
      'offsets that do not match the shape',
      fileOf({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 4] } }, new Uint8Array(4)),
      /bytes for shape/,
    ],
    [
      'tensors that overlap',
      fileOf(
        {
          a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
          b: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
        },
        new Uint8Array(4),
      ),
      /instead of 4/,
    ],
    [
      'bytes that belong to nobody',
      fileOf({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }, new Uint8Array(5)),
      /belong to no tensor/,
    ],
  ])('with %s are refused', (_, bytes, message) => {
    expect(problem(bytes).message).toMatch(message)
  })

  it('with any bytes changed are read or refused, and nothing else happens', () => {
    const whole = writeSafetensors(example)
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = whole.slice()
        for (const { at, byte } of changes) bytes[at] = byte
        try {
          for (const { shape, values } of Object.values(readSafetensors(bytes, 'f').tensors)) {
            expect(values.length).toBe(shape.reduce((a, b) => a * b, 1))
          }
        } catch (error) {
          expect(error).toMatchObject({ code: 'checkpoint-damaged' })
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('made of noise are refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(problem(bytes).code).toBe('checkpoint-damaged')
      }),
    )
  })
})
