import { setImmediate } from 'node:timers/promises'
import { KalamosError } from '../../shared/errors.ts'
import { english } from '../../shared/messages/index.ts'
import type { FormatName } from '../../shared/api/exchange.ts'
import type { Store } from '../store/index.ts'
import { Intake, type ImportResult } from './import-session.ts'
import { readEntries, type ReadingOptions } from './reading/reading.ts'
import type { Entry, Refusal } from './recording.ts'

export interface ImportOptions extends ReadingOptions {
  /** Put before every writer's name: pseudonyms such as w01 are somebody else in another file. */
  writerPrefix?: string
  /**
   * Writers of a name that is here are the same people. Nobody is taken for another unless this says so, or their
   * recordings do.
   */
  sameWriters?: boolean
  /** Takes nothing where anything has to be refused. */
  strict?: boolean
  progress?: (now: { share: number; imported: number }) => void
  /** Told in the end what was left out, for a report: more than the result lists. */
  leftOut?: (refusals: readonly Refusal[]) => void
}

const BATCH_ENTRIES = 200
const BATCH_VALUES = 2_000_000

/**
 * Imports recordings of any format: one session for each session of the file. Recordings that are there already count
 * as duplicates; entries that do not fit are refused one by one, with the reason. Where the file as a whole is damaged
 * or of the wrong kind, the disk is full, or it is cancelled, the store is left as it was. Throws what the format's
 * reader throws, `cancelled`, `empty-recording` where the file holds nothing, `conflict` where a writer of a name that
 * is here could be somebody else, and what the store refuses as a whole, such as `disk-full`.
 */
export async function importRecordings(
  store: Store,
  format: FormatName,
  path: string,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const intake = new Intake(store, path, {
    prefix: options.writerPrefix ?? '',
    sameWriters: options.sameWriters ?? false,
  })
  try {
    let [batch, values, seen]: [Entry[], number, number] = [[], 0, 0]
    const settle = (share: number): void => {
      intake.take(batch)
      ;[batch, values] = [[], 0]
      refuseStrictly(intake.result, path, options.strict)
      options.progress?.({ share, imported: intake.result.imported })
    }
    for await (const entry of readEntries(format, path, options)) {
      if (options.signal?.aborted === true) throw cancelled(path)
      batch.push(entry)
      if (!('note' in entry)) seen++
      values += 'recording' in entry ? entry.recording.signal.values.length : 0
      if (batch.length < BATCH_ENTRIES && values < BATCH_VALUES) continue
      settle(entry.share)
      // Others have their turn: pens that are recording, windows that ask.
      await setImmediate()
    }
    settle(1)
    if (seen === 0)
      throw new KalamosError(
        'empty-recording',
        `${path} holds no recording.`,
        'Check that it is the right file, and the right format.',
      )
    options.leftOut?.(intake.refusals)
    return intake.finish()
  } catch (error) {
    intake.takeBack()
    throw options.signal?.aborted === true && error instanceof KalamosError && error.code === 'cancelled'
      ? cancelled(path)
      : error
  }
}

function cancelled(path: string): KalamosError {
  return new KalamosError(
    'cancelled',
    `The import of ${path} was cancelled; nothing of it was kept.`,
    'Import it again when it suits.',
  )
}

function refuseStrictly({ refused, refusedCount }: ImportResult, path: string, strict: boolean | undefined): void {
  const first = refused[0]
  if (strict !== true || first === undefined) return
  const more = refusedCount > 1 ? ` So do ${refusedCount - 1} more that were looked at.` : ''
  throw new KalamosError(
    'invalid-input',
    `${path}, ${english(first.where)} does not fit: ${english(first.reason)}.${more} Nothing was imported.`,
    'Correct the file, or import without asking for all of it.',
  )
}
