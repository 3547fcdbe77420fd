import { symbols } from '../../shared/text.ts'
import type { Connection } from './connection.ts'
import { condition, type Condition } from './recording-query.ts'

/** How often each letter is in the labels of each writer, by the writer's number. */
export type Letters = Map<number, Map<string, number>>

/** A label of which there are this many recordings, and more, is sooner looked for in its index than come upon. */
const REPEATED = 20

/** Letters of all labels of some writers, counted anew. */
export function freshLetters(database: Connection, writers: readonly number[]): Letters {
  const { labelled, labels } = database.get<{ labelled: number; labels: number }>('SELECT coalesce(sum(recordings), 0) AS labelled, count(*) AS labels FROM label_counts')!
  const { theirs } = database.get<{ theirs: number }>('SELECT coalesce(sum(recordings), 0) AS theirs FROM writers WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(writers))!
  const counted = 2 * theirs > labelled && labelled > REPEATED * labels ? lettersByLabel(database, writers) : writers.map((id) => lettersByWriter(database, condition({ writerId: id })))
  const of = (id: number): Map<string, number> => (Array.isArray(counted) ? counted[writers.indexOf(id)]! : counted).get(id) ?? new Map<string, number>()
  return new Map(writers.map((id) => [id, of(id)]))
}

/** Letters of the labels of what matches. */
export function lettersByWriter(database: Connection, { where, values }: Condition): Letters {
  const letters: Letters = new Map()
  const spelt = new Map<string, string[]>()
  const spelling = (label: string): string[] => {
    const known = spelt.get(label) ?? symbols(label)
    spelt.set(label, known)
    return known
  }
  const rows = database.all<{ writer_id: number; label: string; n: number }>(`SELECT r.writer_id, r.label, count(*) AS n FROM recordings r WHERE r.label IS NOT NULL AND ${where} GROUP BY r.writer_id, r.label`, ...values)
  for (const { writer_id, label, n } of rows) add(letters, writer_id, spelling(label), n)
  return letters
}

/** The same of most recordings: who wrote each, and which have a label, is told by two indexes without the rows they point to. */
function lettersByLabel(database: Connection, writers: readonly number[]): Letters {
  const places = new Uint32Array((database.get<{ largest: number | null }>('SELECT max(id) AS largest FROM recordings')!.largest ?? 0) + 1)
  for (const [i, id] of writers.entries()) {
    for (const recording of database.column<number>('SELECT r.id FROM recordings r WHERE r.deleted_by IS NULL AND r.writer_id = ?', id)) places[recording] = i + 1
  }
  const letters: Letters = new Map()
  const times = new Uint32Array(writers.length + 1)
  for (const label of database.column<string>('SELECT label FROM label_counts')) {
    for (const recording of database.column<number>('SELECT r.id FROM recordings r WHERE r.deleted_by IS NULL AND r.label COLLATE NOCASE = ? AND r.label = ?', label, label)) times[places[recording]!]!++
    const spelling = symbols(label)
    for (const [i, id] of writers.entries()) if (times[i + 1]! > 0) add(letters, id, spelling, times[i + 1]!)
    times.fill(0)
  }
  return letters
}

function add(letters: Letters, writerId: number, spelling: readonly string[], times: number): void {
  const own = letters.get(writerId) ?? new Map<string, number>()
  letters.set(writerId, own)
  for (const letter of spelling) own.set(letter, (own.get(letter) ?? 0) + times)
}
