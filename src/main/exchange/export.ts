import { lstat, readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { FormatName } from '../../shared/api/exchange.ts'
import type { Recording, RecordingFilter } from '../../shared/api/recordings.ts'
import { KalamosError } from '../../shared/errors.ts'
import { english } from '../../shared/messages/index.ts'
import { isRate, type Channel } from '../../shared/signal.ts'
import { Staging } from '../files/staging.ts'
import { rememberExport } from '../store/exported.ts'
import type { Store } from '../store/index.ts'
import { DataSheet, SHEETS, writeSheet } from './data-sheet.ts'
import { foldsFileOf } from './folds.ts'
import { frozenShare } from './freeze.ts'
import { formatNamed, writerOf } from './formats.ts'
import type { FormatCodec } from './format-codec.ts'
import { writeProblem } from './output-file.ts'
import { exists, kindOf } from './places.ts'
import type { Refusal, WriteContext } from './recording.ts'
import { StoredRecordings, type Chosen } from './stored.ts'

export interface ExportOptions {
  filter?: RecordingFilter
  /** Only these of what the filter leaves. */
  ids?: readonly number[] | undefined
  licence?: string
  /** What else others should know of the data. */
  notes?: string | undefined
  holdout?: number
  spreadsheet?: boolean | undefined
  progress?: (now: { share: number; exported: number }) => void
  /** Aborting stops with `cancelled`, and nothing that was written stays. */
  signal?: AbortSignal
  now?: () => number
}

export interface ExportResult {
  exported: number
  frames: number
  bytes: number
  /** The file or folder, and the data sheet where it lies beside. */
  files: string[]
  /** What is not in the export, and why; of very many only the first. */
  refused: Refusal[]
  refusedCount: number
}

const REFUSED_LISTED = 1000
const BREATHE_EVERY = 50

/**
 * Writes the store's recordings into a new file or folder, with a data sheet. It is written beside its place and takes
 * its name at the end, so that something that looks whole is whole. Throws `conflict` where the place is taken,
 * `empty-recording` where nothing matches or fits, `cancelled`, `disk-full` and `not-writable`; then nothing is left of
 * it.
 */
export async function exportRecordings(
  store: Store,
  format: FormatName,
  path: string,
  options: ExportOptions = {},
): Promise<ExportResult> {
  const codec = formatNamed(format)
  const make = writerOf(format)
  const finalPath = resolve(path)
  const beside = codec.about.place === 'folder' ? [] : SHEETS
  await refuseTaken([finalPath, ...beside.map((ending) => `${finalPath}${ending}`)])
  const chosen = { filter: options.filter ?? {}, ids: options.ids }
  const { expected, refused } = survey(store, codec, chosen, finalPath)
  const refusals = new Refusals(refused)
  store.recordings.giveKeys()

  const staging = stagingFor(finalPath)
  const context: WriteContext = { path: staging.path, expected, refuse: (refusal) => refusals.add(refusal) }
  const sink = await make(context, {
    finalPath,
    foldsFile: foldsFileOf(store),
    holdout: options.holdout ?? frozenShare(store) ?? 0.1,
    spreadsheet: options.spreadsheet ?? false,
  }).catch((error: unknown) => {
    staging.discard()
    throw writeProblem(finalPath, error)
  })
  const sheet = new DataSheet({
    format,
    licence: options.licence ?? null,
    notes: options.notes ?? null,
    madeAt: (options.now ?? Date.now)(),
  })
  try {
    let [exported, frames] = [0, 0]
    const writers = new Set<number>()
    const stored = new StoredRecordings(store)
    sheet.leaveOut(stored.excluded(chosen))
    for (const recording of stored.list(chosen)) {
      if (unfitFor(codec, recording) !== null) continue
      if (options.signal?.aborted === true)
        throw new KalamosError('cancelled', `The export to ${finalPath} was cancelled; nothing of it was kept.`)
      const before = refusals.count
      const whole = stored.load(recording)
      if (whole === null) {
        refusals.add({ where: placeOf(recording), reason: 'has damaged samples' })
        continue
      }
      await sink.write(whole)
      if (refusals.count > before) continue
      sheet.add(whole)
      writers.add(recording.writerId)
      exported++
      frames += recording.frames
      if (exported % BREATHE_EVERY !== 0) continue
      options.progress?.({ share: Math.min(1, frames / expected.frames), exported })
      await setImmediate()
    }
    await sink.close()
    if (exported === 0) throw nothingFits(finalPath, refusals.listed)
    await writeSheet(sheet, staging, codec.about.place)
    await staging.keep({ beside })
    rememberExport(store, writers, finalPath)
    const bytes = await bytesOf(finalPath)
    options.progress?.({ share: 1, exported })
    return {
      exported,
      frames,
      bytes,
      files: [finalPath, ...beside.map((ending) => `${finalPath}${ending}`)],
      refused: refusals.all(),
      refusedCount: refusals.count,
    }
  } catch (error) {
    await sink.abort()
    staging.discard()
    throw error instanceof KalamosError ? error : isFileProblem(error) ? writeProblem(finalPath, error) : error
  }
}

/** What an export would write, and what it would leave out and why; nothing is written. */
export function previewExport(
  store: Store,
  format: FormatName,
  chosen: Chosen,
): { recordings: number; leftOut: { reason: string; recordings: number }[] } {
  const codec = formatNamed(format)
  const stored = new StoredRecordings(store)
  const reasons = new Map<string, number>()
  const leaveOut = (reason: string, recordings: number): unknown =>
    reasons.set(reason, (reasons.get(reason) ?? 0) + recordings)
  let recordings = 0
  for (const recording of stored.list(chosen)) {
    const reason = codec.unfit?.(recording) ?? null
    if (reason === null) recordings++
    else leaveOut(reason, 1)
  }
  for (const [reason, count] of stored.excluded(chosen)) leaveOut(`excluded: ${reason}`, count)
  return { recordings, leftOut: [...reasons].map(([reason, count]) => ({ reason, recordings: count })) }
}

/** Looks over what will be written before anything is: how much it is, and what does not fit. */
function survey(
  store: Store,
  codec: FormatCodec,
  chosen: Chosen,
  path: string,
): { expected: WriteContext['expected']; refused: Refusal[] } {
  const expected = { recordings: 0, frames: 0 }
  const lists = new Map<string, readonly Channel[]>()
  const refused: Refusal[] = []
  for (const recording of new StoredRecordings(store).list(chosen)) {
    const reason = unfitFor(codec, recording)
    if (reason !== null) refused.push({ where: placeOf(recording), reason })
    else {
      expected.recordings++
      expected.frames += recording.frames
      lists.set(JSON.stringify(recording.channels), recording.channels)
    }
  }
  if (expected.recordings === 0) throw nothingFits(path, refused)
  return { expected: { ...expected, channelLists: [...lists.values()] }, refused }
}

/** Why a recording does not go out, or null. One with an impossible rate could not be read again from any format. */
function unfitFor(codec: FormatCodec, recording: Recording): string | null {
  return isRate(recording.rateHz) ? (codec.unfit?.(recording) ?? null) : 'has a rate that no pen has'
}

function placeOf(recording: Recording): string {
  return `recording ${recording.id} (${recording.writerName}, ${recording.label ?? 'no label'})`
}

function nothingFits(path: string, refused: readonly Refusal[]): KalamosError {
  if (refused.length === 0)
    return new KalamosError(
      'empty-recording',
      `There is nothing to export to ${path}.`,
      'Record or import something first, or choose by another filter.',
    )
  return new KalamosError(
    'invalid-input',
    `Nothing fits into ${path}: ${english(refused[0]!.where)} ${english(refused[0]!.reason)}.`,
    'Choose another format; parquet, npz, xdf and ndjson hold every recording.',
  )
}

async function refuseTaken(places: readonly string[]): Promise<void> {
  for (const place of places) {
    const found = await lstat(place).catch(() => null)
    if (found === null || (found.isDirectory() && (await readdir(place)).length === 0)) continue
    throw new KalamosError(
      'conflict',
      `${place} is there already.`,
      'Name a new place: an export never writes over anything.',
    )
  }
  const folder = dirname(places[0]!)
  if (!(await exists(folder)))
    throw new KalamosError('not-writable', `There is no folder ${folder}.`, 'Make it first, or name another place.')
}

function stagingFor(finalPath: string): Staging {
  try {
    return new Staging(finalPath)
  } catch (error) {
    throw writeProblem(finalPath, error)
  }
}

async function bytesOf(path: string): Promise<number> {
  if ((await kindOf(path)) === 'file') return (await stat(path)).size
  const inside = await readdir(path, { recursive: true, withFileTypes: true })
  const sizes = await Promise.all(
    inside.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name))),
  )
  return sizes.reduce((sum, { size }) => sum + size, 0)
}

function isFileProblem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

/** Keeps the first refusals and counts the others. */
class Refusals {
  readonly listed: Refusal[]
  count: number

  constructor(first: readonly Refusal[]) {
    this.listed = first.slice(0, REFUSED_LISTED)
    this.count = first.length
  }

  add(refusal: Refusal): void {
    this.count++
    if (this.listed.length < REFUSED_LISTED) this.listed.push(refusal)
  }

  all(): Refusal[] {
    const more = this.count - this.listed.length
    return more > 0 ? [...this.listed, { where: '', reason: `${more} more were left out` }] : this.listed
  }
}
