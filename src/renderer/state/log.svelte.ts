import type { Api } from '../../shared/api.ts'
import type { Log } from '../../shared/api/system.ts'
import { reaches, type LogLevel } from '../../shared/log.ts'
import { t } from '../text/index.ts'
import type { Notices } from './notices.svelte.ts'
import { together, type Topic } from './topic.ts'

/** The log of the host, while a person looks at it, and what went wrong there that nobody waited for. */
export class LogView implements Topic {
  readonly #api: Api
  readonly #notices: Notices
  /** Whether it is shown. */
  open = $state(false)
  level = $state<LogLevel>('info')
  now = $state.raw<Log | null>(null)
  /** What is shown of it: entries down to the level. */
  readonly entries = $derived(this.now?.entries.filter(({ level }) => reaches(level, this.level)) ?? [])

  constructor(api: Api, notices: Notices) {
    this.#api = api
    this.#notices = notices
  }

  listen(): () => void {
    return together(
      this.#api.on('system.problem', ({ area, message, hint }) => {
        const said = message ?? (() => `${t.log.problems[area]} ${t.log.goesOn}`)
        this.#notices.add('error', said, { hint, action: { label: () => t.log.show, run: () => (this.open = true) } })
      }),
      this.#api.on('system.failing', () => this.#notices.add('error', () => `${t.log.failing} ${t.log.failingHint}`)),
    )
  }

  /** Loads it anew where it is shown: nobody else needs it. */
  async refresh(): Promise<void> {
    if (this.open) await this.load()
  }

  /** Loads the last 500 lines down to the level anew. */
  async load(): Promise<void> {
    this.now = await this.#api.request('system.log', { level: this.level })
  }

  async showFolder(): Promise<void> {
    await this.#api.request('system.showLog', {})
  }

  /** What is shown, as text to hand on. */
  get text(): string {
    return this.entries
      .map(({ at, level, area, process, text }) => `${at} ${level} ${area} ${process} ${text}\n`)
      .join('')
  }
}
