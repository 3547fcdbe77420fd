import { join } from 'node:path'
import type { Model } from '../../../shared/api/training.ts'
import type { ModelSignature } from '../data/types.ts'
import type { NamedArrays } from '../../compute/engine/types.ts'
import { initialModel } from '../models/index.ts'
import { ModelCard } from './card.ts'
import { damaged, readCard, readWeights, writeCard, writeWeights } from './weights.ts'

/** A recogniser out of its files. */
export interface StoredModel {
  card: ModelCard
  weights: NamedArrays
  state: NamedArrays
}

/** Writes `<folder>/<base>.safetensors`, then `<folder>/<base>.json`. Returns both paths, the weights first. */
export function saveModel(
  folder: string,
  base: string,
  { card, weights, state }: { card: Omit<ModelCard, 'weights'>; weights: NamedArrays; state: NamedArrays },
): [string, string] {
  const [weightsPath, cardPath] = [join(folder, `${base}.safetensors`), join(folder, `${base}.json`)]
  const written = writeWeights(weightsPath, { weights, state })
  writeCard(cardPath, { ...card, weights: written } satisfies ModelCard)
  return [weightsPath, cardPath]
}

/**
 * Reads a model by its card. Throws `checkpoint-damaged` where the card or the weights are not whole,
 * or where the weights are not those of the network that the card describes.
 */
export function loadModel(cardPath: string): StoredModel {
  const card = readCard(cardPath, ModelCard)
  const { weights = {}, state = {} } = readWeights(cardPath, card.weights)
  const { normalisation } = card.preprocessing
  if (
    normalisation.by === 'training set' &&
    (normalisation.mean.length !== card.channels.length || normalisation.deviation.length !== card.channels.length)
  ) {
    throw damaged(cardPath, 'its normalisation is not for its channels')
  }
  const expected = initialModel(card.network, 0)
  checkShapes(cardPath, expected.weights, weights)
  checkShapes(cardPath, expected.state, state)
  return { card, weights, state }
}

/** What the model takes in and gives out. */
export function signatureOf({
  task,
  channels,
  rateHz,
  classes,
  preprocessing,
}: Pick<ModelCard, 'task' | 'channels' | 'rateHz' | 'classes' | 'preprocessing'>): ModelSignature {
  const { minimumFrames, normalisation, pose } = preprocessing
  return { task, channels, rateHz, classes, minimumFrames, normalisation, ...(pose ? { pose } : {}) }
}

/** What the app tells of a model. */
export function modelOf(card: ModelCard, runId: number | null): Omit<Model, 'id' | 'createdAt'> {
  const {
    name,
    kind,
    task,
    parameters,
    classes,
    channels,
    rateHz,
    trainedOn,
    scores,
    lexicon,
    calibration,
    measured,
    trainSeconds,
    preprocessing: { pose },
  } = card
  const { recordings, writers, virtual, reenacted, doubtfulRolls } = trainedOn
  const alphabet = [...new Set(classes.flatMap((label) => [...label]))].join('')
  return {
    name,
    kind,
    task,
    parameters,
    alphabet,
    ...(task === 'classes' ? { classes } : {}),
    channels,
    rateHz,
    ...(pose ? { pose } : {}),
    ...(doubtfulRolls ? { doubtfulRolls } : {}),
    trainedOn: { recordings, writers, virtual, ...(reenacted === undefined ? {} : { reenacted }) },
    scores,
    lexicon: lexicon ?? null,
    reliability: calibration?.reliability ?? null,
    measured: measured ?? null,
    trainSeconds: trainSeconds ?? null,
    runId,
  }
}

function checkShapes(path: string, expected: NamedArrays, found: NamedArrays): void {
  for (const [name, { shape }] of Object.entries(expected)) {
    const array = found[name]
    if (!array) throw damaged(path, `the weights of its network lack ${name}`)
    if (array.shape.join() !== shape.join())
      throw damaged(path, `${name} has shape [${array.shape.join(', ')}] instead of [${shape.join(', ')}]`)
    if (!array.values.every(Number.isFinite)) throw damaged(path, `${name} holds values that are not numbers`)
  }
  const strange = Object.keys(found).find((name) => !Object.hasOwn(expected, name))
  if (strange !== undefined) throw damaged(path, `${strange} belongs to no part of its network`)
}
