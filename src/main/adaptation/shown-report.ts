import type { AdaptationReport, Comparison, Rate } from '../../shared/api/adaptation.ts'
import type { Model } from '../../shared/api/training.ts'

/**
 * A stored report with the figures that are shown. Of whole labels that is accuracy alone. A report that was stored
 * without it has it in its WER where every label is one word: each wrong label is one wrong word then. Null where it
 * cannot be known.
 */
export function shownReport(
  report: AdaptationReport,
  task: Model['task'],
  labels: readonly string[] | undefined,
): AdaptationReport | null {
  const { own, others } = report
  if (task === 'ctc' || (own.accuracy && (others === null || others.accuracy))) return report
  if (labels === undefined || labels.some((label) => /\s/.test(label))) return null
  return { ...report, own: withAccuracy(own), others: others && withAccuracy(others) }
}

function withAccuracy<C extends Comparison>(comparison: C): C {
  const { before, after, change } = comparison.wer
  const right = ({ value, low, high }: Rate): Rate => ({ value: 1 - value, low: 1 - high, high: 1 - low })
  const opposite = ({ value, low, high }: Rate): Rate => ({ value: -value, low: -high, high: -low })
  return { ...comparison, accuracy: { before: right(before), after: right(after), change: opposite(change) } }
}
