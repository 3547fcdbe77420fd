import type { Output, ValidInput } from '../../shared/api.ts'
import type { Adaptation, AdaptationOrder, ModelChoice } from '../../shared/api/adaptation.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { symbols } from '../../shared/text.ts'
import type { Events } from '../process/events.ts'
import { chooseOthers, describeRehearsalBuffer } from '../training/fine-tuning/others.ts'
import { styleEstimatorFor, SYNTHETIC_WORDS } from '../training/fine-tuning/pre-train.ts'
import { loadModel, type StoredModel } from '../ml/checkpoint/model.ts'
import type { Engine } from '../compute/engine/types.ts'
import type { TrainingQueue } from '../training/queue/queue.ts'
import { labelCheckBy } from '../quality/index.ts'
import { loadRecogniser } from '../ml/inference/recogniser.ts'
import type { StoredAdaptation } from '../store/adaptations.ts'
import type { Store } from '../store/index.ts'
import { builtinWords } from '../words/lists.ts'
import { modelFor } from './choose.ts'
import { compareModels } from './compare.ts'
import { describe, underWay } from './describe.ts'
import { doubtfulWords } from './doubts.ts'
import { coverage, coverAlphabet } from './enrolment.ts'
import { exportVersion } from './export.ts'
import { estimateStyle } from './style.ts'
import { planOrder, type Planned } from './order.ts'

export interface AdaptingOptions {
  store: Store
  events: Events
  queue: TrainingQueue
  openEngine(model: StoredModel): Promise<Engine>
  /** Which models can read a pen. Throws `not-found` for a pen that is not there. */
  fits(deviceId: string): readonly { modelId: number; fits: boolean }[]
}

/** Fits models to writers, keeps the versions that come of it, and says which model reads whom. */
export class Adapting {
  readonly #options: AdaptingOptions
  readonly #stop: () => void

