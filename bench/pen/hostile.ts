import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FormatName } from '../../src/shared/api/exchange.ts'
import { previewImport } from '../../src/main/exchange/preview.ts'
import { encodeChunk, TAG } from '../../src/main/exchange/xdf/chunks.ts'
import { encodeFileHeader } from '../../src/main/exchange/xdf/streams.ts'
import type { Store } from '../../src/main/store/index.ts'

/** Lists of 4 bytes each, 60 times as many as a recording may have rows: 1 GB of text in 1 MB. */
const ROWS = 240_000_000
const PIECE_ROWS = 4_000_000

/** Four files that are small and want to be much, as somebody sends them who means harm. */
export function hostileFiles(folder: string): { format: FormatName; path: string }[] {
  const heading = join(folder, 'heading.csv')
  writeFileSync(heading, `ax (${' '.repeat(500_000)}x,ay\n1,2\n1,2\n`)
  const rows = join(folder, 'rows.ndjson.gz')
  const piece = gzipSync('[0],'.repeat(PIECE_ROWS))
  // Packed parts one after the other are one packed file.
  writeFileSync(
    rows,
    Buffer.concat([
      gzipSync('{"writer":"w","rate_hz":100,"channels":["force"],"units":["N"],"samples":['),
      ...Array.from({ length: ROWS / PIECE_ROWS }, () => piece),
    ]),
  )
  const pickled = join(folder, 'onhw')
  mkdirSync(join(pickled, '0'), { recursive: true })
  writeFileSync(
    join(pickled, '0', 'all_x_dat_train_imu.pkl'),
    Buffer.concat([Buffer.from([0x80, 2, 0x28]), Buffer.alloc(3e6, '}'), Buffer.from('l.')]),
  )
  writeFileSync(join(pickled, '0', 'all_train_gt.pkl'), Buffer.from([0x80, 2, 0x5d, 0x2e]))
  const names = join(folder, 'names.xdf')
  writeFileSync(
    names,
    Buffer.concat([
      encodeFileHeader(),
      encodeChunk(TAG.streamHeader, Buffer.from([1, 0, 0, 0]), Buffer.from('<name>'.repeat(200_000))),
    ]),
  )
  return [
    { format: 'csv', path: heading },
    { format: 'ndjson', path: rows },
    { format: 'onhw', path: pickled },
    { format: 'xdf', path: names },
  ]
}

/** Looks through all of them at once, again and again, until told to stop. Resolves to how many were looked through. */
export async function lookAgainAndAgain(
  store: Store,
  files: readonly { format: FormatName; path: string }[],
  stop: AbortSignal,
): Promise<number> {
  let looked = 0
  while (!stop.aborted) {
    await Promise.allSettled(files.map(({ format, path }) => previewImport(store, format, path, { signal: stop })))
    if (!stop.aborted) looked += files.length
  }
  return looked
}
