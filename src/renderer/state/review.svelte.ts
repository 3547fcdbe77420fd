import type { Api, Output } from '../../shared/api.ts'
import type { RecordingSignal } from '../../shared/api/recordings.ts'
import type { ReviewRecording } from '../../shared/api/review.ts'
import { errorShape } from '../../shared/errors.ts'
import { showing, zoomed, type View } from '../plot/view.ts'
import type { Recordings } from './recordings.svelte.ts'
import type { Topic } from './topic.ts'

export type Picture = Output<'review.image'>
type Refused = Output<'review.read'>['refused']

/** The one recording that is looked at large: its samples, all about it, and where in it the person points. */
export class Review implements Topic {
  readonly #api: Api
  readonly #table: Recordings
  #asked = 0
  about = $state.raw<ReviewRecording | null>(null)
  /** Null while it is opened, and where its samples are damaged. */
  signal = $state.raw<RecordingSignal | null>(null)
  picture = $state.raw<Picture>(null)
  /** Models that could not read it, with the reason. */
  refused = $state.raw<Refused>([])
  /** It is not there any more, such as after a deletion. */
  gone = $state(false)
  /** What was looked at last: the table goes on from there. */
  latest = $state<number | null>(null)
  /** Shown as it was recorded, whatever was cut since. */
  raw = $state(false)
  view = $state.raw<View>({ from: 0, to: 1 })
  /** The row of the signal pointed at, and the first and the last one that a trim would keep. */
  cursor = $state(0)
  first = $state(0)
  last = $state(0)

  readonly id = $derived(this.about?.recording.id ?? null)
  /** The whole recording, ms. */
  readonly all = $derived<View>({ from: 0, to: Math.max(1, this.signal?.timesMs.at(-1) ?? 1) })
  readonly lastFrame = $derived(Math.max(0, (this.signal?.timesMs.length ?? 1) - 1))
  /** The frame of the recording that the cursor points at. */
  readonly frame = $derived(this.frameOf(this.cursor))
  readonly trimmed = $derived(this.first > 0 || this.last < this.lastFrame)

  constructor(api: Api, table: Recordings) {
    this.#api = api
    this.#table = table
  }

  async refresh(): Promise<void> {
    if (this.id !== null) await this.open(this.id)
  }

  /** An edit may have hidden what is looked at: then it is `gone`, which the page says. */
  listen(): () => void {
    return this.#api.on('review.edited', () => void this.refresh().catch(() => (this.gone = true)))
  }

  /**
   * Looks at a recording; its neighbours are those in the table. An answer that a later question has overtaken is
   * dropped.
   */
  async open(id: number): Promise<void> {
    const asked = ++this.#asked
    if (id !== this.id) this.raw = false
    try {
      const { filter, sort } = this.#table
      const [about, signal, picture] = await Promise.all([
        this.#api.request('review.get', { id, filter, sort }),
        this.#signalOf(id),
        this.#pictureOf(id),
      ])
      if (asked === this.#asked) this.#show(about, signal, picture)
    } catch (error) {
      if (asked !== this.#asked) return
      this.close()
      this.gone = true
      throw error
    }
  }

  /** One whose samples are damaged can be looked at without them: all else about it is there. */
  #signalOf(id: number): Promise<RecordingSignal | null> {
    return this.#api.request('recordings.get', { id, raw: this.raw }).catch((error: unknown) => {
      if (errorShape(error).code === 'database-damaged') return null
      throw error
    })
  }

  /** A recording can be reviewed without its picture all the same. */
  #pictureOf(id: number): Promise<Picture> {
    return this.#api.request('review.image', { id }).catch(() => null)
  }

  #show(about: ReviewRecording, signal: RecordingSignal | null, picture: Picture): void {
    const same = about.recording.id === this.id && signal?.timesMs.length === this.signal?.timesMs.length
    this.gone = false
    this.latest = about.recording.id
    this.about = about
    this.signal = signal
    this.picture = picture
    if (same) return
    this.refused = []
    this.cursor = 0
    this.view = this.all
    this.untrim()
  }

  close(): void {
    this.#asked++
    this.gone = false
    this.about = null
    this.signal = null
    this.picture = null
  }

  /** The frame that a row shows; the last row stands for all up to the end. */
  frameOf(row: number): number {
    if (this.signal === null) return 0
    const { every, recording } = this.signal
    return row === this.lastFrame && every > 1 ? Math.max(0, recording.frames - 1) : row * every
  }

  async showRaw(raw: boolean): Promise<void> {
    this.raw = raw
    await this.refresh()
  }

  untrim(): void {
    this.first = 0
    this.last = this.lastFrame
  }

  moveCursor(by: number): void {
    this.cursor = Math.min(this.lastFrame, Math.max(0, this.cursor + by))
    this.view = showing(this.view, this.all, this.#timeAt(this.cursor))
  }

  zoom(factor: number): void {
    this.view = zoomed(this.view, this.all, factor, this.#timeAt(this.cursor))
  }

  /** Keeps what comes after the cursor, or what comes before it. */
  trimHere(side: 'first' | 'last'): void {
    if (side === 'first') this.first = Math.min(this.cursor, this.last)
    else this.last = Math.max(this.cursor, this.first)
  }

  #timeAt(frame: number): number {
    return this.signal?.timesMs[frame] ?? 0
  }

  /** Lets every model that can read it do so. */
  async read(): Promise<void> {
    const id = this.id
    if (id === null) return
    const { readings, refused } = await this.#api.request('review.read', { id })
    if (this.about === null || id !== this.id) return
    this.about = { ...this.about, readings }
    this.refused = refused
  }

  /** The recording that follows in the same session, whatever the table shows; null after the last one. */
  async following(): Promise<ReviewRecording | null> {
    if (this.about === null) return null
    const { id, sessionId } = this.about.recording
    const list = { filter: { sessionId }, sort: { by: 'startedAt', descending: false } } as const
    const { neighbours } = await this.#api.request('review.get', { id, ...list })
    return neighbours.next === null ? null : await this.#api.request('review.get', { id: neighbours.next, ...list })
  }
}