  constructor(options: AdaptingOptions) {
    this.#options = options
    this.#stop = options.events.on('runs.changed', (run) => {
      const stored = run.config.adapt && options.store.adaptations.ofRun(run.id)
      if (stored) this.#changed(stored.id)
    })
  }

  close(): void {
    this.#stop()
  }

  /** What an order would learn from. Throws `not-found` for no such writer or model. */
  preview(order: AdaptationOrder): Output<'adapt.preview'> {
    const { store } = this.#options
    const { from, card, planned } = this.#plan(order)
    const others = chooseOthers(store.recordings, card, order.writerId)
    const labels = planned.selection?.train.map(({ label }) => label) ?? []
    const crossValidated = planned.config.split.heldOut === 0
    const measured = crossValidated ? planned.words : Math.round(planned.words * planned.config.split.heldOut)
    return {
      from,
      words: planned.words,
      virtualWords: planned.virtualWords,
      ownWords: (planned.selection?.train ?? []).filter(({ virtual }) => !virtual).length,
      leftOut: planned.leftOut,
      ...(card.task === 'ctc' ? coverage(labels, card.classes) : classCoverage(labels, card.classes)),
      ...coveredCounts(card.task === 'ctc' ? labels.flatMap(symbols) : labels, card.classes),
      how: crossValidated ? 'cross-validated' : 'held out',
      learned: crossValidated ? planned.words : planned.words - measured,
      measured,
      rehearsalBuffer: describeRehearsalBuffer(others),
      synthetic: styleEstimatorFor(card, others) ? SYNTHETIC_WORDS : 0,
      others: measuredOthers(others),
      refused: planned.refused,
    }
  }

  /** Words whose labels the model strongly doubts. Throws `not-found`. */
  async doubtfulLabels(writerId: number, modelId: number | null): Promise<Output<'adapt.doubtfulLabels'>> {
    const { store, openEngine } = this.#options
    const { model, planned } = this.#plan({
      writerId,
      modelId,
      recipe: 'all',
      loss: { kind: 'plain' },
      leaveOut: [],
      seed: 1,
    })
    const words = planned.selection?.train ?? []
    if (words.length === 0) return { looked: 0, words: [] }
    const checker = labelCheckBy(await loadRecogniser(model, openEngine))
    try {
      return { looked: words.length, words: await doubtfulWords(store.recordings, words, checker) }
    } finally {
      await checker.dispose()
    }
  }

  /** The style estimated from a writer's words. Throws `not-found`. */
  async style(writerId: number, modelId: number | null): Promise<Output<'adapt.style'>> {
    const { store, openEngine } = this.#options
    const { model, card, planned } = this.#plan({
      writerId,
      modelId,
      recipe: 'all',
      loss: { kind: 'plain' },
      leaveOut: [],
      seed: 1,
    })
    const reader = styleEstimatorFor(card, chooseOthers(store.recordings, card, writerId))
    const words = planned.selection?.train ?? []
    if (!reader || words.length === 0) return null
    const engine = await openEngine(model)
    try {
      return await estimateStyle(words, store.recordings, { reader, model, engine })
    } finally {
      await engine.dispose()
    }
  }

  /** Words to write that cover the letters of the model. Throws `not-found`. */
  enrolment({ writerId, modelId, words }: ValidInput<'adapt.enrolment'>): Output<'adapt.enrolment'> {
    const { store } = this.#options
    const { card } = this.#model(writerId, modelId).model
    if (card.task === 'classes') {
      const prompts = Array.from({ length: words }, (_, at) => card.classes[at % card.classes.length]!)
      return { prompts, ...classCoverage(prompts, card.classes) }
    }
    const written = new Set([...store.recordings.each({ writerId })].flatMap(({ label }) => label ?? []))
    const fresh = coverAlphabet(builtinWords(), card.classes, words, written)
    return fresh.prompts.length === words ? fresh : coverAlphabet(builtinWords(), card.classes, words)
  }

  /**
   * Throws `not-found`, `invalid-input` with too few words, `conflict` while another adaptation of the writer is under
   * way.
   */
  start(order: AdaptationOrder): Adaptation {
    const { store, queue } = this.#options
    const { from, planned } = this.#plan(order)
    const busy = this.list(order.writerId).find(({ state }) => underWay(state))
    if (busy)
      throw new KalamosError(
        'conflict',
        say('adapt.version-still-being-made', { version: busy.version, writerName: busy.writerName }),
        say('learning.wait-cancel'),
      )
    if (planned.refused) throw new KalamosError('invalid-input', planned.refused.message, planned.refused.hint)
    const run = queue.start(planned.config)
    return this.#changed(
      store.adaptations.create({
        writerId: order.writerId,
        fromModelId: from.modelId,
        runId: run.id,
        config: planned.config,
      }).id,
    )
  }

  /** Throws `not-found`, or `conflict` for one that has ended. */
  cancel(id: number): Adaptation {
    this.#options.queue.cancel(this.#runOf(id))
    return this.get(id)
  }

  /** Throws `not-found`, or `conflict` for one that is not at rest. */
  resume(id: number): Adaptation {
    const { state, version } = this.get(id)
    if (state === 'candidate' || state === 'kept' || state === 'discarded')
      throw new KalamosError('conflict', say('adapt.version-finished-nothing-resume', { version }))
    this.#options.queue.resume(this.#runOf(id))
    return this.get(id)
  }

  get(id: number): Adaptation {
    return describe(this.#options.store, this.#options.store.adaptations.get(id))
  }

  list(writerId?: number): Adaptation[] {
    return this.#options.store.adaptations.list(writerId).map((stored) => describe(this.#options.store, stored))
  }

  /** Keeps a candidate and lets it read the writer. Throws `conflict` for what is none. */
  keep(id: number): Adaptation {
    const { adaptations } = this.#options.store
    const { writerId } = this.#candidate(id)
    this.#options.store.transaction(() => {
      adaptations.decide(id, 'kept')
      adaptations.activate(writerId, id)
    })
    this.#chosen(writerId)
    return this.#changed(id)
  }

  /** Throws a candidate away, with its weights. Throws `conflict` for what is none. */
  discard(id: number): Adaptation {
    const { modelId } = this.#candidate(id)
    this.#options.store.adaptations.decide(id, 'discarded')
    this.#deleteModel(modelId)
    return this.#changed(id)
  }

  /** Lets a kept version read its writer. Throws `conflict` for one that is not kept, or whose model is gone. */
  restore(id: number): Adaptation {
    const { adaptations } = this.#options.store
    const { writerId, version, decision, modelId } = adaptations.get(id)
    if (decision !== 'kept' || modelId === null)
      throw new KalamosError(
        'conflict',
        say(decision === 'kept' ? 'adapt.version-model-deleted' : 'adapt.version-not-kept', { version }),
        say('adapt.choose-version-kept'),
      )
    adaptations.activate(writerId, id)
    this.#chosen(writerId)
    return this.#changed(id)
  }

  /** Lets no version read a writer. */
  deactivate(writerId: number): ModelChoice {
    this.#options.store.writers.get(writerId)
    const active = this.#options.store.adaptations.active(writerId)
    this.#options.store.adaptations.activate(writerId, null)
    if (active) this.#changed(active.id)
    this.#chosen(writerId)
    return this.modelFor(writerId)
  }

  /** Deletes an adaptation, its version and its run. Throws `conflict` while it is under way. */
  delete(id: number): void {
    const { store, queue, events } = this.#options
    const { state, version, modelId, writerId, active, runId } = this.get(id)
    if (underWay(state))
      throw new KalamosError(
        'conflict',
        say('adapt.version-still-being-made-2', { version }),
        say('learning.cancel-first'),
      )
    if (runId !== null) queue.delete(runId)
    store.adaptations.delete(id)
    this.#deleteModel(modelId)
    events.emit('adapt.deleted', { id })
    if (active) this.#chosen(writerId)
  }

  /** Throws `conflict` where there is no model, or a file is in the way. */
  export(id: number, folder: string): Output<'adapt.export'> {
    const { store } = this.#options
    const { modelId, version, writerName } = this.get(id)
    if (modelId === null)
      throw new KalamosError(
        'conflict',
        say('adapt.version-no-model', { version, writerName }),
        say('adapt.choose-version-kept-candidate'),
      )
    return { files: exportVersion(store.models.paths(modelId), folder, `${writerName}-version-${version}`) }
  }

  /** Throws `not-found` where there is no word that neither model learned from. */
  compare({ writerId, before, after }: ValidInput<'adapt.compare'>): Promise<Output<'adapt.compare'>> {
    const { store, openEngine } = this.#options
    return compareModels(
      store.recordings,
      store.writers.get(writerId),
      [this.#load(before), this.#load(after)],
      openEngine,
    )
  }

  /** Which model reads a writer. Throws `not-found` for no such writer or pen. */
  modelFor(writerId: number | null, deviceId?: string): ModelChoice {
    const { store, fits } = this.#options
    if (deviceId === undefined) return modelFor(store, writerId)
    const fitting = new Set(fits(deviceId).flatMap(({ modelId, fits }) => (fits ? [modelId] : [])))
    return modelFor(store, writerId, (modelId) => fitting.has(modelId))
  }

  /** Throws `not-found` for no such writer or model, `conflict` for another writer's version. */
  choose(writerId: number | null, modelId: number | null): ModelChoice {
    const { store } = this.#options
    if (writerId !== null) store.writers.get(writerId)
    if (modelId !== null && store.adaptations.versionModels().has(store.models.get(modelId).id)) {
      throw new KalamosError(
        'conflict',
        say('adapt.writer-version', { name: store.models.get(modelId).name }),
        say('adapt.restore-version-let-read'),
      )
    }
    store.adaptations.choose(writerId, modelId)
    this.#chosen(writerId)
    return this.modelFor(writerId)
  }

  choices(): Output<'adapt.choices'> {
    return this.#options.store.writers.list().map(({ id }) => ({ writerId: id, choice: this.modelFor(id) }))
  }

  /**
   * What is to be deleted with a writer, to be called before: returns what deletes it, to be called after.
   * Throws `conflict` while an adaptation of theirs is under way.
   */
  forget(writerId: number): { modelIds: number[]; runIds: number[]; release: () => void } {
    const { queue, events } = this.#options
    const own = this.list(writerId)
    const busy = own.find(({ state }) => underWay(state))
    if (busy)
      throw new KalamosError(
        'conflict',
        say('adapt.version-still-being-made', { version: busy.version, writerName: busy.writerName }),
        say('adapt.cancel-delete-writer'),
      )
    return {
      modelIds: own.flatMap(({ modelId }) => modelId ?? []),
      runIds: own.flatMap(({ runId }) => runId ?? []),
      release: () => {
        for (const { id, modelId, runId } of own) {
          this.#deleteModel(modelId)
          if (runId !== null) queue.delete(runId)
          events.emit('adapt.deleted', { id })
        }
      },
    }
  }

  #plan(order: AdaptationOrder): {
    from: { modelId: number; name: string }
    model: StoredModel
    card: StoredModel['card']
    planned: Planned
  } {
    const { store } = this.#options
    const writer = store.writers.get(order.writerId)
    const { id, model } = this.#model(order.writerId, order.modelId)
    const { name } = store.models.get(id)
    return {
      from: { modelId: id, name },
      model,
      card: model.card,
      planned: planOrder(store.recordings, order, writer, { id, model, name }),
    }
  }

  /** The model to adapt: the given one, or that which would read the writer if there were no version. */
  #model(writerId: number, modelId: number | null): { id: number; model: StoredModel } {
    const id = modelId ?? modelFor(this.#options.store, writerId, undefined, { adapted: false }).model?.id
    if (id === undefined)
      throw new KalamosError('not-found', say('adapt.no-model-adapt'), say('adapt.train-add-base-model'))
    return { id, model: this.#load(id) }
  }

  #load(modelId: number): StoredModel {
    const [, cardPath] = this.#options.store.models.paths(modelId)
    if (cardPath === undefined)
      throw new KalamosError(
        'not-found',
        say('recognise.model-no-card', { modelId }),
        say('recognise.delete-train-again'),
      )
    return loadModel(cardPath)
  }

  #runOf(id: number): number {
    const { runId, version } = this.#options.store.adaptations.get(id)
    if (runId === null)
      throw new KalamosError('not-found', say('adapt.run-version-deleted', { version }), say('adapt.adapt-again'))
    return runId
  }

  #candidate(id: number): StoredAdaptation & { modelId: number } {
    const stored = this.#options.store.adaptations.get(id)
    const { state, version } = this.get(id)
    if (state !== 'candidate' || stored.modelId === null)
      throw new KalamosError('conflict', say('adapt.version-no-candidate', { version, state }))
    return { ...stored, modelId: stored.modelId }
  }

  #deleteModel(modelId: number | null): void {
    const { store, events } = this.#options
    if (modelId === null) return
    store.models.delete(modelId)
    events.emit('models.changed', store.models.list())
  }

  #changed(id: number): Adaptation {
    const adaptation = this.get(id)
    this.#options.events.emit('adapt.changed', adaptation)
    return adaptation
  }

  #chosen(writerId: number | null): void {
    this.#options.events.emit('adapt.choice', { writerId })
  }
}

/** How many of the letters or labels that a model knows are held, and how many are not. */
function coveredCounts(
  held: readonly string[],
  classes: readonly string[],
): { coveredCount: number; missingCount: number } {
  const known = new Set(held)
  const coveredCount = classes.filter((each) => known.has(each)).length
  return { coveredCount, missingCount: classes.length - coveredCount }
}

function classCoverage(labels: readonly string[], classes: readonly string[]): { covered: string; missing: string } {
  const held = new Set(labels)
  return {
    covered: classes.filter((label) => held.has(label)).join(' '),
    missing: classes.filter((label) => !held.has(label)).join(' '),
  }
}

function measuredOthers({ measured }: ReturnType<typeof chooseOthers>): Output<'adapt.preview'>['others'] {
  if (measured === null) return null
  if (measured.kind === 'virtual')
    return { kind: 'virtual', words: measured.writers * measured.perWriter, writers: measured.writers }
  return {
    kind: 'recorded',
    words: measured.recordings.length,
    writers: new Set(measured.recordings.map(({ writerId }) => writerId)).size,
  }
}
