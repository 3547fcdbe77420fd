import * as v from 'valibot'
import { nameOfWriters, type Store } from '../store/index.ts'
import { PauseEstimate } from '../segment/index.ts'

const Gaps = v.object({ gaps: v.array(v.number()) })

/**
 * The pauses of every writer, and of who writes with a kind of pen without a name, from one time of reading to the
 * next.
 */
export class LearnedPauses {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** What is known of a writer's pauses, starting from the pause of the profile. */
  estimate(who: { writerId: number | null; profileId: string }, profileMs: number, learns: boolean): PauseEstimate {
    return new PauseEstimate(profileMs, this.#store.settings.get(nameOf(who), Gaps) ?? undefined, { learns })
  }

  save(who: { writerId: number | null; profileId: string }, pauses: PauseEstimate): void {
    const { gaps } = pauses.learned
    if (gaps.length > 0) this.#store.settings.set(nameOf(who), { gaps })
  }
}

/** A hand has its own pace whatever the pen, but what counts as lifted is the pen's affair. */
function nameOf({ writerId, profileId }: { writerId: number | null; profileId: string }): string {
  return writerId === null ? `pauses with ${profileId}` : nameOfWriters('pauses', writerId, profileId)
}
