import type { Api, Input } from '../../shared/api.ts'
import type { OpenPromptedSession } from '../../shared/api/protocols.ts'
import type { PromptList, RecorderState, RecordingSignal, UsualSetup } from '../../shared/api/recordings.ts'
import { whatBecameOf, type BrokenOff } from './broken-off.ts'
import type { Topic } from './topic.ts'
import { together } from './topic.ts'

/** How many of the last words are kept with their signals, to be looked at while recording goes on. */
const KEPT_WORDS = 12

/** The prompted session that is running, if one is. */
export class Recorder implements Topic {
  readonly #api: Api
  session = $state.raw<RecorderState | null>(null)
  lists = $state.raw<PromptList[]>([])
  /** Sessions that were interrupted and can go on, newest first. */
  unfinished = $state.raw<OpenPromptedSession[]>([])
  /** How the newest session was set up; null before the first. */
  usual = $state.raw<UsualSetup | null>(null)
  /** Who wrote last: most sessions are followed by another of the same writer. */
  lastWriterId = $state<number | null>(null)
  /** The last words recorded in this session, newest first. */
  lastWords = $state.raw<RecordingSignal[]>([])
  /** The session that ended with the host and not by a person, until another begins. */
  brokenOff = $state.raw<BrokenOff | null>(null)

  readonly running = $derived(this.session !== null && this.session.phase !== 'done')
  readonly prompt = $derived(this.session?.prompts[this.session.index] ?? null)

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    const [session, lists] = await Promise.all([
      this.#api.request('record.state', {}),
      this.#api.request('prompts.lists', {}),
    ])
    this.lists = lists
    const before = this.running ? this.session : null
    this.#follow(session)
    if (before !== null && session?.sessionId !== before.sessionId)
      this.brokenOff = await whatBecameOf(before, this.#api)
    await Promise.all([this.#loadUnfinished(), this.#loadUsual()])
  }

  listen(): () => void {
    return together(this.#api.on('record.changed', (session) => this.#follow(session)))
  }

  async start(input: Input<'record.start'>): Promise<void> {
    this.lastWords = []
    this.brokenOff = null
    this.#follow(await this.#api.request('record.start', input))
    await this.#loadUsual()
  }

  async resume(input: Input<'record.resume'>): Promise<void> {
    this.lastWords = []
    this.brokenOff = null
    this.#follow(await this.#api.request('record.resume', input))
  }

  /** Leaves an interrupted session as it is for good. */
  async abandon(sessionId: number): Promise<void> {
    await this.#api.request('record.leave', { sessionId })
    await this.#loadUnfinished()
  }

  forgetBrokenOff(): void {
    this.brokenOff = null
  }

  async agree(): Promise<void> {
    this.#follow(await this.#api.request('record.agree', {}))
  }

  async answer(answers: Record<string, string>): Promise<void> {
    this.#follow(await this.#api.request('record.answer', { answers }))
  }

  async note(text: string): Promise<void> {
    this.#follow(await this.#api.request('record.note', { text, aboutLast: true }))
  }

  async rest(): Promise<void> {
    this.#follow(await this.#api.request('record.break', {}))
  }

  async next(): Promise<void> {
    this.#follow(await this.#api.request('record.next', {}))
  }

  async redo(): Promise<void> {
    this.#follow(await this.#api.request('record.redo', {}))
  }

  async skip(): Promise<void> {
    this.#follow(await this.#api.request('record.skip', {}))
  }

  async stop(): Promise<void> {
    await this.#api.request('record.stop', {})
    this.session = null
    await this.#loadUnfinished()
  }

  /** Puts a finished session away, so that another can be set up. */
  leave(): void {
    this.session = null
  }

  async #loadUsual(): Promise<void> {
    this.usual = await this.#api.request('record.lastSetup', {})
  }

  async #loadUnfinished(): Promise<void> {
    this.unfinished = await this.#api.request('record.unfinished', {})
  }

  #follow(session: RecorderState | null): void {
    if (session === null) {
      if (this.session?.phase !== 'done') this.session = null
      return
    }
    if (session.sessionId !== this.session?.sessionId) {
      this.lastWords = []
      // Also where another window goes on with it.
      this.brokenOff = null
    }
    this.session = session
    this.lastWriterId = session.writerId
    void this.#loadWords(session.recordedIds.slice(-KEPT_WORDS).reverse())
  }

  async #loadWords(ids: readonly number[]): Promise<void> {
    const known = this.lastWords
    if (ids.length === known.length && ids.every((id, index) => known[index]?.recording.id === id)) return
    const words = await Promise.all(
      ids.map(async (id) => known.find((word) => word.recording.id === id) ?? (await this.#signal(id))),
    )
    const wanted = this.session?.recordedIds.slice(-KEPT_WORDS) ?? []
    this.lastWords = words.filter((word) => word !== null).filter((word) => wanted.includes(word.recording.id))
  }

  /** A recording may be gone again before it could be asked for: redone, or deleted. */
  async #signal(id: number): Promise<RecordingSignal | null> {
    try {
      return await this.#api.request('recordings.get', { id })
    } catch {
      return null
    }
  }
}
