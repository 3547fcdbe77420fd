import { FEWEST_WORDS, type AdaptationOrder } from '../../shared/api/adaptation.ts'
import type { TrainingConfig } from '../../shared/api/training.ts'
import type { Writer } from '../../shared/api/writers.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say, type Said } from '../../shared/messages/index.ts'
import { ADAPTATION_AUGMENTATIONS, epochsFor, TUNINGS } from '../training/fine-tuning/recipes.ts'
import { signatureOf, type StoredModel } from '../ml/checkpoint/model.ts'
import { selectRecordings, type Selection } from '../ml/data/select.ts'
import type { LeftOut, RecordingSource } from '../ml/data/types.ts'

/** From so many words on, a share of them can be held back and still tell enough; with fewer, all are needed. */
const MANY_WORDS = 100
const HELD_OUT = 0.2
const BATCH_SIZE = 16
/** A step of a smaller network is over before a second thread has begun. */
const WORTH_THREADS = 50_000

/** What an order comes to: the training it is, and the words it finds. */
export interface Planned {
  config: TrainingConfig
  /** Null where no word can be adapted with. */
  selection: Selection | null
  leftOut: LeftOut[]
  words: number
  /** Virtual words that are stored of a real writer; left out unless the order wants them. */
  virtualWords: number
  refused: { message: Said; hint: Said } | null
}

/** The model that is adapted, and what a person calls it, where that is not the name on its card. */
interface From {
  id: number
  model: Pick<StoredModel, 'card'>
  name?: string
}

/**
 * Looks for the words of an order, and makes its training. Throws what `selectRecordings` throws, but for there being
 * no word.
 */
export function planOrder(
  source: Pick<RecordingSource, 'each'>,
  asked: AdaptationOrder,
  writer: Writer,
  from: From,
): Planned {
  const { card } = from.model
  const basis = { signature: signatureOf(card), model: card.network }
  const virtual = writer.virtual
    ? []
    : [...source.each(filterOf(asked))].filter((recording) => recording.virtual).map(({ id }) => id)
  const order =
    asked.includeVirtual === true
      ? asked
      : { ...asked, leaveOut: [...new Set([...(asked.leaveOut ?? []), ...virtual])] }
  const config = configOf(order, writer, from, 0)
  let selection: Selection | null = null
  let leftOut: LeftOut[] = []
  let refused: Planned['refused'] = null
  try {
    selection = selectRecordings(source, { ...config, split: { ...config.split, heldOut: 0 } }, basis)
    leftOut = selection.leftOut
  } catch (error) {
    if (!(error instanceof KalamosError)) throw error
    refused = { message: error.said, hint: error.wayOut ?? HINT }
  }
  const words = selection?.train.length ?? 0
  if (words < FEWEST_WORDS) refused = tooFew(writer, words, leftOut, refused)
  return {
    config: configOf(order, writer, from, words),
    selection,
    leftOut,
    words,
    virtualWords: virtual.length,
    refused,
  }
}

function filterOf({ writerId, tag }: Pick<AdaptationOrder, 'writerId' | 'tag'>): TrainingConfig['filter'] {
  return { writerId, ...(tag === undefined ? {} : { tag }) }
}

const HINT = say('adapt.record-enrolment-20-words')

function tooFew(
  { name }: Writer,
  words: number,
  leftOut: readonly LeftOut[],
  why: Planned['refused'],
): Planned['refused'] {
  const least = FEWEST_WORDS
  const found =
    words === 0
      ? say('adapt.no-word', { name, least })
      : words === 1
        ? say('adapt.one-word', { name, least })
        : say('adapt.few-words', { name, words, least })
  const reasons = leftOut.map((each) => say('adapt.left-out-count', each))
  return {
    message:
      why !== null
        ? say('adapt.too-few-because', { found, why: why.message })
        : reasons.length > 0
          ? say('adapt.too-few-left-out', { found, reasons })
          : say('adapt.too-few', { found }),
    hint: HINT,
  }
}

function configOf(
  { writerId, recipe, loss, tag, leaveOut, synthetic, seed }: AdaptationOrder,
  { name }: Writer,
  from: From,
  words: number,
): TrainingConfig {
  const { card } = from.model
  return {
    name: `${from.name ?? card.name}, ${name}`.slice(0, 180),
    model: card.config.model,
    task: card.task,
    filter: filterOf({ writerId, tag }),
    channels: [...card.channels],
    rateHz: card.rateHz,
    split: { by: card.task === 'ctc' ? 'word' : 'recording', heldOut: words >= MANY_WORDS ? HELD_OUT : 0 },
    epochs: epochsFor(recipe, Math.max(1, words)),
    batchSize: BATCH_SIZE,
    learningRate: TUNINGS[recipe].learningRate,
    weightDecay: 0,
    warmupEpochs: 1,
    augment: true,
    augmentations: [...ADAPTATION_AUGMENTATIONS],
    recipe:
      card.task === 'classes' && loss.kind === 'cross-modal' && loss.image.size === 'words'
        ? { ...loss, image: { ...loss.image, size: 'letter' } }
        : loss,
    seed,
    startFrom: from.id,
    adapt: { writerId, recipe, leaveOut, ...(synthetic === undefined ? {} : { synthetic }) },
    backend: 'auto',
    threads: card.parameters < WORTH_THREADS ? 1 : null,
  }
}
