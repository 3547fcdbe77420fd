import type { Recording, RecordingFilter } from '../../shared/api/recordings.ts'
import type { Output } from '../../shared/api.ts'
import type { Overview, ReviewRow, Sort } from '../../shared/api/review.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Connection } from './connection.ts'
import { exclusionsOf, overviewOf } from './overview.ts'
import { countOf, placesOf, type Place, type Start } from './recording-list.ts'
import { condition, FILE_OF_SESSION } from './recording-query.ts'
import type { Recordings } from './recordings.ts'
import { RECORDINGS_OF_SESSION } from './sessions.ts'

/** What a filter leaves is counted up to here; all that there is, exactly. */
const COUNTED = 10_000

/** The table of all recordings, filtered and sorted by the database, and figures of the whole. */
export class Catalogue {
  readonly #database: Connection
  readonly #recordings: Recordings

  constructor(database: Connection, recordings: Recordings) {
    this.#database = database
    this.#recordings = recordings
  }

  /** A page. Throws `invalid-input` for a cursor that no page told, or to sort by confidence without a model. */
  page(
    filter: RecordingFilter,
    sort: Sort,
    limit: number,
    from: { offset?: number | undefined; after?: string | undefined; before?: string | undefined },
  ): Output<'review.list'> {
    const { total, capped } = this.total(filter, sort)
    const places = total === 0 ? [] : this.#places(filter, sort, limit, from, capped ? null : total)
    const rows = this.#rows(this.#recordings.byIds(places.map(({ id }) => id)), filter.reading?.modelId)
    return { total, capped, rows, first: asCursor(places[0]), last: asCursor(places.at(-1)) }
  }

  /** What lies before and behind a recording in a list; nulls where it is not in that list. */
  neighbours(id: number, filter: RecordingFilter, sort: Sort): { previous: number | null; next: number | null } {
    const place = this.#placeOf(id, filter, sort)
    if (place === undefined) return { previous: null, next: null }
    const [previous] = placesOf(this.#database, filter, sort, { before: place }, 1)
    const [next] = placesOf(this.#database, filter, sort, { after: place }, 1)
    return { previous: previous?.id ?? null, next: next?.id ?? null }
  }

  /** Exact unless `capped`: then there are more. Sorted by confidence, a list holds only what the model has read. */
  total(filter: RecordingFilter, sort: Sort): { total: number; capped: boolean } {
    if (Object.keys(filter).length === 0) return { total: countOf(this.#database, {}, sort.by), capped: false }
    const counted = countOf(this.#database, filter, sort.by, COUNTED + 1)
    return { total: Math.min(counted, COUNTED), capped: counted > COUNTED }
  }

  overview(filter: RecordingFilter, isLocked: (writerName: string) => boolean): Overview {
    return overviewOf(this.#database, filter, isLocked)
  }

  choices(): Pick<Output<'review.choices'>, 'tags' | 'exclusions' | 'protocols' | 'devices' | 'files'> {
    return {
      tags: this.#database.all(
        'SELECT tag, count(*) AS recordings FROM recordings WHERE tag IS NOT NULL AND deleted_by IS NULL GROUP ' +
          'BY tag ORDER BY tag',
      ),
      exclusions: exclusionsOf(this.#database, condition({})),
      protocols: this.#database.all(
        `SELECT t.protocol_id AS id, t.protocol_version AS version, coalesce(p.protocol ->> 'name', t.protocol_id) AS name, sum(${RECORDINGS_OF_SESSION}) AS recordings
         FROM prompted_sessions t JOIN sessions s ON s.id = t.session_id LEFT JOIN protocols p ON p.id = t.protocol_id AND p.version = t.protocol_version
         WHERE t.protocol_id IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`,
      ),
      devices: this.#database.all(
        `SELECT device_name AS name, sum(${RECORDINGS_OF_SESSION}) AS recordings FROM sessions s GROUP BY 1 ` +
          'HAVING recordings > 0 ORDER BY 1',
      ),
      files: this.#database.all(
        `SELECT ${FILE_OF_SESSION} AS name, sum(${RECORDINGS_OF_SESSION}) AS recordings FROM sessions s LEFT JOIN session_provenance a ON a.session_id = s.id
         WHERE ${FILE_OF_SESSION} IS NOT NULL GROUP BY 1 HAVING recordings > 0 ORDER BY 1`,
      ),
    }
  }

  /**
   * An offset in the second half of a list whose length is known is counted from its end: the last page costs as little
   * as the first.
   */
  #places(
    filter: RecordingFilter,
    sort: Sort,
    limit: number,
    from: { offset?: number | undefined; after?: string | undefined; before?: string | undefined },
    length: number | null,
  ): Place[] {
    const start: Start =
      from.after !== undefined
        ? { after: asPlace(from.after) }
        : from.before !== undefined
          ? { before: asPlace(from.before) }
          : { offset: from.offset ?? 0 }
    if (length === null || !('offset' in start) || start.offset <= length / 2)
      return placesOf(this.#database, filter, sort, start, limit)
    const count = Math.min(limit, length - start.offset)
    if (count <= 0) return []
    return placesOf(
      this.#database,
      filter,
      { by: sort.by, descending: !sort.descending },
      { offset: length - start.offset - count },
      count,
    ).reverse()
  }

  #placeOf(id: number, filter: RecordingFilter, sort: Sort): Place | undefined {
    return placesOf(this.#database, filter, sort, { only: id }, 1)[0]
  }

  #rows(recordings: readonly Recording[], modelId: number | undefined): ReviewRow[] {
    const ids = JSON.stringify(recordings.map(({ id }) => id))
    const devices = new Map(
      this.#database
        .all<{ id: number; device_name: string }>(
          'SELECT id, device_name FROM sessions WHERE id IN (SELECT session_id FROM recordings WHERE id IN ' +
            '(SELECT value FROM json_each(?)))',
          ids,
        )
        .map((row) => [row.id, row.device_name]),
    )
    const readings = new Map(
      this.#database
        .all<{ recording_id: number; text: string; confidence: number }>(
          'SELECT recording_id, text, confidence FROM readings WHERE model_id = ? AND recording_id IN (SELECT ' +
            'value FROM json_each(?))',
          modelId ?? null,
          ids,
        )
        .map(({ recording_id, ...reading }) => [recording_id, reading]),
    )
    return recordings.map((recording) => {
      const reading = readings.get(recording.id)
      return {
        ...recording,
        deviceName: devices.get(recording.sessionId) ?? '',
        reading:
          reading === undefined
            ? null
            : { ...reading, right: recording.label === null ? null : reading.text === recording.label },
      }
    })
  }
}

function asCursor(place: Place | undefined): string | null {
  return place === undefined ? null : JSON.stringify([place.key, place.id])
}

function asPlace(cursor: string): Place {
  const [key, id] = parsed(cursor)
  if ((typeof key === 'string' || typeof key === 'number') && typeof id === 'number') return { key, id }
  throw new KalamosError(
    'invalid-input',
    `“${cursor.slice(0, 60)}” is no place in a list.`,
    'Take the cursor that a page told, with the same filter and sort.',
  )
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(cursor)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
