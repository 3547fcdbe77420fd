import type { ModelCard } from '../../ml/checkpoint/card.ts'
import type { Example, Interface } from '../../ml/data/types.ts'
import type { Engine } from '../../compute/engine/types.ts'
import { twinWords } from './synthetic-writers.ts'
import { findHandReader } from '../../ml/style/file.ts'
import { lookAt } from '../../ml/style/look.ts'
import { handOf, type HandReader } from '../../ml/style/reader.ts'
import type { Others } from './others.ts'
import { tune, type TuneConfig } from './tune.ts'

/** Words of twins: each is seen once, with half as many of others. */
export const TWIN_WORDS = 900
const REHEARSAL = 0.5
const WARM_UP = 0.2

/** What tells the hands of writers by a model; null where none was made for it, or where it knows no virtual writers. */
export function handReaderFor({ weights }: ModelCard, { replay }: Others): HandReader | null {
  return replay.kind === 'virtual' ? findHandReader(weights.sha256) : null
}

export interface PracticeMaterial {
  face: Interface & { reduction: number }
  reader: HandReader
  /** Words of others of all kinds, against forgetting. */
  replay: readonly Example[]
  /** How many words of twins; `TWIN_WORDS` where it is not said. */
  words?: number
  frozen: readonly string[]
}

/**
 * Lets a model practise on virtual twins of a writer before it sees much of the writer's own words: the words tell traits of the
 * hand, virtual writers with these traits write other words, and the model is trained on with those. An engine that has the
 * weights of the recogniser that hands are told with is left with the practised ones. Returns the words of the twins.
 *
 * So a few words teach about letters that are not among them, as far as a hand is a virtual one's like. Data of a fitted
 * simulation is an old way to know an unseen system from little data (Rubin 1984; Cranmer et al. 2020).
 */
export async function practise(
  engine: Engine,
  own: readonly Example[],
  config: TuneConfig,
  { face, reader, replay, frozen, words = TWIN_WORDS }: PracticeMaterial,
  callbacks: { progress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<readonly Example[]> {
  const hand = handOf(reader, await lookAt(engine, face, own))
  const twins = twinWords(hand, words, config.seed, face)
  await tune(
    engine,
    { ...config, epochs: 1, warmupEpochs: WARM_UP },
    { face, own: twins, replay, rehearsal: REHEARSAL, frozen, companion: null },
    callbacks,
  )
  return twins
}

/** What is rehearsed beside a writer's own words: as many words of the twins as of others. */
export function rehearsedWith(twins: readonly Example[], replay: readonly Example[]): readonly Example[] {
  const each = Math.min(twins.length, replay.length)
  return each === 0 ? [...twins, ...replay] : [...twins.slice(0, each), ...replay.slice(0, each)]
}
