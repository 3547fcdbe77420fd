import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { KalamosError } from '../../shared/errors.ts'
import { writeWhole } from '../files/whole-file.ts'
import { randomOrder } from './random-order.ts'

export const FOLDS = 5
/** With fewer writers than this, holding one back would leave too few to learn from. */
const HOLDOUT_FROM_WRITERS = 5

/**
 * Which fold everybody and every word belongs to, for good: once frozen, nothing ever moves, and what is recorded later
 * is added. The writers of the holdout are in no fold; no training may touch them.
 */
const Folds = v.object({
  version: v.literal(1),
  folds: v.literal(FOLDS),
  holdout: v.array(v.string()),
  writers: v.record(v.string(), v.number()),
  words: v.record(v.string(), v.number()),
})
export type Folds = v.InferOutput<typeof Folds>

/** What dividing needs to know of a recording. */
export interface Foldable {
  writer: string
  device: string
  label: string
  /** So many recordings alike; one without it. */
  recordings?: number
}

/** Folds before anything was frozen. */
export const NO_FOLDS: Folds = { version: 1, folds: FOLDS, holdout: [], writers: {}, words: {} }

/** Where the folds of a database are kept. */
export function foldsFileOf(store: { readonly files: string }): string {
  return join(store.files, 'folds.json')
}

/**
 * The frozen folds; none where none were frozen yet. Throws `decode-failed` where the file is damaged: guessing would
 * move people between folds.
 */
export async function readFolds(path: string): Promise<Folds> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_FOLDS
    throw error
  }
  const result = v.safeParse(Folds, safeJson(text))
  if (result.success) return result.output
  throw new KalamosError(
    'decode-failed',
    `${path}, which keeps the frozen folds, is damaged.`,
    'Restore it from a backup; without it, people would move between folds.',
  )
}

/**
 * Keeps folds; the earlier ones stand until the new ones are whole on the disk. Throws `disk-full` or `not-writable`.
 */
export function keepFolds(path: string, folds: Folds): void {
  writeWhole(path, `${JSON.stringify(folds, null, 1)}\n`)
}

/**
 * Adds whoever and whatever is new to the folds. New writers come into the fold that has least of their pen, then least
 * of all; new words into the fold that has least. The holdout grows until it has its share of all writers, by a draw
 * that depends on the names alone; those whom a model has seen (`touched`) come last.
 */
export function extendFolds(
  frozen: Folds,
  recordings: readonly Foldable[],
  holdoutShare: number,
  touched: ReadonlySet<string> = new Set(),
): Folds {
  const folds: Folds = {
    ...frozen,
    holdout: [...frozen.holdout],
    writers: bare(frozen.writers),
    words: bare(frozen.words),
  }
  const writers = [...new Set(recordings.map(({ writer }) => writer))]
  const isNew = (writer: string): boolean => folds.writers[writer] === undefined && !folds.holdout.includes(writer)
  const everybody = new Set([...writers, ...folds.holdout, ...Object.keys(folds.writers)]).size
  const wanted =
    everybody < HOLDOUT_FROM_WRITERS || holdoutShare === 0 ? 0 : Math.max(1, Math.round(holdoutShare * everybody))
  const drawn = randomOrder(writers.filter(isNew))
  for (const writer of [...drawn.filter((each) => !touched.has(each)), ...drawn.filter((each) => touched.has(each))])
    if (folds.holdout.length < wanted) folds.holdout.push(writer)

  const inFolds = recordings.filter(({ writer }) => !folds.holdout.includes(writer))
  spread(
    folds.writers,
    inFolds,
    ({ writer }) => writer,
    ({ device }) => device,
  )
  spread(
    folds.words,
    inFolds,
    ({ label }) => label,
    () => '',
  )
  return folds
}

/** Gives each new group the fold that has least of its kind, the largest groups first. */
function spread(
  assigned: Record<string, number>,
  recordings: readonly Foldable[],
  groupOf: (recording: Foldable) => string,
  kindOf: (recording: Foldable) => string,
): void {
  const groups = new Map<string, Map<string, number>>()
  for (const recording of recordings) {
    const kinds = groups.get(groupOf(recording)) ?? new Map<string, number>()
    groups.set(
      groupOf(recording),
      kinds.set(kindOf(recording), (kinds.get(kindOf(recording)) ?? 0) + (recording.recordings ?? 1)),
    )
  }
  const load = Array.from({ length: FOLDS }, () => new Map<string, number>())
  const put = (group: string, fold: number): void => {
    for (const [kind, count] of groups.get(group) ?? []) load[fold]!.set(kind, (load[fold]!.get(kind) ?? 0) + count)
  }
  const total = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0)
  for (const [group, fold] of Object.entries(assigned)) put(group, fold)
  const fresh = randomOrder([...groups.keys()].filter((group) => assigned[group] === undefined))
  for (const group of fresh.sort((a, b) => total(groups.get(b)!) - total(groups.get(a)!))) {
    const kinds = [...groups.get(group)!.keys()]
    const ofKind = (fold: number): number => kinds.reduce((sum, kind) => sum + (load[fold]!.get(kind) ?? 0), 0)
    const fold = Array.from({ length: FOLDS }, (_, each) => each).reduce((best, each) =>
      (ofKind(each) - ofKind(best) || total(load[each]!) - total(load[best]!)) < 0 ? each : best,
    )
    assigned[group] = fold
    put(group, fold)
  }
}

/** A record that holds nothing but what was put in: `constructor` is a word that people may write. */
function bare(record: Record<string, number>): Record<string, number> {
  return Object.assign(Object.create(null) as Record<string, number>, record)
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
