import type { Handlers, Output } from '../../shared/api.ts'
import type { review } from '../../shared/api/review.ts'
import type { Events } from '../process/events.ts'
import type { Store, Which } from '../store/index.ts'
import { Judging } from './judging.ts'
import { isUnreadable, ModelReader, type ModelReaderDeps } from './model-reader.ts'
import { pictureOf } from './picture.ts'
import { rejudgeIn } from './rejudge.ts'
import { reviewOf } from './recording.ts'

export type ReviewHandlers = Pick<Handlers, keyof typeof review>

/** Looking through recordings and mending them, as the entry points ask for it. */
export function openReview(deps: ModelReaderDeps): { handlers: ReviewHandlers; close(): Promise<void> } {
  const reader = new ModelReader(deps)
  const judging = new Judging(deps)
  return {
    handlers: { ...looking(deps.store, reader), ...reading(deps.store, reader), ...editing(deps, judging) },
    close: async () => {
      await judging.close()
      await reader.close()
    },
  }
}

function looking(store: Store, reader: ModelReader) {
  return {
    'review.list': ({ filter, sort, limit, ...from }) => store.catalogue.page(filter, sort, limit, from),
    'review.get': (input) => reviewOf(store, reader, input),
    'review.image': ({ id }) => pictureOf(store, id),
    'review.choices': () => ({ ...store.catalogue.choices(), models: store.readings.counts() }),
    'review.overview'({ filter }) {
      const locked = store.holdout.writers()
      return store.catalogue.overview(filter, (writer) => locked.has(writer))
    },
    'review.history': ({ limit }) => ({ entries: store.history.entries(limit), state: store.history.state() }),
  } satisfies Partial<Handlers>
}

function reading(store: Store, reader: ModelReader) {
  return {
    async 'review.read'({ id, modelId }) {
      const recording = store.recordings.get(id)
      const models = modelId === undefined ? reader.suitable(recording.channels).map((model) => model.id) : [modelId]
      const refused: Output<'review.read'>['refused'] = []
      for (const each of models) {
        try {
          await reader.read(recording, each)
        } catch (error) {
          if (!isUnreadable(error)) throw error
          refused.push({ modelId: each, reason: error.said })
        }
      }
      return { readings: store.readings.of(id), refused }
    },
    'review.readAll': ({ modelId, which }) => reader.readAll(modelId, which),
    'review.cancelReading'() {
      reader.cancel()
      return {}
    },
  } satisfies Partial<Handlers>
}

function editing({ store, events }: { store: Store; events: Events }, judging: Judging) {
  const { edits, history, recordings } = store
  const rejudge = rejudgeIn(store)
  const changed = (): void => {
    events.emit('recordings.changed', { total: recordings.count({}) })
    events.emit('review.edited', history.state())
  }
  const edited = (ids: readonly number[], hidden: number[] = []): Output<'review.trim'> => {
    changed()
    return { recordings: recordings.byIds(ids), hidden, state: history.state() }
  }
  const many = (edit: (which: Which) => number, which: Which): Output<'review.delete'> => {
    const count = edit(which)
    if (count > 0) changed()
    return { changed: count, state: history.state() }
  }
  return {
    'review.trim'({ id, first, end }) {
      edits.trim(id, first, end, rejudge)
      return edited([id])
    },
    'review.split': ({ id, at, labels }) => edited([id, edits.split(id, at, labels, rejudge)]),
    'review.merge'({ ids, label }) {
      const kept = edits.merge(ids, label, rejudge)
      return edited(
        [kept],
        ids.filter((id) => id !== kept),
      )
    },
    'review.relabel'({ id, label }) {
      edits.relabel(id, label, rejudge)
      return edited([id])
    },
    'review.relabelAll': ({ which, label }) => many((each) => edits.relabelAll(each, label, rejudge), which),
    'review.tag': ({ which, tag }) => many((each) => edits.tag(each, tag), which),
    'review.exclude': ({ which, reason }) => many((each) => edits.exclude(each, reason), which),
    'review.include': ({ which }) => many((each) => edits.include(each), which),
    'review.delete': ({ which }) => many((each) => edits.delete(each), which),
    'review.judge': async ({ which }) => {
      try {
        return { judged: await judging.judge(which) }
      } finally {
        changed()
      }
    },
    'review.cancelJudging'() {
      judging.cancel()
      return {}
    },
    'review.undo'() {
      const undone = history.undo()
      if (undone !== null) changed()
      return { undone: undone?.description ?? null, ids: undone?.ids ?? [], state: history.state() }
    },
    'review.redo'() {
      const redone = history.redo()
      if (redone !== null) changed()
      return { redone: redone?.description ?? null, ids: redone?.ids ?? [], state: history.state() }
    },
  } satisfies Partial<Handlers>
}
