import type { AdaptationReport } from '../../../shared/api/adaptation.ts'
import type { Example } from '../../ml/data/types.ts'
import { changedWords, compareReadings, type ReadTwice } from './comparison.ts'
import type { AdaptationMaterial } from './material.ts'
import { describeRehearsalBuffer } from './others.ts'
import { SYNTHETIC_WORDS } from './pre-train.ts'
import type { Start } from './recipes.ts'

/** What two sets of weights read, by recording. */
export interface BothReadings {
  before: ReadonlyMap<number, string>
  after: ReadonlyMap<number, string>
  seconds: number
}

/** Puts an adaptation's figures together; every word counts that was read before and after. */
export function reportOf(
  { signature, own, crossValidated, heldOut, folds, measured, others, styleEstimator }: AdaptationMaterial,
  start: Pick<Start, 'trained' | 'weights'>,
  { before, after, seconds }: BothReadings,
): AdaptationReport {
  const judged = readTwice(judgedOf({ own, crossValidated, heldOut }), before, after)
  const forgotten = readTwice(measured, before, after)
  return {
    own: {
      how: crossValidated ? 'cross-validated' : 'held out',
      folds: crossValidated ? folds.length : 0,
      ...compareReadings(judged, signature.task),
    },
    others:
      others.measured === null || forgotten.length === 0
        ? null
        : { kind: others.measured.kind, ...compareReadings(forgotten, signature.task) },
    ...changedWords(judged),
    rehearsalBuffer: describeRehearsalBuffer(others),
    synthetic: styleEstimator ? SYNTHETIC_WORDS : 0,
    weights: {
      trained: start.trained,
      all: Object.values(start.weights).reduce((sum, { values }) => sum + values.length, 0),
    },
    seconds,
  }
}

/** The writer's words that figures are told of. */
export function judgedOf({
  own,
  crossValidated,
  heldOut,
}: Pick<AdaptationMaterial, 'own' | 'crossValidated' | 'heldOut'>): Example[] {
  return crossValidated ? own : heldOut
}

/** Words read before and after, one beside the other. */
export function readTwice(
  examples: readonly Example[],
  before: BothReadings['before'],
  after: BothReadings['after'],
): ReadTwice[] {
  return examples.map(({ id, writerId, label }) => ({
    recordingId: id,
    writerId,
    label,
    before: before.get(id)!,
    after: after.get(id)!,
  }))
}
