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

  licences(): Promise<Output<'system.licences'>> {
    return this.#api.request('system.licences', {})
  }

  async licence(name: string, version: string): Promise<string | null> {
    return (await this.#api.request('system.licence', { name, version })).text
  }

  /** Shows the folder with the data in the system's file manager. */
  async showData(): Promise<void> {
    await this.#api.request('system.showData', {})
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
