import { KalamosError } from '../../../shared/errors.ts'
import { encode } from './classes.ts'
import { pieceOf } from './pieces.ts'
import { tooShort } from './select.ts'
import type { Example, Interface, Labelled, LeftOut, RecordingSource } from './types.ts'

/**
 * Reads the samples of selected recordings and brings them to the recogniser's channels and rate.
 * Recordings that turn out to be unfit are left out, with the reason, instead of stopping the others.
 * To `read`, labels need not fit the recogniser's classes, and examples have no target.
 */
export function loadExamples(
  source: Pick<RecordingSource, 'signal'>,
  recordings: readonly Labelled[],
  face: Interface & { reduction: number },
  purpose: 'train' | 'read' = 'train',
): { examples: Example[]; leftOut: LeftOut[] } {
  const examples: Example[] = []
  const reasons = new Map<string, number>()
  for (const { id, writerId, writerName, label } of recordings) {
    try {
      const values = pieceOf(source.signal(id), face)
      const frames = values.length / face.channels.length
      const target = purpose === 'train' ? encode(face, label) : []
      const problem = tooShort(target, frames, face)
      if (problem) throw new KalamosError('label-unfit', problem)
      examples.push({ id, writerId, writerName, label, target, frames, values })
    } catch (error) {
      if (!(error instanceof KalamosError)) throw error
      reasons.set(error.message, (reasons.get(error.message) ?? 0) + 1)
    }
  }
  return { examples, leftOut: [...reasons].map(([reason, recordings]) => ({ reason, recordings })) }
}
