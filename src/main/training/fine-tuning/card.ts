import { simulatedAmong } from '../../../shared/api/simulated.ts'
import type { ModelCard, Scores } from '../../ml/checkpoint/card.ts'
import type { AdaptationJob } from './types.ts'
import type { AdaptationMaterial } from './material.ts'
import type { Start } from './recipes.ts'

/**
 * The card of a version: its base's, with what it learned from now and what it is worth on the writer's own words.
 * What confidences are worth is the base's: a writer's few words cannot tell it anew. What the base was measured on and
 * how long it trained is the base's alone.
 */
export function cardOf(
  { config, base, codeVersion }: AdaptationJob,
  { own, heldOut, others, measured, selection, doubtfulRolls }: AdaptationMaterial,
  { network, weights }: Start,
  scores: Scores,
  { backend, threads }: { backend: string; threads: number },
): Omit<ModelCard, 'weights'> {
  const { weights: _weights, measured: _measured, lexicon: _lexicon, trainSeconds: _seconds, ...card } = base.card
  const rehearsed = others.rehearsalBuffer.kind === 'recorded' ? others.rehearsalBuffer.recordings : []
  const learned = [...own, ...rehearsed]
  const judged = others.measured?.kind === 'recorded' ? measured : []
  const rates = selection.sourceRates
  return {
    ...card,
    name: config.name,
    createdAt: Date.now(),
    codeVersion,
    network,
    parameters: Object.values(weights).reduce((sum, { values }) => sum + values.length, 0),
    sourceRates: [Math.min(rates[0], card.sourceRates[0]), Math.max(rates[1], card.sourceRates[1])],
    trainedOn: {
      recordings: learned.length,
      writers: new Set(learned.map(({ writerId }) => writerId)).size,
      ...simulatedAmong([selection, card.trainedOn]),
      ids: learned.map(({ id }) => id),
      heldOutIds: [...heldOut, ...judged].map(({ id }) => id),
      ...(doubtfulRolls.length > 0 ? { doubtfulRolls } : {}),
    },
    config,
    backend,
    threads,
    epochs: config.epochs,
    scores,
  }
}
