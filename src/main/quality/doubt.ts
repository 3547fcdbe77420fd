import type { ModelSignature } from '../ml/data/types.ts'
import type { Recogniser, WordReading } from '../ml/inference/recogniser.ts'
import type { Signal } from '../../shared/signal.ts'
import { KalamosError } from '../../shared/errors.ts'
import { symbols } from '../../shared/text.ts'
import type { Doubt } from './evidence.ts'
import { ctcLogLikelihood, logSoftmax } from './likelihood.ts'

/** A model that is asked what it makes of signals with labels. */
export interface LabelChecker {
  /** Null where it has nothing to say, as with letters that it does not know. */
  doubt(signal: Signal, label: string): Promise<Doubt | null>
  dispose(): Promise<void>
}

/**
 * How much a reading speaks against a label: 1 minus the ratio of the label's probability to that of what was read, a
 * letter (the geometric mean). 0 where the label is what the model reads, near 1 where hardly anything speaks for it.
 */
export function doubtOf(
  reading: Pick<WordReading, 'text' | 'logits'>,
  label: string,
  { task, classes }: Pick<ModelSignature, 'task' | 'classes'>,
): Doubt | null {
  const [wanted, read] = [label, reading.text].map((text) => outputsOf(text, task, classes))
  if (!wanted || !read) return null
  if (reading.text === label) return { reads: reading.text, doubt: 0 }
  const { values, frames, outputs } = reading.logits
  const likelihood = (text: readonly number[]) =>
    task === 'classes'
      ? logSoftmax(values.subarray(0, outputs))[text[0]!]!
      : ctcLogLikelihood(values, frames, outputs, text)
  const letters = Math.max(1, wanted.length)
  const ratio = (likelihood(wanted) - likelihood(read)) / letters
  return { reads: reading.text, doubt: 1 - Math.exp(Math.min(0, ratio)) }
}

/**
 * Doubts by a model that is ready to read. Signals that it cannot read are not doubted; one is read after the other.
 */
export function labelCheckBy(recogniser: Recogniser): LabelChecker {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }
  return {
    async doubt(signal, label) {
      try {
        return doubtOf(await inTurn(() => recogniser.read(signal)), label.normalize('NFC'), recogniser.model.card)
      } catch (error) {
        // A recording that the model cannot read (too short, without its channels) says nothing about its label.
        if (error instanceof KalamosError) return null
        throw error
      }
    },
    dispose: () => inTurn(() => recogniser.dispose()),
  }
}

/** The outputs of a network that stand for a text; undefined where it has none for some letter. */
function outputsOf(text: string, task: ModelSignature['task'], classes: readonly string[]): number[] | undefined {
  const parts = task === 'classes' ? [text.normalize('NFC')] : symbols(text)
  const known = parts.map((part) => classes.indexOf(part))
  return known.includes(-1) ? undefined : known.map((index) => (task === 'classes' ? index : index + 1))
}
