import { crc32 } from 'node:zlib'
import type { ColumnChunk, ParquetType } from 'hyparquet'
import type { Writer } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'

/**
 * Lists of numbers, one a row: how long each is, null where a row has none, and all their values one after the other.
 */
export interface ListColumn {
  name: string
  lengths: readonly (number | null)[]
  values: Float32Array | Float64Array | BigInt64Array
}

/** Levels of a list that may be missing, of numbers that may not (parquet-format, Nested Encoding). */
const DEFINED = { missing: 0, empty: 1, value: 2 }
const REPEATED = { firstOfRow: 0, later: 1 }

/**
 * Writes a column of lists as one page of version 2 with a checksum. Levels of lists are long runs of two numbers and
 * their values lie in memory as the file wants them. The library's own writer takes lists as plain arrays, visits each
 * number several times, and writes no checksum, by which damage is found; so of its inside the heading of a page is
 * used here, and nothing else.
 */
export function writeListColumn(writer: Writer, { name, lengths, values }: ListColumn): ColumnChunk {
  const { repetition, definition, entries } = levelsOf(lengths)
  const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const size = repetition.length + definition.length + data.length
  const start = writer.offset
  writePageHeader(writer, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: size,
    compressed_page_size: size,
    crc: crc32(data, crc32(definition, crc32(repetition))) | 0,
    data_page_header_v2: {
      num_values: entries,
      num_nulls: entries - values.length,
      num_rows: lengths.length,
      encoding: 'PLAIN',
      repetition_levels_byte_length: repetition.length,
      definition_levels_byte_length: definition.length,
      is_compressed: false,
    },
  })
  for (const part of [repetition, definition, data]) writer.appendBytes(part)
  const bytes = BigInt(writer.offset - start)
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: typeOf(values),
      encodings: ['PLAIN', 'RLE'],
      path_in_schema: [name, 'list', 'element'],
      codec: 'UNCOMPRESSED',
      num_values: BigInt(entries),
      total_uncompressed_size: bytes,
      total_compressed_size: bytes,
      data_page_offset: BigInt(start),
    },
  }
}

/** Where lists begin and which there are, run by run. A missing or empty list is an entry without a value. */
function levelsOf(lengths: readonly (number | null)[]): {
  repetition: Uint8Array
  definition: Uint8Array
  entries: number
} {
  const [repetition, definition] = [new Runs(), new Runs()]
  let entries = 0
  for (const length of lengths) {
    const frames = length ?? 0
    repetition.add(REPEATED.firstOfRow, 1)
    repetition.add(REPEATED.later, Math.max(0, frames - 1))
    definition.add(
      length === null ? DEFINED.missing : frames === 0 ? DEFINED.empty : DEFINED.value,
      Math.max(1, frames),
    )
    entries += Math.max(1, frames)
  }
  return { repetition: repetition.bytes(), definition: definition.bytes(), entries }
}

/**
 * Runs of equal levels of at most eight bits (parquet-format, RLE / Bit-Packing Hybrid, of which only runs are used).
 */
class Runs {
  readonly #bytes: number[] = []
  #level = 0
  #count = 0

  add(level: number, count: number): void {
    if (count === 0) return
    if (level !== this.#level) this.#close()
    this.#level = level
    this.#count += count
  }

  bytes(): Uint8Array {
    this.#close()
    return Uint8Array.from(this.#bytes)
  }

  #close(): void {
    if (this.#count === 0) return
    for (let header = this.#count * 2; ; header = Math.floor(header / 128)) {
      this.#bytes.push(header < 128 ? header : (header % 128) + 128)
      if (header < 128) break
    }
    this.#bytes.push(this.#level)
    this.#count = 0
  }
}

function typeOf(values: ListColumn['values']): ParquetType {
  if (values instanceof Float32Array) return 'FLOAT'
  return values instanceof Float64Array ? 'DOUBLE' : 'INT64'
}
