import { randomStream, shuffled } from '../../virtual/random.ts'
import type { VirtualWriter } from '../../virtual/writer.ts'
import { trainingWriter } from '../base/corpus.ts'
import { BASE_RECIPE, baseWords } from '../base/recipe.ts'
import type { Example } from '../data/types.ts'
import { handOf, likest, meanHand } from './hand.ts'
import { virtualExample, type Face } from './virtual-others.ts'

/** Virtual writers among whom those like a writer are looked for, and words that each is known by. */
const CANDIDATES = 600
const WORDS_EACH = 2
/** Those most like the writer, and words of each. */
const ALIKE = 40
const WORDS_OF_ALIKE = 15
/** Words of all kinds of writers that are rehearsed beside. */
const GENERAL = 300
/** Words to rehearse: so many that hardly one is seen twice in an adaptation. */
export const REPLAY_WORDS = ALIKE * WORDS_OF_ALIKE + GENERAL

/** Without a divisor in common with the number of training writers: no writer comes twice before all have come. */
const STRIDE = 7
/** Ids that no recording has. */
const FIRST_ID = 2 ** 31

/**
 * Words of virtual writers to rehearse while adapting, simulated anew from the base model's own training writers and
 * words: some of all kinds of writers, and more of those whose hands are like the writer's. The same words of the writer
 * give the same rehearsal.
 */
export class VirtualRehearsal {
  readonly #face: Face
  readonly #words: string[]
  readonly #known = new Map<number, Example[]>()

  constructor(face: Face) {
    this.#face = face
    this.#words = shuffled(baseWords({ ...BASE_RECIPE, inventedWords: REPLAY_WORDS }).train, randomStream('replay', 'words'))
  }

  /** `count` words of as many virtual writers. */
  general(count: number): Example[] {
    return Array.from({ length: count }, (_, at) => this.#written(at, 1)[0]).filter((example) => example !== undefined)
  }

  /** What to rehearse beside these words of a writer. */
  beside(own: readonly Example[]): Example[] {
    const { channels } = this.#face
    const hands = own.map((example) => handOf(example, channels)).filter((hand) => hand !== null)
    if (hands.length === 0) return this.general(REPLAY_WORDS)
    const candidates = Array.from({ length: CANDIDATES }, (_, at) => this.#written(at, WORDS_EACH).map((example) => handOf(example, channels)!))
    const readable = candidates.map((words, at) => ({ words, at })).filter(({ words }) => words.length > 0)
    const alike = likest(meanHand(hands), readable.map(({ words }) => words), ALIKE)
    return [...alike.flatMap((place) => this.#written(readable[place]!.at, WORDS_OF_ALIKE)), ...this.general(GENERAL)]
  }

  /** The first words of one of the base model's writers that the model can say. */
  #written(at: number, count: number): Example[] {
    const known = this.#known.get(at) ?? []
    if (known.length < count) {
      const writer = this.#writer(at)
      for (let next = known.length; next < count; next++) {
        const text = this.#words[(at * WORDS_OF_ALIKE + next) % this.#words.length]!
        const example = virtualExample(FIRST_ID + at * WORDS_OF_ALIKE + next, writer, text, this.#face)
        if (example) known.push(example)
      }
      this.#known.set(at, known)
    }
    return known.slice(0, count)
  }

  #writer(at: number): VirtualWriter {
    // Far apart in the row of writers, so that the left-handed among them have their share.
    return trainingWriter((at * STRIDE) % BASE_RECIPE.writers, BASE_RECIPE)
  }
}
