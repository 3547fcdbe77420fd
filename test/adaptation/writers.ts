import { basename, join } from 'node:path'
import { planOrder } from '../../src/main/adaptation/order.ts'
import { adapt } from '../../src/main/training/fine-tuning/adapt.ts'
import { saveModel, loadModel, modelOf, type StoredModel } from '../../src/main/ml/checkpoint/model.ts'
import { train } from '../../src/main/training/train.ts'
import type { Store } from '../../src/main/store/index.ts'
import type { Signal } from '../../src/shared/signal.ts'
import { runFolder } from '../cleaning.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { configOf, folderFor, signalOf, storeFor } from '../training/small-store.ts'

/** Made-up words of two letters. */
export const WORDS = ['ab', 'ba', 'aab', 'bba', 'abb', 'baa', 'aba', 'bab', 'abab', 'baba', 'aabb', 'bbaa']

/** Two writers alike, and a third who holds the pen the other way round: what a general model has not seen. */
export const [FIRST, SECOND, TURNED] = ['w1', 'w2', 'turned'] as const

export function turned(signal: Signal): Signal {
  const width = signal.channels.length
  const values = signal.values.map((value, at) => (at % width === 0 ? -value : at % width === 2 ? 0.6 - value : value))
  return { ...signal, values }
}

export interface Words {
  store: Store
  ids: Record<string, number[]>
}

/** A store of made-up words, some of each writer. */
export function writersStore(own = WORDS): Words {
  const store = storeFor('adapt')
  const ids: Record<string, number[]> = {}
  for (const [place, name] of [FIRST, SECOND, TURNED].entries()) {
    const { id } = store.writers.create({ name, handedness: name === TURNED ? 'left' : 'right' })
    const session = store.sessions.create({ writerId: id, deviceName: 'test signal', origin: 'simulated', profile: {} })
    const words = name === TURNED ? own : WORDS
    ids[name] = words.map((label, at) => {
      const signal = signalOf(label, 1000 * place + at)
      return store.recordings.insert({
        sessionId: session.id,
        label,
        signal: name === TURNED ? turned(signal) : signal,
      }) as number
    })
    store.sessions.end(session.id)
  }
  return { store, ids }
}

let general: Promise<string> | undefined

/**
 * Trains the general model, once for all files of tests that share a process; before them, so that none of them waits
 * for it.
 */
export async function generalModel(): Promise<StoredModel> {
  general ??= trainGeneral()
  return loadModel(join(await general, 'general.json'))
}

/** A model that learned from the first two writers alone, added to the store. */
export async function addGeneralModel({ store, ids }: Words): Promise<number> {
  const trained = await generalModel()
  const known = [...ids[FIRST]!, ...ids[SECOND]!]
  const { weights: _, ...card } = trained.card
  const name = `general-${store.models.list().length}`
  saveModel(store.files, name, { ...trained, card: { ...card, trainedOn: { ...card.trainedOn, ids: known } } })
  return store.models.create({
    ...modelOf(trained.card, null),
    name: 'general',
    files: [`${name}.safetensors`, `${name}.json`],
  }).id
}

/**
 * A version of the turned writer that waits for a decision, made in one epoch: what it is worth is told, if not much.
 */
export async function addCandidate({ store }: Words, modelId: number): Promise<void> {
  const writer = store.writers.find(TURNED)!
  const base = modelIn(store, modelId)
  const order = {
    writerId: writer.id,
    modelId,
    recipe: 'adapter' as const,
    loss: { kind: 'plain' as const },
    leaveOut: [],
    seed: 1,
  }
  const { config, words } = planOrder(store.recordings, order, writer, { id: modelId, model: base })
  const job = {
    config: { ...config, epochs: 1, adapt: config.adapt! },
    base,
    source: store.recordings,
    folder: folderFor('candidate'),
    openEngine: openTestEngine,
    codeVersion: 'test',
  }
  const { report, ...trained } = await adapt(job)
  const run = store.runs.create(config)
  const { id, version } = store.adaptations.create({ writerId: writer.id, fromModelId: modelId, runId: run.id, config })
  const files = saveModel(store.files, `version-${version}`, trained).map((path) => basename(path))
  const model = store.models.create({
    ...modelOf(loadModel(join(store.files, files[1]!)).card, run.id),
    name: `general, ${TURNED}, version ${version}`,
    files,
  })
  store.adaptations.settle(id, model.id, report)
  store.runs.update(run.id, { state: 'finished', modelId: model.id, trainRecordings: words })
}

/** The folder that holds it. */
async function trainGeneral(): Promise<string> {
  const { store } = writersStore()
  const folder = runFolder('general')
  const source = {
    each: () => [...store.recordings.each({})].filter(({ writerName }) => writerName !== TURNED),
    signal: (id: number) => store.recordings.signal(id),
  }
  const trained = await train({
    config: configOf({ epochs: 30, split: { by: 'recording', heldOut: 0 } }),
    source,
    folder,
    openEngine: openTestEngine,
    codeVersion: 'test',
  })
  saveModel(folder, 'general', trained)
  store.close()
  return folder
}

export function modelIn(store: Store, id: number): StoredModel {
  return loadModel(store.models.paths(id)[1]!)
}
