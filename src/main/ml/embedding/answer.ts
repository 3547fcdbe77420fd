import type { EmbeddingAnswer } from '../../../shared/api/embedding.ts'
import type { Run } from '../../../shared/api/training.ts'
import { readEmbedding } from './file.ts'

/** The picture of a run's embedding out of its folder, or why there is none. Throws `checkpoint-damaged`. */
export function embeddingOfRun({ config, state, epoch, heldOutRecordings }: Run, folder: string): EmbeddingAnswer {
  const { recipe } = config
  if (!recipe || recipe.kind === 'plain') return { is: 'missing', why: 'plain' }
  const picture = readEmbedding(folder)
  if (picture) return { is: 'there', picture }
  const begun = epoch > 0 || state === 'running' || state === 'finished'
  if (begun && heldOutRecordings === 0) return { is: 'missing', why: 'nothing-held-out' }
  return { is: 'missing', why: state === 'queued' || state === 'preparing' || state === 'running' ? 'not-yet' : 'never' }
}
