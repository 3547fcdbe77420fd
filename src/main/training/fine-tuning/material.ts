import { FEWEST_WORDS } from '../../../shared/api/adaptation.ts'
import type { DoubtfulRolls } from '../../../shared/api/training.ts'
import { KalamosError } from '../../../shared/errors.ts'
import type { ModelCard } from '../../ml/checkpoint/card.ts'
import { signatureOf } from '../../ml/checkpoint/model.ts'
import { loadExamples } from '../../ml/data/load.ts'
import { selectRecordings, type Selection } from '../../ml/data/select.ts'
import { divide } from '../../ml/data/split.ts'
import type { Example, ModelSignature, LeftOut, RecordingSource } from '../../ml/data/types.ts'
import { timeReduction } from '../../ml/models/config.ts'
import type { StyleEstimator } from '../../ml/style/estimate.ts'
import type { AdaptationJob } from './types.ts'
import { foldsOf } from './folds.ts'
import { chooseOthers, type Others } from './others.ts'
import { styleEstimatorFor } from './pre-train.ts'
import { virtualRehearsalBuffer } from './rehearsal-buffer.ts'
import { virtualMeasured } from './virtual-others.ts'

/** Everything an adaptation needs before its first step. */
export interface AdaptationMaterial {
  signature: ModelSignature & { reduction: number }
  selection: Selection
  leftOut: LeftOut[]
  /** Of the writer's words. */
  doubtfulRolls: DoubtfulRolls
  /** The words that the version learns from. */
  own: Example[]
  /** Whether the writer's words measure the version in turn; else some are held out from it. */
  crossValidated: boolean
  /** The writer's words that it never learns from; empty where it is cross-validated. */
  heldOut: Example[]
  /** `own` in parts, each left out in turn. */
  folds: Example[][]
  /** What is rehearsed beside the writer's words. */
  rehearsalBuffer: readonly Example[]
  /**
   * Estimates the writer's style, so that there can be synthetic writers of it; null where none was made for the model,
   * or synthetic writers are not wanted.
   */
  styleEstimator: StyleEstimator | null
  measured: Example[]
  others: Others
}

/**
 * Reads the writer's words and those of others. Throws what `selectRecordings` throws, and `invalid-input` where fewer
 * than five words can be read.
 */
export function materialOf({ config, source, base }: AdaptationJob): AdaptationMaterial {
  const { card } = base
  const signature = { ...signatureOf(card), reduction: timeReduction(card.network) }
  const selection = selectRecordings(
    source,
    { ...config, split: { ...config.split, heldOut: 0 } },
    { signature, model: card.network },
  )
  const { examples, leftOut, doubtfulRolls } = loadExamples(source, selection.train, signature)
  if (examples.length < FEWEST_WORDS) {
    throw new KalamosError(
      'invalid-input',
      `Only ${examples.length} words can be adapted with; at least ${FEWEST_WORDS} are needed.`,
      'Record an enrolment of 20 words, or correct some words while reading live.',
    )
  }
  const crossValidated = config.split.heldOut === 0
  const { train, heldOut } = crossValidated
    ? { train: examples, heldOut: [] }
    : divide(examples, config.split, config.seed)
  const others = chooseOthers(source, card, config.adapt!.writerId)
  return {
    signature,
    selection,
    leftOut: [...selection.leftOut, ...leftOut],
    doubtfulRolls,
    own: train,
    crossValidated,
    heldOut,
    folds: foldsOf(train, card.task, config.seed),
    rehearsalBuffer: loadRehearsalBuffer(source, others, signature),
    styleEstimator: handsOf(config.adapt, card, others),
    measured:
      others.measured === null
        ? []
        : others.measured.kind === 'recorded'
          ? loadExamples(source, others.measured.recordings, signature).examples
          : virtualMeasured(others.measured, signature),
    others,
  }
}

/** What estimates the writer's style, where synthetic writers are wanted and an estimator was made for the model. */
export function handsOf(
  { synthetic }: Pick<AdaptationJob['config']['adapt'], 'synthetic'>,
  card: ModelCard,
  others: Others,
): StyleEstimator | null {
  return synthetic === false ? null : styleEstimatorFor(card, others)
}

function loadRehearsalBuffer(
  source: RecordingSource,
  { rehearsalBuffer }: Others,
  signature: AdaptationMaterial['signature'],
): readonly Example[] {
  switch (rehearsalBuffer.kind) {
    case 'recorded':
      return loadExamples(source, rehearsalBuffer.recordings, signature).examples
    case 'virtual':
      return virtualRehearsalBuffer(signature)
    case 'none':
      return []
  }
}
