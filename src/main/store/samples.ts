import type { Soundness } from '../../shared/api/review.ts'
import { KalamosError } from '../../shared/errors.ts'
import { joinStretches, type Stretch } from './block.ts'
import type { Connection } from './connection.ts'
import { assemble, wholePiece, type Piece } from './pieces.ts'
import { readBlocks } from './stored-block.ts'

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

  /**
   * As recorded; of an open recording, those on the disk. Throws `database-damaged`, or `not-found` for a part of a
   * split recording: its samples are with the other part.
   */
  raw(id: number, channels: number): Stretch {
    const { stretches } = readBlocks(this.#database, id, channels)
    return stretches.length === 1 ? stretches[0]! : joinStretches(stretches, channels)
  }

  /** The recordings that are not deleted, and how many channels each has. */
  owners(): { id: number; channels: number }[] {
    return this.#database.all<{ id: number; channels: number }>(
      `SELECT r.id, json_array_length(c.channels) AS channels FROM recordings r
       JOIN channel_lists c ON c.id = r.channel_list_id WHERE r.deleted_by IS NULL ORDER BY r.id`,
    )
  }

  /** Whether what a recording shows is as it was stored. */
  soundness(id: number, channels: number): Soundness {
    const raws = this.cutPieces(id)?.map(({ rawId }) => rawId) ?? [id]
    try {
      const unchecked = [...new Set(raws)].filter((rawId) => !readBlocks(this.#database, rawId, channels).checked)
      return unchecked.length === 0 ? 'checked' : 'unchecked'
    } catch (error) {
      if (error instanceof KalamosError && error.code === 'database-damaged') return 'damaged'
      throw error
    }
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
      if (end > rawOf(rawId).frames)
        throw new KalamosError(
          'database-damaged',
          `Samples of recording ${rawId} are missing.`,
          'Restore the database from a backup.',
        )
    }
    return assemble(pieces, rawOf, channels)
  }

  /** What of the recorded samples is shown; null where that is all of its own. */
  cutPieces(id: number): Piece[] | null {
    const rows = this.#database.all<PieceRow>(
      'SELECT raw_id, first_frame, end_frame, lost_before FROM pieces WHERE recording_id = ? ORDER BY position',
      id,
    )
    return rows.length === 0
      ? null
      : rows.map((row) => ({
          rawId: row.raw_id,
          first: row.first_frame,
          end: row.end_frame,
          lostBefore: row.lost_before,
        }))
  }

  /** The same, always in pieces. */
  pieces(id: number, channels: number): Piece[] {
    return this.cutPieces(id) ?? [wholePiece(id, this.raw(id, channels))]
  }

  keepPieces(id: number, pieces: readonly Piece[] | null): void {
    this.#database.run('DELETE FROM pieces WHERE recording_id = ?', id)
    pieces?.forEach(({ rawId, first, end, lostBefore }, position) => {
      this.#database.run(
        'INSERT INTO pieces (recording_id, position, raw_id, first_frame, end_frame, lost_before) VALUES (?, ?, ' +
          '?, ?, ?, ?)',
        id,
        position,
        rawId,
        first,
        end,
        lostBefore,
      )
    })
    this.#database.run('UPDATE recordings SET cut = ? WHERE id = ?', pieces === null ? 0 : 1, id)
  }
}
