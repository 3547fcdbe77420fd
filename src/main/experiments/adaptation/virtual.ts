import { existsSync } from 'node:fs'
import { KalamosError } from '../../../shared/errors.ts'
import { virtualMeasured, virtualReplay } from '../../ml/adapt/virtual-others.ts'
import { ModelCard } from '../../ml/checkpoint/card.ts'
import { interfaceOf, loadModel } from '../../ml/checkpoint/model.ts'
import { readCard } from '../../ml/checkpoint/weights.ts'
import { encode, foreignTo } from '../../ml/data/classes.ts'
import { pieceOf } from '../../ml/data/pieces.ts'
import type { Example } from '../../ml/data/types.ts'
import { timeReduction } from '../../ml/models/index.ts'
import { resource } from '../../paths.ts'
import { virtualWords500 } from '../../virtual/benchmark.ts'
import { randomStream, shuffled } from '../../virtual/random.ts'
import { simulateWord } from '../../virtual/simulate.ts'
import { drawWriter } from '../../virtual/writer.ts'
import { LEFT_HANDED, MOST_WORDS } from './conditions.ts'
import type { Subject } from './subject.ts'

/** Virtual writers of this study: nobody trained on them, or measured a model on them before. */
const STUDY_SEEDS = 970_000
const REPLAY_WORDS = 120
const OTHERS = { writers: 10, perWriter: 10 }

export interface BaseCards {
  plain: string
  'cross-modal': string
}

/** The cards of the models that are adapted. */
export function baseCards(plain = resource('models', 'base.json')): BaseCards {
  return { plain, 'cross-modal': resource('models', 'base-cross-modal.json') }
}

/** What tells these models from others, so that trials of another model are not taken for theirs; null for one that is not there. */
export function fingerprints(cards: BaseCards): Record<keyof BaseCards, string | null> {
  const of = (path: string): string | null => (existsSync(path) ? readCard(path, ModelCard).weights.sha256.slice(0, 12) : null)
  return { plain: of(cards.plain), 'cross-modal': of(cards['cross-modal']) }
}

/** Virtual writers who write words that the base model never saw. Throws `not-found` where the base model is not there. */
export function virtualSubjects(cardPath: string): (writer: number) => Subject {
  if (!existsSync(cardPath)) throw new KalamosError('not-found', `There is no base model in ${cardPath}.`, 'Make it with the verb "train base".')
  const { card, weights, state } = loadModel(cardPath)
  const face = { ...interfaceOf(card), reduction: timeReduction(card.network) }
  const model = { face, network: card.network, weights, state }
  const replay = virtualReplay(REPLAY_WORDS, face)
  const others = virtualMeasured(OTHERS, face)
  const unseen = virtualWords500().words.flatMap(({ text, fold }) => (fold === 0 && foreignTo(face, text) === null ? [text] : []))
  const known = new Map<number, Subject>()
  return (place) => {
    const found = known.get(place)
    if (found) return found
    const writer = drawWriter(STUDY_SEEDS + place, { handedness: place < LEFT_HANDED ? 'left' : 'right' })
    const examples = shuffled(unseen, randomStream('adaptation', writer.seed)).map((text, at): Example => {
      const { signal, label } = simulateWord(writer, text)
      const values = pieceOf(signal, face)
      return { id: at + 1, writerId: place + 1, writerName: writer.name, label, target: encode(face, label), frames: values.length / face.channels.length, values }
    })
    const subject: Subject = { model, leftHanded: writer.handedness === 'left', pool: examples.slice(0, MOST_WORDS), test: examples.slice(MOST_WORDS), replay, others }
    known.set(place, subject)
    return subject
  }
}
