import { existsSync } from 'node:fs'
import type { App } from '../../src/main/app/app.ts'
import { baseTraining } from '../../src/main/training/base/recipe.ts'
import { modelOf, saveModel } from '../../src/main/ml/checkpoint/model.ts'
import { initialModel, namedConfig, parameterCount } from '../../src/main/ml/models/index.ts'
import { resource, version } from '../../src/main/files/paths.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { symbols, WORD_ALPHABET } from '../../src/shared/text.ts'

export interface BenchedModel {
  id: number
  /** What was measured: the model that ships, or a network of its size whose weights are drawn by chance. */
  name: 'base' | 'rewi-s, untrained'
}

/**
 * The model that ships; where there is none yet, an untrained network of the same size, which takes as long to read.
 */
export async function modelFor(app: App): Promise<BenchedModel> {
  if (existsSync(resource('models', 'base.json')))
    return { id: (await app.request('models.addBase', {})).id, name: 'base' }
  const classes = symbols(WORD_ALPHABET)
  const network = namedConfig('rewi-s', { channels: PEN_CHANNELS.length, classes: classes.length + 1 })
  const card = {
    format: 'kalamos-model',
    version: 1,
    name: 'untrained',
    createdAt: Date.now(),
    codeVersion: version(),
    kind: 'rewi-s',
    network,
    parameters: parameterCount(network),
    task: 'ctc',
    classes,
    channels: PEN_CHANNELS.map(({ name }) => name),
    rateHz: 100,
    preprocessing: { resampling: 'linear, gaps filled', normalisation: { by: 'recording' }, minimumFrames: 32 },
    sourceRates: [100, 100] as [number, number],
    trainedOn: { recordings: 0, writers: 0, virtual: true, ids: [], heldOutIds: [] },
    config: baseTraining({ epochs: 3, seed: 1 }),
    backend: 'none',
    threads: 1,
    epochs: 0,
    scores: null,
  } as const
  const owned = { ...card, classes: [...card.classes], trainedOn: { ...card.trainedOn, ids: [], heldOutIds: [] } }
  saveModel(app.store.files, 'untrained', { card: owned, ...initialModel(network, 1) })
  const model = { ...owned, calibration: null, weights: { file: 'untrained.safetensors', bytes: 0, sha256: '' } }
  return {
    id: app.store.models.create({ ...modelOf(model, null), files: ['untrained.safetensors', 'untrained.json'] }).id,
    name: 'rewi-s, untrained',
  }
}
