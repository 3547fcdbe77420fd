import type { EmbeddingAnswer } from '../../../shared/api/embedding.ts'
import type { Run } from '../../../shared/api/training.ts'
import { readEmbedding } from './file.ts'

/**
 * The picture of a run's embedding out of its folder, with who wrote its recordings as far as they are still there, or
 * why there is none. Throws `checkpoint-damaged`.
 */
export function embeddingOfRun(
  { config, state, epoch, heldOutRecordings }: Run,
  folder: string,
  recordings: { byIds(ids: readonly number[]): readonly { id: number; writerName: string }[] },
): EmbeddingAnswer {
  const { recipe } = config
  if (!recipe || recipe.kind === 'plain') return { is: 'missing', why: 'plain' }
  const picture = readEmbedding(folder)
  if (picture) {
    const known = recordings.byIds(picture.points.flatMap(({ recordingId }) => recordingId ?? []))
    const writers = new Map(known.map(({ id, writerName }) => [id, writerName]))
    return {
      is: 'there',
      picture: {
        ...picture,
        points: picture.points.map((point) => ({ ...point, writer: writers.get(point.recordingId ?? -1) ?? null })),
      },
    }
  }
  const begun = epoch > 0 || state === 'running' || state === 'finished'
  if (begun && heldOutRecordings === 0) return { is: 'missing', why: 'nothing-held-out' }
  return {
    is: 'missing',
    why: state === 'queued' || state === 'preparing' || state === 'running' ? 'not-yet' : 'never',
  }
}
