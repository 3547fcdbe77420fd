import type { DoubtfulRolls, RollDoubt } from '../../../shared/api/training.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { encode } from './classes.ts'
import { pieceOf } from './pieces.ts'
import { tooShort } from './select.ts'
import type { Example, ModelSignature, Labelled, LeftOut, RecordingSource } from './types.ts'

/** Of very many faulty or doubtful recordings only so many are named. */
const NAMED_MOST = 5

/**
 * Reads the samples of selected recordings and brings them to the recogniser's channels and rate.
 * Recordings that turn out to be unfit are left out, with the reason, instead of stopping the others; those whose roll
 * is doubtful are used, and counted. To `read`, labels need not fit the recogniser's classes, and examples have no
 * target.
 */
export function loadExamples(
  source: Pick<RecordingSource, 'signal'>,
  recordings: readonly Labelled[],
  signature: ModelSignature & { reduction: number },
  purpose: 'train' | 'read' = 'train',
): { examples: Example[]; leftOut: LeftOut[]; doubtfulRolls: DoubtfulRolls } {
  const examples: Example[] = []
  const doubts: { id: number; why: RollDoubt }[] = []
  const reasons = new Map<string, { recordings: number; named: number[] }>()
  for (const { id, writerId, writerName, label } of recordings) {
    try {
      let doubt: RollDoubt | null = null
      const values = pieceOf(source.signal(id), signature, (why) => (doubt = why))
      const frames = values.length / signature.channels.length
      const target = purpose === 'train' ? encode(signature, label) : []
      const problem = tooShort(target, frames, signature)
      if (problem) throw new KalamosError('label-unfit', problem)
      examples.push({ id, writerId, writerName, label, target, frames, values })
      if (doubt !== null) doubts.push({ id, why: doubt })
    } catch (error) {
      if (!(error instanceof KalamosError)) throw error
      const known = reasons.get(error.message) ?? { recordings: 0, named: [] }
      known.recordings++
      // What is wrong with the recording itself is for a person to mend: it is named.
      if (error.code === 'invalid-input' && known.named.length < NAMED_MOST) known.named.push(id)
      reasons.set(error.message, known)
    }
  }
  return {
    examples,
    leftOut: [...reasons].map(([message, { recordings, named }]) => ({
      reason: named.length === 0 ? message : `${message} (recording ${named.join(', ')})`,
      recordings,
    })),
    doubtfulRolls: counted(doubts),
  }
}

function counted(doubts: readonly { id: number; why: RollDoubt }[]): DoubtfulRolls {
  return [...Map.groupBy(doubts, ({ why }) => why)].map(([why, all]) => ({
    why,
    recordings: all.length,
    first: all.slice(0, NAMED_MOST).map(({ id }) => id),
  }))
}
