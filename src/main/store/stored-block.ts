import { crc32 } from 'node:zlib'
import { damagedSamples, decodeBlock, encodeBlock, type Stretch } from './block.ts'
import type { Connection } from './connection.ts'

/** Where blocks are kept: whole ones, and the growing ones of recordings that are open. */
type Table = 'samples' | 'chunks'

interface Row {
  block: Uint8Array
  /** CRC-32 of the block; null where it was stored before there were checksums. */
  crc32: number | null
}

/** Keeps a stretch as a block with its checksum, inside the caller's transaction. */
export function keepBlock(
  database: Connection,
  table: Table,
  recordingId: number,
  stretch: Stretch,
  channels: number,
): void {
  const block = encodeBlock(stretch, channels)
  database.run(`INSERT INTO ${table} (recording_id, block, crc32) VALUES (?, ?, ?)`, recordingId, block, crc32(block))
}

/**
 * A recording's own blocks in their order; none where it has no samples of its own. `checked` says that each has the
 * checksum it was stored with. Throws `database-damaged` where one has another, or does not add up.
 */
export function readBlocks(
  database: Connection,
  recordingId: number,
  channels: number,
  tables: readonly Table[] = ['samples', 'chunks'],
): { stretches: Stretch[]; checked: boolean } {
  for (const table of tables) {
    const order = table === 'chunks' ? 'ORDER BY id' : ''
    const rows = database.all<Row>(`SELECT block, crc32 FROM ${table} WHERE recording_id = ? ${order}`, recordingId)
    if (rows.length === 0) continue
    return {
      stretches: rows.map((row) => sound(row, channels, `recording ${recordingId}`)),
      checked: rows.every((row) => row.crc32 !== null),
    }
  }
  return { stretches: [], checked: true }
}

function sound({ block, crc32: stored }: Row, channels: number, owner: string): Stretch {
  if (stored !== null && crc32(block) !== stored) throw damagedSamples(owner)
  return decodeBlock(block, channels, owner)
}
