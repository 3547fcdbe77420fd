import type { Output } from '../../../shared/api.ts'
import type { Adaptation, AdaptationReport, ChangedWord, Comparison, Rate } from '../../../shared/api/adaptation.ts'
import { percent } from './evaluate.ts'

/** How many words that got better are worth a line each. */
const BETTER_SHOWN = 10

/** What an adaptation is worth, as text. */
export function reportText(
  { own, others, better, worse, same, rehearsalBuffer, synthetic, weights, seconds }: AdaptationReport,
  { writerName, words }: Adaptation,
): string {
  const how =
    own.how === 'cross-validated'
      ? `cross-validated: each of ${own.words} words read by weights that were not trained on it`
      : `${own.words} words that it was not trained on`
  return [
    `${writerName}, ${words} words, ${how}:`,
    figures(own),
    ...(others
      ? [
          `${others.words} ${others.kind === 'virtual' ? 'virtual words' : 'words'} of ${others.writers} others:`,
          figures(others),
        ]
      : ['There are no words of other writers to check whether they are read as well as before.']),
    changes({ better, worse, same }),
    `${weights.trained} of ${weights.all} weights trained, ${rehearsalBuffer.words} words of others in the ` +
      'rehearsal buffer, ' +
      (synthetic > 0 ? `first trained on ${synthetic} words of synthetic writers of this style, ` : '') +
      `${seconds.toFixed(0)} s.`,
  ].join('\n')
}

/** Two models beside each other on the same words, as text. */
export function comparisonText(
  { comparison, ...words }: Output<'adapt.compare'>,
  before: string,
  after: string,
): string {
  return [
    `${comparison.words} words that neither was trained on, read by ${before} and then by ${after}:`,
    figures(comparison),
    changes(words),
  ].join('\n')
}

function figures({ cer, wer, accuracy }: Pick<Comparison, 'cer' | 'wer' | 'accuracy'>): string {
  if (accuracy) return `  Right ${rate(accuracy.before)} to ${rate(accuracy.after)}`
  return `  CER ${rate(cer.before)} to ${rate(cer.after)}\n  WER ${rate(wer.before)} to ${rate(wer.after)}`
}

function rate({ value, low, high }: Rate): string {
  return `${percent(value)} (${percent(low)} – ${percent(high)})`
}

function changes({ better, worse, same }: Pick<AdaptationReport, 'better' | 'worse' | 'same'>): string {
  return [
    `${better.length} words better, ${worse.length} worse, ${same} the same.`,
    ...worse.map(changed('worse')),
    ...better.slice(0, BETTER_SHOWN).map(changed('better')),
  ].join('\n')
}

function changed(how: string): (word: ChangedWord) => string {
  return ({ recordingId, label, before, after }) =>
    `  ${how}: ${label} (recording ${recordingId}) was read "${before}", now "${after}"`
}
