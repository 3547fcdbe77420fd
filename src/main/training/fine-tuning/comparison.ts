import type { ChangedWord, Comparison, Rate } from '../../../shared/api/adaptation.ts'
import type { ModelSignature } from '../../ml/data/types.ts'
import { editDistance, symbols } from '../../../shared/text.ts'
import { percentileInterval } from '../../statistics/interval.ts'
import { KeyedRandom, textKey } from '../../random/keyed.ts'

/** One recording as two models read it. */
export interface ReadTwice {
  recordingId: number
  writerId: number
  label: string
  before: string
  after: string
}

const RESAMPLES = 2000
const BOOTSTRAP = textKey('bootstrap')

/** Edits and lengths of one word, for one unit (letters or words). */
interface Counted {
  before: number
  after: number
  length: number
}

/**
 * Error rates of two models on the same words, and how they differ. Intervals are percentile bootstrap intervals of 95
 * % over the words (Efron and Tibshirani 1993); the change is paired. The same words give the same intervals. Of models
 * of whole labels the share that is right is told, too.
 */
export function compareReadings(readings: readonly ReadTwice[], task: ModelSignature['task'] = 'ctc'): Comparison {
  const letters = readings.map(({ label, before, after }) => counted(label, before, after, symbols))
  const words = readings.map(({ label, before, after }) => counted(label, before, after, wordsOf))
  const rates = {
    words: readings.length,
    writers: new Set(readings.map(({ writerId }) => writerId)).size,
    cer: ratesOf(letters),
    wer: ratesOf(words),
  }
  if (task === 'ctc') return rates
  const isRight = (label: string, read: string): number => Number(label.normalize('NFC') === read.normalize('NFC'))
  return {
    ...rates,
    accuracy: ratesOf(
      readings.map(({ label, before, after }) => ({
        before: isRight(label, before),
        after: isRight(label, after),
        length: 1,
      })),
    ),
  }
}

/** Words that were read better or worse, most changed first, and how many were not. */
export function changedWords(readings: readonly ReadTwice[]): {
  better: ChangedWord[]
  worse: ChangedWord[]
  same: number
} {
  const changes = readings.map((reading) => {
    const { before, after } = counted(reading.label, reading.before, reading.after, symbols)
    return { reading, change: after - before }
  })
  const listed = (sign: 1 | -1): ChangedWord[] =>
    changes
      .filter(({ change }) => sign * change > 0)
      .sort((a, b) => sign * (b.change - a.change) || a.reading.recordingId - b.reading.recordingId)
      .map(({ reading: { recordingId, label, before, after } }) => ({ recordingId, label, before, after }))
  return { better: listed(-1), worse: listed(1), same: changes.filter(({ change }) => change === 0).length }
}

function counted(label: string, before: string, after: string, partsOf: (text: string) => string[]): Counted {
  const reference = partsOf(label)
  return {
    before: editDistance(reference, partsOf(before)),
    after: editDistance(reference, partsOf(after)),
    length: reference.length,
  }
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/\s+/)
    .filter((word) => word !== '')
}

function ratesOf(items: readonly Counted[]): Comparison['cer'] {
  const random = new KeyedRandom(BOOTSTRAP, items.length)
  const resampled = Array.from({ length: RESAMPLES }, () => shares(items, () => items[random.below(items.length)]!))
  let at = 0
  const whole = shares(items, () => items[at++]!)
  const rate = (of: (share: { before: number; after: number }) => number): Rate => ({
    value: of(whole),
    ...percentileInterval(resampled.map(of)),
  })
  return {
    before: rate(({ before }) => before),
    after: rate(({ after }) => after),
    change: rate(({ before, after }) => after - before),
  }
}

function shares(items: readonly Counted[], next: () => Counted): { before: number; after: number } {
  let [before, after, length] = [0, 0, 0]
  for (let i = 0; i < items.length; i++) {
    const item = next()
    before += item.before
    after += item.after
    length += item.length
  }
  return { before: before / length, after: after / length }
}
