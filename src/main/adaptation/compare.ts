import type { Output } from '../../shared/api.ts'
import type { Writer } from '../../shared/api/writers.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { changedWords, compareReadings, type ReadTwice } from '../training/fine-tuning/comparison.ts'
import { signatureOf, type StoredModel } from '../ml/checkpoint/model.ts'
import { loadExamples } from '../ml/data/load.ts'
import type { Labelled, RecordingSource } from '../ml/data/types.ts'
import type { Engine } from '../compute/engine/types.ts'
import { readExamples } from '../training/evaluation/evaluate.ts'
import { timeReduction } from '../ml/models/config.ts'

const BATCH_SIZE = 32

/**
 * Reads a writer's words with two models and compares. Only words that neither learned from, and that nobody excluded,
 * count. Throws `not-found` where there is none.
 */
export async function compareModels(
  source: RecordingSource,
  writer: Writer,
  [before, after]: readonly [StoredModel, StoredModel],
  openEngine: (model: StoredModel) => Promise<Engine>,
): Promise<Output<'adapt.compare'>> {
  const learned = new Set([before, after].flatMap(({ card }) => card.trainedOn.ids))
  const words = [...source.each({ writerId: writer.id, state: 'finished' })].filter(
    (recording): recording is Labelled =>
      recording.label !== null && recording.excluded === null && recording.frames > 0 && !learned.has(recording.id),
  )
  const first = await readAll(source, words, before, openEngine)
  const second = await readAll(source, words, after, openEngine)
  const readings = words.flatMap(({ id, writerId, label }): ReadTwice[] => {
    const [one, other] = [first.get(id), second.get(id)]
    return one === undefined || other === undefined
      ? []
      : [{ recordingId: id, writerId, label, before: one, after: other }]
  })
  if (readings.length === 0) {
    throw new KalamosError(
      'not-found',
      say('adapt.no-word-neither-model', { name: writer.name }),
      say('adapt.record-correct-some-more'),
    )
  }
  return {
    comparison: compareReadings(readings, before.card.task === after.card.task ? after.card.task : 'ctc'),
    ...changedWords(readings),
  }
}

/** What a model reads in recordings, by their ids; those it cannot read are missing. */
async function readAll(
  source: RecordingSource,
  words: readonly Labelled[],
  model: StoredModel,
  openEngine: (model: StoredModel) => Promise<Engine>,
): Promise<Map<number, string>> {
  const signature = signatureOf(model.card)
  const { examples } = loadExamples(
    source,
    words,
    { ...signature, reduction: timeReduction(model.card.network) },
    'read',
  )
  const engine = await openEngine(model)
  try {
    const { readings } = await readExamples(engine, signature, examples, { batchSize: BATCH_SIZE })
    return new Map(readings.map(({ example, hypothesis }) => [example.id, hypothesis]))
  } finally {
    await engine.dispose()
  }
}
