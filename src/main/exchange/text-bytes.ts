import { closeSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { fillFrom, openForeign, streamForeign } from '../files/foreign-file.ts'
import { BOM_BYTES, encodingOf, PieceDecoder } from '../files/text/decode.ts'

export interface UnpackLimits {
  /** Compressed text that unpacks to more than this many times its size is no text of recordings. */
  ratio: number
  /** The ratio is not looked at below this size. */
  ratioFromBytes: number
}

const LIMITS: UnpackLimits = { ratio: 200, ratioFromBytes: 64 * 1024 * 1024 }

/** Some bytes of a text, and how many bytes of the file were read for it so far. */
export interface Piece {
  bytes: Buffer
  read: number
}

/**
 * The bytes of a text file, gzipped or not, as UTF-8 without a byte order mark, whatever it is in: UTF-16 by its mark,
 * or what a person says. What has no mark and of which nobody says anything comes as it is, and whoever reads it finds
 * out whether it is UTF-8. Throws `not-found`, `invalid-input` (a folder, not readable, unpacks without end), and what
 * zlib throws.
 */
export async function* textBytes(
  path: string,
  options: { limits?: UnpackLimits; encoding?: SaidEncoding | undefined } = {},
): AsyncGenerator<Piece> {
  const pieces = unpacked(path, options.limits ?? LIMITS)
  const first = await firstPiece(pieces)
  const { encoding, bom } = encodingOf(first.bytes, options.encoding)
  first.bytes = first.bytes.subarray(bom)
  const decoder = encoding === 'utf-8' ? null : new PieceDecoder(path, encoding)
  const again = ({ bytes, read }: Piece): Piece => ({
    bytes: decoder === null ? bytes : Buffer.from(decoder.next(bytes), 'utf8'),
    read,
  })
  yield again(first)
  for await (const piece of pieces) yield again(piece)
  if (decoder !== null) yield { bytes: Buffer.from(decoder.end(), 'utf8'), read: first.read }
}

/** The first bytes of a text file, as far as they are at hand; to tell a text from what is none. */
export async function headBytes(path: string): Promise<Buffer> {
  for await (const { bytes } of unpacked(path, LIMITS)) return bytes
  return Buffer.alloc(0)
}

/** Whether zlib says that a packed file ends too early: what came before is whole then. */
export function endsTooEarly(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR'
}

async function* unpacked(path: string, limits: UnpackLimits): AsyncGenerator<Piece> {
  const gzipped = beginsWithGzip(path)
  const { stream: file } = streamForeign(path)
  const bytes: Readable = gzipped ? file.on('error', (error) => bytes.destroy(error)).pipe(createGunzip()) : file
  let size = 0
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limits.ratioFromBytes && size > limits.ratio * file.bytesRead) {
        throw new KalamosError(
          'invalid-input',
          `${path} unpacks to more than ${limits.ratio} times its size.`,
          'That is no file of recordings; check where it came from.',
        )
      }
      yield { bytes: chunk, read: file.bytesRead }
    }
  } finally {
    bytes.destroy()
    file.destroy()
  }
}

/** Pieces until they are long enough to show a mark, as one. */
async function firstPiece(pieces: AsyncGenerator<Piece>): Promise<Piece> {
  let first: Piece = { bytes: Buffer.alloc(0), read: 0 }
  while (first.bytes.length < BOM_BYTES) {
    const next = await pieces.next()
    if (next.done === true) break
    first = { bytes: Buffer.concat([first.bytes, next.value.bytes]), read: next.value.read }
  }
  return first
}

function beginsWithGzip(path: string): boolean {
  const { file } = openForeign(path)
  try {
    const head = Buffer.alloc(2)
    return fillFrom(file, head, 0) === 2 && head.readUInt16BE() === 0x1f8b
  } finally {
    closeSync(file)
  }
}
