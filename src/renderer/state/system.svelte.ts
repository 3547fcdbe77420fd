import type { Api, Output } from '../../shared/api.ts'
import type { Finding } from '../../shared/api/system.ts'
import type { Topic } from './topic.ts'

/** The app itself: version, database, and what this machine has. */
export class System implements Topic {
  readonly #api: Api
  info = $state.raw<Output<'system.info'> | null>(null)
  findings = $state.raw<Finding[] | null>(null)
  examining = $state(false)

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    this.info = await this.#api.request('system.info', {})
  }

  listen(): () => void {
    return () => undefined
  }

  /** Looks at the machine again; takes a moment, so only where somebody wants to see it. */
  async examine(): Promise<void> {
    this.examining = true
    try {
      this.findings = await this.#api.request('system.doctor', {})
    } finally {
      this.examining = false
    }
  }
}
