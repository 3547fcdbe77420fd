import { KeyedRandom, textKey } from '../../random/keyed.ts'
import type { Random } from '../../random/random.ts'
import type { Example } from '../../ml/data/types.ts'

const FOLDS = textKey('letter folds')
const CHOICE = textKey('letter choice')

/** What a network may learn from, and what it is measured on. */
export interface Divided {
  train: Example[]
  heldOut: Example[]
}

/**
 * A writer-independent fold: the writers of the fold are held out, `writers` of the others are trained on, with
 * `samples` of each letter. The folds are the same for all seeds; the choice within them depends on the seed.
 */
export function writerFold(
  examples: readonly Example[],
  fold: number,
  { folds, writers, samples, seed }: { folds: number; writers: number; samples: number; seed: number },
): Divided {
  const all = new KeyedRandom(FOLDS).shuffled(
    [...new Set(examples.map(({ writerId }) => writerId))].sort((a, b) => a - b),
  )
  const heldOutWriters = new Set(all.filter((_, at) => at % folds === fold))
  const random = new KeyedRandom(CHOICE, seed, fold)
  const trained = new Set(random.shuffled(all.filter((writer) => !heldOutWriters.has(writer))).slice(0, writers))
  return {
    train: perLetter(
      examples.filter(({ writerId }) => trained.has(writerId)),
      samples,
      random,
    ),
    heldOut: examples.filter(({ writerId }) => heldOutWriters.has(writerId)),
  }
}

/** A fold of one writer's recordings: a share of each letter is held out, `samples` of the others are trained on. */
export function sampleFold(
  examples: readonly Example[],
  fold: number,
  { folds, samples, seed }: { folds: number; samples: number; seed: number },
): Divided {
  const groups = [...Map.groupBy(examples, ({ label }) => label).values()]
  const parts = groups.map((group) => {
    const order = new KeyedRandom(FOLDS, group[0]!.id).shuffled(group)
    return {
      train: order.filter((_, at) => at % folds !== fold),
      heldOut: order.filter((_, at) => at % folds === fold),
    }
  })
  return {
    train: perLetter(
      parts.flatMap(({ train }) => train),
      samples,
      new KeyedRandom(CHOICE, seed, fold),
    ),
    heldOut: parts.flatMap(({ heldOut }) => heldOut),
  }
}

/** So many of each writer's recordings of each letter. */
function perLetter(examples: readonly Example[], samples: number, random: Random): Example[] {
  return [...Map.groupBy(examples, ({ writerId, label }) => `${writerId} ${label}`).values()].flatMap((group) =>
    random.shuffled(group).slice(0, samples),
  )
}
