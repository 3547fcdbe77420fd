import { symbols } from '../../shared/text.ts'
import type { Connection } from './connection.ts'
import type { Condition } from './recording-query.ts'

/** How often each letter is in the labels of each writer, by the writer's number. */
export type Letters = Map<number, Map<string, number>>

/** Letters of the labels of what matches, and how many recordings have no label. */
export function lettersByWriter(database: Connection, match: Condition): { letters: Letters; unlabelled: number } {
  const letters: Letters = new Map()
  const spelt = new Map<string, string[]>()
  let unlabelled = 0
  const rows = database.all<{ writer_id: number; label: string | null; n: number }>(
    `SELECT r.writer_id, r.label, count(*) AS n FROM recordings r WHERE ${match.where} GROUP BY r.writer_id, r.label`,
    ...match.values,
  )
  for (const { writer_id, label, n } of rows) {
    if (label === null) {
      unlabelled += n
      continue
    }
    const own = letters.get(writer_id) ?? new Map<string, number>()
    letters.set(writer_id, own)
    const spelling = spelt.get(label) ?? symbols(label)
    spelt.set(label, spelling)
    for (const letter of spelling) own.set(letter, (own.get(letter) ?? 0) + n)
  }
  return { letters, unlabelled }
}
