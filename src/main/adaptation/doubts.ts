import type { DoubtfulWord } from '../../shared/api/adaptation.ts'
import type { Labelled } from '../ml/data/types.ts'
import type { LabelChecker } from '../quality/index.ts'
import { median, medianDeviation } from '../statistics/quantile.ts'
import type { Recordings } from '../store/recordings.ts'

/** From here on a label is shown for review; the same figure makes a recorded word one to be written again. */
export const STRONG_DOUBT = 0.9
/** Doubt beyond which doubles cannot tell one from another. */
const SUREST = 1e-15
/** A word stands out whose label is so many deviations less likely than is usual for the hand. */
const OUTLYING = 3

/**
 * The words whose labels a model strongly doubts, most doubtful first. A model that cannot read a hand doubts all of
 * its words, which says nothing about the labels: a word counts only where it stands out among those of the same hand
 * (beyond three deviations from the median, by the median deviation).
 */
export async function doubtfulWords(
  source: Pick<Recordings, 'soundSignal'>,
  words: readonly Labelled[],
  model: LabelChecker,
): Promise<DoubtfulWord[]> {
  const judged: (DoubtfulWord & { support: number })[] = []
  for (const { id, label } of words) {
    const signal = source.soundSignal(id)
    const verdict = signal && (await model.doubt(signal, label))
    if (verdict)
      judged.push({
        recordingId: id,
        label,
        reads: verdict.reads,
        doubt: verdict.doubt,
        support: Math.log(Math.max(1 - verdict.doubt, SUREST)),
      })
  }
  const supports = judged.map(({ support }) => support)
  const [usual, spread] = [median(supports), medianDeviation(supports)]
  return judged
    .filter(({ doubt, support }) => doubt >= STRONG_DOUBT && support < usual - OUTLYING * spread)
    .sort((a, b) => a.support - b.support)
    .map(({ recordingId, label, reads, doubt }) => ({ recordingId, label, reads, doubt }))
}
