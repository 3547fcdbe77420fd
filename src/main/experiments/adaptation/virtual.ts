import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { KalamosError } from '../../../shared/errors.ts'
import { coverAlphabet } from '../../adaptation/enrolment.ts'
import { virtualRehearsalBuffer } from '../../training/fine-tuning/rehearsal-buffer.ts'
import { virtualMeasured } from '../../training/fine-tuning/virtual-others.ts'
import { ModelCard } from '../../ml/checkpoint/card.ts'
import { signatureOf, loadModel } from '../../ml/checkpoint/model.ts'
import { readCard } from '../../ml/checkpoint/weights.ts'
import { encode, foreignTo } from '../../ml/data/classes.ts'
import { pieceOf } from '../../ml/data/pieces.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'
import { timeReduction } from '../../ml/models/index.ts'
import { findStyleEstimator } from '../../ml/style/file.ts'
import { virtualWords500 } from '../../corpus/benchmark.ts'
import { randomStream } from '../../random/named.ts'
import { simulateWord } from '../../simulator/simulate.ts'
import { drawWriter } from '../../simulator/writer.ts'
import { resource } from '../../files/paths.ts'
import type { ExperimentContext } from '../experiment.ts'
import { LEFT_HANDED, MOST_WORDS } from './conditions.ts'
import type { KnownModel, Subject } from './subject.ts'

/** Virtual writers of this study: nobody trained on them, or measured a model on them before. */
const STUDY_SEEDS = 970_000
const OTHERS = { writers: 10, perWriter: 10 }
/**
 * How often each word that is measured on is written: writers whom the model reads nearly without errors need many to
 * be told apart.
 */
const TAKES = 2

/** The card of the model that is adapted. */
export function cardPath({ base }: ExperimentContext): string {
  return base ?? resource('models', 'base.json')
}

/**
 * What tells a model from others, so that trials of another one are not taken for its own; null for one that is not
 * there.
 */
export function fingerprint(cardPath: string): string | null {
  return existsSync(cardPath) ? readCard(cardPath, ModelCard).weights.sha256.slice(0, 12) : null
}

/** The model that is adapted. Throws `not-found` where it is not there. */
export function baseModel(cardPath: string): KnownModel {
  if (!existsSync(cardPath))
    throw new KalamosError(
      'not-found',
      `There is no base model in ${cardPath}.`,
      'Make it with the command "train base".',
    )
  const { card, weights, state } = loadModel(cardPath)
  return {
    signature: { ...signatureOf(card), reduction: timeReduction(card.network) },
    network: card.network,
    weights,
    state,
    styleEstimator: findStyleEstimator(card.weights.sha256, dirname(cardPath)),
  }
}

/**
 * Virtual writers who write words that the model never saw. To adapt with, all have the same words, in an order in
 * which any first few are those that an enrolment would choose.
 */
export function virtualSubjects(model: KnownModel): (writer: number) => Subject {
  const { signature } = model
  const rehearsalBuffer = virtualRehearsalBuffer(signature)
  const others = virtualMeasured(OTHERS, signature)
  const words = studyWords(signature)
  const known = new Map<number, Subject>()
  return (place) => {
    const found = known.get(place)
    if (found) return found
    const writer = drawWriter(STUDY_SEEDS + place, { handedness: place < LEFT_HANDED ? 'left' : 'right' })
    const write = (text: string, at: number, take: number): Example => {
      const { signal, label } = simulateWord(writer, text, { take })
      const values = pieceOf(signal, signature)
      return {
        id: at + 1,
        writerId: place + 1,
        writerName: writer.name,
        label,
        target: encode(signature, label),
        frames: values.length / signature.channels.length,
        values,
      }
    }
    const drawn = randomStream('adaptation', writer.seed).shuffled(words.pool)
    const pool = coverAlphabet(drawn, signature.classes, drawn.length).prompts.map((text, at) => write(text, at, 0))
    const test = Array.from({ length: TAKES }, (_, take) => words.test.map((text, at) => write(text, at, take))).flat()
    const subject: Subject = { model, leftHanded: writer.handedness === 'left', pool, test, rehearsalBuffer, others }
    known.set(place, subject)
    return subject
  }
}

/**
 * Words that were kept from the base model: those to adapt with, the same for all writers, and those that are measured
 * on.
 */
export function studyWords(signature: ModelSignature): { pool: string[]; test: string[] } {
  const unseen = virtualWords500().words.flatMap(({ text, fold }) =>
    fold === 0 && foreignTo(signature, text) === null ? [text] : [],
  )
  const order = randomStream('adaptation', 'words').shuffled(unseen)
  return { pool: order.slice(0, MOST_WORDS), test: order.slice(MOST_WORDS) }
}
