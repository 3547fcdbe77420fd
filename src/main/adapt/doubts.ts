import type { DoubtfulWord } from '../../shared/api/adaptation.ts'
import type { Labelled, RecordingSource } from '../ml/data/types.ts'
import type { Doubting } from '../quality/index.ts'

/** From here on a label is shown for review; the same figure makes a recorded word one to be written again. */
export const STRONG_DOUBT = 0.9

/** The words whose labels a model strongly doubts, most doubtful first. */
export async function doubtfulWords(source: Pick<RecordingSource, 'signal'>, words: readonly Labelled[], model: Doubting): Promise<DoubtfulWord[]> {
  const found: DoubtfulWord[] = []
  for (const { id, label } of words) {
    const verdict = await model.doubt(source.signal(id), label)
    if (verdict && verdict.doubt >= STRONG_DOUBT) found.push({ recordingId: id, label, reads: verdict.reads, doubt: verdict.doubt })
  }
  return found.sort((a, b) => b.doubt - a.doubt)
}
