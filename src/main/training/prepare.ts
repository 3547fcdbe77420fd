import { simulatedAmong } from '../../shared/api/simulated.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Recipe } from '../ml/checkpoint/card.ts'
import { hasCheckpoint, loadCheckpoint } from '../ml/checkpoint/checkpoint.ts'
import { signatureOf } from '../ml/checkpoint/model.ts'
import { checkUnchanged, fingerprintOf } from '../ml/data/reproduce.ts'
import { loadExamples } from '../ml/data/load.ts'
import { BY_RECORDING, normalisationOf, type Normalisation } from '../ml/data/normalise.ts'
import { selectRecordings, type Basis, type Selection } from '../ml/data/select.ts'
import type { Drawn } from '../ml/data/types.ts'
import type { Example } from '../ml/data/types.ts'
import { initialModel, parameterCount, timeReduction } from '../ml/models/index.ts'
import type { Material, TrainingJob } from './types.ts'

/**
 * Selects and reads the recordings and finds the weights to start from: those of the run's checkpoint,
 * else of the base model, else fresh ones. Throws what `selectRecordings` and the readers of files throw.
 */
export function prepare(job: TrainingJob): Material {
  const checkpoint = hasCheckpoint(job.folder) ? loadCheckpoint(job.folder) : null
  const basis = checkpoint ? basisOf(checkpoint.recipe) : job.base && basisOf(job.base.card)
  const drawn: Drawn | undefined = checkpoint
    ? { train: new Set(checkpoint.recipe.trainedOn.ids), heldOut: new Set(checkpoint.recipe.trainedOn.heldOutIds) }
    : undefined
  const selection = selectRecordings(job.source, job.config, basis, drawn)
  const signature = { ...selection.signature, reduction: timeReduction(selection.model) }
  const train = loadExamples(job.source, selection.train, signature)
  const heldOut = loadExamples(job.source, selection.heldOut, signature)
  const leftOut = [...selection.leftOut, ...train.leftOut, ...heldOut.leftOut]
  if (train.examples.length === 0) {
    throw new KalamosError(
      'not-found',
      'None of the recordings can be trained on: ' +
        `${leftOut.map(({ reason, recordings }) => `${recordings} ${reason}`).join('; ')}.`,
      'Record them again, or select others.',
    )
  }
  const fingerprint = checkpoint?.recipe.trainedOn.sha256 ?? fingerprintOf(train.examples, heldOut.examples)
  if (job.config.reproduces && !checkpoint) checkUnchanged(job.config.reproduces, fingerprint)
  const normalisation =
    selection.signature.normalisation ?? scaleFor(job, train.examples, selection.signature.channels.length)
  selection.signature = { ...selection.signature, normalisation }
  const start = checkpoint?.snapshot ?? job.base ?? initialModel(selection.model, job.config.seed)
  return {
    selection,
    train: train.examples,
    heldOut: heldOut.examples,
    leftOut,
    recipe: checkpoint?.recipe ?? recipeOf(job, selection, train, heldOut.examples, fingerprint),
    start: { weights: start.weights, state: start.state },
    checkpoint,
  }
}

/**
 * By the training set where all recordings are one writer's: how the pen is held then tells strokes apart (on the real
 * digits it leaves fewer than a third of the errors). By the recording where writers differ in how they hold it.
 */
function scaleFor({ config }: TrainingJob, train: readonly Example[], channels: number): Normalisation {
  const oneWriter = train.every(({ writerId }) => writerId === train[0]!.writerId)
  const by = config.normalise ?? (oneWriter ? 'training set' : 'recording')
  return by === 'recording'
    ? BY_RECORDING
    : normalisationOf(
        train.map(({ values }) => values),
        channels,
      )
}

function basisOf(
  recipe: Pick<Recipe, 'task' | 'channels' | 'rateHz' | 'classes' | 'preprocessing' | 'network'>,
): Basis {
  return { signature: signatureOf(recipe), model: recipe.network }
}

function recipeOf(
  { config, base, codeVersion }: TrainingJob,
  selection: Selection,
  { examples: train, doubtfulRolls }: Pick<ReturnType<typeof loadExamples>, 'examples' | 'doubtfulRolls'>,
  heldOut: readonly Example[],
  sha256: string,
): Material['recipe'] {
  const { signature, model, sourceRates } = selection
  return {
    name: config.name,
    createdAt: Date.now(),
    codeVersion,
    kind: base?.card.kind ?? config.model,
    network: model,
    parameters: parameterCount(model),
    task: signature.task,
    classes: [...signature.classes],
    channels: [...signature.channels],
    rateHz: signature.rateHz,
    preprocessing: {
      resampling: 'linear, gaps filled',
      normalisation: signature.normalisation ?? BY_RECORDING,
      minimumFrames: signature.minimumFrames,
      ...(signature.pose ? { pose: signature.pose } : {}),
    },
    sourceRates: base
      ? [Math.min(sourceRates[0], base.card.sourceRates[0]), Math.max(sourceRates[1], base.card.sourceRates[1])]
      : sourceRates,
    trainedOn: {
      recordings: train.length,
      writers: new Set(train.map(({ writerId }) => writerId)).size,
      ...simulatedAmong([selection, ...(base ? [base.card.trainedOn] : [])]),
      ids: train.map(({ id }) => id),
      heldOutIds: heldOut.map(({ id }) => id),
      ...(doubtfulRolls.length > 0 ? { doubtfulRolls } : {}),
      sha256,
    },
    config,
  }
}
