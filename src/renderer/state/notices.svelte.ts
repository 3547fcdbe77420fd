import * as v from 'valibot'
import { errorShape } from '../../shared/errors.ts'
import type { Api } from '../../shared/api.ts'
import { Said } from '../../shared/messages/index.ts'
import { hostMessage } from '../text/host-message.ts'
import { TabStorage } from './tab-storage.ts'
import type { Topic } from './topic.ts'

export type NoticeLevel = 'info' | 'success' | 'warning' | 'error'

/** A text, or how it is said: that follows when another language is chosen. */
export type Words = string | (() => string)

/** Something the app told the person: shown for a while, kept in the history. */
export interface Notice {
  id: number
  level: NoticeLevel
  readonly message: Said
  hint: Said | null
  at: number
  action: { label: Words; run: () => void } | null
}

/** In the language that is spoken now. */
export function inWords(words: Words): string {
  return typeof words === 'string' ? words : words()
}

const SHOWN_MS: Record<NoticeLevel, number> = { info: 6_000, success: 6_000, warning: 12_000, error: 20_000 }
const KEPT = 100

/** What of a notice outlives a reload: not what its button did, which belonged to the page that is gone. */
const Remembered = v.array(
  v.object({
    level: v.picklist(['info', 'success', 'warning', 'error']),
    message: Said,
    hint: v.nullable(Said),
    at: v.number(),
  }),
)

/** Toasts, and all that were shown since the window opened, over reloads too. */
export class Notices implements Topic {
  readonly #api: Api
  readonly #kept: TabStorage
  #nextId = 1
  /** Newest first. */
  history = $state.raw<Notice[]>([])
  /** Those on the screen now, oldest first. */
  shown = $state.raw<Notice[]>([])

  constructor(api: Api, kept = new TabStorage('messages')) {
    this.#api = api
    this.#kept = kept
    const remembered = v.safeParse(Remembered, kept.read())
    if (!remembered.success) return
    this.history = remembered.output.slice(0, KEPT).map((notice) => ({ ...notice, id: this.#nextId++, action: null }))
    // Those that were still to be read when the page was left are shown for the rest of their time.
    for (const notice of this.history.filter(({ level, at }) => Date.now() - at < SHOWN_MS[level]).reverse())
      this.#show(notice, SHOWN_MS[notice.level] - (Date.now() - notice.at))
  }

  refresh(): Promise<void> {
    return Promise.resolve()
  }

  listen(): () => void {
    return this.#api.on('system.notice', ({ level, message, hint }) => this.add(level, message, { hint }))
  }

  add(
    level: NoticeLevel,
    message: Said | (() => string),
    more: { hint?: Said | null; action?: Notice['action'] } = {},
  ): Notice {
    const notice: Notice = {
      id: this.#nextId++,
      level,
      get message() {
        return typeof message === 'function' ? message() : message
      },
      hint: more.hint ?? null,
      at: Date.now(),
      action: more.action ?? null,
    }
    this.history = [notice, ...this.history].slice(0, KEPT)
    this.#keep()
    this.#show(notice, SHOWN_MS[level])
    return notice
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((notice) => notice.id !== id)
  }

  clear(): void {
    this.history = []
    this.shown = []
    this.#keep()
  }

  #show(notice: Notice, forMs: number): void {
    const repeated = this.shown.filter((one) => hostMessage(one.message) !== hostMessage(notice.message))
    this.shown = [...repeated, notice].slice(-4)
    setTimeout(() => this.dismiss(notice.id), forMs)
  }

  #keep(): void {
    this.#kept.write(this.history.map(({ level, message, hint, at }) => ({ level, message, hint, at })))
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
