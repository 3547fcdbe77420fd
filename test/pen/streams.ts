import type { RawBlock } from '../../src/main/pen/codecs/codec.ts'

/** Bytes from hexadecimal digits; white space is for the reader. */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'))
}

/** A stream cut into pieces of the given lengths, taken in turn. */
export function inPieces(stream: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0, turn = 0; at < stream.length; turn++) {
    const end = at + lengths[turn % lengths.length]!
    pieces.push(stream.slice(at, end))
    at = end
  }
  return pieces
}

/** The frames of all blocks, a row each. */
export function rowsOf(blocks: readonly RawBlock[]): number[][] {
  return blocks.flatMap((block) => {
    const width = block.columns.length
    return Array.from({ length: block.count }, (_, i) => Array.from(block.values.subarray(i * width, (i + 1) * width)))
  })
}
