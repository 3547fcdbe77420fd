import { evaluation, type ReadExample } from '../training/evaluation/evaluate.ts'
import { deviation } from '../statistics/mean.ts'
import type { Outcome } from './experiment.ts'
import type { Fitted } from './fit.ts'

/**
 * Measures of a fitted network: after the last epoch and, as `best…`, of the epoch that was best on the very data it is
 * reported on, which is how much of the literature chooses. `spread` is the deviation of the writers' error rates.
 */
export function outcomeOf({ curve, readings, image }: Fitted, seconds: number, backend: string): Outcome {
  const { cer, wer, accuracy, byGroup } = evaluation(readings, ({ writerName }) => [writerName])
  const best = (name: 'cer' | 'wer'): number => Math.min(...curve.map((epoch) => epoch[name]))
  return {
    measures: {
      cer,
      wer,
      accuracy,
      error: 1 - accuracy,
      bestCer: best('cer'),
      bestWer: best('wer'),
      bestError: 1 - Math.max(...curve.map((epoch) => epoch.accuracy)),
      spread: deviation(byGroup.map((group) => group.cer)),
    },
    curve,
    seconds,
    backend,
    ...(image ? { image: { cer: image.cer, accuracy: image.accuracy, pictures: image.pictures } } : {}),
  }
}

/** Error rates of part of the readings, such as the left-handers'. */
export function ratesOf(readings: readonly ReadExample[]): { cer: number; wer: number } {
  const { cer, wer } = evaluation(readings, () => [])
  return { cer, wer }
}
