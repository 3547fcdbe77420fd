import { simulatedAmong } from '../../../shared/api/simulated.ts'
import type { Handlers } from '../../../shared/api.ts'
import type { Run, TrainingConfig } from '../../../shared/api/training.ts'
import { KalamosError } from '../../../shared/errors.ts'
import type { Events } from '../../process/events.ts'
import type { Store } from '../../store/index.ts'
import { baseState } from '../base/install.ts'
import { signatureOf, loadModel, type StoredModel } from '../../ml/checkpoint/model.ts'
import { selectRecordings, type Basis } from '../../ml/data/select.ts'
import { embeddingOfRun } from '../../ml/embedding/answer.ts'
import type { Evaluator } from '../evaluation/evaluator.ts'
import { reproducedRunConfig } from './reproduce.ts'
import type { TrainingQueue } from './queue.ts'
import { outlookOf, provedRecipe } from './recipe.ts'

export interface TrainingDeps {
  store: Store
  events: Events
  queue: TrainingQueue
  evaluator: Evaluator
}

/** Training, runs and models, as the entry points ask for them. */
export function trainingHandlers({ store, events, queue, evaluator }: TrainingDeps) {
  const tellModels = (): void => events.emit('models.changed', store.models.list())
  const start = async (config: TrainingConfig): Promise<Run> => {
    // What cannot be trained is refused here, before a process is started for it.
    const recipe = await provedRecipe(
      config,
      selectRecordings(store.recordings, config, basisFor(store, config)),
      store,
    )
    return queue.start(recipe ? { ...config, recipe } : config)
  }
  return {
    'train.preview'(config) {
      const selection = selectRecordings(store.recordings, config, basisFor(store, config))
      const { signature, train, heldOut, writers, leftOut } = selection
      return {
        trainRecordings: train.length,
        heldOutRecordings: heldOut.length,
        writers,
        alphabet: [...new Set(signature.classes.flatMap((label) => [...label]))].join(''),
        ...(signature.task === 'classes' ? { classes: [...signature.classes] } : {}),
        channels: [...signature.channels],
        rateHz: signature.rateHz,
        ...simulatedAmong([selection]),
        pose: signature.pose ?? 'as held',
        leftOut,
        ...outlookOf(config, selection, store),
      }
    },
    'train.start': start,
    'train.reproduce': ({ runId }) => start(reproducedRunConfig(store, store.runs.get(runId), queue.folder(runId))),
    'train.cancel': ({ runId }) => queue.cancel(runId),
    'train.resume': ({ runId }) => queue.resume(runId),
    'runs.list': () => queue.list(),
    'runs.embedding': ({ runId }) => embeddingOfRun(store.runs.get(runId), queue.folder(runId), store.recordings),
    'runs.delete'({ runId }) {
      queue.delete(runId)
      return {}
    },
    'models.list': () => store.models.list(),
    'models.base': () => baseState(store),
    'models.rename'({ id, name }) {
      const model = store.models.rename(id, name)
      tellModels()
      return model
    },
    'models.delete'({ id }) {
      const busy = store.runs
        .list()
        .find(
          ({ config, state }) =>
            config.startFrom === id && (state === 'queued' || state === 'preparing' || state === 'running'),
        )
      if (busy)
        throw new KalamosError('conflict', `Run ${busy.id} is training from this model.`, 'Cancel the run first.')
      store.models.delete(id)
      store.evaluations.forget(id)
      tellModels()
      return {}
    },
    'models.evaluate': async ({ id, filter, on }) => {
      const { evaluation, readings } = await evaluator.evaluate(storedModel(store, id), filter, on)
      store.transaction(() => {
        for (const { example, hypothesis, confidence } of readings)
          store.readings.keep(id, example.id, { text: hypothesis, confidence })
        store.evaluations.keep(id, evaluation)
      })
      return evaluation
    },
    'models.evaluations': ({ id }) => {
      const single = store.models.get(id).task === 'classes'
      return store.evaluations.of(id).map((stored) => (single ? { ...stored, lexicon: null } : stored))
    },
    'models.cancelEvaluation'() {
      evaluator.cancel()
      return {}
    },
  } satisfies Partial<Handlers>
}

/** A model of the store out of its files. Throws `not-found`, `checkpoint-damaged`. */
export function storedModel(store: Store, id: number): StoredModel {
  const [, cardPath] = store.models.paths(id)
  if (cardPath === undefined)
    throw new KalamosError('not-found', `Model ${id} has no card.`, 'Delete it and train again.')
  return loadModel(cardPath)
}

function basisFor(store: Store, { startFrom }: TrainingConfig): Basis | undefined {
  if (startFrom === null) return undefined
  const { card } = storedModel(store, startFrom)
  return { signature: signatureOf(card), model: card.network }
}
