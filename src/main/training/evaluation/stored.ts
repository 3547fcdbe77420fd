import { KalamosError } from '../../../shared/errors.ts'
import { signatureOf, type StoredModel } from '../../ml/checkpoint/model.ts'
import { loadExamples } from '../../ml/data/load.ts'
import type { Example, Filter, Labelled, RecordingSource } from '../../ml/data/types.ts'
import type { Engine } from '../../compute/engine/types.ts'
import { timeReduction } from '../../ml/models/config.ts'
import type { Decoder } from '../../ml/decode/decoder.ts'
import { evaluation, readExamples, type Evaluation, type ReadExample } from './evaluate.ts'

const BATCH_SIZE = 64

/** Figures with a lexicon, apart from those without. */
export interface LexiconEvaluation extends Omit<Evaluation, 'recordings'> {
  words: number
  /** Recordings whose label is not in the lexicon. */
  unknown: number
}

export interface EvaluateOptions {
  /** Reads the words once more with a lexicon; not for models of single labels. */
  lexicon?: { words: number; holds(word: string): boolean; decode: Decoder }
  /** Which recordings count; all that can be read, unless told otherwise. */
  among?: (recording: Labelled) => boolean
  /** What to measure apart; by default every writer. */
  groupsOf?: (example: Example) => readonly string[]
  /** Told after every batch. */
  progress?: (done: number, total: number) => void
  signal?: AbortSignal
}

/**
 * Reads stored recordings with a model and compares with their labels, over all and group by group.
 * Labels that the model cannot say count as errors, as they would for a person using it; recordings that cannot be
 * read at all (no label, no samples, missing channels) are left out, and so is what a person excluded. The locked
 * holdout is there to be measured on. Throws `not-found` where no recording can be read.
 */
export async function evaluateStored(
  source: RecordingSource,
  { card }: StoredModel,
  engine: Engine,
  filter: Filter,
  { among = () => true, groupsOf = ({ writerName }) => [writerName], lexicon, progress, signal }: EvaluateOptions = {},
): Promise<Evaluation & { lexicon: LexiconEvaluation | null; readings: ReadExample[] }> {
  const labelled = [...source.each(filter)]
    .filter(
      (recording): recording is Labelled =>
        recording.label !== null &&
        recording.excluded === null &&
        recording.state === 'finished' &&
        recording.frames > 0,
    )
    .filter(among)
  const signature = signatureOf(card)
  const { examples, leftOut } = loadExamples(
    source,
    labelled,
    { ...signature, reduction: timeReduction(card.network) },
    'read',
  )
  if (examples.length === 0) {
    const reasons = leftOut.map(({ reason, recordings }) => `${recordings}: ${reason}`).join('; ')
    throw new KalamosError(
      'not-found',
      `None of the selected recordings can be read with this model${reasons ? ` (${reasons})` : ''}.`,
      'Select finished recordings with labels of a pen that the model fits.',
    )
  }
  const { readings } = await readExamples(engine, signature, examples, {
    batchSize: BATCH_SIZE,
    ...(lexicon ? { decode: lexicon.decode } : {}),
    ...(progress ? { progress } : {}),
    ...(signal ? { signal } : {}),
  })
  return {
    ...evaluation(readings, groupsOf),
    readings,
    lexicon: lexicon ? withLexicon(readings, lexicon, groupsOf) : null,
  }
}

function withLexicon(
  readings: readonly ReadExample[],
  { words, holds }: NonNullable<EvaluateOptions['lexicon']>,
  groupsOf: (example: Example) => readonly string[],
): LexiconEvaluation {
  const held = readings.map((reading) => ({ ...reading, hypothesis: reading.decoded!.text }))
  const { cer, wer, accuracy, byGroup } = evaluation(held, groupsOf)
  const unknown = readings.filter(({ reference }) => !holds(reference)).length
  return { cer, wer, accuracy, words, unknown, byGroup }
}
