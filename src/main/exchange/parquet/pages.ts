import { crc32 } from 'node:zlib'
import type { FileMetaData } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { KalamosError } from '../../../shared/errors.ts'
import type { FileBytes } from '../file-bytes.ts'

/** Headers of pages are smaller than this; statistics in them are short. */
const HEADER_MAX = 1 << 14
const PAGE_BYTES_MAX = 1 << 29
/** A group of rows has fewer values in a column. */
const VALUES_MAX = 1 << 28

/**
 * Walks the headers of all pages: a damaged size would send a reader back and forth without end. Pages with a checksum,
 * as Kalamos writes them, are held against it. Throws `decode-failed`.
 */
export function checkPages(file: FileBytes, metadata: FileMetaData, group: FileMetaData['row_groups'][number]): void {
  for (const { meta_data: chunk } of group.columns) {
    if (chunk === undefined) throw unsound(file.path)
    // Some writers put 0 where there is no dictionary.
    let at = Number(chunk.dictionary_page_offset || chunk.data_page_offset)
    const end = at + Number(chunk.total_compressed_size)
    if (!(at >= 4 && end <= file.size) || metadata.num_rows > BigInt(file.size) || chunk.num_values > VALUES_MAX)
      throw unsound(file.path)
    while (at < end - 1) {
      const bytes = file.read(at, Math.min(HEADER_MAX, end - at))
      const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }
      const header = parquetHeader(reader)
      const values =
        header.data_page_header?.num_values ??
        header.data_page_header_v2?.num_values ??
        header.dictionary_page_header?.num_values
      const start = at + reader.offset
      at = start + header.compressed_page_size
      const sound =
        header.compressed_page_size >= 0 &&
        at <= end &&
        header.uncompressed_page_size >= 0 &&
        header.uncompressed_page_size <= PAGE_BYTES_MAX
      if (!sound || values === undefined || values < 0 || values > Number(chunk.num_values)) throw unsound(file.path)
      if (header.crc !== undefined && crc32(file.copy(start, header.compressed_page_size)) !== header.crc >>> 0)
        throw changed(file.path, chunk.path_in_schema[0]!)
    }
  }
}

function unsound(path: string): KalamosError {
  return new KalamosError('decode-failed', `${path} is damaged: its pages do not add up.`, 'Copy the file again.')
}

function changed(path: string, column: string): KalamosError {
  return new KalamosError(
    'decode-failed',
    `${path} is damaged: a page of its column ${column} is not as it was written.`,
    'Copy the file again.',
  )
}
