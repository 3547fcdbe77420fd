import { KalamosError } from '../../shared/errors.ts'
import { decodeBlock, joinStretches, type Stretch } from './block.ts'
import type { Connection } from './connection.ts'
import { assemble, wholePiece, type Piece } from './pieces.ts'

interface PieceRow {
  raw_id: number
  first_frame: number
  end_frame: number
  lost_before: number
}

/** The samples of recordings: as they were recorded, and as edits show them. */
export class Samples {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  /** As recorded; of an open recording, those on the disk. Throws `database-damaged`, or `not-found` for a part of a split recording: its samples are with the other part. */
  raw(id: number, channels: number): Stretch {
    const stored = this.#database.get<{ block: Uint8Array }>('SELECT block FROM samples WHERE recording_id = ?', id)
    if (stored !== undefined) return decodeBlock(stored.block, channels, `recording ${id}`)
    const chunks = this.#database.all<{ block: Uint8Array }>('SELECT block FROM chunks WHERE recording_id = ? ORDER BY id', id)
    return joinStretches(chunks.map(({ block }) => decodeBlock(block, channels, `recording ${id}`)), channels)
  }

  /** As edited. Throws `database-damaged` where a block does not add up. */
  view(id: number, channels: number): Stretch {
    const pieces = this.cutPieces(id)
    return pieces === null ? this.raw(id, channels) : this.assemble(pieces, channels)
  }

  assemble(pieces: readonly Piece[], channels: number): Stretch {
    const raws = new Map<number, Stretch>()
    const rawOf = (rawId: number): Stretch => {
      const known = raws.get(rawId) ?? this.raw(rawId, channels)
      raws.set(rawId, known)
      return known
    }
    for (const { rawId, end } of pieces) {
      if (end > rawOf(rawId).frames) throw new KalamosError('database-damaged', `Samples of recording ${rawId} are missing.`, 'Restore the database from a backup.')
    }
    return assemble(pieces, rawOf, channels)
  }

  /** What of the recorded samples is shown; null where that is all of its own. */
  cutPieces(id: number): Piece[] | null {
    const rows = this.#database.all<PieceRow>('SELECT raw_id, first_frame, end_frame, lost_before FROM pieces WHERE recording_id = ? ORDER BY position', id)
    return rows.length === 0 ? null : rows.map((row) => ({ rawId: row.raw_id, first: row.first_frame, end: row.end_frame, lostBefore: row.lost_before }))
  }

  /** The same, always in pieces. */
  pieces(id: number, channels: number): Piece[] {
    return this.cutPieces(id) ?? [wholePiece(id, this.raw(id, channels))]
  }

  keepPieces(id: number, pieces: readonly Piece[] | null): void {
    this.#database.run('DELETE FROM pieces WHERE recording_id = ?', id)
    pieces?.forEach(({ rawId, first, end, lostBefore }, position) => {
      this.#database.run('INSERT INTO pieces (recording_id, position, raw_id, first_frame, end_frame, lost_before) VALUES (?, ?, ?, ?, ?, ?)', id, position, rawId, first, end, lostBefore)
    })
    this.#database.run('UPDATE recordings SET cut = ? WHERE id = ?', pieces === null ? 0 : 1, id)
  }
}
