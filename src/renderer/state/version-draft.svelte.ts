import type { Output } from '../../shared/api.ts'
import type { AdaptationOrder } from '../../shared/api/adaptation.ts'
import { recipeOf } from '../../shared/api/recipe.ts'
import type { AdaptationRecipe } from '../../shared/api/training.ts'

export type Doubts = Output<'adapt.doubtfulLabels'>

/** What a draft asks of the versions that there are. */
interface Versions {
  readonly material: number
  doubts(writerId: number, modelId: number | null): Promise<Doubts>
  start(order: AdaptationOrder): Promise<unknown>
}

/** A version of a writer that is being set up. Labels that the model doubts are shown to a person before it begins. */
export class VersionDraft {
  readonly #adaptations: Versions
  readonly #writerId: number
  recipe = $state<AdaptationRecipe>('all')
  loss = $state<'plain' | 'cross'>('plain')
  /** The words that are learned from: all, or those of an enrolment, so that the others can be measured on. */
  words = $state<'all' | 'enrolment'>('all')
  /** Whether synthetic writers are practised on before, where that can be done. */
  synthetic = $state(true)
  /** Whether virtual words that are stored of a real writer are learned from. */
  includeVirtual = $state(false)
  /** Doubtful recordings that are not to be learned from. */
  leaveOut = $state.raw<readonly number[]>([])
  /** What the last look found; null before the first. */
  doubts = $state.raw<Doubts | null>(null)
  doubting = $state(false)
  /** The words as they were when they were looked through. */
  #lookedAt: number | null = null
  /** Labels that a person has seen to be in doubt: what was decided about them stays. */
  #shown: readonly string[] = []

  constructor(adaptations: Versions, writerId: number) {
    this.#adaptations = adaptations
    this.#writerId = writerId
  }

  get order(): AdaptationOrder {
    const { recipe, loss, words, leaveOut, synthetic, includeVirtual } = this
    return {
      writerId: this.#writerId,
      modelId: null,
      recipe,
      loss: recipeOf({ kind: loss === 'plain' ? 'plain' : 'cross-modal' }),
      ...(words === 'all' ? {} : { tag: words }),
      leaveOut: [...leaveOut],
      ...(includeVirtual ? { includeVirtual } : {}),
      ...(synthetic ? {} : { synthetic }),
      seed: 1,
    }
  }

  /**
   * Looks for labels in doubt; those not seen before are left out unless a person says otherwise. Resolves to how many
   * of them there are.
   */
  async look(): Promise<number> {
    this.doubting = true
    try {
      const at = this.#adaptations.material
      const doubts = await this.#adaptations.doubts(this.#writerId, null)
      const fresh = doubts.words.filter((word) => !this.#shown.includes(keyOf(word)))
      this.leaveOut = doubts.words
        .filter((word) => fresh.includes(word) || this.leaveOut.includes(word.recordingId))
        .map(({ recordingId }) => recordingId)
      this.#shown = [...this.#shown, ...fresh.map(keyOf)]
      this.doubts = doubts
      this.#lookedAt = at
      return fresh.length
    } finally {
      this.doubting = false
    }
  }

  toggle(recordingId: number): void {
    this.leaveOut = this.leaveOut.includes(recordingId)
      ? this.leaveOut.filter((id) => id !== recordingId)
      : [...this.leaveOut, recordingId]
  }

  /** Begins to adapt, or stops before it at labels in doubt that nobody has seen yet. */
  async adapt(): Promise<'started' | 'review'> {
    if (this.#lookedAt !== this.#adaptations.material && (await this.look()) > 0) return 'review'
    await this.#adaptations.start(this.order)
    return 'started'
  }
}

function keyOf({ recordingId, label }: Doubts['words'][number]): string {
  return `${recordingId} ${label}`
}
