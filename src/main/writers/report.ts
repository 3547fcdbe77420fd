import { resolve } from 'node:path'
import type { ErasureReport } from '../../shared/api/writers.ts'
import { KalamosError } from '../../shared/errors.ts'
import { english, say } from '../../shared/messages/index.ts'
import { writeNew } from '../files/whole-file.ts'

/**
 * Writes what went with a deleted writer into a new text file: a figure a line.
 * Throws `not-found` where no such deletion is known, `conflict` (the file is there already), `disk-full` or
 * `not-writable`.
 */
export async function writeErasure(
  id: number,
  report: ErasureReport | undefined,
  path: string,
): Promise<{ path: string }> {
  if (report === undefined)
    throw new KalamosError(
      'not-found',
      say('store.writer-not-deleted-since', { id }),
      say('store.report-deletion-saved-until'),
    )
  const place = resolve(path)
  writeNew(place, `${linesOf(report).join('\n')}\n`)
  return { path: place }
}

function linesOf({
  writer,
  at,
  sessions,
  recordings,
  frames,
  consents,
  notes,
  models,
  stopped,
  runs,
  exports,
  bytesBefore,
  bytesAfter,
  traces,
}: ErasureReport): string[] {
  return [
    `Deletion of ${writer}`,
    `Done ${new Date(at).toISOString()}`,
    '',
    `Sessions: ${sessions}`,
    `Recordings: ${recordings}`,
    `Frames: ${frames}`,
    `Consents: ${consents}`,
    `Notes: ${notes}`,
    `Bytes of the database before: ${bytesBefore}`,
    `Bytes of the database after: ${bytesAfter}`,
    'Models that learned from these recordings or were measured on them, and stay: ' +
      (models.length === 0 ? 'none' : models.map(({ id, name }) => `${name} (model ${id})`).join(', ')),
    'Trainings that were learning from them and were stopped: ' +
      (stopped.length === 0 ? 'none' : stopped.map(({ id, name }) => `${name} (run ${id})`).join(', ')),
    'Trainings whose checkpoints learned from them, and stay: ' +
      (runs.length === 0 ? 'none' : runs.map(({ id, name }) => `${name} (run ${id})`).join(', ')),
    `Exports that hold them, as far as they are known, and stay: ${exports.length === 0 ? 'none' : ''}`,
    ...exports.map(({ path, at: exportedAt }) => `  ${new Date(exportedAt).toISOString()} ${path}`),
    ...(traces === null ? [] : [`Left for now: ${english(traces)}`]),
  ]
}
