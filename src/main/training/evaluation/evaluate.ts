import { errorRates, type Reading } from '../../../shared/text.ts'
import { batchOf, orderedBatches } from '../../ml/batches/batches.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'
import type { DecodedWord, Decoder, WordLogits } from '../../ml/decode/decoder.ts'
import { textOf } from '../../ml/decode/text.ts'
import type { Engine } from '../../compute/engine/types.ts'

/** Readings of a set of recordings, and how wrong they are. */
export interface Evaluation {
  cer: number
  wer: number
  accuracy: number
  recordings: number
  byGroup: { group: string; cer: number; wer: number; recordings: number }[]
}

export interface ReadExample extends Reading {
  example: Example
  confidence: number
  /** What the decoder that was asked for beside the greedy one made of it. */
  decoded?: DecodedWord
}

/**
 * Reads examples with a network, greedily, and with `decode` in another way beside. With `loss`, also measures the mean
 * loss over them.
 */
export async function readExamples(
  engine: Pick<Engine, 'predict' | 'evaluate'>,
  signature: ModelSignature,
  examples: readonly Example[],
  options: {
    batchSize: number
    loss?: boolean
    decode?: Decoder
    progress?: (done: number, total: number) => void
    signal?: AbortSignal
  },
): Promise<{ readings: ReadExample[]; loss: number }> {
  const readings: ReadExample[] = []
  let lossSum = 0
  for (const group of orderedBatches(examples, options.batchSize)) {
    options.signal?.throwIfAborted()
    const batch = batchOf(group, signature)
    const { outputs, lengths } = await engine.predict(batch)
    const logits = outputs['logits']!
    group.forEach((example, row) => {
      const { text, confidence } = textOf(signature, logits, row, lengths?.[row])
      const decoded = options.decode?.(logitsOf(logits, row, lengths?.[row]))
      readings.push({
        example,
        reference: example.label,
        hypothesis: text,
        confidence,
        ...(decoded ? { decoded } : {}),
      })
    })
    options.progress?.(readings.length, examples.length)
    if (options.loss) lossSum += (await engine.evaluate(batch)).loss * group.length
  }
  return { readings, loss: lossSum / examples.length }
}

/** The logits of one row of a batch, without what pads it. */
function logitsOf(
  { shape, values }: { shape: readonly number[]; values: Float32Array },
  row: number,
  length: number | undefined,
): WordLogits {
  const outputs = shape.at(-1)!
  const time = shape.length === 3 ? shape[1]! : 1
  const frames = shape.length === 3 ? (length ?? time) : 1
  return { values: values.subarray(row * time * outputs, (row * time + frames) * outputs), frames, outputs }
}

/**
 * Error rates over all readings, and apart for each group, such as a writer; groups in order of their names. One
 * reading may be in several.
 */
export function evaluation(
  readings: readonly ReadExample[],
  groupsOf: (example: Example) => readonly string[],
): Evaluation {
  const groups = new Map<string, ReadExample[]>()
  for (const reading of readings) {
    for (const name of groupsOf(reading.example)) groups.set(name, [...(groups.get(name) ?? []), reading])
  }
  const { cer, wer, exact } = errorRates(readings)
  return {
    cer,
    wer,
    accuracy: exact,
    recordings: readings.length,
    byGroup: [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([group, members]) => {
        const rates = errorRates(members)
        return { group, cer: rates.cer, wer: rates.wer, recordings: members.length }
      }),
  }
}
