import type { Run } from '../../shared/api/training.ts'
import { t } from '../text/index.ts'
import type { Notices } from './notices.svelte.ts'
import type { Route } from './route.svelte.ts'
import type { Runs } from './runs.svelte.ts'
import type { Topic } from './topic.ts'

type End = keyof typeof t.runs.ended

/** Tells when a training ends: as a message wherever one is, and in the title of a window that nobody looks at. */
export class RunEnds implements Topic {
  readonly #runs: Runs
  readonly #notices: Notices
  readonly #route: Route
  /** How the last one ended that nobody can have seen; null once somebody is back. */
  unseen = $state<End | null>(null)

  constructor(runs: Runs, notices: Notices, route: Route) {
    this.#runs = runs
    this.#notices = notices
    this.#route = route
  }

  refresh(): Promise<void> {
    return Promise.resolve()
  }

  listen(): () => void {
    const stop = this.#runs.onEnded((run) => this.#tell(run))
    const seen = (): void => {
      if (isSeen()) this.unseen = null
    }
    window.addEventListener('focus', seen)
    document.addEventListener('visibilitychange', seen)
    return () => {
      stop()
      window.removeEventListener('focus', seen)
      document.removeEventListener('visibilitychange', seen)
    }
  }

  /** Who cancelled one knows that it has ended; of what was interrupted the window tells in a bar of its own. */
  #tell({ state, config, problem }: Run): void {
    if (state !== 'finished' && state !== 'failed') return
    const action = { label: () => t.runs.show, run: () => this.#route.go('train', 'runs') }
    this.#notices.add(state === 'finished' ? 'success' : 'error', () => t.runs.ended[state](config.name), {
      hint: problem?.message ?? null,
      action,
    })
    if (!isSeen()) this.unseen = state
  }
}

function isSeen(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}
