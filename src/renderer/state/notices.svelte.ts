import { errorShape } from '../../shared/errors.ts'
import type { Api } from '../../shared/api.ts'
import type { Topic } from './topic.ts'

export type NoticeLevel = 'info' | 'success' | 'warning' | 'error'

/** A sentence, or how it is said: that follows when another language is chosen. */
export type Said = string | (() => string)

/** Something the app told the person: shown for a while, kept in the history. */
export interface Notice {
  id: number
  level: NoticeLevel
  readonly message: string
  hint: string | null
  at: number
  action: { label: Said; run: () => void } | null
}

/** In the language that is spoken now. */
export function inWords(said: Said): string {
  return typeof said === 'string' ? said : said()
}

const SHOWN_MS: Record<NoticeLevel, number> = { info: 6_000, success: 6_000, warning: 12_000, error: 20_000 }
const KEPT = 100

/** Toasts, and all that were shown since the window opened. */
export class Notices implements Topic {
  readonly #api: Api
  #nextId = 1
  /** Newest first. */
  history = $state.raw<Notice[]>([])
  /** Those on the screen now, oldest first. */
  shown = $state.raw<Notice[]>([])

  constructor(api: Api) {
    this.#api = api
  }

  refresh(): Promise<void> {
    return Promise.resolve()
  }

  listen(): () => void {
    return this.#api.on('system.notice', ({ level, message, hint }) => this.add(level, message, { hint }))
  }

  add(level: NoticeLevel, message: Said, more: { hint?: string | null; action?: Notice['action'] } = {}): Notice {
    const notice: Notice = {
      id: this.#nextId++,
      level,
      get message() {
        return inWords(message)
      },
      hint: more.hint ?? null,
      at: Date.now(),
      action: more.action ?? null,
    }
    this.history = [notice, ...this.history].slice(0, KEPT)
    const repeated = this.shown.filter((one) => one.message !== notice.message)
    this.shown = [...repeated, notice].slice(-4)
    setTimeout(() => this.dismiss(notice.id), SHOWN_MS[level])
    return notice
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((notice) => notice.id !== id)
  }

  clear(): void {
    this.history = []
    this.shown = []
  }

  /** Shows an error that nobody else shows. */
  fail(thrown: unknown): void {
    const { code, message, hint } = errorShape(thrown)
    if (code === 'cancelled') return
    this.add('error', message, { hint: hint ?? null })
  }

  /** Does the work; tells of its failure as a toast. Resolves to whether it went well. */
  async attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      this.fail(error)
      return false
    }
  }
}
