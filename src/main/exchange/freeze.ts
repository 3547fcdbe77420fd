import * as v from 'valibot'
import type { Output } from '../../shared/api.ts'
import { modelsTrainedOn } from '../store/erase.ts'
import type { Store } from '../store/index.ts'
import { labelledGroups } from '../store/labelled.ts'
import { extendFolds, foldsFileOf, keepFolds, readFolds, type Foldable } from './folds.ts'

/**
 * Under this name a database keeps that its folds are frozen while it is collected, and which share of the writers is
 * held out.
 */
const SETTING = 'folds'
const Frozen = v.object({ holdout: v.pipe(v.number(), v.minValue(0), v.maxValue(0.5)) })

/** The share of writers to hold out; null where nobody froze folds, so that an export of them is the first to. */
export function frozenShare(store: Store): number | null {
  return store.settings.get(SETTING, Frozen)?.holdout ?? null
}

/**
 * Draws a fold for everybody and every word of people here, and holds a share of the writers out. From now on whoever
 * comes gets a place before any training can learn from them: with their first session, or with the import that brings
 * them. Writers that no model has seen are held out first. Throws `decode-failed` where the frozen folds are damaged.
 */
export async function freezeFolds(store: Store, holdout: number): Promise<Output<'exchange.folds'>> {
  await readFolds(foldsFileOf(store))
  store.settings.set(SETTING, { holdout })
  await extend(store, [], holdout)
  return foldsNow(store)
}

/** Gives whoever is new a place, where folds are frozen. `coming` is what a session is about to record. */
export async function keepFoldsUp(store: Store, coming: readonly Foldable[] = []): Promise<void> {
  const share = frozenShare(store)
  if (share !== null) await extend(store, coming, share)
}

/**
 * What a session that begins is going to record: its writer with its pen, and the words of its plan. Nothing, where
 * nobody real writes.
 */
export function comingWith(store: Store, sessionId: number): Foldable[] {
  const { writerName: writer, deviceName: device, virtual } = store.sessions.get(sessionId)
  const labels = store.promptedSessions
    .get(sessionId)
    .plan.prompts.flatMap(({ label }) => (label === null ? [] : [label]))
  return virtual ? [] : labels.map((label) => ({ writer, device, label }))
}

/** Who and what is in the folds, and which models have seen somebody who is held out. */
export async function foldsNow(store: Store): Promise<Output<'exchange.folds'>> {
  const { writers, words, holdout } = await readFolds(foldsFileOf(store))
  return {
    writers: Object.keys(writers).length,
    words: Object.keys(words).length,
    holdout,
    share: frozenShare(store),
    models: modelsTrainedOn(store, recordingsOf(store, holdout)),
  }
}

async function extend(store: Store, coming: readonly Foldable[], share: number): Promise<void> {
  const path = foldsFileOf(store)
  const frozen = await readFolds(path)
  const isNewcomer = (writer: string): boolean =>
    !Object.hasOwn(frozen.writers, writer) && !frozen.holdout.includes(writer)
  // Nobody needs a virtual writer held out: there is always another one.
  const all = [...labelledGroups(store.connection).filter(({ virtual }) => !virtual), ...coming]
  if (
    !all.some(
      ({ writer, label }) =>
        isNewcomer(writer) || (!Object.hasOwn(frozen.words, label) && !frozen.holdout.includes(writer)),
    )
  )
    return
  const newcomers = new Set(all.map(({ writer }) => writer).filter(isNewcomer))
  const touched = new Set(
    [...newcomers].filter((writer) => modelsTrainedOn(store, recordingsOf(store, [writer])).length > 0),
  )
  keepFolds(path, extendFolds(frozen, all, share, touched))
}

function recordingsOf(store: Store, names: readonly string[]): Set<number> {
  const wanted = new Set(names)
  const writers = store.writers.list().filter(({ name }) => wanted.has(name))
  return new Set(writers.flatMap(({ id }) => [...store.recordings.idsOfWriter(id)]))
}
