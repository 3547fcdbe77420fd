import { resolve } from 'node:path'
import { KalamosError } from '../../shared/errors.ts'
import { english } from '../../shared/messages/index.ts'
import { writeNew } from '../files/whole-file.ts'
import type { ImportResult } from './import-session.ts'
import type { Refusal } from './recording.ts'

/** An import as it ended, with everything that it left out. */
export interface ImportReport {
  source: string
  at: number
  result: ImportResult
  refusals: readonly Refusal[]
}

/**
 * Writes what an import left out, and why, into a new file: one place a line. Throws `conflict`, `disk-full` or
 * `not-writable`.
 */
export async function writeReport(
  report: ImportReport | undefined,
  path: string,
): Promise<{ path: string; lines: number }> {
  if (report === undefined)
    throw new KalamosError('conflict', 'Nothing was imported since Kalamos was started.', 'Import something first.')
  const { source, at, result, refusals } = report
  const place = resolve(path)
  const head = [
    `Import of ${source}`,
    `Ended ${new Date(at).toISOString()}: ${result.imported} imported, ${result.duplicates} known already, ` +
      `${result.refusedCount} left out`,
    '',
  ]
  const lines = refusals.map(({ where, reason }) =>
    where === '' ? english(reason) : `${english(where)}: ${english(reason)}`,
  )
  const notes = (result.notes ?? []).map(
    ({ where, note }) => `${where === '' ? '' : `${english(where)}: `}${english(note)}`,
  )
  const more = result.refusedCount - refusals.length
  const text = [
    ...head,
    ...lines,
    ...(more > 0 ? [`${more} more were left out`] : []),
    ...(notes.length > 0 ? ['', 'Taken all the same:', ...notes] : []),
  ].join('\n')
  writeNew(place, `${text}\n`)
  return { path: place, lines: lines.length }
}
