import { FEWEST_WORDS } from '../../../shared/api/adaptation.ts'
import type { DoubtfulRolls } from '../../../shared/api/training.ts'
import { KalamosError } from '../../../shared/errors.ts'
import type { ModelCard } from '../../ml/checkpoint/card.ts'
import { interfaceOf } from '../../ml/checkpoint/model.ts'
import { loadExamples } from '../../ml/data/load.ts'
import { selectRecordings, type Selection } from '../../ml/data/select.ts'
import { divide } from '../../ml/data/split.ts'
import type { Example, Interface, LeftOut, RecordingSource } from '../../ml/data/types.ts'
import { timeReduction } from '../../ml/models/config.ts'
import type { HandReader } from '../../ml/style/reader.ts'
import type { AdaptationJob } from './types.ts'
import { foldsOf } from './folds.ts'
import { chooseOthers, type Others } from './others.ts'
import { handReaderFor } from './practise.ts'
import { virtualRehearsal } from './rehearsal.ts'
import { virtualMeasured } from './virtual-others.ts'

/** Everything an adaptation needs before its first step. */
export interface AdaptationMaterial {
  face: Interface & { reduction: number }
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
  replay: readonly Example[]
  /** Tells the writer's hand, so that there can be twins of it; null where none was made for the model, or twins are not wanted. */
  hands: HandReader | null
  measured: Example[]
  others: Others
}

/**
 * Reads the writer's words and those of others. Throws what `selectRecordings` throws, and `invalid-input` where fewer
 * than five words can be read.
 */
export function materialOf({ config, source, base }: AdaptationJob): AdaptationMaterial {
  const { card } = base
  const face = { ...interfaceOf(card), reduction: timeReduction(card.network) }
  const selection = selectRecordings(
    source,
    { ...config, split: { ...config.split, heldOut: 0 } },
    { face, model: card.network },
  )
  const { examples, leftOut, doubtfulRolls } = loadExamples(source, selection.train, face)
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
    face,
    selection,
    leftOut: [...selection.leftOut, ...leftOut],
    doubtfulRolls,
    own: train,
    crossValidated,
    heldOut,
    folds: foldsOf(train, card.task, config.seed),
    replay: replayOf(source, others, face),
    hands: handsOf(config.adapt, card, others),
    measured:
      others.measured === null
        ? []
        : others.measured.kind === 'recorded'
          ? loadExamples(source, others.measured.recordings, face).examples
          : virtualMeasured(others.measured, face),
    others,
  }
}

/** What tells the writer's hand, where twins are wanted and a reader was made for the model. */
export function handsOf(
  { twins }: Pick<AdaptationJob['config']['adapt'], 'twins'>,
  card: ModelCard,
  others: Others,
): HandReader | null {
  return twins === false ? null : handReaderFor(card, others)
}

function replayOf(source: RecordingSource, { replay }: Others, face: AdaptationMaterial['face']): readonly Example[] {
  switch (replay.kind) {
    case 'recorded':
      return loadExamples(source, replay.recordings, face).examples
    case 'virtual':
      return virtualRehearsal(face)
    case 'none':
      return []
  }
}
