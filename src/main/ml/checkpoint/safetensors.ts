import { KalamosError } from '../../../shared/errors.ts'

/** A named block of float32 numbers; `values.length` is the product of `shape`. */
export interface StoredTensor {
  shape: readonly number[]
  values: Float32Array
}

/** What a safetensors file holds: tensors by name, and free text by name. */
export interface TensorFile {
  tensors: Record<string, StoredTensor>
  metadata: Record<string, string>
}

const LENGTH_BYTES = 8
const HEADER_LIMIT = 100_000_000
const ALIGNMENT = 8

/**
 * Writes the safetensors format (github.com/huggingface/safetensors, "Format"): the header's length as u64 LE,
 * a JSON header padded with spaces, then the numbers, here always F32 little-endian, without holes.
 */
export function writeSafetensors({ tensors, metadata }: TensorFile): Uint8Array {
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {}
  let size = 0
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    if (name === '__metadata__') throw new Error('a tensor cannot be called __metadata__')
    if (product(shape) !== values.length)
      throw new Error(`tensor ${name}: ${values.length} numbers for shape [${shape.join(', ')}]`)
    header[name] = { dtype: 'F32', shape, data_offsets: [size, size + values.byteLength] }
    size += values.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const padded = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT
  const bytes = new Uint8Array(LENGTH_BYTES + padded + size)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true)
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + padded)
  bytes.set(json, LENGTH_BYTES)
  let offset = LENGTH_BYTES + padded
  for (const { values } of Object.values(tensors)) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset)
    offset += values.byteLength
  }
  return bytes
}

/**
 * Reads a safetensors file of float32 tensors, and trusts nothing in it: the header's length and form, types, shapes
 * and offsets are checked before a number is touched. Throws `checkpoint-damaged` naming `file` and the fault.
 */
export function readSafetensors(bytes: Uint8Array, file: string): TensorFile {
  const fault = (what: string): KalamosError =>
    new KalamosError('checkpoint-damaged', `${file} is damaged: ${what}`, 'Use an earlier checkpoint or train again.')
  if (bytes.length < LENGTH_BYTES) throw fault(`it has ${bytes.length} bytes, too few for a header`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerLength = Number(view.getBigUint64(0, true))
  if (headerLength > HEADER_LIMIT) throw fault(`its header claims ${headerLength} bytes`)
  const start = LENGTH_BYTES + headerLength
  if (start > bytes.length) throw fault(`its header of ${headerLength} bytes is cut off`)
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, start), fault)

  const { __metadata__: metadata = {}, ...entries } = header
  if (!isTextMap(metadata)) throw fault('its metadata are not texts')
  const tensors: Record<string, StoredTensor> = Object.create(null) as Record<string, StoredTensor>
  const parsed = Object.entries(entries).map(([name, entry]) => ({ name, ...parseEntry(name, entry, fault) }))
  parsed.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let expected = 0
  for (const { name, shape, begin, end } of parsed) {
    if (begin !== expected) throw fault(`tensor ${name} begins at ${begin} instead of ${expected}`)
    if (start + end > bytes.length) throw fault(`tensor ${name} is cut off`)
    const values = new Float32Array((end - begin) / 4)
    new Uint8Array(values.buffer).set(bytes.subarray(start + begin, start + end))
    tensors[name] = { shape, values }
    expected = end
  }
  if (start + expected !== bytes.length)
    throw fault(`${bytes.length - start - expected} bytes at its end belong to no tensor`)
  return { tensors, metadata }
}

type Fault = (what: string) => KalamosError

function parseHeader(bytes: Uint8Array, fault: Fault): Record<string, unknown> {
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw fault('its header is not JSON')
  }
  if (!isObject(header)) throw fault('its header is not an object')
  return header
}

function parseEntry(name: string, entry: unknown, fault: Fault): { shape: number[]; begin: number; end: number } {
  if (!isObject(entry)) throw fault(`tensor ${name} has no description`)
  const { dtype, shape, data_offsets: offsets } = entry
  if (dtype !== 'F32') throw fault(`tensor ${name} is of type ${String(dtype)} instead of F32`)
  if (!isCounts(shape) || shape.length > 8) throw fault(`tensor ${name} has no proper shape`)
  if (!isCounts(offsets) || offsets.length !== 2) throw fault(`tensor ${name} has no proper offsets`)
  const [begin, end] = offsets as [number, number]
  if (end - begin !== 4 * product(shape))
    throw fault(`tensor ${name} has ${end - begin} bytes for shape [${shape.join(', ')}]`)
  return { shape, begin, end }
}

function product(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTextMap(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string')
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && (item as number) >= 0)
}
